"""Where the QR code of an activation card leads: looking changes nothing, the code does."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts import cards, devices
from accounts.cards import WrongCode
from accounts.forms.activation import ActivationForm
from accounts.models import ActivationCard
from accounts.views.invitations import BACKEND
from desabinaan.http import FORM_METHODS, render_page
from desabinaan.workflow import TransitionRefused


@login_not_required
@require_http_methods(FORM_METHODS)
def activate(request: HttpRequest, key: str) -> HttpResponse:
    """The code that stands on the card, and a password of one's own."""
    card = ActivationCard.objects.with_key(key).first()
    if card is None or not card.is_open:
        return render_page(request, "accounts/activation_over.html", {}, status=410)
    form = ActivationForm(request.POST or None, person=card.user)
    if form.is_valid():
        try:
            user = cards.use(card, code=form.cleaned_data["code"], password=form.password)
        except WrongCode as wrong:
            form.add_error("code", str(wrong))
        except TransitionRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            login(request, user, backend=BACKEND)
            request.session[devices.SHARED_IN_SESSION] = form.cleaned_data["shared"]
            devices.suit(request.session, user)
            messages.success(request, f"Akun Anda sudah aktif. Nama masuk Anda: {user.username}")
            return redirect("reports:desk")
    return render_page(request, "accounts/activation.html", {"card": card, "form": form})
