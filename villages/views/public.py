"""What everybody may know without signing in: which villages are designated, and whom to ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from desabinaan.mail import own_address
from villages.public import PublicList, sheets_of

FRESH_SECONDS = 300

type View = Callable[..., HttpResponse]


def cached_by_anybody(view: View) -> View:
    """Let the answer be kept for some minutes by whoever passes it on: it is the same for all."""

    @wraps(view)
    def kept(request: HttpRequest, **kwargs: str) -> HttpResponse:
        response = view(request, **kwargs)
        patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
        return response

    return kept


@login_not_required
@require_safe
@cached_by_anybody
def public_villages(request: HttpRequest) -> HttpResponse:
    """The villages that stand designated today, searched by name and place."""
    asked = request.GET.get
    found = PublicList(asked("q", "").strip(), asked("wilayah", "").strip(), asked("halaman", ""))
    return render(request, "villages/public_villages.html", {"list": found})


@login_not_required
@require_safe
@cached_by_anybody
def public_village(request: HttpRequest, code: str) -> HttpResponse:
    """One village: since when, guided by which office, how to reach it; or that it is no longer."""
    sheet = get_object_or_404(sheets_of(code)[:1])
    context = {"sheet": sheet, "address": own_address("villages:public_village", code)}
    return render(request, "villages/public_village.html", context)
