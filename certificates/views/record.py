"""The record of a certificate, for its office and its holders, and its files: drawn, scanned."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from audit.models import Entry
from certificates import actions, codes, kinds, verification
from certificates import messages as texts
from certificates.forms import CertificateScanForm, WithdrawScanForm
from certificates.models import Certificate, Scan
from certificates.permissions import (
    can_attach_scan,
    can_download,
    can_pass_on,
    can_read_history,
)
from certificates.views.files import bytes_of, served
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    refusal_as_message,
    render_page,
    require,
)


@require_safe
def certificate(request: PortalRequest, code: str) -> HttpResponse:
    """What the certificate says, how it stands, and its file; asks again while it is drawn."""
    paper = _find(request, code)
    if request.htmx and request.GET.get("tampak") == paper.progress:
        return HttpResponse(status=204)  # nothing new: the page stays, and nobody hears it twice
    reads_history = can_read_history(request.access, paper)
    answer, kind = verification.judged(paper), kinds.get(paper.kind)
    counts = paper.is_ready and answer.is_current
    is_news = counts and can_pass_on(request.access, paper)
    context = {
        "certificate": paper,
        "answer": answer,
        "holder": kind.holder,
        "origin": kind.origin(paper),
        "facts_template": kind.public_template,
        "may_download": can_download(request.access, paper),
        "may_attach": can_attach_scan(request.access, paper),
        "message": kind.message(paper) if is_news else "",
        "share_text": texts.of_certificate(paper) if counts and not is_news else "",
        "entries": Entry.objects.about(paper) if reads_history else None,
    }
    return render_page(request, "certificates/certificate.html", context, part="document")


@require_safe
def download(request: PortalRequest, code: str) -> HttpResponse:
    """The signed scan where there is one, else the exact bytes that were drawn."""
    paper = _find(request, code)
    require(can_download(request.access, paper))
    kept = paper.scan or paper
    content = bytes_of(request, kept)
    if content is None:
        return redirect(paper)
    if request.method == "GET" and not can_read_history(request.access, paper):
        actions.note_download(paper, by=request.user)
    return served(kept, content)


@require_safe
def original(request: PortalRequest, code: str) -> HttpResponse:
    """What the portal drew; it stays, whatever was signed and scanned since."""
    paper = _find(request, code)
    require(can_download(request.access, paper))
    content = bytes_of(request, paper)
    return redirect(paper) if content is None else served(paper, content)


@require_http_methods(FORM_METHODS)
def scan_attach(request: PortalRequest, code: str) -> HttpResponse:
    """Upload the certificate as it was printed, signed and stamped."""
    paper = _find(request, code)
    require(can_attach_scan(request.access, paper))
    if not paper.takes_scan:
        messages.warning(request, f"Pindaian belum dapat diunggah: {paper.standing()}")
        return redirect(paper)
    holder = kinds.get(paper.kind).holder
    form = CertificateScanForm(request.POST or None, request.FILES or None, paper=paper)
    if form.is_valid():
        with refusal_as_message(request):
            file, told_by = form.cleaned_data["scan"], form.told_by
            actions.attach_scan(paper, file, by=request.user, told_by=told_by)
            messages.success(request, f"Pindaian disimpan; inilah yang kini diunduh oleh {holder}.")
        return redirect(paper)
    context = {"certificate": paper, "form": form, "holder": holder}
    return render_page(request, "certificates/scan_attach.html", context)


@require_safe
def scan(request: PortalRequest, pk: int) -> HttpResponse:
    """One scan, a replaced one too, for the office."""
    kept = get_object_or_404(Scan.objects.visible_to(request.access).with_paper(), pk=pk)
    content = bytes_of(request, kept)
    return redirect(kept.paper) if content is None else served(kept, content)


@require_http_methods(FORM_METHODS)
def scan_withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    """Take a wrong scan out of use, of a certificate or of a letter."""
    kept = get_object_or_404(Scan.objects.visible_to(request.access).with_paper(), pk=pk)
    paper = kept.paper
    require(can_attach_scan(request.access, paper))
    form = WithdrawScanForm(request.POST or None)
    if paper.scan != kept:
        messages.warning(request, "Pindaian ini sudah diganti atau ditarik.")
        return redirect(paper)
    if form.is_valid():
        with refusal_as_message(request):
            actions.withdraw_scan(kept, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "Pindaian ditarik; yang diunduh kini berkas asli portal.")
        return redirect(paper)
    context = {"scan": kept, "paper": paper, "form": form}
    return render_page(request, "certificates/scan_withdraw.html", context)


def _find(request: PortalRequest, code: str) -> Certificate:
    typed = codes.check(code)
    if not typed.plausible:
        raise Http404
    visible = Certificate.objects.visible_to(request.access).with_page()
    return get_object_or_404(visible, code=typed.code)
