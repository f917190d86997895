"""The letter that invites: to whom, with what words, who signs, and under what number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from desabinaan import formats
from desabinaan.fields import PrintedText
from events.invitation_letters import (
    CLOSING,
    INVITATION,
    USUAL,
    InvitationWords,
    proposed_opening,
)
from events.models import Event, Invitee, InviteeQuerySet
from villages.forms.drafting import ClausesField
from villages.forms.signing import TYPED, SignedLetterForm

TOGETHER, EACH = "together", "each"
TEXTS = ("subject", "nature", "contact")
CLAUSES = ("opening", "closing", "copies")
ONE_NUMBER = "Satu nomor hanya untuk satu surat: pilih satu surat untuk semua, atau satu undangan."


class InvitationForm(SignedLetterForm):
    """Everything that the letter says; when and where comes from the event."""

    letter_kind = INVITATION.key
    field_order = ("invitees", "form", *TEXTS, *CLAUSES, "with_agenda")

    invitees: forms.ModelMultipleChoiceField[Invitee] = forms.ModelMultipleChoiceField(
        label="Yang diundang",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih sedikitnya satu undangan."},
    )
    form = forms.ChoiceField(
        label="Bentuk surat",
        widget=forms.RadioSelect,
        choices=[
            (TOGETHER, "Satu surat untuk semua, dengan daftar undangan"),
            (EACH, "Satu surat untuk setiap undangan, masing-masing bernomor"),
        ],
        initial=TOGETHER,
    )
    subject = PrintedText(label="Hal", max_length=200)
    nature = PrintedText(
        label="Sifat", max_length=40, widget=forms.TextInput(attrs={"class": "input-medium"})
    )
    opening = ClausesField(label="Pembuka", most=5, rows=5, help_text="Satu paragraf per baris.")
    closing = ClausesField(label="Penutup", most=5, rows=6, help_text="Satu paragraf per baris.")
    contact = PrintedText(
        label="Narahubung",
        max_length=160,
        required=False,
        help_text="Nama dan nomor yang dapat dihubungi; tercetak pada surat.",
    )
    copies = ClausesField(
        label="Tembusan",
        most=10,
        rows=3,
        required=False,
        help_text="Satu penerima per baris.",
    )
    with_agenda = forms.BooleanField(label="Lampirkan susunan acara", required=False)

    def __init__(self, *args: Any, event: Event, invitees: InviteeQuerySet, **options: Any) -> None:
        super().__init__(*args, office=event.office, **options)
        self.event = event
        self.fields["invitees"].queryset = invitees  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(event: Event, offered: Sequence[Invitee]) -> dict[str, Any]:
        """The proposed words; ticked is who has no letter yet."""
        return {
            "invitees": [it.pk for it in offered if not it.letter],
            "subject": f"Undangan {event.title}"[:200],
            "nature": USUAL,
            "opening": proposed_opening(event),
            "closing": CLOSING,
            "signer_title": f"Kepala {event.office.name}",
        }

    def clean(self) -> dict[str, Any]:
        """A number that was typed is for one letter."""
        data = super().clean() or {}
        several = data.get("form") == EACH and len(data.get("invitees") or ()) > 1
        if several and data.get("numbering") == TYPED:
            self.add_error("form", ONE_NUMBER)
        return data

    @property
    def lettered(self) -> str:
        """How many letters there will be, in words."""
        data = self.cleaned_data
        number = len(data["invitees"])
        return f"{formats.number(number if data['form'] == EACH else 1)} surat"

    def words(self) -> InvitationWords:
        """What the letter says, as it was left."""
        data = self.cleaned_data
        return InvitationWords(
            **{name: data[name] for name in (*TEXTS, *CLAUSES, "with_agenda")},
            one_each=data["form"] == EACH,
            dated=self.dated_on(),
            signer=self.signer_facts(),
            signed_as=self.head(data),
        )
