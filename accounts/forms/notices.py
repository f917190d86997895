"""How a person wants to be told by mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings

from accounts.models import NoticeChoice, Pace
from accounts.notices import Kind

MINUTES_OF_AN_HOUR = 60
PACES = {
    Pace.AT_ONCE: "Beberapa menit sesudah terjadi. Kabar yang berdekatan digabung{rest}.",
    Pace.DAILY: "Satu surel pukul 07.00 waktu kantor, hanya bila ada kabar.",
    Pace.NEVER: "Tanpa surel; meja kerja tetap menampilkan semuanya.",
}


def _rest() -> str:
    """How often a mail may follow another, in words; nothing where nothing holds it up."""
    minutes = settings.NOTICES_REST // timedelta(minutes=1)
    if not minutes:
        return ""
    span = "jam" if minutes == MINUTES_OF_AN_HOUR else f"{minutes} menit"
    return f", dan paling banyak satu surel per {span}"


class NoticesForm(forms.Form):
    """The pace, and the sorts of news that concern the person; others are left as they were."""

    pace = forms.ChoiceField(
        label="Kapan surel dikirim", choices=Pace.choices, widget=forms.RadioSelect
    )
    wanted = forms.MultipleChoiceField(
        label="Tentang apa", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, kinds: Iterable[Kind], choice: NoticeChoice) -> None:
        self.kinds = tuple(kinds)
        self.muted = frozenset(choice.muted)
        super().__init__(*args)
        self.initial = {"pace": choice.pace, "wanted": self._keys() - self.muted}
        wanted = self.fields["wanted"]
        assert isinstance(wanted, forms.MultipleChoiceField)  # noqa: S101 - for the types
        wanted.choices = [(kind.key, kind.title) for kind in self.kinds]

    def _keys(self) -> frozenset[str]:
        return frozenset(kind.key for kind in self.kinds)

    def wishes(self) -> dict[str, Any]:
        """What `choose_notices` takes."""
        spared = self._keys() - set(self.cleaned_data["wanted"])
        return {"pace": self.cleaned_data["pace"], "muted": spared | (self.muted - self._keys())}

    def paces(self) -> list[tuple[str, str, str, bool]]:
        """Value, word, meaning and whether chosen, of each pace."""
        chosen = self["pace"].value()
        return [
            (pace, pace.label, meaning.format(rest=_rest()), pace == chosen)
            for pace, meaning in PACES.items()
        ]

    def sorts(self) -> list[tuple[Kind, bool]]:
        """Each sort of news that concerns the person, and whether they want it."""
        wanted = self["wanted"].value() or ()
        return [(kind, kind.key in wanted) for kind in self.kinds]
