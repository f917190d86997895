"""The surat tugas: which assignments, with what words, who signs, and under what number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from accounts.models import Office
from desabinaan.fields import DayField
from villages.assignment_letters import (
    ASSIGNMENT_LETTER,
    CONSIDERING,
    DUTIES,
    SENT_THEMSELVES,
    LetterWords,
    proposed_bases,
)
from villages.forms.drafting import ClausesField
from villages.forms.signing import TYPED, SignedLetterForm
from villages.models import Assignment, Basis
from villages.models.officer import AssignmentQuerySet

WORDS = ("considering", "bases", "duties", "copies")
SAME_NAME = "Yang ditugaskan bernama sama; isi NIP penanda tangan bila memang orang lain."
LETTERS_OF_THE_ALPHABET = 26


class AssignmentLetterForm(SignedLetterForm):
    """Everything that the letter says; whom it sends where comes from what is ticked."""

    letter_kind = ASSIGNMENT_LETTER.key
    field_order = ("assignments", "starts_on", "ends_on", *WORDS)

    assignments: forms.ModelMultipleChoiceField[Assignment] = forms.ModelMultipleChoiceField(
        label="Petugas dan desa",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih sedikitnya satu penugasan."},
    )
    starts_on = DayField(label="Tugas berlaku mulai")
    ends_on = DayField(
        label="Sampai dengan",
        required=False,
        help_text="Kosongkan bila berlaku sampai ditetapkan lain.",
    )
    considering = ClausesField(
        label="Menimbang", most=LETTERS_OF_THE_ALPHABET, rows=7, help_text="Satu butir per baris."
    )
    bases = ClausesField(
        label="Dasar",
        most=20,
        rows=9,
        help_text="Satu dasar per baris: surat edaran, surat keputusan, atau keduanya.",
    )
    duties = ClausesField(
        label="Tugas dalam pembinaan", most=12, rows=10, help_text="Satu tugas per baris."
    )
    copies = ClausesField(
        label="Tembusan",
        most=10,
        rows=3,
        required=False,
        help_text="Satu penerima per baris, misalnya Kepala Kantor Wilayah atau Camat.",
    )

    def __init__(
        self,
        *args: Any,
        office: Office,
        assignments: AssignmentQuerySet,
        sent_alone: int | None = None,  # the user whose own letter it is, who does not sign it
        **options: Any,
    ) -> None:
        super().__init__(*args, office=office, signs_not=sent_alone, **options)
        self.fields["assignments"].queryset = assignments  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(office: Office, offered: Sequence[Assignment]) -> dict[str, Any]:
        """The proposed words; ticked is what has no letter and passes to nobody else.

        Where nothing is left to guide, somebody ticks it on purpose.
        """
        bare = [it for it in offered if it.letter is None and not it.heirs]
        chosen = [it for it in bare if not it.is_adrift]
        number = _number_of(chosen)
        return number | {
            "assignments": [assignment.pk for assignment in chosen],
            "starts_on": _first_day(office, chosen, is_new=not number),
            "considering": CONSIDERING,
            "bases": proposed_bases(chosen or offered),
            "duties": DUTIES,
            "signer_title": f"Kepala {office.name}",
        }

    def clean(self) -> dict[str, Any]:
        """In order, and signed by another."""
        data = super().clean() or {}
        self._in_order(data)
        self._by_another(data)
        return data

    def _by_another(self, data: dict[str, Any]) -> None:
        """Nobody signs the letter that sends them; of one name, the number tells two apart."""
        sent = {it.officer.user for it in data.get("assignments") or ()}
        head = self.head(data)
        number = data.get("signer_nip")
        if head:
            if head.user in sent:
                self.add_error("signer", f"{head.user.name} {SENT_THEMSELVES}")
        elif number and any(person.nip == number for person in sent):
            self.add_error("signer_nip", f"Yang ber-NIP ini {SENT_THEMSELVES}")
        elif number == "" and data.get("signer_name") in {person.name for person in sent}:
            self.add_error("signer_nip", SAME_NAME)

    def words(self) -> LetterWords:
        """What the letter says, as it was left."""
        data = self.cleaned_data
        return LetterWords(
            **{name: data[name] for name in WORDS},
            dated=self.dated_on(),
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            signer=self.signer_facts(),
            signed_as=self.head(data),
        )


def _first_day(office: Office, chosen: Sequence[Assignment], *, is_new: bool) -> date:
    """A letter that is there already begins with its assignments; a new one does not reach back."""
    days = [it.starts_on for it in chosen if not is_new or it.is_coming()]
    return min(days, default=office.today())


def _number_of(assignments: Sequence[Assignment]) -> dict[str, Any]:
    """The number and date on which these stand already, where that is one surat tugas."""
    named = {(it.basis, it.basis_number, it.basis_dated) for it in assignments if not it.letter}
    if len(named) != 1:
        return {}
    basis, number, dated = named.pop()
    if basis != Basis.LETTER:
        return {}
    return {"numbering": TYPED, "number": number, "dated": dated}
