"""The head's pages: approve, return, reject."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desabinaan.http import PortalRequest, refusal_as_message, render_page, require
from villages import actions
from villages.forms import ApprovalForm, RejectForm, ReturnForm
from villages.models.designation import APPROVE
from villages.pages import SheetPage, deciding_membership, open_sheet
from villages.permissions import can_approve, can_decide

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def approve(request: PortalRequest, pk: int) -> HttpResponse:
    """Designate the village under a decree."""
    sheet = open_sheet(request.access, pk)
    require(can_approve(request.access, sheet))
    head = deciding_membership(request.access, sheet)
    form = ApprovalForm(request.POST or None, designation=sheet, head=head)
    # Where somebody decided meanwhile, how things stand says more than errors in the form.
    if form.is_valid() or not APPROVE.is_open(sheet):
        with refusal_as_message(request):
            if not form.is_valid():
                APPROVE.apply(sheet)
            actions.approve(sheet, form.approval(), by=request.user)
            messages.success(request, f"{sheet.village} ditetapkan sebagai Desa Binaan Imigrasi.")
        return redirect(sheet)
    context = {"sheet": sheet, "form": form, "page": SheetPage.of(request.access, sheet)}
    return render_page(request, "villages/approve.html", context)


@require_http_methods(FORM_METHODS)
def return_to_staff(request: PortalRequest, pk: int) -> HttpResponse:
    """Send the sheet back with a note."""
    sheet = open_sheet(request.access, pk)
    require(can_decide(request.access, sheet))
    form = ReturnForm(request.POST or None, designation=sheet)
    if form.is_valid():
        with refusal_as_message(request):
            actions.return_to_staff(sheet, note=form.cleaned_data["note"], by=request.user)
            messages.success(request, f"Usulan {sheet.village} dikembalikan ke petugas.")
        return redirect(sheet)
    return render_page(request, "villages/return.html", {"sheet": sheet, "form": form})


@require_http_methods(FORM_METHODS)
def reject(request: PortalRequest, pk: int) -> HttpResponse:
    """Decide against the sheet, with a reason."""
    sheet = open_sheet(request.access, pk)
    require(can_decide(request.access, sheet))
    form = RejectForm(request.POST or None, designation=sheet)
    if form.is_valid():
        with refusal_as_message(request):
            actions.reject(sheet, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, f"Usulan {sheet.village} ditolak.")
        return redirect(sheet)
    return render_page(request, "villages/reject.html", {"sheet": sheet, "form": form})
