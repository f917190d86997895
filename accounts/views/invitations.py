"""Invitations: sent, sent again and taken back by the office, answered by the person asked."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from accounts import invitations
from accounts.forms.invitation import FirstPasswordForm, InviteForm
from accounts.middleware import first_things_first
from accounts.models import Invitation, User
from accounts.views.offices import kept_office
from desabinaan.http import FORM_METHODS, PortalRequest, refusal_as_message, render_page
from desabinaan.workflow import TransitionRefused

BACKEND = "accounts.backends.SignInBackend"


@require_http_methods(FORM_METHODS)
def invite(request: PortalRequest, code: str) -> HttpResponse:
    """Ask somebody by e-mail to take a role in the office."""
    office = kept_office(request, code)
    asked = {"role": request.GET.get("peran"), "acting_kind": request.GET.get("status")}
    initial = {name: value for name, value in asked.items() if value}
    form = InviteForm(request.POST or None, office=office, by=request.user, initial=initial)
    if form.is_valid():
        try:
            invitation = invitations.invite(form.invitation(), by=request.user)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"Undangan untuk {invitation.name} sedang dikirim.")
            return redirect(office)
    return render_page(request, "accounts/invite.html", {"office": office, "form": form})


@require_POST
def invitation_resend(request: PortalRequest, code: str, pk: int) -> HttpResponse:
    """A new link, to the same address."""
    invitation = _of_office(request, code, pk)
    with refusal_as_message(request):
        invitations.resend(invitation, by=request.user)
        messages.success(request, f"Undangan untuk {invitation.name} dikirim ulang.")
    return redirect(invitation.office)


@require_POST
def invitation_withdraw(request: PortalRequest, code: str, pk: int) -> HttpResponse:
    """The link leads nowhere from now on."""
    invitation = _of_office(request, code, pk)
    with refusal_as_message(request):
        invitations.withdraw(invitation, by=request.user)
        messages.success(request, f"Undangan untuk {invitation.name} ditarik.")
    return redirect(invitation.office)


def _of_office(request: PortalRequest, code: str, pk: int) -> Invitation:
    office = kept_office(request, code)
    sent = Invitation.objects.visible_to(request.access).select_related("office")
    return get_object_or_404(sent.filter(office=office), pk=pk)


@cache_control(private=True, no_store=True)  # a stranger has no session to tell it by
@login_not_required
@first_things_first
@require_http_methods(FORM_METHODS)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where the mailed link leads: looking changes nothing, the button does.

    Mail scanners open every link; so only a form that a person filled in counts.
    """
    found = Invitation.objects.with_token(token).first()
    if found is None or not found.is_open:
        return render_page(request, "accounts/invitation_over.html", {}, status=410)
    if not found.is_vouched_for:
        told = {"reason": invitations.INVITER_LEFT}
        return render_page(request, "accounts/invitation_over.html", told, status=410)
    if isinstance(request.user, User):
        return _acquainted(request, found, request.user)
    if invitations.account_of(found):
        context = {"invitation": found, "target": request.path}
        return render_page(request, "accounts/invitation_sign_in.html", context)
    return _newcomer(request, found)


def _acquainted(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    """Signed in: the account that one has joins the office."""
    if request.method == "POST":
        try:
            invitations.join(invitation, by=user)
        except TransitionRefused as refusal:
            messages.warning(request, refusal.message)
        else:
            messages.success(request, f"Anda kini bertugas di {invitation.office}.")
        return redirect("reports:desk")
    fits = invitations.fits(invitation, user)
    context = {"invitation": invitation, "user": user, "fits": fits}
    return render_page(request, "accounts/invitation_join.html", context)


def _newcomer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Nobody has this address yet: a password of one's own opens the account."""
    person = User(name=invitation.name, username=invitation.username, email=invitation.email)
    form = FirstPasswordForm(request.POST or None, person=person)
    if form.is_valid():
        try:
            user = invitations.open_account(invitation, password=form.cleaned_data["password1"])
        except TransitionRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            login(request, user, backend=BACKEND)
            messages.success(request, f"Akun Anda siap. Selamat bertugas di {invitation.office}.")
            return redirect("reports:desk")
    context = {"invitation": invitation, "form": form, "target": request.path}
    return render_page(request, "accounts/invitation.html", context)
