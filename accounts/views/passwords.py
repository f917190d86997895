"""A forgotten password: allauth's page, which here counts who asks as well as for whom."""

from __future__ import annotations

from allauth.account.views import PasswordResetView
from allauth.core.ratelimit import consume_or_429
from django.http import HttpResponse

from accounts import devices
from accounts.forms.sign_in import AskForLinkForm


class AskForLinkView(PasswordResetView):  # type: ignore[misc]
    """Known and unknown addresses get the same answer, and nobody uses up another's requests."""

    def form_valid(self, form: AskForLinkForm) -> HttpResponse:
        """Go on to "look into your mail", unless it was asked for too often from here."""
        key = devices.source(self.request, form.cleaned_data["email"].lower())
        refused: HttpResponse | None = consume_or_429(
            self.request, action="reset_password_here", key=key
        )
        if refused:
            return refused
        response: HttpResponse = super().form_valid(form)
        return response
