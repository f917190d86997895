"""A recorded table before a second person: confirmed by a head, or sent back with a note."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    refusal_as_message,
    render_page,
    require,
)
from villages import actions, rounds
from villages.forms import SendBackForm
from villages.models import Import
from villages.models.onboarding import SEND_BACK
from villages.onboarding.confirming import ConfirmPage
from villages.pages import deciding_membership
from villages.permissions import can_confirm, can_import_for, can_read_table


@require_http_methods(FORM_METHODS)
def import_confirm(request: PortalRequest, pk: int) -> HttpResponse:
    """What the table brought in, village by village; a last look, and a head's word for it."""
    batch = _open_table(request, pk)
    require(can_read_table(request.access, batch))
    if request.method == "POST":
        require(can_confirm(request.access, batch))
        head, seen = deciding_membership(request.access, batch.office), rounds.shown(request.POST)
        with refusal_as_message(request):
            page = ConfirmPage(request.access, batch)
            if "confirmed" not in request.POST and page.confirms:
                rounds.refuse_unread_table(batch, seen)
                look = {"shown": page, "batch": batch, "seen": rounds.stamp(seen)}
                return render_page(request, "villages/import_confirm_check.html", look)
            actions.confirm_import(batch, head, seen=seen, by=request.user)
            messages.success(request, f"Tabel {batch} dibenarkan; desanya kini tampil untuk umum.")
        return redirect(batch.confirmation_url)
    if not batch.is_recorded:
        return redirect("villages:imports" if can_import_for(request.access, batch.office) else "/")
    page = ConfirmPage(request.access, batch, request.GET.get("halaman", ""))
    context = {"shown": page, "batch": batch, "page": page.page}
    return render_page(request, "villages/import_confirm.html", context)


@require_http_methods(FORM_METHODS)
def import_send_back(request: PortalRequest, pk: int) -> HttpResponse:
    """Send the table back with a note to those who brought it in."""
    batch = _open_table(request, pk)
    require(can_confirm(request.access, batch))
    if not SEND_BACK.is_open(batch):
        messages.info(request, SEND_BACK.refusal(batch))
        return redirect(batch.confirmation_url)
    form, seen = SendBackForm(request.POST or None), rounds.shown(request.POST)
    if form.is_valid():
        with refusal_as_message(request):
            note = form.cleaned_data["note"]
            actions.send_import_back(batch, note=note, seen=seen, by=request.user)
            messages.success(request, f"Tabel {batch} dikembalikan dengan catatan Anda.")
        return redirect(batch.confirmation_url)
    stamp = rounds.stamp(seen) if request.POST else batch.stamp
    context = {"batch": batch, "form": form, "stamp": stamp}
    return render_page(request, "villages/import_send_back.html", context)


@require_POST
def import_ask_again(request: PortalRequest, pk: int) -> HttpResponse:
    """Put a table that came back before the head once more."""
    batch = _open_table(request, pk)
    require(can_import_for(request.access, batch.office))
    with refusal_as_message(request):
        actions.ask_again(batch, by=request.user)
        messages.success(request, f"Tabel {batch} diajukan lagi ke Kepala Kantor.")
    return redirect(batch.confirmation_url)


def _open_table(request: PortalRequest, pk: int) -> Import:
    tables = Import.objects.visible_to(request.access).with_page().with_confirmation()
    return get_object_or_404(tables, pk=pk)
