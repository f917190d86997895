"""Files of a sheet or a village: stored beside their row, and gone with it."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from desabinaan.uploads import CheckedFile
from villages.models import Designation, Document, Finding, Purpose
from villages.models.document import StoredFile


def store(
    designation: Designation,
    file: CheckedFile,
    purpose: Purpose,
    *,
    by: User,
    finding: Finding | None = None,
) -> Document:
    """Keep a checked file under an unguessable name; the name that people gave lives in the row."""
    return Document.objects.create(
        designation=designation, finding=finding, purpose=purpose, **stored(file, by=by)
    )


def stored(file: CheckedFile, *, by: User, at: datetime | None = None) -> dict[str, Any]:
    """What a row says of a checked file, kept now or then; saving the row writes the bytes."""
    key = uuid.uuid4()
    return {
        "key": key,
        "file": ContentFile(file.content, name=key.hex),
        "name": file.name,
        "content_type": file.content_type,
        "size": len(file.content),
        "sha256": file.sha256,
        "uploaded_by": by,
        "uploaded_at": at or timezone.now(),
    }


def discard(document: StoredFile) -> None:
    """Drop the row now, and the stored bytes once that is certain."""
    name = document.file.name or ""
    document.delete()
    transaction.on_commit(partial(default_storage.delete, name), robust=True)
