"""The sheet itself: the list, the record page, its files."""

from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from desabinaan.http import PortalRequest, private, render_page
from villages import permissions
from villages.earlier import earlier_of
from villages.models import Designation, Document
from villages.models.document import StoredFile
from villages.pages import SheetPage, open_sheet

PAGE_SIZE = 25


@require_safe
def designations(request: PortalRequest) -> HttpResponse:
    """All sheets of the office that the person works in, by their last step, the latest first."""
    sheets = Designation.objects.visible_to(request.access).in_current_office(request.access)
    text, status = request.GET.get("q", "").strip(), request.GET.get("status", "")
    found = sheets.matching(text).standing_at(status).order_by("-status_at", "-pk")
    page = Paginator(found.with_long_list(), PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        # Who took the step is told to whom the sheet's own page tells it.
        "told": {it.pk for it in page if permissions.can_read_sheet(request.access, it)},
        "text": text,
        "status": status,
        "may_propose": permissions.can_propose(request.access),
        "may_draft": permissions.can_draft_decree(request.access),
    }
    return render_page(request, "villages/designations.html", context, part="rows")


@require_safe
def designation(request: PortalRequest, pk: int) -> HttpResponse:
    """The record page: where the sheet stands, the next step, what it holds, what happened."""
    sheet = open_sheet(request.access, pk)
    if not permissions.can_read_sheet(request.access, sheet):
        return render_page(request, "villages/designation_village.html", {"sheet": sheet})
    paper = sheet.certificate
    if request.htmx and paper and request.GET.get("tampak") == paper.progress:
        return HttpResponse(status=204)  # nothing new: the page stays, and nobody hears it twice
    context = {
        "sheet": sheet,
        "page": SheetPage.of(request.access, sheet),
        "earlier": earlier_of(sheet),
    }
    return render_page(request, "villages/designation.html", context, part="paper")


@require_safe
@csp_override({"default-src": [CSP.NONE], "object-src": [CSP.SELF], "style-src": [CSP.SELF]})
def document(request: PortalRequest, key: uuid.UUID) -> FileResponse:
    """The exact bytes of an attached file, after the same check as its page."""
    found = get_object_or_404(
        Document.objects.visible_to(request.access).select_related("designation"), key=key
    )
    return served(found)


def served(found: StoredFile) -> FileResponse:
    """The bytes of a file that was found for this person, for this person only."""
    file = found.file.open("rb")
    return private(FileResponse(file, content_type=found.content_type, filename=found.name))
