"""Signing in, and passwords: allauth's forms in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from accounts import devices, links
from accounts.actions import tidy_issued_password
from accounts.models import User
from accounts.models.user import tidy_sign_in_name

PASSWORD_HINT = "Paling sedikit 10 tanda. Jangan memakai nama Anda atau sandi yang umum."  # noqa: S105

OWN_DEVICE = "Ini ponsel atau komputer saya sendiri: biarkan saya tetap masuk"
SHARED_HINT = "Jangan dicentang pada komputer bersama: Anda keluar begitu peramban ditutup."


class SignInForm(LoginForm):  # type: ignore[misc]
    """A NIP, a village's code or an e-mail address, and the password."""

    own = forms.BooleanField(label=OWN_DEVICE, help_text=SHARED_HINT, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["remember"]
        _reword(self, {"login": "NIP, kode desa, atau surel", "password": "Sandi"})
        name = self.fields["login"].widget.attrs
        name.update(autocomplete="username", autocapitalize="none", spellcheck="false")

    def clean_login(self) -> str:
        """The name as it is stored, however it was typed."""
        return tidy_sign_in_name(self.cleaned_data["login"])

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Open the session, or ask for the second factor; for as long as suits who and where."""
        request.session[devices.OWN_IN_SESSION] = self.cleaned_data["own"]
        self.cleaned_data["remember"] = False
        response: HttpResponse = super().login(request, redirect_url)
        if isinstance(request.user, User):  # allauth has just shortened the session
            devices.suit(request.session, request.user)
        return response


class ConfirmPasswordForm(ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _reword(self, {"password": "Sandi"})


class OwnPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """A new password in place of the present one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = {"oldpassword": "Sandi saat ini", **NEW_PASSWORD}
        _reword(self, labels)
        if self.user.must_change_password:
            self.fields["oldpassword"].label = "Sandi sekali pakai"

    def clean_oldpassword(self) -> str:
        """The present password; an issued one however it was written down."""
        if self.user.must_change_password:
            issued = tidy_issued_password(self.cleaned_data["oldpassword"])
            self.cleaned_data["oldpassword"] = issued
        try:
            checked: str = super().clean_oldpassword()
        except ValidationError as wrong:
            label = self.fields["oldpassword"].label
            raise ValidationError(f"{label} tidak cocok.") from wrong
        return checked

    def clean(self) -> dict[str, Any]:
        """A one-time password is not chosen again."""
        data: dict[str, Any] = super().clean()
        if data.get("password1") and data["password1"] == data.get("oldpassword"):
            self.add_error("password1", "Pilih sandi yang berbeda dari sandi saat ini.")
        return data


VILLAGE_CODE_TYPED = (
    "Ini kode desa, bukan alamat surel. Akun desa mendapat kartu aktivasi atau sandi sekali pakai "
    "dari administrator kantor imigrasi yang membina desa Anda."
)
NIP_TYPED = (
    "Ini NIP, bukan alamat surel. Isi alamat surel akun Anda, atau minta sandi sekali pakai "
    "kepada administrator kantor Anda; kepala kantor dan administrator memintanya kepada "
    "administrator nasional."
)


class AddressField(forms.EmailField):
    """An e-mail address; who types the number that they sign in with is told whom to ask."""

    def to_python(self, value: Any) -> str:
        """The address, unless it is a village's code or a NIP, however it was typed."""
        address = super().to_python(value) or ""
        name = tidy_sign_in_name(address).replace("-", "")
        if name.isdigit():
            raise ValidationError(NIP_TYPED if len(name) == 18 else VILLAGE_CODE_TYPED)
        return address


class AskForLinkForm(ResetPasswordForm):  # type: ignore[misc]
    """The address to which the link goes, if an account has it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"] = AddressField(
            label="Surel", widget=forms.EmailInput(attrs={"autocomplete": "email"})
        )

    def save(self, request: HttpRequest, **_: Any) -> str:  # noqa: ARG002
        """Have a worker look for the account: known and unknown addresses take the same time."""
        email: str = self.cleaned_data["email"]
        links.ask(email)
        return email


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, after following the link."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _reword(self, NEW_PASSWORD)


NEW_PASSWORD = {"password1": "Sandi baru", "password2": "Sandi baru, sekali lagi"}


def _reword(form: forms.Form, labels: dict[str, str]) -> None:
    """Our labels instead of placeholders, which vanish as one types."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.widget.attrs.pop("placeholder", None)
        field.help_text = PASSWORD_HINT if name == "password1" else ""
