"""The record of a letter, for its office and whoever it was written to, and its files."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from audit.models import Entry
from certificates import actions, kinds
from certificates.forms import ScanForm
from certificates.models import Letter
from certificates.permissions import can_attach_scan, can_read_history
from certificates.views.files import bytes_of, served
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    refusal_as_message,
    render_page,
    require,
)


@require_safe
def letter(request: PortalRequest, pk: int) -> HttpResponse:
    """How the letter stands, what it says, and its file; asks again while it is drawn."""
    found = _find(request, pk)
    if request.htmx and request.GET.get("tampak") == found.progress:
        return HttpResponse(status=204)  # nothing new: the page stays, and nobody hears it twice
    reads_history = can_read_history(request.access, found)
    kind, is_news = kinds.letter(found.kind), found.is_ready and not found.voiding
    context = {
        "letter": found,
        "kind": kind,
        "message": kind.message(found) if is_news else "",
        "origin": kind.origin(found) if reads_history else None,
        "may_attach": found.takes_scan and can_attach_scan(request.access, found),
        "entries": Entry.objects.about(found) if reads_history else None,
    }
    return render_page(request, "certificates/letter.html", context, part="document")


@require_safe
def letter_download(request: PortalRequest, pk: int) -> HttpResponse:
    """The signed scan where there is one, else the exact bytes that were drawn."""
    found = _find(request, pk)
    kept = found.scan or found
    content = bytes_of(request, kept)
    return redirect(found) if content is None else served(kept, content)


@require_safe
def letter_original(request: PortalRequest, pk: int) -> HttpResponse:
    """What the portal drew, for the office; it stays, whatever was signed and scanned since."""
    found = _find(request, pk)
    require(can_read_history(request.access, found))
    content = bytes_of(request, found)
    return redirect(found) if content is None else served(found, content)


@require_http_methods(FORM_METHODS)
def letter_scan(request: PortalRequest, pk: int) -> HttpResponse:
    """Upload the letter as it was signed and stamped."""
    found = _find(request, pk)
    require(can_attach_scan(request.access, found))
    if not found.takes_scan:
        messages.warning(request, f"Pindaian belum dapat diunggah: {found.standing()}")
        return redirect(found)
    form = ScanForm(request.POST or None, request.FILES or None, paper=found)
    if form.is_valid():
        with refusal_as_message(request):
            file, told_by = form.cleaned_data["scan"], form.told_by
            actions.attach_scan(found, file, by=request.user, told_by=told_by)
            messages.success(request, "Pindaian disimpan; inilah surat yang kini diunduh.")
        return redirect(found)
    return render_page(request, "certificates/letter_scan.html", {"letter": found, "form": form})


def _find(request: PortalRequest, pk: int) -> Letter:
    return get_object_or_404(Letter.objects.visible_to(request.access).with_page(), pk=pk)
