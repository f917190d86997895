"""Decrees: the page of one with its villages, its words until it has a number, and its draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from audit.models import Entry
from certificates.models import Letter
from certificates.previews import forecast
from desabinaan.editing import again_if_overtaken
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    picked,
    refusal_as_message,
    render_page,
    require,
    require_office,
)
from villages import actions, permissions, prints, repairs
from villages.certifying import (
    CertifyPage,
    certifiable,
    returned_under,
    with_certifying,
    with_questioned,
)
from villages.decree_drafts import DECREE_DRAFT, draftable, proposed
from villages.forms import CertifyForm, DecreeChangeForm
from villages.forms.drafting import DecreeDraftForm
from villages.models import Decree, Designation, Document
from villages.models.designation import PAPER, DesignationQuerySet
from villages.pages import deciding_membership
from villages.prints import Prints
from villages.progress import Progress
from villages.views.steps import is_confirmed, is_read

PAGE_SIZE = 50
LATEST = 5


@require_safe
def decree(request: PortalRequest, pk: int) -> HttpResponse:
    """What the decree says, whether it has its number, its scans, and every village under it."""
    decrees = Decree.objects.visible_to(request.access).with_page()
    found = get_object_or_404(with_certifying(decrees, request.access), pk=pk)
    sheets = Designation.objects.visible_to(request.access).filter(decree=found)
    progress = Progress.of(sheets)
    if request.htmx and request.GET.get("tampak") == progress.key:
        return HttpResponse(status=204)  # nothing new: the page stays, and nobody hears it twice
    page = Paginator(sheets.counted().with_papers().order_by("village__region__code"), PAGE_SIZE)
    vars(page)["count"] = progress.total  # asked already
    shown = page.get_page(request.GET.get("halaman"))
    may_certify = progress.uncertified and permissions.can_certify(request.access, found)
    may_correct = permissions.can_correct_decree(request.access, found)
    context = {
        "may_certify": may_certify,
        "may_correct": found.number and may_correct and progress.recorded,
        "why_not_correct": repairs.why_not_correct(found, progress),
        "certifies": may_certify and found.has_certifiable,
        "returned": returned_under(found) if progress.uncertified else [],
        "decree": found,
        "page": shown,
        "progress": progress,
        "scans": Document.objects.visible_to(request.access).of_decree(found),
        "entries": Entry.objects.about(found),
        "first": next(iter(shown.object_list), None),
        "may_change": permissions.can_change_decree(request.access, found),
        "may_number": permissions.can_number_decree(request.access, found.office),
    }
    return render_page(request, "villages/decree.html", context, part="papers")


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def decree_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Put right what a decree says that has no number yet."""
    found = _open_decree(request, pk)
    require(permissions.can_change_decree(request.access, found))
    if found.number:
        messages.warning(request, f"SK {found} sudah bernomor; isinya tidak dapat diubah lagi.")
        return redirect(found)
    told = Entry.objects.about(found).filter(verb="decree.changed")
    form = DecreeChangeForm(request.POST or None, decree=found, history=told)
    if form.is_valid() and "edit" not in request.POST:
        words = form.cleaned_data
        if words["number"]:
            shown = number_prints(request, found, words)
            is_sure = is_confirmed(request, found.office)
            if not is_sure or not is_read(request, shown, "Belum disimpan"):
                return look_at_number(request, shown, form, back=found)
        with refusal_as_message(request):
            found = actions.change_decree(
                found,
                words=words,
                by=request.user,
                seen=form.standing,
                printed=request.POST.get(prints.SHOWN, ""),
            )
            messages.success(request, "Isi SK disimpan.")
        return redirect(found)
    return render_page(request, "villages/decree_edit.html", {"decree": found, "form": form})


def number_prints(request: PortalRequest, decree: Decree, typed: dict[str, Any]) -> Prints:
    """The certificates that its number orders, under the SK as it will stand for good."""
    covered = Designation.objects.visible_to(request.access).filter(decree=decree)
    waiting = covered.awaiting_decree_number().with_prints().order_by("village__region__code")
    return Prints(decree.office, decree.with_words(**typed), list(waiting))


def look_at_number(
    request: PortalRequest, shown: Prints, form: Form, *, back: Decree | Designation
) -> HttpResponse:
    """What will be printed once the number is recorded, and cannot be changed then."""
    context = {
        "form": form,
        "decree": shown.decree,
        "prints": shown,
        "numbers": forecast(shown.office, PAPER, shown.dated, len(shown.sheets)),
        "back": back.get_absolute_url(),
    }
    return render_page(request, "villages/decree_number_check.html", context)


@require_http_methods(FORM_METHODS)
def decree_certificates(request: PortalRequest, pk: int) -> HttpResponse:
    """The portal's certificates for what the decree had designated: chosen, seen once, ordered."""
    decrees = Decree.objects.visible_to(request.access).with_page()
    found = get_object_or_404(with_questioned(decrees, request.access), pk=pk)
    require(permissions.can_certify(request.access, found))
    sheets = Designation.objects.visible_to(request.access).filter(decree=found)
    mine = certifiable(sheets, by=request.user)
    head = deciding_membership(request.access, found.office)
    initial = {"sheets": request.GET.getlist("desa") or None}
    form = CertifyForm(request.POST or None, sheets=mine, head=head, initial=initial)
    if form.is_valid() and is_confirmed(request, found.office) and _is_read(request, found, form):
        with refusal_as_message(request):
            ordered = actions.certify(
                form.cleaned_data["sheets"],
                form.certification(),
                by=request.user,
                printed=request.POST.get(prints.SHOWN, ""),
            )
            if ordered:
                messages.success(request, f"{len(ordered)} sertifikat dipesan.")
        return redirect(found)
    page = CertifyPage(found, mine.uncertified(), form, sheets, edits="edit" in request.POST)
    return render_page(request, "villages/decree_certificates.html", {"page": page, "form": form})


def _is_read(request: PortalRequest, decree: Decree, form: CertifyForm) -> bool:
    """Whether the head read what would be printed, for all chosen: also what a first click did."""
    shown = form.certification().prints(decree, list(form.cleaned_data["sheets"]))
    return is_read(request, shown, "Belum diterbitkan")


def _asked_for(request: PortalRequest, sheets: DesignationQuerySet) -> list[int]:
    """The sheets that the address names, one by one or as those of a decree."""
    decree = picked(request.GET, "sk")
    if decree:
        return list(sheets.filter(decree__in=decree).values_list("pk", flat=True))
    return list(picked(request.GET, "usulan"))


def _open_decree(request: PortalRequest, pk: int) -> Decree:
    return get_object_or_404(Decree.objects.visible_to(request.access).with_page(), pk=pk)


@require_http_methods(FORM_METHODS)
def decree_draft(request: PortalRequest) -> HttpResponse:
    """Choose villages, mend the proposed words, and have the draft drawn; it takes no number."""
    office = require_office(request.access, permissions.can_draft_decree)
    sheets = draftable(request.access)
    initial = DecreeDraftForm.initial_of(proposed(office))
    initial["sheets"] = _asked_for(request, sheets)
    form = DecreeDraftForm(request.POST or None, sheets=sheets, initial=initial)
    if form.is_valid():
        chosen = list(form.cleaned_data["sheets"])
        with refusal_as_message(request):
            letter = actions.draft_decree(office, chosen, form.draft(), by=request.user)
            messages.success(request, "Draf SK dibuat. Nomornya diberikan oleh sistem persuratan.")
            return redirect(letter)
    drafts = Letter.objects.visible_to(request.access).filter(office=office, kind=DECREE_DRAFT.key)
    context = {
        "office": office,
        "form": form,
        "has_sheets": sheets.exists(),
        "drafts": drafts.order_by("-pk")[:LATEST],
    }
    return render_page(request, "villages/decree_draft.html", context)
