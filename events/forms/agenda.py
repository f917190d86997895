"""An item of the agenda, and a person in it."""

from __future__ import annotations

from typing import Any

from django import forms

from desabinaan.editing import EditForm, Seen
from desabinaan.fields import ClockField, CountField, PrintedText
from desabinaan.forms import RefusableForm
from events.models import AgendaItem, Contribution, Contributor
from events.models.agenda import LONGEST_ITEM

LIMITS = {"min_value": "Sedikitnya 1 menit.", "max_value": f"Paling lama {LONGEST_ITEM} menit."}


class ItemForm(EditForm):
    """What happens, for how long, and who leads it."""

    title = PrintedText(label="Acara", max_length=160)
    minutes = CountField(
        label="Lama (menit)", min_value=1, max_value=LONGEST_ITEM, error_messages=LIMITS
    )
    led_by = PrintedText(
        label="Oleh",
        max_length=200,
        required=False,
        help_text="Misalnya pembawa acara, atau nama narasumber.",
    )
    opens_day_at = ClockField(
        label="Mulai hari berikutnya pukul",
        required=False,
        help_text="Hanya untuk acara pertama pada hari itu; yang lain menyambung acara sebelumnya.",
    )

    def __init__(self, *args: Any, may_open_day: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_open_day:
            del self.fields["opens_day_at"]

    @staticmethod
    def standing_of(item: AgendaItem) -> Seen:
        """What stands."""
        return {name: getattr(item, name) for name in ItemForm.base_fields}


class ContributorForm(EditForm, RefusableForm):
    """Who does what at the event, from where, and on whose behalf."""

    contribution = forms.ChoiceField(label="Sebagai", choices=Contribution.choices)
    name = PrintedText(label="Nama", max_length=120)
    title = PrintedText(
        label="Jabatan", max_length=160, help_text="Misalnya Kepala Subbagian Tata Usaha."
    )
    institution = PrintedText(label="Instansi atau desa", max_length=160)
    on_behalf_of = PrintedText(
        label="Atas nama",
        max_length=160,
        required=False,
        help_text="Bila mewakili orang lain, misalnya Kepala Kantor Imigrasi Jember.",
    )
    topic = PrintedText(
        label="Judul materi", max_length=200, required=False, help_text="Hanya untuk narasumber."
    )

    def clean(self) -> dict[str, Any]:
        """Only who speaks has a subject."""
        data = super().clean() or {}
        if data.get("contribution") != Contribution.SPEAKER:
            data["topic"] = ""
        return data

    @staticmethod
    def standing_of(person: Contributor) -> Seen:
        """What stands."""
        return {name: getattr(person, name) for name in ContributorForm.base_fields}
