"""An edition of the regions from outside: what is let in, and how it is opened without harm.

Nothing is opened here: `villages.edition_file` does it in a process with little memory and time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from desabinaan import apart, formats, turns, uploads
from villages import edition_file
from villages.edition_file import Row

MAX_BYTES = 5 * 1024 * 1024
KINDS = {".csv": "plain", ".gz": "packed"}
HEAVY = "Berkas ini terlalu rumit untuk dibaca."


@dataclass(frozen=True, slots=True)
class UploadedEdition:
    """A file that was let in: its name, its bytes as they came, and its rows as they were read."""

    name: str
    content: bytes
    answer: bytes

    def rows(self) -> Iterator[Row]:
        """Its regions, one after the other."""
        return edition_file.parsed(self.answer)


def check(upload: UploadedFile[Any]) -> UploadedEdition:
    """The edition in the file; ValidationError says in a sentence what is wrong."""
    name = uploads.tidy_name(upload.name or "")
    if (upload.size or 0) > MAX_BYTES:
        size = formats.file_size(upload.size)
        raise ValidationError(f"Berkas terlalu besar: {size}. Paling besar 5 MB.", code="size")
    return reopened(name, upload.read())


def reopened(name: str, content: bytes) -> UploadedEdition:
    """The same for bytes that were kept: read again, by the same process."""
    kind = next((kind for suffix, kind in KINDS.items() if name.lower().endswith(suffix)), "")
    if not kind:
        raise ValidationError("Pilih berkas CSV, atau CSV yang dipadatkan (.csv.gz).", code="type")
    with turns.in_turn():
        exit_code, answer = uploads.opened_apart(edition_file.__file__, kind, content)
    if exit_code == 0:
        return UploadedEdition(name, content, answer)
    refused = exit_code == apart.REFUSED
    raise ValidationError(json.loads(answer)["sentence"] if refused else HEAVY, code="refused")


class EditionField(forms.FileField):
    """A file input whose clean value is an UploadedEdition."""

    widget = forms.FileInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs["accept"] = ".csv,.gz"

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Read what was uploaded; nothing stays nothing."""
        upload = super().clean(data, initial)
        return check(upload) if isinstance(upload, UploadedFile) else None
