"""The village's account: given, renewed and ended by the administrator of its office."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts import cards
from accounts.models import ActivationCard
from audit.models import Entry
from desabinaan.editing import again_if_overtaken
from desabinaan.http import FORM_METHODS, PortalRequest, refusal_as_message, render_page, require
from villages import actions
from villages.forms.account import AccountEmailForm, AccountForm
from villages.models import Village, VillageAccess
from villages.permissions import can_give_account, can_issue_account_password


@require_http_methods(FORM_METHODS)
def village_account(request: PortalRequest, pk: int) -> HttpResponse:
    """Who signs in for the village, and an account for one more."""
    village = get_object_or_404(Village.objects.visible_to(request.access).with_page(), pk=pk)
    require(can_give_account(request.access, village))
    form = AccountForm(request.POST or None)
    if form.is_valid():
        try:
            return _give(request, village, form)
        except ValidationError as error:
            form.refuse(error)
    accounts = VillageAccess.objects.visible_to(request.access).with_page().filter(village=village)
    context = {"village": village, "form": form, "accounts": accounts}
    return render_page(request, "villages/account.html", context)


def _give(request: PortalRequest, village: Village, form: AccountForm) -> HttpResponse:
    """The account, and the answer that shows how to get into it."""
    facts = {"person": form.person(), "title": form.cleaned_data["title"], "by": request.user}
    if form.is_by_card:
        return _card_page(request, *actions.give_account_by_card(village, **facts))
    return _password_page(request, *actions.give_account(village, **facts))


@require_http_methods(FORM_METHODS)
def village_account_password(request: PortalRequest, pk: int) -> HttpResponse:
    """A one-time password in place of a forgotten one; shown once, on the answer."""
    account = _account(request, pk)
    require(can_issue_account_password(request.access, account))
    if account.ends_on:
        return _ended(request, account)
    if request.method == "POST":
        with refusal_as_message(request):
            password = actions.issue_account_password(account, by=request.user)
            return _password_page(request, account, password)
        return redirect("villages:village_account", pk=account.village_id)
    return render_page(request, "villages/account_password.html", {"account": account})


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def village_account_email(request: PortalRequest, pk: int) -> HttpResponse:
    """The address to which the portal writes: whoever has none is told of nothing."""
    account = _account(request, pk)
    require(can_issue_account_password(request.access, account))
    if account.ends_on:
        return _ended(request, account)
    form = AccountEmailForm(
        request.POST or None,
        standing={"email": account.user.email},
        history=Entry.objects.about(account.village).filter(verb="village.email_settled"),
        place=account.village.office,
    )
    if form.is_valid():
        address = form.cleaned_data["email"]
        try:
            actions.settle_account_email(account, address, seen=form.standing, by=request.user)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"Surel {account.user.name} dicatat.")
            return redirect("villages:village_account", pk=account.village_id)
    context = {"account": account, "form": form}
    return render_page(request, "villages/account_email.html", context)


@require_http_methods(FORM_METHODS)
def village_account_card(request: PortalRequest, pk: int) -> HttpResponse:
    """A card to print in place of a password; shown once, on the answer."""
    account = _account(request, pk)
    require(can_issue_account_password(request.access, account))
    if account.ends_on:
        return _ended(request, account)
    if request.method == "POST":
        with refusal_as_message(request):
            card, code = actions.issue_account_card(account, by=request.user)
            return _card_page(request, account, card, code)
        return redirect("villages:village_account", pk=account.village_id)
    return render_page(request, "villages/account_card.html", {"account": account})


@require_http_methods(FORM_METHODS)
def village_account_end(request: PortalRequest, pk: int) -> HttpResponse:
    """Close a person's way into the village's pages, at once."""
    account = _account(request, pk)
    require(can_give_account(request.access, account.village))
    if account.ends_on:
        return _ended(request, account)
    if request.method == "POST":
        with refusal_as_message(request):
            actions.end_account(account, by=request.user)
            messages.success(request, f"Akun {account.user} diakhiri.")
        return redirect("villages:village_account", pk=account.village_id)
    return render_page(request, "villages/account_end.html", {"account": account})


def _account(request: PortalRequest, pk: int) -> VillageAccess:
    accounts = VillageAccess.objects.visible_to(request.access).with_page()
    return get_object_or_404(accounts, pk=pk)


def _ended(request: PortalRequest, account: VillageAccess) -> HttpResponse:
    """A second click, or an old page: the accounts as they are now, and a sentence."""
    messages.info(request, f"Akun {account.user} sudah berakhir.")
    return redirect("villages:village_account", pk=account.village_id)


def _password_page(request: PortalRequest, account: VillageAccess, password: str) -> HttpResponse:
    """The answer that shows the password, and nowhere else: not stored, not in an address."""
    context = {"account": account, "password": password}
    return render_page(request, "villages/account_issued.html", context)


def _card_page(
    request: PortalRequest, account: VillageAccess, card: ActivationCard, code: str
) -> HttpResponse:
    """The answer that shows the card with its code, and nowhere else."""
    context = {"account": account, "card": card, "code": code, "picture": cards.picture_of(card)}
    return render_page(request, "villages/account_card_issued.html", context)
