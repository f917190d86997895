"""Decrees: the page of one with its villages, and the draft of one that is still to be signed."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from certificates.models import Letter
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    refusal_as_message,
    render_page,
    require,
)
from villages import actions, permissions
from villages.decree_drafts import DECREE_DRAFT, draftable, proposed
from villages.forms.drafting import DecreeDraftForm
from villages.models import Decree, Designation, Document

PAGE_SIZE = 50
LATEST = 5


@require_safe
def decree(request: PortalRequest, pk: int) -> HttpResponse:
    """What the decree says, whether it has its number, its scans, and every village under it."""
    found = get_object_or_404(Decree.objects.visible_to(request.access).with_page(), pk=pk)
    sheets = Designation.objects.visible_to(request.access).filter(decree=found)
    page = Paginator(sheets.with_list().order_by("village__region__code"), PAGE_SIZE)
    shown = page.get_page(request.GET.get("halaman"))
    first = next(iter(shown.object_list), None)
    context = {
        "decree": found,
        "page": shown,
        "scans": Document.objects.visible_to(request.access).of_decree(found),
        "first": first,
        "may_record": first and permissions.can_record_decree(request.access, first),
    }
    return render_page(request, "villages/decree.html", context)


@require_http_methods(FORM_METHODS)
def decree_draft(request: PortalRequest) -> HttpResponse:
    """Choose villages, mend the proposed words, and have the draft drawn; it takes no number."""
    require(permissions.can_draft_decree(request.access))
    office = request.access.current_office
    assert office  # noqa: S101 - who may draft works in one
    sheets = draftable(request.access)
    initial = DecreeDraftForm.initial_of(proposed(office))
    initial["sheets"] = request.GET.getlist("usulan")
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
