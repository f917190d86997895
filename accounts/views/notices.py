"""How one wants to be told: the page that every mail of that sort leads to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

import accounts.notices
from accounts import actions
from accounts.forms.notices import NoticesForm
from accounts.models import NoticeChoice
from desabinaan.http import FORM_METHODS, PortalRequest, render_page


@require_http_methods(FORM_METHODS)
def notices(request: PortalRequest) -> HttpResponse:
    """How soon, and about what; one's own, whatever one's role is today."""
    choice = NoticeChoice.objects.visible_to_oneself(request.user).first()
    choice = choice or NoticeChoice(user=request.user)
    kinds = [kind for kind in accounts.notices.every() if kind.concerns(request.access)]
    form = NoticesForm(request.POST or None, kinds=kinds, choice=choice)
    if form.is_valid():
        actions.choose_notices(request.user, **form.wishes(), by=request.user)
        messages.success(request, "Pilihan pemberitahuan disimpan.")
        return redirect("accounts:notices")
    return render_page(request, "accounts/notices.html", {"form": form})
