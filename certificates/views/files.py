"""The exact bytes of a paper as an answer, or a message that says why not."""

from __future__ import annotations

import logging

from django.contrib import messages
from django.http import HttpResponse

from certificates import storage
from certificates.models import Certificate, Export, Letter, Scan
from desabinaan.http import PortalRequest, as_download

logger = logging.getLogger(__name__)


def bytes_of(request: PortalRequest, paper: Certificate | Export | Letter | Scan) -> bytes | None:
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


def served(
    kept: Certificate | Export | Letter | Scan, content: bytes, *, content_type: str = ""
) -> HttpResponse:
    """The bytes of a paper or a scan as a private file, with the hash that they were kept under."""
    if isinstance(kept, Scan):
        content_type = kept.content_type
    response = as_download(
        content, name=kept.file_name, content_type=content_type or "application/pdf"
    )
    response["ETag"] = f'"{kept.sha256}"'
    return response
