"""What is to be done, by whom, and until when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from desabinaan.editing import EditForm, Seen
from desabinaan.fields import DayField, TextField
from events.models import Event, FollowUp, Visit
from events.owners import owners_of

A_WEEK = timedelta(days=7)
LATEST = timedelta(days=2 * 365)
TOO_FAR = "Periksa tanggalnya: tidak sebelum kegiatannya, dan paling lama dua tahun lagi."


class FollowUpForm(EditForm):
    """One thing to be done after an event or a visit."""

    what = TextField(
        label="Yang perlu dikerjakan",
        max_length=250,
        help_text="Misalnya mengirim bahan paparan kepada kepala desa.",
    )
    owner_id = forms.TypedChoiceField(label="Penanggung jawab", coerce=int)
    due_on = DayField(label="Paling lambat")

    def __init__(
        self, *args: Any, source: Event | Visit, item: FollowUp | None = None, **options: Any
    ) -> None:
        super().__init__(*args, place=source.office, **options)
        self.source, self.item = source, item
        nothing = [] if item else [("", "Pilih orang")]
        choices = [*nothing, *owners_of(source, item)]
        self.fields["owner_id"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Not before the event or the visit, nor years from now."""
        data = super().clean() or {}
        due, today = data.get("due_on"), self.source.office.today()
        if due and not self._first() <= due <= today + LATEST:
            self.add_error("due_on", TOO_FAR)
        return data

    def _first(self) -> Any:
        source = self.source
        return source.starts_on if isinstance(source, Event) else source.visited_on

    @staticmethod
    def initial_for(source: Event | Visit) -> dict[str, Any]:
        """A week from today."""
        return {"due_on": source.office.today() + A_WEEK}

    @staticmethod
    def standing_of(item: FollowUp) -> Seen:
        """What stands."""
        return {name: getattr(item, name) for name in FollowUpForm.base_fields}
