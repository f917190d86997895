"""The code from a printed card, and the password that somebody chooses with it."""

from __future__ import annotations

from django import forms

from accounts.forms.invitation import FirstPasswordForm
from accounts.forms.sign_in import SHARED


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
    shared = forms.BooleanField(label=SHARED, required=False)
    field_order = ["code", "password1", "password2", "shared"]

    @property
    def password(self) -> str:
        """The password chosen."""
        chosen: str = self.cleaned_data["password1"]
        return chosen
