"""The record of a letter, for its office and whoever it was written to, and the file itself."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from audit.models import Entry
from certificates import kinds
from certificates.models import Letter
from certificates.permissions import can_read_history
from certificates.views.files import as_file, bytes_of
from desabinaan.http import PortalRequest, render_page


@require_safe
def letter(request: PortalRequest, pk: int) -> HttpResponse:
    """How the letter stands, and its file; asks again while it is drawn."""
    found = _find(request, pk)
    if request.htmx and request.GET.get("tampak") == found.progress:
        return HttpResponse(status=204)  # nothing new: the page stays, and nobody hears it twice
    reads_history = can_read_history(request.access, found)
    context = {
        "letter": found,
        "kind": kinds.letter(found.kind),
        "entries": Entry.objects.about(found) if reads_history else None,
    }
    return render_page(request, "certificates/letter.html", context, part="document")


@require_safe
def letter_download(request: PortalRequest, pk: int) -> HttpResponse:
    """The exact bytes that were drawn, for whoever may read the letter."""
    found = _find(request, pk)
    content = bytes_of(request, found)
    if content is None:
        return redirect(found)
    return as_file(content, name=found.file_name, sha256=found.sha256)


def _find(request: PortalRequest, pk: int) -> Letter:
    return get_object_or_404(Letter.objects.visible_to(request.access).with_page(), pk=pk)
