"""The record of a certificate, for its office and its holders, and the file itself."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from audit.models import Entry
from certificates import actions, codes, kinds
from certificates.models import Certificate
from certificates.permissions import can_download, can_read_history
from certificates.views.files import as_file, bytes_of
from desabinaan.http import PortalRequest, render_page, require


@require_safe
def certificate(request: PortalRequest, code: str) -> HttpResponse:
    """What the certificate says, how it stands, and its file; asks again while it is drawn."""
    paper = _find(request, code)
    if request.htmx and request.GET.get("tampak") == paper.progress:
        return HttpResponse(status=204)  # nothing new: the page stays, and nobody hears it twice
    reads_history = can_read_history(request.access, paper)
    context = {
        "certificate": paper,
        "facts_template": kinds.get(paper.kind).public_template,
        "may_download": can_download(request.access, paper),
        "entries": Entry.objects.about(paper) if reads_history else None,
    }
    return render_page(request, "certificates/certificate.html", context, part="document")


@require_safe
def download(request: PortalRequest, code: str) -> HttpResponse:
    """The exact bytes that were drawn, for whoever may have them."""
    paper = _find(request, code)
    require(can_download(request.access, paper))
    content = bytes_of(request, paper)
    if content is None:
        return redirect(paper)
    if request.method == "GET" and not can_read_history(request.access, paper):
        actions.note_download(paper, by=request.user)
    return as_file(content, name=paper.file_name, sha256=paper.sha256)


def _find(request: PortalRequest, code: str) -> Certificate:
    typed = codes.check(code)
    if not typed.plausible:
        raise Http404
    visible = Certificate.objects.visible_to(request.access).with_office()
    return get_object_or_404(visible, code=typed.code)
