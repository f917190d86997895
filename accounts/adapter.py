"""How allauth serves this portal: nobody signs up, one door for passwords, sentences of ours."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import actions, devices
from accounts.backends import name_in
from accounts.middleware import WANTED_IN_SESSION
from accounts.models import User

MISMATCH = (
    "Nama masuk atau sandi tidak cocok. Periksa kembali keduanya; "
    "bila lupa sandi, lihat di bawah ini cara mendapat yang baru."
)
JUST_NOW_SECONDS = 15 * 60


class PortalAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up closed; wrong passwords counted per name, where it is tried."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": MISMATCH,
        "email_password_mismatch": MISMATCH,
        "too_many_login_attempts": (
            "Terlalu banyak percobaan masuk. Tunggu lima menit, lalu coba lagi."
        ),
        "enter_current_password": "Sandi saat ini tidak cocok.",
        "incorrect_password": "Sandi tidak cocok.",
        "rate_limited": "Terlalu banyak percobaan. Tunggu lima menit, lalu coba lagi.",
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

    def get_logout_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """The sign-in page, which says that one has left: there is no session for a message."""
        return f"{reverse('account_login')}?berakhir=keluar"

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        """Signed in, second factor and all: the session lasts as suits who and where."""
        response: HttpResponse = super().post_login(request, user, **details)
        devices.suit(request.session, user)
        devices.remember(request, response, user)
        request.session[WANTED_IN_SESSION] = [response.get("Location", ""), time.time()]
        return response

    def is_safe_url(self, url: str) -> bool:
        """Whether to go on there after signing in: this portal, under the name that was asked for.

        Not whatever else may be asked under, and not from TLS to plain; what is no address is none.
        """
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def is_reauthentication_required(self, **_: Any) -> bool:
        """Not of somebody who signed in a moment ago: they have just said who they are."""
        records = get_authentication_records(context.request, context.request.user)
        return not any(time.time() - record["at"] < JUST_NOW_SECONDS for record in records)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """By password alone: one way, the same for everybody."""
        if not user.is_authenticated:
            return []
        url = reverse("account_reauthenticate")
        return [{"id": "reauthenticate", "description": "Sandi", "url": url}]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Neither too often from here nor from everywhere at once; a right password counts nowhere.

        Counted here first: what is refused in one place keeps nobody out of another.
        """
        super().pre_authenticate(request, **credentials)
        name = name_in(credentials)
        if devices.known(request, name):
            return
        anywhere = ratelimit.consume(
            request, app="allauth.account", action="login_failed_anywhere", key=name
        )
        if not anywhere:
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage.usage += anywhere.usage  # taken back together

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count by the name, known or not, and never by the Host that a stranger sends.

        Not by person: a lockout under a NIP would tell which e-mail address is theirs.
        """
        return devices.source(request, name_in(credentials))
