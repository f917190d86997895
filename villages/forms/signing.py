"""What every letter of an office asks: who signs it, and under what number and date."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from accounts import nip
from accounts.models import Membership, Office
from certificates.models import NumberTemplate
from desabinaan import legibility
from desabinaan.fields import PastDayField, PrintedText, TextField
from villages.forms.officers import OfficeForm
from villages.papers import Signer, signer_of

NEXT, TYPED = "next", "typed"
ON_BEHALF = "an"
ON_BEHALF_NEEDS = {
    "signer_title": "Isi jabatan yang menandatangani a.n. Kepala Kantor.",
    "signer_name": "Isi nama yang menandatangani a.n. Kepala Kantor.",
}
TASK_NEEDS = {
    "signer_title": "Isi jabatan yang menandatangani.",
    "signer_name": "Isi nama yang menandatangani.",
}


class SignedLetterForm(OfficeForm):
    """Signed by a head of today or on behalf; numbered by the register or as it was given."""

    letter_kind: ClassVar[str]  # the key of the kind, whose pattern the office may have chosen
    # Whether one who is no head signs on behalf of the head, or for a task of their own.
    stands_in: ClassVar[bool] = True
    depending: tuple[str, ...] = (*ON_BEHALF_NEEDS, "number", "dated")

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
        signs_not: int | None = None,  # the user who is no head to choose
        **options: Any,
    ) -> None:
        super().__init__(*args, office=office, **options)
        self.signs_not = signs_not
        today = Membership.objects.on(office.today()).filter(office=office)
        self.heads = list(today.heads().select_related("office"))
        self.template = NumberTemplate.objects.filter(office=office, kind=self.letter_kind).first()
        self._offer_signers()
        self._offer_numbers()

    def _offer_signers(self) -> None:
        """The heads of today, or who signs for them; a unit without heads types who signs."""
        if not self.office.designates:
            del self.fields["signer"]
            return
        for name in ("signer_title", "signer_name"):
            self.fields[name].required = False
        offered = [it for it in self.heads if it.user_id != self.signs_not]
        heads = [(str(it.pk), _words_of(it)) for it in offered]
        for_head = f", a.n. Kepala {self.office.name}" if self.stands_in else " yang ditugasi"
        self._choose("signer", [*heads, (ON_BEHALF, f"Pejabat lain{for_head}")])
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

    def clean_signer_nip(self) -> str:
        """The digits alone, or nothing."""
        digits = nip.tidy(self.cleaned_data["signer_nip"])
        if digits and not nip.is_shaped(digits):
            raise ValidationError("NIP terdiri atas 18 angka.")
        return digits

    def clean(self) -> dict[str, Any]:
        """A number that was typed has its date; who signs for the head is named."""
        data = super().clean() or {}
        if data.get("signer") == ON_BEHALF:
            needs = ON_BEHALF_NEEDS if self.stands_in else TASK_NEEDS
            for name, sentence in needs.items():
                if name in data and not data[name]:
                    self.add_error(name, sentence)
        if data.get("numbering") == TYPED:
            for name, sentence in (("number", "Isi nomornya."), ("dated", "Isi tanggalnya.")):
                if name in data and not data[name]:
                    self.add_error(name, sentence)
        elif data.get("number") or data.get("dated"):
            name = "number" if data.get("number") else "dated"
            self.add_error(name, "Kosongkan, atau pilih nomor dari sistem persuratan.")
        return data

    def head(self, data: dict[str, Any]) -> Membership | None:
        """The head who was chosen to sign; nothing where somebody is typed."""
        return next((it for it in self.heads if str(it.pk) == data.get("signer")), None)

    @property
    def given_number(self) -> str:
        """The number that was typed; empty where the register gives the next one."""
        return " ".join(self.cleaned_data["number"].split())

    def dated_on(self) -> date:
        """The day that is printed: as it was typed with the number, else today."""
        dated: date | None = self.cleaned_data["dated"]
        return dated or self.office.today()

    def signer_facts(self) -> Signer:
        """Who is printed below."""
        data = self.cleaned_data
        if head := self.head(data):
            return signer_of(head)
        signer = Signer(
            title=data["signer_title"],
            acting="",
            name=data["signer_name"],
            rank="",
            nip=data["signer_nip"],
        )
        if "signer" in self.fields and self.stands_in:
            signer["on_behalf"] = f"Kepala {self.office.name}"
        return signer


def _words_of(head: Membership) -> str:
    signer = signer_of(head)
    return " ".join(filter(None, [f"{signer['name']},", signer["acting"], signer["title"]]))
