"""The surat tugas: which assignments, with what words, who signs, and under what number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts import nip
from accounts.models import Membership, Office
from certificates.models import NumberTemplate
from desabinaan import legibility
from desabinaan.fields import DayField, PastDayField, PrintedText, TextField
from villages.assignment_letters import (
    ASSIGNMENT_LETTER,
    CONSIDERING,
    DUTIES,
    SENT_THEMSELVES,
    LetterWords,
    proposed_bases,
)
from villages.forms.drafting import ClausesField
from villages.forms.officers import OfficeForm
from villages.models import Assignment, Basis
from villages.models.officer import AssignmentQuerySet
from villages.papers import Signer, signer_of

NEXT, TYPED = "next", "typed"
ON_BEHALF = "an"
ON_BEHALF_NEEDS = {
    "signer_title": "Isi jabatan yang menandatangani a.n. Kepala Kantor.",
    "signer_name": "Isi nama yang menandatangani a.n. Kepala Kantor.",
}
SAME_NAME = "Yang ditugaskan bernama sama; isi NIP penanda tangan bila memang orang lain."
LETTERS_OF_THE_ALPHABET = 26


class AssignmentLetterForm(OfficeForm):
    """Everything that the letter says; whom it sends where comes from what is ticked."""

    depending = (*ON_BEHALF_NEEDS, "number", "dated")

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
    signer = forms.ChoiceField(label="Penanda tangan", widget=forms.RadioSelect)
    signer_title = PrintedText(
        label="Jabatan penanda tangan",
        max_length=160,
        help_text="Misalnya Kepala Subbagian Tata Usaha.",
    )
    signer_name = PrintedText(label="Nama penanda tangan", max_length=120)
    signer_nip = TextField(
        label="NIP penanda tangan", max_length=30, required=False, help_text="18 angka."
    )
    numbering = forms.ChoiceField(label="Nomor surat", widget=forms.RadioSelect)
    number = PrintedText(
        label="Nomor yang diberikan",
        tidied=legibility.number,
        max_length=100,
        required=False,
        help_text="Persis seperti dalam sistem persuratan.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    dated = PastDayField(
        label="Tanggal surat",
        required=False,
        help_text="Diisi bersama nomor dari sistem persuratan; selain itu surat bertanggal hari "
        "ini.",
    )

    def __init__(
        self,
        *args: Any,
        office: Office,
        assignments: AssignmentQuerySet,
        sent_alone: int | None = None,  # the user whose own letter it is, who does not sign it
        **options: Any,
    ) -> None:
        super().__init__(*args, office=office, **options)
        self.sent_alone = sent_alone
        self.fields["assignments"].queryset = assignments  # type: ignore[attr-defined]
        today = Membership.objects.on(office.today()).filter(office=office)
        self.heads = list(today.heads().select_related("office"))
        self.template = NumberTemplate.objects.filter(
            office=office, kind=ASSIGNMENT_LETTER.key
        ).first()
        self._offer_signers()
        self._offer_numbers()

    def _offer_signers(self) -> None:
        """The heads of today, or who signs for them; a unit without heads types who signs."""
        if not self.office.designates:
            del self.fields["signer"]
            return
        for name in ("signer_title", "signer_name"):
            self.fields[name].required = False
        offered = [it for it in self.heads if it.user_id != self.sent_alone]
        heads = [(str(it.pk), _words_of(it)) for it in offered]
        others = (ON_BEHALF, f"Pejabat lain, a.n. Kepala {self.office.name}")
        self._choose("signer", [*heads, others])
        self.initial.pop("signer_title", None)

    def _offer_numbers(self) -> None:
        own = [(NEXT, "Nomor berikutnya dari register kantor")] if self.template else []
        self._choose("numbering", [*own, (TYPED, "Nomor dari sistem persuratan")])
        if not own:
            self.fields["numbering"].widget = forms.HiddenInput()  # there is nothing to choose

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types
        field.choices = choices
        if choices:
            self.initial.setdefault(name, choices[0][0])

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

    def clean_signer_nip(self) -> str:
        """The digits alone, or nothing."""
        digits = nip.tidy(self.cleaned_data["signer_nip"])
        if digits and not nip.is_shaped(digits):
            raise ValidationError("NIP terdiri atas 18 angka.")
        return digits

    def clean(self) -> dict[str, Any]:
        """A number that was typed has its date; who signs for the head is named."""
        data = super().clean() or {}
        self._in_order(data)
        if data.get("signer") == ON_BEHALF:
            for name, sentence in ON_BEHALF_NEEDS.items():
                if name in data and not data[name]:
                    self.add_error(name, sentence)
        if data.get("numbering") == TYPED:
            for name, sentence in (("number", "Isi nomornya."), ("dated", "Isi tanggalnya.")):
                if name in data and not data[name]:
                    self.add_error(name, sentence)
        elif data.get("number") or data.get("dated"):
            name = "number" if data.get("number") else "dated"
            self.add_error(name, "Kosongkan, atau pilih nomor dari sistem persuratan.")
        self._by_another(data)
        return data

    def _by_another(self, data: dict[str, Any]) -> None:
        """Nobody signs the letter that sends them; of one name, the number tells two apart."""
        sent = {it.officer.user for it in data.get("assignments") or ()}
        head = self._head(data)
        number = data.get("signer_nip")
        if head:
            if head.user in sent:
                self.add_error("signer", f"{head.user.name} {SENT_THEMSELVES}")
        elif number and any(person.nip == number for person in sent):
            self.add_error("signer_nip", f"Yang ber-NIP ini {SENT_THEMSELVES}")
        elif number == "" and data.get("signer_name") in {person.name for person in sent}:
            self.add_error("signer_nip", SAME_NAME)

    def _head(self, data: dict[str, Any]) -> Membership | None:
        """The head who was chosen to sign; nothing where somebody is typed."""
        return next((it for it in self.heads if str(it.pk) == data.get("signer")), None)

    @property
    def given_number(self) -> str:
        """The number that was typed; empty where the register gives the next one."""
        return " ".join(self.cleaned_data["number"].split())

    def words(self) -> LetterWords:
        """What the letter says, as it was left."""
        data = self.cleaned_data
        return LetterWords(
            **{name: data[name] for name in ("considering", "bases", "duties", "copies")},
            dated=self._dated(),
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            signer=self._signer(),
            signed_as=self._head(data),
        )

    def _dated(self) -> date:
        dated: date | None = self.cleaned_data["dated"]
        return dated or self.office.today()

    def _signer(self) -> Signer:
        data = self.cleaned_data
        if head := self._head(data):
            return signer_of(head)
        signer = Signer(
            title=data["signer_title"],
            acting="",
            name=data["signer_name"],
            rank="",
            nip=data["signer_nip"],
        )
        if "signer" in self.fields:
            signer["on_behalf"] = f"Kepala {self.office.name}"
        return signer


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


def _words_of(head: Membership) -> str:
    signer = signer_of(head)
    return " ".join(filter(None, [f"{signer['name']},", signer["acting"], signer["title"]]))
