"""The office's own table: uploaded, its columns settled, its rows checked, then recorded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    as_download,
    refusal_as_message,
    render_page,
    require,
    require_office,
)
from desabinaan.workbooks import XLSX
from villages import actions, rounds
from villages.forms import ColumnsForm, ImportForm, NamedForm, RegionForm
from villages.models import Import, ImportOfficer, ImportRow, Region
from villages.models.onboarding import ABANDON
from villages.onboarding import workbooks
from villages.onboarding.guides import candidates_for
from villages.onboarding.pages import ImportPage, OfficersPage, RowPage
from villages.permissions import can_import, can_import_for

PAGE_SIZE = 50


@require_http_methods(FORM_METHODS)
def imports(request: PortalRequest) -> HttpResponse:
    """The office's imports so far, and the way to begin another."""
    office = require_office(request.access, can_import)
    form = ImportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        table = form.cleaned_data["file"]
        with refusal_as_message(request):
            batch = actions.receive_import(table, office=office, by=request.user)
            return redirect("villages:import_columns", pk=batch.pk)
    mine = Import.objects.visible_to(request.access).filter(office=office)
    listed = mine.with_page().with_counts().with_confirmation()
    page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render_page(request, "villages/onboarding.html", {"form": form, "page": page})


@require_safe
def template(request: PortalRequest) -> HttpResponse:
    """The empty table to fill in."""
    require(can_import(request.access))
    return _workbook(workbooks.template(), "templat-desa-binaan.xlsx")


@require_safe
def import_page(request: PortalRequest, pk: int) -> HttpResponse:
    """The preview: what is ready, doubtful, refused; and the next step."""
    batch = _open_import(request, pk)
    if not batch.is_checked and batch.is_open:
        return redirect("villages:import_columns", pk=batch.pk)
    status = request.GET.get("status", "")
    rows = ImportRow.objects.visible_to(request.access).filter(batch=batch).standing_at(status)
    page = Paginator(rows.with_page(), PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {"shown": ImportPage(batch, status), "batch": batch, "page": page}
    return render_page(request, "villages/onboarding_import.html", context, part="rows")


@require_http_methods(FORM_METHODS)
def import_columns(request: PortalRequest, pk: int) -> HttpResponse:
    """What the columns mean: guessed, and changed here."""
    batch = _open_import(request, pk)
    if not batch.is_open:
        messages.info(request, f"Kolom tidak dapat diubah: {batch.standing()}")
        return redirect(batch)
    form = ColumnsForm(request.POST or None, batch=batch)
    if form.is_valid():
        with refusal_as_message(request):
            actions.map_import(
                batch,
                mapped=form.mapped(),
                otherwise=form.otherwise(),
                seen=rounds.shown_last(request.POST),
                by=request.user,
            )
        return redirect(batch)
    seen = rounds.shown_last(request.POST) or batch.last_entry
    context = {"batch": batch, "form": form, "seen": seen}
    return render_page(request, "villages/onboarding_columns.html", context)


@require_http_methods(FORM_METHODS)
def import_row(request: PortalRequest, pk: int) -> HttpResponse:
    """One doubtful row: which village is meant."""
    row = _row(request, pk)
    text = request.GET.get("q", request.POST.get("q", ""))
    form = RegionForm(request.POST or None)
    if form.is_valid():
        regions = Region.objects.villages().within(row.batch.office)
        region = get_object_or_404(regions.with_path(), pk=form.cleaned_data["region"])
        with refusal_as_message(request):
            actions.choose_region(row, region, by=request.user)
            messages.success(request, f"Baris {row.line}: {region.full_name}.")
            return _onwards(row)
    elif not row.is_doubtful:
        messages.info(request, f"Baris {row.line}: {row.get_status_display().lower()}.")
        return redirect(row.batch)
    context = {"row": row, "page": RowPage(row, text)}
    return render_page(request, "villages/onboarding_row.html", context, part="results")


@require_POST
def import_row_drop(request: PortalRequest, pk: int) -> HttpResponse:
    """Leave a row out."""
    row = _row(request, pk)
    with refusal_as_message(request):
        actions.drop_row(row, by=request.user)
        messages.success(request, f"Baris {row.line} dilewati.")
    return _onwards(row)


@require_POST
def import_row_restore(request: PortalRequest, pk: int) -> HttpResponse:
    """Look at a row again that was left out."""
    row = _row(request, pk)
    with refusal_as_message(request):
        actions.take_back_row(row, by=request.user)
        return redirect("villages:import_row", pk=row.pk)
    return redirect(row.batch)


@require_safe
def import_officers(request: PortalRequest, pk: int) -> HttpResponse:
    """The PIMPASA whom the table names: who each is, settled here once for all their rows."""
    batch = _open_import(request, pk)
    named = ImportOfficer.objects.visible_to(request.access).filter(batch=batch).with_page()
    page = Paginator(named, PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {"batch": batch, "page": page, "named": OfficersPage(list(page.object_list))}
    return render_page(request, "villages/onboarding_officers.html", context)


@require_POST
def import_officer(request: PortalRequest, pk: int) -> HttpResponse:
    """Say who a name in the table is, or leave it out."""
    person = get_object_or_404(ImportOfficer.objects.visible_to(request.access).with_page(), pk=pk)
    require(can_import_for(request.access, person.batch.office))
    form = NamedForm(request.POST)
    with refusal_as_message(request):
        if form.is_valid():
            person = _settle_officer(person, form.cleaned_data, by=request.user)
            messages.success(request, person.standing())
    return redirect("villages:import_officers", pk=person.batch_id)


def _settle_officer(person: ImportOfficer, said: dict[str, Any], *, by: User) -> ImportOfficer:
    if said["user"]:
        user = get_object_or_404(candidates_for(person), pk=said["user"])
        return actions.identify_officer(person, user, by=by)
    if said["answer"] == "new":
        return actions.appoint_named(person, by=by)
    return actions.pass_over_officer(person, by=by)


@require_POST
def import_drop_doubtful(request: PortalRequest, pk: int) -> HttpResponse:
    """Leave out every row that is still doubtful."""
    batch = _open_import(request, pk)
    with refusal_as_message(request):
        count = actions.drop_doubtful_rows(batch, by=request.user)
        messages.success(request, f"{count} baris meragukan dilewati.")
    return redirect(batch)


@require_http_methods(FORM_METHODS)
def import_record(request: PortalRequest, pk: int) -> HttpResponse:
    """A last look at what will be written, and the step that writes it."""
    batch = _open_import(request, pk)
    if request.method == "POST":
        with refusal_as_message(request):
            seen = rounds.shown_last(request.POST)
            batch = actions.record_import(batch, seen=seen, by=request.user)
            messages.success(request, "Desa dari berkas ini kini tercatat di portal.")
        return redirect(batch)
    if not batch.is_checked:
        return redirect(batch)
    context = {"batch": batch, "shown": ImportPage(batch), "seen": batch.last_entry}
    return render_page(request, "villages/onboarding_record.html", context)


@require_http_methods(FORM_METHODS)
def import_abandon(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask once more, then give the import up."""
    batch = _open_import(request, pk)
    if request.method != "POST":
        if not ABANDON.is_open(batch):
            messages.info(request, ABANDON.refusal(batch))
            return redirect("villages:imports")
        return render_page(request, "villages/import_abandon.html", {"batch": batch})
    with refusal_as_message(request):
        actions.abandon_import(batch, by=request.user)
        messages.success(request, f"Impor {batch} dibatalkan; isinya dihapus.")
    return redirect("villages:imports")


@require_safe
def import_refusals(request: PortalRequest, pk: int) -> HttpResponse:
    """The rows that were not taken over, with the reason, to mend and send back."""
    batch = _open_import(request, pk)
    rows = ImportRow.objects.visible_to(request.access).filter(batch=batch).left_over()
    rows = rows.select_related("officer__user")
    return _workbook(workbooks.refusals(batch, rows), f"perbaikan-impor-{batch.pk}.xlsx")


def _open_import(request: PortalRequest, pk: int) -> Import:
    batches = Import.objects.visible_to(request.access).with_page().with_counts()
    batch = get_object_or_404(batches.with_confirmation().with_last_entry(), pk=pk)
    require(can_import_for(request.access, batch.office))
    return batch


def _row(request: PortalRequest, pk: int) -> ImportRow:
    row = get_object_or_404(ImportRow.objects.visible_to(request.access).with_page(), pk=pk)
    require(can_import_for(request.access, row.batch.office))
    return row


def _onwards(row: ImportRow) -> HttpResponse:
    """The next doubtful row; the preview after the last."""
    next_row = RowPage(row).next_doubtful
    if next_row:
        return redirect("villages:import_row", pk=next_row.pk)
    return redirect(row.batch)


def _workbook(content: bytes, name: str) -> HttpResponse:
    return as_download(content, name=name, content_type=XLSX)
