"""An export as whoever asked for it sees it: how far it is, and the file while it is kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from certificates import kinds
from certificates.models import Export
from certificates.views.files import opened, streamed
from desabinaan.http import PortalRequest, render_page


@require_safe
def export(request: PortalRequest, pk: int) -> HttpResponse:
    """How many rows are written; asks again while a worker is at it."""
    found = _find(request, pk)
    if request.htmx and request.GET.get("tampak") == found.progress:
        return HttpResponse(status=204)  # nothing new: the page stays, and nobody hears it twice
    return render_page(request, "certificates/export.html", {"export": found}, part="progress")


@require_safe
def export_download(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The file, for whoever asked for it."""
    found = _find(request, pk)
    if found.is_expired:
        gone = "sudah dihapus" if found.was_made else "tidak dibuat"
        messages.info(request, f"Berkas ini {gone}. Mintalah yang baru.")
        return redirect(found)
    file = opened(request, found)
    if file is None:
        return redirect(found)
    return streamed(found, file, content_type=kinds.export(found.kind).content_type)


def _find(request: PortalRequest, pk: int) -> Export:
    return get_object_or_404(Export.objects.visible_to(request.access).with_page(), pk=pk)
