"""The second factor: allauth's forms in our words, and a code that counts only once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from django import forms
from django.core.cache import cache

from accounts import second_factor
from accounts.models import User


class ActivateAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code that the app shows, as proof that it took the secret."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _plain(self.fields["code"], "Kode 6 angka dari aplikasi", "numeric")

    def clean_code(self) -> str:
        """As allauth checks it; from here on it signs nobody in."""
        code: str = super().clean_code()
        _use_up(self.user, code)
        return code


class RemoveAppForm(DeactivateTOTPForm):  # type: ignore[misc]
    """Nothing to fill in; refuses where the role takes a second factor."""


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """A code of the app, or one of the recovery codes."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _plain(self.fields["code"], "Kode dari aplikasi, atau kode cadangan", "text")

    def clean_code(self) -> str:
        """As allauth checks it, and never the same one twice."""
        try:
            code: str = super().clean_code()
        except second_factor.SealedByAnotherKey:
            code = self._checked_by_what_is_readable()
        is_totp = self.authenticator.type == Authenticator.Type.TOTP
        if is_totp and not _use_up(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code

    def _checked_by_what_is_readable(self) -> str:
        """The code, if the app was set up anew, or the recovery codes; else whom to ask."""
        code: str = self.cleaned_data["code"]
        own = Authenticator.objects.filter(user=self.user, type__in=second_factor.SEALED)
        readable = [it for it in own if second_factor.is_readable(it)]
        for each in readable:
            if each.wrap().validate_code(code):
                self.authenticator = each
                return code
        has_app = any(it.type == Authenticator.Type.TOTP for it in readable)
        wrong = "incorrect_code" if has_app else "sealed_by_another_key"
        raise get_adapter().validation_error(wrong)


class PasskeyField(forms.JSONField):
    """What a browser says of a passkey: good for one answer, and never shown again."""

    def __init__(self) -> None:
        super().__init__(required=True, widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:
        """What was sent, unless no browser sends such a thing."""
        with _no_code_but_a_wrong_one():
            return super().to_python(value)

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002
        """Nothing to send once more."""
        return None


class PasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The answer of a passkey."""

    credential = PasskeyField()

    def clean_credential(self) -> Authenticator:
        """As allauth checks it."""
        with _no_code_but_a_wrong_one():
            return super().clean_credential()


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """What the browser made, and a name by which the person knows the device."""

    credential = PasskeyField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        name = self.fields["name"]
        name.label, name.max_length = "Nama perangkat", 60
        name.help_text = "Misalnya Ponsel dinas."

    def clean(self) -> dict[str, Any]:
        """As allauth checks it."""
        with _no_code_but_a_wrong_one():
            cleaned: dict[str, Any] = super().clean()
        return cleaned


@contextmanager
def _no_code_but_a_wrong_one() -> Iterator[None]:
    """What is malformed, however deep within, counts as a wrong code and not as a fault of ours.

    allauth and fido2 look into the answer in a dozen places, each with an error of its own.
    """
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as malformed:
        raise get_adapter().validation_error("incorrect_code") from malformed


def _use_up(user: User, code: str) -> bool:
    """Note that a code of the app has counted; whether it had not yet, however it was typed.

    With a tolerance a code holds for longer than allauth remembers that it was used.
    """
    lifetime = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    added: bool = cache.add(f"second-factor:{user.pk}:{normalize_user_code(code)}", 1, lifetime)
    return added


def _plain(field: forms.Field, label: str, inputmode: str) -> None:
    field.label = label
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(inputmode=inputmode, autocapitalize="none", spellcheck="false")
