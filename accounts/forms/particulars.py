"""What is noted of a person, to be put right: name, number, terms of service, rank, address."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from accounts import nip
from accounts.models import Employment, Office, Rank, User
from accounts.models.user import GRADE_NAMES, GRADES
from desabinaan.editing import EditForm
from desabinaan.fields import PrintedText, TextField
from desabinaan.forms import RefusableForm


class PersonForm(EditForm, RefusableForm):
    """Who a person of the office is; number and address only for whoever may settle them."""

    # All that the whole row breaks is looked at by the form itself, but for an address taken.
    FIELD_OF: ClassVar[dict[str, str]] = {"username": "nip", "__all__": "email"}

    name = PrintedText(
        label="Nama lengkap",
        max_length=120,
        help_text="Dengan gelar, seperti tercetak pada surat.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    nip = TextField(
        label="NIP",
        max_length=30,
        required=False,
        help_text="18 angka, boleh dengan spasi. Orangnya masuk dengan NIP yang tercatat di sini.",
        widget=forms.TextInput(
            attrs={"class": "input-medium", "autocomplete": "off", "inputmode": "numeric"}
        ),
    )
    employment = forms.ChoiceField(
        label="Status kepegawaian",
        required=False,
        choices=[("", "Tidak dicatat"), *Employment.choices],
    )
    rank = forms.ChoiceField(
        label="Pangkat atau golongan",
        required=False,
        help_text="Pangkat untuk PNS, golongan I–XVII untuk PPPK.",
        choices=[("", "Tidak dicatat"), ("PNS", Rank.choices), ("PPPK", GRADES)],
    )
    email = forms.EmailField(
        label="Surel",
        required=False,
        max_length=254,
        help_text="Siapa pun yang membaca surel ini dapat meminta sandi baru untuk akunnya. Catat "
        "hanya alamat milik orangnya sendiri.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, person: User, office: Office, withheld: Collection[str], **options: Any
    ) -> None:
        known = [name for name in self.base_fields if name not in withheld]
        standing = {name: getattr(person, name) for name in known}
        super().__init__(*args, standing=standing, place=office, **options)
        self.person, self.office, self.withheld = person, office, withheld
        for name in withheld:
            del self.fields[name]

    def clean_nip(self) -> str:
        """The digits alone; whoever has a number keeps one, since they sign in with it."""
        digits = nip.tidy(self.cleaned_data["nip"])
        if not digits and self.person.nip:
            raise ValidationError("Orangnya masuk dengan NIP: perbaiki, jangan dikosongkan.")
        if digits and not nip.is_shaped(digits):
            raise ValidationError("NIP terdiri atas 18 angka.")
        return digits

    def clean_email(self) -> str:
        """In lower case, as it is stored."""
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        """Terms, rank and number fit each other, and something is left to sign in with."""
        data = super().clean()
        employment, rank = data.get("employment"), data.get("rank")
        number = data.get("nip") if "nip" in self.fields else self.person.nip
        if employment and number is not None and (wrong := self._wrong_with(number, employment)):
            self.add_error("nip" if "nip" in self.fields else "employment", wrong)
        if rank and (rank in GRADE_NAMES) is not (employment == Employment.PPPK):
            self.add_error("rank", "PNS mempunyai pangkat, PPPK mempunyai golongan I–XVII.")
        if data.get("nip") == data.get("email") == "":
            self.add_error("email", "Tanpa NIP, orangnya masuk dengan surel; isi salah satunya.")
        return data

    def _wrong_with(self, number: str, employment: str) -> str:
        if not number:
            return "Isi NIP, atau pilih bahwa status kepegawaian tidak dicatat."
        is_pns = employment == Employment.PNS
        return nip.wrong_with_pns(number, self.office.today()) if is_pns else ""

    def changes(self) -> dict[str, str]:
        """What was offered, as it is to be; without a number they go on signing in as they do."""
        data = self.cleaned_data
        own = {name: data[name] for name in ("name", "employment", "rank", "email") if name in data}
        return own | ({"username": data["nip"]} if data.get("nip") else {})

    def unheard(self) -> list[str]:
        """The labels of what was typed in vain, since it may not be settled here any more."""
        typed = {name: self.data.get(self.add_prefix(name)) for name in self.withheld}
        return [
            str(self.base_fields[name].label)
            for name, value in typed.items()
            if value is not None and value.strip() != getattr(self.person, name)
        ]
