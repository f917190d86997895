"""When people entered themselves who did not come, and why they are taken off."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from desabinaan import formats
from desabinaan.fields import ClockField, DayField
from events.models import Event
from villages.forms.fields import LongText


class EnteredForm(forms.Form):
    """From when until when, by the clock of the event's office; the last minute is one of them."""

    since_day = DayField(label="Dari tanggal")
    since = ClockField(label="Dari pukul")
    until_day = DayField(label="Sampai tanggal")
    until = ClockField(label="Sampai pukul")

    def __init__(self, data: Any = None, *, event: Event) -> None:
        day = event.starts_on
        super().__init__(data, initial={"since_day": day, "until_day": day})
        self.zone = ZoneInfo(event.office.timezone)
        for name in ("since", "until"):
            label = f"{self.fields[name].label} ({formats.zone_word(event.office)})"
            self.fields[name].label = label

    def clean(self) -> dict[str, Any]:
        """It ends no earlier than it begins."""
        data = super().clean() or {}
        if self.errors:
            return data
        since, before = self.span
        if since >= before:
            self.add_error("until", "Jam akhir tidak boleh sebelum jam awal.")
        return data

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The first moment of the first minute, and the moment after the last."""
        return self._moment("since"), self._moment("until") + timedelta(minutes=1)

    def _moment(self, name: str) -> datetime:
        day: date = self.cleaned_data[f"{name}_day"]
        clock: time = self.cleaned_data[name]
        return datetime.combine(day, clock.replace(second=0), self.zone)


class DropEnteredForm(forms.Form):
    """Why they are taken off, and whether with all those whom the page counted without a name."""

    after = forms.IntegerField(min_value=0, max_value=2**62, required=False)
    through = forms.IntegerField(min_value=0, max_value=2**62, required=False)
    whole = forms.BooleanField(required=False)
    reason = LongText(
        label="Alasan",
        max_length=500,
        rows=2,
        error_messages={"required": "Isi alasan isian ini dihapus."},
    )

    @property
    def rest(self) -> tuple[int, int] | None:
        """Between which keys those lie, where they go as well."""
        said = self.cleaned_data
        if not (said["whole"] and said["after"] and said["through"]):
            return None
        return said["after"], said["through"]
