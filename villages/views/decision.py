"""The head's pages: approve, return, reject."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from desabinaan.http import FORM_METHODS, PortalRequest, refusal_as_message, render_page
from villages import actions, rounds
from villages.forms import ApprovalForm, RejectForm, ReturnForm
from villages.last_look import LastLook
from villages.models import Designation
from villages.models.status import APPROVE, REJECT, RETURN
from villages.officers import Guides
from villages.pages import deciding_membership, next_to_decide
from villages.permissions import can_approve, can_decide
from villages.views.steps import is_confirmed, is_read, on_sheet


@require_http_methods(FORM_METHODS)
@on_sheet(can_approve, APPROVE)
def approve(request: PortalRequest, sheet: Designation) -> HttpResponse:
    """Designate the village under a decree."""
    head = deciding_membership(request.access, sheet.office)
    form = ApprovalForm(request.POST or None, office=sheet.office, head=head)
    is_sure = not _came_again(request, sheet, "Belum diputuskan") and form.is_valid()
    if is_sure and is_confirmed(request, sheet.office) and _is_read(request, sheet, form):
        with refusal_as_message(request):
            seen = rounds.shown(request.POST)
            actions.approve(sheet, form.approval(), by=request.user, seen=seen)
            messages.success(request, f"{sheet.village} ditetapkan sebagai Desa Binaan Imigrasi.")
            _lead_on(request, sheet)
        return redirect(sheet)
    if is_sure and "edit" not in request.POST:
        return _last_look(request, sheet, form)
    return render_page(request, "villages/approve.html", {"sheet": sheet, "form": form})


def _is_read(request: PortalRequest, sheet: Designation, form: ApprovalForm) -> bool:
    return is_read(request, form.approval().prints(sheet.office, [sheet]), "Belum diputuskan")


def _lead_on(request: PortalRequest, decided: Designation) -> None:
    """Say which sheet waits next, with the way there."""
    if sheet := next_to_decide(request.access, decided):
        words = 'Berikutnya menunggu keputusan Anda: <a href="{}">{}</a>.'
        messages.info(request, format_html(words, sheet.get_absolute_url(), sheet.village))


def _last_look(request: PortalRequest, sheet: Designation, form: ApprovalForm) -> HttpResponse:
    """What would be decided and printed, before it is for good."""
    approval = form.approval()
    decree = approval.proposed_decree(sheet.office)
    context = {
        "sheet": sheet,
        "form": form,
        "decree": decree,
        "signer_words": approval.signer_words(decree),
        "prints": approval.prints(sheet.office, [sheet]),
        "look": LastLook(request.access, decree, [sheet]),
    }
    return render_page(request, "villages/approve_check.html", context)


@require_http_methods(FORM_METHODS)
@on_sheet(can_decide, RETURN)
def return_to_staff(request: PortalRequest, sheet: Designation) -> HttpResponse:
    """Send the sheet back with a note."""
    form, seen = ReturnForm(request.POST or None, designation=sheet), _seen(request, sheet)
    if not _came_again(request, sheet, "Belum dikembalikan") and form.is_valid():
        with refusal_as_message(request):
            note = form.cleaned_data["note"]
            actions.return_to_staff(sheet, note=note, by=request.user, seen=seen)
            messages.success(request, f"Usulan {sheet.village} dikembalikan ke petugas.")
            _lead_on(request, sheet)
        return redirect(sheet)
    context = {"sheet": sheet, "form": form, "stamp": _stamp(request, sheet)}
    return render_page(request, "villages/return.html", context)


@require_http_methods(FORM_METHODS)
@on_sheet(can_decide, REJECT)
def reject(request: PortalRequest, sheet: Designation) -> HttpResponse:
    """Decide against the sheet, with a reason."""
    form, seen = RejectForm(request.POST or None, designation=sheet), _seen(request, sheet)
    if not _came_again(request, sheet, "Belum ditolak") and form.is_valid():
        with refusal_as_message(request):
            head = deciding_membership(request.access, sheet.office)
            actions.reject(sheet, **form.cleaned_data, head=head, by=request.user, seen=seen)
            messages.success(request, f"Usulan {sheet.village} ditolak.")
            _lead_on(request, sheet)
        return redirect(sheet)
    context = {
        "sheet": sheet,
        "form": form,
        "stamp": _stamp(request, sheet),
        "guides": Guides.of(sheet.village, request.access),
    }
    return render_page(request, "villages/reject.html", context)


def _came_again(request: PortalRequest, sheet: Designation, undone: str) -> bool:
    """Whether it was submitted once more since the person read it; the page then says so."""
    is_unread = bool(request.POST) and rounds.is_unread(sheet, rounds.shown(request.POST))
    if is_unread:
        messages.warning(request, f"{undone}: {rounds.words(sheet)}")
    return is_unread


def _seen(request: PortalRequest, sheet: Designation) -> datetime:
    """What the person has read: as the page says that they came from, else what stands now."""
    said = request.POST or request.GET
    is_said = request.method == "POST" or rounds.SHOWN in request.GET
    return rounds.shown(said) if is_said else sheet.status_at


def _stamp(request: PortalRequest, sheet: Designation) -> str:
    """What the page carries on; one that was just told of a newer submission has shown that."""
    return sheet.stamp if request.method == "POST" else rounds.stamp(_seen(request, sheet))
