"""The village's account: for whom."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from accounts.actions import Person
from desabinaan.editing import EditForm
from desabinaan.fields import TextField

CARD, PASSWORD = "card", "password"


class AccountForm(forms.Form):
    """Who signs in for the village."""

    name = TextField(
        label="Nama lengkap", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    title = TextField(
        label="Jabatan", max_length=80, help_text="Misalnya Kepala Desa atau Sekretaris Desa."
    )
    email = forms.EmailField(
        label="Surel",
        required=False,
        max_length=254,
        help_text="Bila ada, orangnya dapat meminta sandi baru sendiri.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    handed_over = forms.ChoiceField(
        label="Cara menyerahkan",
        choices=[
            (CARD, "Kartu aktivasi – dicetak, dengan kode QR; orangnya memilih sandi sendiri"),
            (PASSWORD, "Sandi sekali pakai – dicatat atau disampaikan lewat telepon"),
        ],
        initial=CARD,
        widget=forms.RadioSelect,
    )

    @property
    def is_by_card(self) -> bool:
        """Whether the first password comes by a printed card."""
        return bool(self.cleaned_data["handed_over"] == CARD)

    def person(self) -> Person:
        """The account to open; it signs in with the village's code."""
        return Person(self.cleaned_data["name"], email=self.cleaned_data["email"])

    def refuse(self, error: ValidationError) -> None:
        """Show what was refused: the name at its field, an address in use at its own."""
        for name, errors in error.error_dict.items():
            self.add_error(name if name in self.fields else "email", errors)


class AccountEmailForm(EditForm):
    """Where the portal writes to a person of the village."""

    email = forms.EmailField(
        label="Surel",
        max_length=254,
        help_text="Untuk kabar dari portal, dan untuk meminta sandi baru sendiri.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def refuse(self, error: ValidationError) -> None:
        """Show why the address was not taken."""
        for sentences in error.error_dict.values():
            self.add_error("email", sentences)
