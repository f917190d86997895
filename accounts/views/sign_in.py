"""Signing in, and a forgotten password: allauth's pages, which here count who asks, and where."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, PasswordResetView
from django.http import HttpRequest, HttpResponse

from accounts import devices
from accounts.forms.sign_in import AskForLinkForm
from accounts.models.user import tidy_sign_in_name


class SignInView(LoginView):  # type: ignore[misc]
    """What others behind the router send closes no browser that the account knows."""

    def post(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Look at name and password, unless too many came from here."""
        name = tidy_sign_in_name(request.POST.get("login", ""))
        refused = devices.refusal(request, login_place=devices.place(request, name))
        if refused:
            return refused
        response: HttpResponse = super().post(request, *args, **options)
        return response


class AskForLinkView(PasswordResetView):  # type: ignore[misc]
    """Known and unknown addresses get the same answer, and nobody uses up another's requests."""

    def form_valid(self, form: AskForLinkForm) -> HttpResponse:
        """Go on to "look into your mail", unless it was asked for too often from here."""
        address = form.cleaned_data["email"].lower()
        refused = devices.refusal(
            self.request,
            reset_password_here=devices.source(self.request, address),
            reset_password_place=devices.place(self.request, address),
        )
        if refused:
            return refused
        response: HttpResponse = super().form_valid(form)
        return response
