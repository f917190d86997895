"""Who serves where, as far as nobody is sure: for the national administrator, by province."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.contrib import messages
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

FEW = 10  # regions that stand open without asking


@dataclass(frozen=True, slots=True)
class Fold:
    """A province and its regions, folded until somebody asks for them."""

    province: str
    code: str
    regions: list[Region]
    is_open: bool


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
    regions = list(found.with_claims())
    folds = _by_province(regions, opened=request.GET.get("buka", ""), is_open=len(regions) <= FEW)
    context = {"folds": folds, "count": len(regions), "text": text, "is_bare": is_bare}
    return render_page(request, "villages/doubtful.html", context)


def _by_province(regions: Iterable[Region], *, opened: str, is_open: bool) -> list[Fold]:
    folds = groupby(regions, key=lambda region: (region.code[:2], str(region.province)))
    return [
        Fold(province, code, list(inside), is_open or code == opened)
        for (code, province), inside in folds
    ]


def _settle(request: PortalRequest) -> HttpResponse:
    """Confirm one region for one office, and go on in its province."""
    form = SettleForm(request.POST)
    kept = {name: request.GET[name] for name in ("q", "keadaan") if name in request.GET}
    if form.is_valid():
        offices = Office.objects.visible_to(request.access)
        office = get_object_or_404(offices, pk=form.cleaned_data["office"])
        servable = Region.objects.current().servable()
        region = get_object_or_404(servable, pk=form.cleaned_data["region"])
        kept["buka"] = region.code[:2]
        with refusal_as_message(request):
            actions.settle_jurisdiction(office, region, by=request.user)
            messages.success(request, f"{region} dipastikan sebagai wilayah kerja {office}.")
    return redirect(f"{reverse('villages:doubtful')}?{urlencode(kept)}")
