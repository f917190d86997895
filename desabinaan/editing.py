"""Two people at one form: the second sees what the first saved before it could be overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpResponse
from django.utils.choices import flatten_choices

from desabinaan import formats

STAMP = "dibuka"
DIGITS = 12  # of a digest: enough to notice a change, and nobody gains by forging one

type Seen = Mapping[str, Any]
type View = Callable[..., HttpResponse]


class Overtaken(Exception):
    """Somebody saved after the form was compared with the record, and before its row was held."""


def unless_overtaken(row: models.Model | None, seen: Seen | None) -> None:
    """Go on while the held row says what the person has seen; None where nobody looked before."""
    if seen is None:
        return
    if (row is None) is not (not seen):
        raise Overtaken
    if any(getattr(row, name) != value for name, value in seen.items()):
        raise Overtaken


def set_values(record: models.Model, values: Mapping[str, object]) -> bool:
    """Set what differs, unsaved; whether anything did."""
    different = {name: value for name, value in values.items() if getattr(record, name) != value}
    for name, value in different.items():
        setattr(record, name, value)
    return bool(different)


def again_if_overtaken(view: View) -> View:
    """Ask the view once more: it reads the record anew, and its form says what has changed."""

    @wraps(view)
    def shown(*args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except Overtaken:
            return view(*args, **kwargs)

    return shown


class EditForm(forms.Form):
    """A form about what stands already; what the person has not seen is not overwritten.

    It carries a stamp of what it was opened with. Where that is no longer what stands, nothing is
    saved: the form says who changed it and when, takes over what the person left alone, shows
    beside what they typed what stands there now, and is saved by a second press.
    """

    data: Any  # a QueryDict, copied before it is mended
    # What is asked about the change itself, each time: nothing stands to compare it with.
    asked_anew: ClassVar[frozenset[str]] = frozenset()

    def __init__(
        self,
        *args: Any,
        standing: Seen | None = None,
        history: models.QuerySet[Any] | None = None,
        place: object = None,
        **options: Any,
    ) -> None:
        self.standing: Seen = standing or {}
        self.history, self.place = history, place
        self.overtaken: dict[str, str] = {}  # what stands now where the person typed another thing
        self.renewed: set[str] = set()  # what they left alone, and somebody else changed
        options.setdefault("initial", dict(self.standing))
        super().__init__(*args, **options)
        self.fields[STAMP] = forms.CharField(required=False, widget=forms.HiddenInput)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """The stamp is what stands when the form is drawn."""
        if field_name == STAMP:
            return self._stamp()
        return super().get_initial_for_field(field, field_name)

    def full_clean(self) -> None:
        """Clean, then compare what the form was opened with and what stands now."""
        super().full_clean()
        if not self.is_bound:
            return
        opened = self.data.get(self.add_prefix(STAMP), "")
        # A click that came twice saves what stands already.
        if opened and opened != self._stamp() and not self._says_what_stands():
            self._show_what_stands(self._opened_with())

    def clean(self) -> dict[str, Any]:
        """The stamp is no fact."""
        data = super().clean() or self.cleaned_data
        data.pop(STAMP, None)
        return data

    def meant(self) -> Seen:
        """What would be saved; said anew by a form that derives one answer from another."""
        return self.cleaned_data

    def was_left_alone(self, name: str) -> bool:
        """Whether what was understood of the field is what the form was opened with."""
        before = self._opened_with().get(name)
        return _is_left_alone(self.fields[name], self._typed(name), before)

    def _compared(self) -> list[str]:
        aside = {STAMP, *self.asked_anew}
        return [name for name, it in self.fields.items() if name not in aside and not it.disabled]

    def _stamp(self) -> str:
        # By name: what somebody saves may add a field, or take one away, on the next page.
        return ".".join(f"{name}:{_digest(self.standing.get(name))}" for name in self._compared())

    def _opened_with(self) -> dict[str, str]:
        """The digests of what the person saw, by the names of the fields that they had."""
        pairs = self.data.get(self.add_prefix(STAMP), "").split(".")
        return {name: digest for name, _, digest in (pair.partition(":") for pair in pairs)}

    def _typed(self, name: str) -> Any:
        """What was sent: as it was understood, or as it was typed."""
        return self.cleaned_data[name] if name in self.cleaned_data else self[name].data

    def _says_what_stands(self) -> bool:
        if self.errors:
            return False
        meant = self.meant()
        return all(
            _says(self.fields[name], meant.get(name), self.standing.get(name))
            for name in self._compared()
        )

    def _show_what_stands(self, before: dict[str, str]) -> None:
        last = self.history.first() if self.history is not None else None
        self.data = self.data.copy()
        self.data[self.add_prefix(STAMP)] = self._stamp()
        for name in self._compared():
            now = self.standing.get(name)
            if _digest(now) == before.get(name):
                continue
            typed = self._typed(name)
            if name not in before or _is_left_alone(self.fields[name], typed, before[name]):
                self._renew(name, now)
            elif _plain(typed) != _plain(now):
                self.overtaken[name] = _words(self.fields[name], now)
                self.add_error(name, self._differs(last))
        self.add_error(None, self._told(last))

    def _renew(self, name: str, now: Any) -> None:
        """Show what stands in place of what was only sent back."""
        self.renewed.add(name)
        self.errors.pop(name, None)
        if isinstance(self.fields[name], forms.FileField):
            return
        self.data.pop(self.add_prefix(name), None)
        if sent := _as_sent(self.fields[name], now):
            self.data[self.add_prefix(name)] = sent

    def _differs(self, last: Any) -> str:
        """What is said at a field that stands otherwise by now."""
        whose = f"oleh {last.who}" if last else "oleh orang lain"
        return f"Diubah juga {whose}. Pilih isian yang benar."

    def _told(self, last: Any) -> str:
        """What is said of the form."""
        how = (
            f"{last.who} mengubah data ini pada {formats.moment(last.at, self.place)}"
            if last
            else "data ini berubah"
        )
        return (
            f"Belum disimpan: {how}, sesudah Anda membuka halaman ini. Bandingkan isian Anda "
            "dengan yang tercatat sekarang, lalu simpan sekali lagi."
        )


def _plain(value: Any) -> str:
    """The value as text, the same whether it was stored or typed."""
    if value is None or value is False:
        return ""
    if hasattr(value, "sha256"):
        return str(value.sha256)
    return "\n".join(str(value).strip().splitlines())


def _digest(value: Any) -> str:
    return hashlib.sha256(_plain(value).encode()).hexdigest()[:DIGITS]


def _says(field: forms.Field, typed: Any, now: Any) -> bool:
    """Whether the answer is what stands: the same file, or none, which leaves the one that is."""
    if isinstance(field, forms.FileField):
        return typed is None or _plain(typed) in _plain(now)  # some are named by their hash
    return _plain(typed) == _plain(now)


def _is_left_alone(field: forms.Field, typed: Any, before: str | None) -> bool:
    """Whether the field was sent back as it was opened; no new file leaves the old one."""
    if isinstance(field, forms.FileField):
        return typed is None
    return _digest(typed) == before


def _as_sent(field: forms.Field, value: Any) -> str:
    """The value as a browser would send it."""
    if not _plain(value):
        return ""
    if value is True:
        return "on"
    if isinstance(field.widget, forms.widgets.ChoiceWidget):
        return str(value)
    return str(field.widget.format_value(field.prepare_value(value)) or "")


def _words(field: forms.Field, value: Any) -> str:
    """The value as people read it."""
    if isinstance(field, forms.BooleanField):
        return "dicentang" if value else "tidak dicentang"
    if not _plain(value):
        return "kosong"
    if isinstance(value, date):
        return formats.long_date(value)
    if isinstance(field, forms.ChoiceField):
        labels: dict[Any, Any] = dict(flatten_choices(field.choices))  # type: ignore[arg-type]
        return str(labels.get(value, value))
    return str(value)
