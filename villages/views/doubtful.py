"""Who serves where, as far as nobody is sure: for the national administrator, in one list."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import Office
from desabinaan.http import FORM_METHODS, PortalRequest, refusal_as_message, render_page, require
from villages import actions
from villages.forms.jurisdiction import SettleForm
from villages.models import Region
from villages.permissions import can_settle_jurisdiction

PAGE_SIZE = 25


@require_http_methods(FORM_METHODS)
def doubtful(request: PortalRequest) -> HttpResponse:
    """Regions that nobody has confirmed for an office, or that none is known to serve."""
    require(can_settle_jurisdiction(request.access))
    if request.method == "POST":
        return _settle(request)
    text, is_bare = request.GET.get("q", "").strip(), request.GET.get("keadaan") == "kosong"
    current = Region.objects.current()
    found = current.unclaimed() if is_bare else current.doubtful()
    found = found.matching(text) if text else found
    page = Paginator(found.with_claims(), PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {"page": page, "text": text, "is_bare": is_bare}
    return render_page(request, "villages/doubtful.html", context)


def _settle(request: PortalRequest) -> HttpResponse:
    """Confirm one region for one office, and go on with the list."""
    form = SettleForm(request.POST)
    if form.is_valid():
        offices = Office.objects.visible_to(request.access)
        office = get_object_or_404(offices, pk=form.cleaned_data["office"])
        servable = Region.objects.current().servable()
        region = get_object_or_404(servable, pk=form.cleaned_data["region"])
        with refusal_as_message(request):
            actions.settle_jurisdiction(office, region, by=request.user)
            messages.success(request, f"{region} dipastikan sebagai wilayah kerja {office}.")
    kept = {name: request.GET[name] for name in ("q", "keadaan", "halaman") if name in request.GET}
    return redirect(f"{reverse('villages:doubtful')}?{urlencode(kept)}")
