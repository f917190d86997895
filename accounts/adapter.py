"""How allauth serves this portal: nobody signs up, one door for passwords, sentences of ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from accounts import actions, devices
from accounts.backends import name_in
from accounts.models import User

MISMATCH = (
    "Nama masuk atau sandi tidak cocok. Periksa kembali keduanya; "
    "bila lupa sandi, minta yang baru di bawah ini."
)


class PortalAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up closed; failed sign-ins counted per account and browser, never per router."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": MISMATCH,
        "email_password_mismatch": MISMATCH,
        "too_many_login_attempts": (
            "Terlalu banyak percobaan masuk ke akun ini. Tunggu lima menit, lalu coba lagi."
        ),
        "enter_current_password": "Sandi saat ini tidak cocok.",
        "invalid_password_reset": "Tautan ini tidak berlaku lagi.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody signs up: accounts are opened by the administrators of offices."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """The person's own choice, after a change or a reset: remembered, and no longer issued."""
        actions.choose_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Back to work."""
        return reverse("reports:desk")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count per person, however they are named, and never by the Host that a stranger sends."""
        name = name_in(credentials)
        if user := User.objects.with_sign_in_name(name):
            return f"user:{user.pk}:{devices.key(request, user)}"
        return f"name:{name}"
