"""Home, which is the desk of whoever signs in, and the recap with its report and spreadsheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

import certificates.actions
from certificates.models import Export, Letter
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    as_download,
    refusal_as_message,
    render_page,
    require,
    require_office,
)
from reports import periods
from reports.coverage import Coverage
from reports.desks import desk_of
from reports.exports import AT_ONCE, RECAP, XLSX, file_name, recap_workbook, wanted
from reports.load import Load
from reports.monthly import REPORT, Report, addressee
from reports.outreach import Outreach
from reports.permissions import can_read_recap
from reports.roll import PAGE_SIZE, STANDINGS, Roll
from reports.scope import Scope, scope_of
from reports.waiting import Waiting
from villages.models.region import RegionLevel
from villages.permissions import can_propose

SHOWN = 12  # earlier reports and exports


@require_safe
def desk(request: PortalRequest) -> HttpResponse:
    """What waits for me, since when, with the button that does it; then what I wait for."""
    return render_page(request, "reports/desk.html", {"desk": desk_of(request.access)})


@require_safe
def recap(request: PortalRequest) -> HttpResponse:
    """How much is designated, and where; a kecamatan opens into its villages."""
    scope = _scope(request)
    if scope.region and scope.region.level == RegionLevel.DISTRICT:
        return redirect(reverse("reports:recap_villages") + scope.query())
    context = {"scope": scope, "coverage": Coverage(scope)}
    return render_page(request, "reports/recap.html", context)


@require_safe
def recap_villages(request: PortalRequest) -> HttpResponse:
    """Every village of the region, and where it stands: what is still to be done, by name."""
    scope = _scope(request)
    roll = Roll.asked(scope, request.GET)
    context = {
        "scope": scope,
        "roll": roll,
        "standings": STANDINGS,
        "may_propose": roll.is_served and can_propose(request.access),
    }
    return render_page(request, "reports/recap_villages.html", context)


@require_safe
def recap_officers(request: PortalRequest) -> HttpResponse:
    """Officers and their load: by office, and within one office by person."""
    scope = _scope(request)
    load = Load(scope)
    offices = _page(request, load.offices if scope.spans_offices else [])
    context = {"scope": scope, "load": load, "offices": offices}
    return render_page(request, "reports/recap_officers.html", context)


@require_safe
def recap_waiting(request: PortalRequest) -> HttpResponse:
    """How long a proposal takes to its decision, and what waits now."""
    scope = _scope(request)
    waiting = Waiting(scope)
    offices = _page(request, waiting.offices if scope.spans_offices else [])
    context = {"scope": scope, "waiting": waiting, "offices": offices}
    return render_page(request, "reports/recap_waiting.html", context)


@require_safe
def recap_outreach(request: PortalRequest) -> HttpResponse:
    """Events that were held, who came to them, and visits: by kind and by region."""
    scope = _scope(request)
    context = {"scope": scope, "outreach": Outreach(scope)}
    return render_page(request, "reports/recap_outreach.html", context)


@require_http_methods(FORM_METHODS)
def recap_report(request: PortalRequest) -> HttpResponse:
    """The periodic report to the office above: choose a period, have it drawn, print and sign."""
    office = require_office(request.access, can_read_recap)
    if request.method == "POST":
        period = periods.named(request.POST.get("periode", ""))
        if period and period.first <= office.today():
            return _drawn(request, Scope(request.access, period))
        messages.warning(request, "Pilih bulan, triwulan, atau tahun yang sudah dimulai.")
    letters = Letter.objects.visible_to(request.access).filter(office=office, kind=REPORT.key)
    context = {
        "office": office,
        "addressee": addressee(office),
        "periods": periods.offered(office.today()),
        "last_month": periods.before(periods.month_of(office.today())),
        "letters": letters.order_by("-pk")[:SHOWN],
    }
    return render_page(request, "reports/recap_report.html", context)


def _drawn(request: PortalRequest, scope: Scope) -> HttpResponse:
    paper = Report(scope).paper()
    with refusal_as_message(request):
        return redirect(certificates.actions.order_once(paper, by=request.user))
    return redirect("reports:recap_report")


@require_safe
def recap_download(request: PortalRequest) -> HttpResponse:
    """The spreadsheet at once where it is small; else the page that has it made."""
    scope = _scope(request)
    if wanted(scope).rows > AT_ONCE:
        return redirect(reverse("reports:recap_export") + scope.query())
    return as_download(recap_workbook(scope), name=file_name(scope), content_type=XLSX)


@require_http_methods(FORM_METHODS)
def recap_export(request: PortalRequest) -> HttpResponse:
    """A large spreadsheet: what it will hold, and the button that has a worker write it."""
    scope = _scope(request)
    if request.method == "POST":
        return redirect(certificates.actions.order_export(wanted(scope), by=request.user))
    mine = Export.objects.visible_to(request.access).filter(kind=RECAP.key).lasting()
    context = {"scope": scope, "wanted": wanted(scope), "exports": mine.with_page()[:SHOWN]}
    return render_page(request, "reports/recap_export.html", context)


def _scope(request: PortalRequest) -> Scope:
    """What the address asks for; the region and the office are looked for at once."""
    require(can_read_recap(request.access))
    scope = scope_of(request.access, request.GET)
    _ = scope.office, scope.region  # 404 before anything is counted
    return scope


def _page(request: PortalRequest, rows: list[Any]) -> Page[Any]:
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))
