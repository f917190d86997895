"""The exact bytes of a paper as an answer, or a message that says why not."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.contrib import messages
from django.core.files.base import File
from django.http import FileResponse, HttpResponse

from certificates import storage
from certificates.models import Certificate, Export, Letter, Scan
from desabinaan.http import PortalRequest, as_download, private

logger = logging.getLogger(__name__)

type Kept = Certificate | Export | Letter | Scan
type Fetch[Found] = Callable[[str, str], Found]  # by name and hash


def bytes_of(request: PortalRequest, paper: Certificate | Letter | Scan) -> bytes | None:
    """What was drawn or scanned; None, with a message, while it is not there or cannot be read."""
    return _told(request, paper, storage.read)


def opened(request: PortalRequest, export: Export) -> File[bytes] | None:
    """The file of an export, which may be larger than memory; None, with a message, as above."""
    return _told(request, export, storage.opened)


def read(paper: Certificate | Letter | Scan) -> bytes | None:
    """The file of a paper that has one; None, and a line in the log, where it cannot be read."""
    return _unless_lost(paper, storage.read)


def _told[Found](request: PortalRequest, paper: Kept, fetch: Fetch[Found]) -> Found | None:
    if not paper.has_file:
        messages.info(request, "Berkas masih disiapkan. Unduh setelah selesai.")
        return None
    content = _unless_lost(paper, fetch)
    if content is None:
        messages.error(request, "Berkas tidak terbaca. Hubungi pengelola portal.")
    return content


def _unless_lost[Found](paper: Kept, fetch: Fetch[Found]) -> Found | None:
    try:
        return fetch(paper.file, paper.sha256)
    except OSError:
        logger.exception("%s %s: its file cannot be served", paper._meta.model_name, paper.pk)
        return None


def served(kept: Certificate | Letter | Scan, content: bytes) -> HttpResponse:
    """The bytes of a paper or a scan as a private file, with the hash that they were kept under."""
    content_type = kept.content_type if isinstance(kept, Scan) else "application/pdf"
    response = as_download(content, name=kept.file_name, content_type=content_type)
    response["ETag"] = f'"{kept.sha256}"'
    return response


def streamed(export: Export, file: File[bytes], *, content_type: str) -> FileResponse:
    """The file of an export, sent as it is read."""
    response = private(
        FileResponse(file, as_attachment=True, filename=export.file_name, content_type=content_type)
    )
    response["ETag"] = f'"{export.sha256}"'
    return response
