"""Where an activation card leads, scanned or typed: looking changes nothing, the code does."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from accounts import cards, devices
from accounts.cards import WrongCode
from accounts.forms.activation import ActivationForm, NamedActivationForm
from accounts.models import ActivationCard, User
from accounts.models.user import tidy_sign_in_name
from accounts.views.invitations import BACKEND
from desabinaan.http import FORM_METHODS, render_page
from desabinaan.workflow import TransitionRefused


@cache_control(private=True, no_store=True)  # a stranger has no session to tell it by
@login_not_required
@require_http_methods(FORM_METHODS)
def activate(request: HttpRequest, key: str) -> HttpResponse:
    """The code that stands on the card, and a password of one's own."""
    card = ActivationCard.objects.with_key(key).first()
    if card is None or not card.is_open:
        return render_page(request, "accounts/activation_over.html", {}, status=410)
    form = ActivationForm(request.POST or None, person=card.user)
    if form.is_valid() and (user := _use(card, form)):
        return _opened(request, user, form)
    return render_page(request, "accounts/activation.html", {"card": card, "form": form})


@login_not_required
@require_http_methods(FORM_METHODS)
def activate_by_name(request: HttpRequest) -> HttpResponse:
    """The same without a camera: the address is typed, and the card's name says which it is."""
    form = NamedActivationForm(request.POST or None, person=None)
    if request.method == "POST":
        name = tidy_sign_in_name(request.POST.get("name", ""))
        refused = devices.refusal(
            request,
            activate=devices.source(request, name),
            activate_place=devices.place(request, name),
            activate_anywhere=name,
        )
        if refused:
            return refused
    if form.is_valid() and form.card and (user := _use(form.card, form)):
        return _opened(request, user, form)
    return render_page(request, "accounts/activation.html", {"form": form})


def _use(card: ActivationCard, form: ActivationForm) -> User | None:
    """Whose account the code opens; None, with a word in the form, where it does not."""
    try:
        return cards.use(card, code=form.cleaned_data["code"], password=form.password)
    except WrongCode as wrong:
        form.add_error("code", str(wrong))
    except TransitionRefused as refusal:
        form.add_error(None, refusal.message)
    return None


def _opened(request: HttpRequest, user: User, form: ActivationForm) -> HttpResponse:
    """Signed in, for as long as suits whose device it is, which strangers do not lock out."""
    login(request, user, backend=BACKEND)
    request.session[devices.OWN_IN_SESSION] = form.cleaned_data["own"]
    devices.suit(request.session, user)
    messages.success(request, f"Akun Anda sudah aktif. Nama masuk Anda: {user.username}")
    response = redirect("reports:desk")
    devices.remember(request, response, user)
    return response
