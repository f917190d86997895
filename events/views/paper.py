"""The list on paper: a sheet to sign, its photographs kept, its names brought in from a table."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desabinaan import formats
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    private,
    refusal_as_message,
    render_page,
    require,
)
from events import actions
from events.attendance_prints import BLANK_ROWS, expected
from events.attendance_table import Preview, Table
from events.forms import SheetForm, SignedPageForm
from events.forms.table import TableForm
from events.models import AttendancePage, Event
from events.permissions import can_keep, can_read_attendance
from events.views.events import found_event, keeps


@require_http_methods(FORM_METHODS)
def attendance_sheet(request: PortalRequest, pk: int) -> HttpResponse:
    """The list as a PDF: to be signed by those who are expected, or as it is now."""
    event = found_event(request, pk)
    require(can_keep(request.access, event))
    initial = {"blank": BLANK_ROWS, "sheet": SheetForm.SIGN if event.is_open else SheetForm.FILLED}
    form = SheetForm(request.POST or None, initial=initial)
    if form.is_valid():
        paper = form.paper_of(event)
        with refusal_as_message(request):
            return redirect(actions.order_attendance(event, paper, by=request.user))
        return redirect("events:attendance", pk=pk)
    context = {"event": event, "form": form, "people": expected(event)}
    return render_page(request, "events/attendance_sheet.html", context)


@require_http_methods(FORM_METHODS)
def attendance_pages(request: PortalRequest, pk: int) -> HttpResponse:
    """The photographed sheets; one more of them."""
    event = found_event(request, pk)
    require(can_read_attendance(request.access, event))
    form = SignedPageForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        require(can_keep(request.access, event))
        if form.is_valid():
            with refusal_as_message(request):
                actions.keep_page(event, form.cleaned_data["file"], by=request.user)
                messages.success(request, "Lembar disimpan.")
            return redirect("events:attendance_pages", pk=pk)
    may_change = can_keep(request.access, event) and not event.is_settled
    pages = event.attendance_pages.all().select_related("uploaded_by")
    context = {"event": event, "form": form, "pages": pages, "may_change": may_change}
    return render_page(request, "events/attendance_pages.html", context)


@require_safe
@csp_override({"default-src": [CSP.NONE], "object-src": [CSP.SELF], "style-src": [CSP.SELF]})
def attendance_page(request: PortalRequest, key: uuid.UUID) -> FileResponse:
    """The exact bytes of a sheet, after the same check as the list of them."""
    found = get_object_or_404(AttendancePage.objects.visible_to(request.access), key=key)
    file = found.file.open("rb")
    return private(FileResponse(file, content_type=found.content_type, filename=found.name))


@require_POST
def attendance_page_drop(request: PortalRequest, key: uuid.UUID) -> HttpResponse:
    """Take a sheet off."""
    pages = AttendancePage.objects.visible_to(request.access).select_related("event__office")
    page = get_object_or_404(pages, key=key)
    require(can_keep(request.access, page.event))
    with refusal_as_message(request):
        actions.drop_page(page, by=request.user)
        messages.success(request, f"{page} dihapus.")
    return redirect("events:attendance_pages", pk=page.event_id)


@require_http_methods(FORM_METHODS)
@keeps
def attendance_import(request: PortalRequest, event: Event) -> HttpResponse:
    """Names from a table: read, shown, and stored once somebody confirms what was shown."""
    if "isi" in request.POST:
        return _confirmed(request, event)
    form = TableForm(request.POST or None, request.FILES or None)
    preview, sealed = None, ""
    if form.is_valid():
        try:
            table = Table.of(form.cleaned_data["file"])
            preview, sealed = Preview(event, table), table.sealed(event, request.user)
        except ValidationError as error:
            form.add_error("file", error)
    context = {"event": event, "form": form, "preview": preview, "sealed": sealed}
    return render_page(request, "events/attendance_import.html", context)


def _confirmed(request: PortalRequest, event: Event) -> HttpResponse:
    table = Table.opened(request.POST["isi"], event, request.user)
    if table is None:
        messages.warning(request, "Pratinjau ini sudah tidak berlaku. Unggah berkasnya lagi.")
        return redirect("events:attendance_import", pk=event.pk)
    with refusal_as_message(request):
        people, file = table.people, table.file
        noted = actions.import_attendees(event, people, file=file, by=request.user)
        messages.success(request, _told(noted))
    return redirect("events:attendance", pk=event.pk)


def _told(noted: actions.Noted) -> str:
    if noted.new:
        return f"{formats.number(len(noted.new))} orang dimasukkan ke daftar hadir."
    return "Semua sudah ada dalam daftar, dan kini terverifikasi lembar."
