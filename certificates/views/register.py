"""The register of an office: every number with what it stands on; written by hand, and voided."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Office
from certificates import actions, kinds
from certificates.forms import VoidForm, WrittenNumberForm
from certificates.models import RegisterEntry
from certificates.models.register import RegisterEntryQuerySet
from certificates.permissions import can_keep_register
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    refusal_as_message,
    render_page,
    require,
)
from desabinaan.workflow import TransitionRefused

YEAR = re.compile(r"[12]\d{3}", re.ASCII)
PAGE_SIZE = 50
PRINTED_SIZE = 2000


@dataclass(frozen=True, slots=True)
class Wanted:
    """The register that the address asks for, and what is sought in it."""

    kind: str
    year: int
    text: str
    is_printed: bool

    @property
    def label(self) -> str:
        """What the register is called."""
        return kinds.registers()[self.kind]

    @classmethod
    def by(cls, request: PortalRequest, office: Office) -> Wanted:
        """As the address says; the first kind and this year where it says nothing sensible."""
        known = kinds.registers()
        kind, year = request.GET.get("jenis", ""), request.GET.get("tahun", "")
        return cls(
            kind=kind if kind in known else next(iter(known)),
            year=int(year) if YEAR.fullmatch(year) else office.today().year,
            text=request.GET.get("q", "").strip(),
            is_printed="cetak" in request.GET,
        )


@require_safe
def register(request: PortalRequest, code: str) -> HttpResponse:
    """One register, of a kind and a year: searched on the screen, or whole to print."""
    office = _office(request, code)
    wanted = Wanted.by(request, office)
    entries = RegisterEntry.objects.visible_to(request.access)
    entries = entries.of(office, wanted.kind, wanted.year).with_page()
    context = {
        "office": office,
        "wanted": wanted,
        "registers": kinds.registers(),
        "years": _years(request, office),
        "page": _page(request, wanted, entries),
        "may_keep": can_keep_register(request.access, office),
    }
    return render_page(request, "certificates/register.html", context, part="rows")


@require_safe
def own_register(request: PortalRequest) -> HttpResponse:
    """The register of the office that the person works in now."""
    if request.access.current_office is None:
        raise Http404
    return redirect("certificates:register", request.access.current_office.code)


@require_http_methods(FORM_METHODS)
def number_write(request: PortalRequest, code: str) -> HttpResponse:
    """Note a number that was given outside the portal."""
    office = _office(request, code)
    require(can_keep_register(request.access, office))
    initial = {"kind": Wanted.by(request, office).kind}
    form = WrittenNumberForm(request.POST or None, office=office, initial=initial)
    if form.is_valid():
        told = form.cleaned_data
        kind = told.pop("kind")
        try:
            entry = actions.write_number(office, kind, told=told, by=request.user)
        except TransitionRefused as refusal:
            form.add_error("number", refusal.message)
        else:
            messages.success(request, f"Nomor {entry} dicatat.")
            return redirect(_address(entry))
    return render_page(request, "certificates/number_write.html", {"office": office, "form": form})


@require_http_methods(FORM_METHODS)
def number_void(request: PortalRequest, pk: int) -> HttpResponse:
    """Let a number no longer count, with a reason; it stays in the register."""
    entries = RegisterEntry.objects.visible_to(request.access).with_page()
    entry = get_object_or_404(entries, pk=pk)
    require(can_keep_register(request.access, entry.office))
    form = VoidForm(request.POST or None)
    if form.is_valid():
        with refusal_as_message(request):
            actions.void_number(entry, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, f"Nomor {entry} dibatalkan.")
        return redirect(_address(entry))
    context = {"entry": entry, "office": entry.office, "form": form, "back": _address(entry)}
    return render_page(request, "certificates/number_void.html", context)


def _office(request: PortalRequest, code: str) -> Office:
    return get_object_or_404(Office.objects.visible_to(request.access), code=code)


def _years(request: PortalRequest, office: Office) -> list[int]:
    """The years in which the office gave numbers, and this one; the latest first."""
    entries = RegisterEntry.objects.visible_to(request.access).filter(office=office)
    used = entries.order_by().values_list("year", flat=True).distinct()
    return sorted({*used, office.today().year}, reverse=True)


def _page(
    request: PortalRequest, wanted: Wanted, entries: RegisterEntryQuerySet
) -> Page[RegisterEntry]:
    if wanted.is_printed:
        return Paginator(entries.in_sequence(), PRINTED_SIZE).get_page(request.GET.get("halaman"))
    found = entries.matching(wanted.text).latest_first()
    return Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman"))


def _address(entry: RegisterEntry) -> str:
    path = reverse("certificates:register", args=[entry.office.code])
    return f"{path}?jenis={entry.kind}&tahun={entry.year}"
