"""The code from a printed card, and the password that somebody chooses with it."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts import cards
from accounts.forms.invitation import FirstPasswordForm
from accounts.forms.sign_in import OWN_DEVICE, SHARED_HINT
from accounts.models import ActivationCard
from accounts.models.user import tidy_sign_in_name

MISMATCH = (
    "Nama masuk dan kode tidak cocok, atau kartunya tidak berlaku lagi. Periksa keduanya pada "
    "kartu; bila tetap begitu, mintalah kartu baru kepada kantor imigrasi yang membina desa Anda."
)


class ActivationForm(FirstPasswordForm):
    """Code and password in one step, and whose computer it is."""

    code = forms.CharField(
        label="Kode pada kartu",
        max_length=20,
        help_text="Delapan tanda, tercetak di bawah kode QR.",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "input-medium",
            }
        ),
    )
    own = forms.BooleanField(label=OWN_DEVICE, help_text=SHARED_HINT, required=False)
    field_order = ["code", "password1", "password2", "own"]

    @property
    def password(self) -> str:
        """The password chosen."""
        chosen: str = self.cleaned_data["password1"]
        return chosen


class NamedActivationForm(ActivationForm):
    """The same for whoever types the address: the name on the card says which card it is."""

    name = forms.CharField(
        label="Nama masuk pada kartu",
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    field_order = ["name", *ActivationForm.field_order]
    card: ActivationCard | None = None

    def clean_name(self) -> str:
        """The name as it is stored, however it was typed."""
        return tidy_sign_in_name(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        """Name and code fit together; only who knows both learns anything of the person."""
        typed = self.cleaned_data
        self.card = cards.found_by(typed.get("name", ""), typed.get("code", ""))
        self.person = self.card.user if self.card else None
        data = super().clean()
        if self.card is None and {"name", "code"} <= data.keys():
            self.add_error("code", MISMATCH)
        return data
