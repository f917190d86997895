"""The safety of one's own account: second factor, and where one is signed in."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.webauthn.internal.flows import remove_authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic.edit import FormView

from accounts import second_factor, sessions
from accounts.models import SignIn
from desabinaan.http import FORM_METHODS, PortalRequest, render_page


@require_safe
def security(request: PortalRequest) -> HttpResponse:
    """What protects the account: password, second factor, recovery codes, and its sessions."""
    own = [it.wrap() for it in Authenticator.objects.filter(user=request.user).order_by("pk")]
    context = {
        "authenticators": own,
        "unreadable": [it.instance.pk for it in own if not second_factor.is_readable(it.instance)],
        "has_app": any(it.instance.type == Authenticator.Type.TOTP for it in own),
        "sign_ins": SignIn.objects.visible_to_oneself(request.user),
        "session_key": request.session.session_key,
        "needed_from": request.access.needs_second_factor_from,
    }
    return render_page(request, "mfa/index.html", context)


class RecoveryCodesView(ViewRecoveryCodesView):  # type: ignore[misc]
    """The codes, unless the portal has lost the key by which they were sealed."""

    def get(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Lead back to the page that says so, and offers new ones."""
        try:
            response: HttpResponse = super().get(request, *args, **options)
        except second_factor.SealedByAnotherKey:
            return redirect("mfa_index")
        return response


class NewRecoveryCodesView(GenerateRecoveryCodesView):  # type: ignore[misc]
    """New codes in place of the old ones, whether or not these can still be read."""

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        """How many were left, where that can be told."""
        try:
            context: dict[str, Any] = super().get_context_data(**options)
        except second_factor.SealedByAnotherKey:
            context = FormView.get_context_data(self, **options) | {"unused_code_count": 0}
        return context


@require_http_methods(FORM_METHODS)
def passkey_remove(request: PortalRequest, pk: int) -> HttpResponse:
    """Take a passkey off, after the password; the last one stays where the role takes one."""
    own = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    response: HttpResponse = _passkey_remove(request, get_object_or_404(own, pk=pk))
    return response


@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def _passkey_remove(request: PortalRequest, passkey: Authenticator) -> HttpResponse:
    may_go = get_adapter().can_delete_authenticator(passkey)
    if request.method == "POST" and may_go:
        remove_authenticator(request, passkey)
        return redirect("mfa_index")
    context = {"passkey": passkey.wrap(), "may_go": may_go}
    return render_page(request, "mfa/webauthn/remove.html", context)


@require_POST
def session_end(request: PortalRequest, pk: int) -> HttpResponse:
    """Sign one browser out from afar."""
    sign_in = get_object_or_404(SignIn.objects.visible_to_oneself(request.user), pk=pk)
    sessions.end([sign_in], by=request.user)
    messages.success(request, f"{sign_in} dikeluarkan.")
    return redirect("mfa_index")


@require_POST
def sessions_end(request: PortalRequest) -> HttpResponse:
    """Sign every other browser out."""
    count = sessions.end_others(request, by=request.user)
    messages.success(request, f"{count} perangkat lain dikeluarkan.")
    return redirect("mfa_index")
