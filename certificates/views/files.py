"""The exact bytes of a paper as an answer, or a message that says why not."""

from __future__ import annotations

import logging

from django.contrib import messages
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from certificates import storage
from certificates.models import Certificate, Letter, Scan
from desabinaan.http import PortalRequest

logger = logging.getLogger(__name__)


def bytes_of(request: PortalRequest, paper: Certificate | Letter | Scan) -> bytes | None:
    """What was drawn or scanned; None, with a message, while it is not there or cannot be read."""
    if not paper.has_file:
        messages.info(request, "Berkas masih disiapkan. Unduh setelah selesai.")
        return None
    try:
        return storage.read(paper.file, paper.sha256)
    except OSError:
        logger.exception("%s %s: its file cannot be served", paper._meta.model_name, paper.pk)
        messages.error(request, "Berkas tidak terbaca. Hubungi pengelola portal.")
        return None


def as_file(
    content: bytes, *, name: str, sha256: str, content_type: str = "application/pdf"
) -> HttpResponse:
    """A private download under a sensible name, which no cache on the way keeps."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Content-Length": str(len(content)),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "ETag": f'"{sha256}"',
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
