"""Spreadsheets from outside: what is let in, and how it is opened without harm.

Nothing is opened here: `villages.onboarding.reader` does it in a process with little memory and
time. Every refusal is one sentence that says what to do.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from desabinaan import apart, formats, turns, uploads
from villages.onboarding import columns, reader

MAX_BYTES = 5 * 1024 * 1024
KINDS = {".xlsx": "xlsx", ".csv": "csv", ".txt": "csv", ".tsv": "csv"}
LONGEST_NAME, LONGEST_TITLE = 80, 120
MOST_ROWS = formats.number(reader.MAX_ROWS)
ACCEPT = ".xlsx,.csv,.tsv"

type Likeness = Callable[[columns.Rows], int]

REFUSALS = {
    "type": "Isi berkas bukan tabel XLSX. Simpan ulang sebagai “Buku Kerja Excel (.xlsx)”.",
    "old": "Berkas ini berformat Excel lama (.xls). Simpan ulang sebagai XLSX atau CSV.",
    "locked": "Berkas ini terkunci sandi. Simpan ulang tanpa sandi, lalu unggah lagi.",
    "macro": "Berkas ini memuat makro. Simpan ulang sebagai XLSX tanpa makro, lalu unggah lagi.",
    "links": (
        "Berkas ini mengambil data dari berkas lain. Salin dan tempel nilainya saja ke berkas "
        "baru, lalu unggah lagi."
    ),
    "rows": (
        f"Tabel ini terlalu panjang. Paling banyak {MOST_ROWS} baris dalam satu berkas; "
        "bagi tabelnya, misalnya menurut kabupaten."
    ),
    "encoding": "Huruf dalam berkas ini tidak terbaca. Simpan ulang sebagai CSV UTF-8 atau XLSX.",
    "broken": "Berkas ini rusak atau tidak utuh. Simpan ulang sebagai XLSX, lalu unggah lagi.",
    "empty": "Berkas ini tidak berisi satu baris pun.",
    "heavy": "Berkas ini terlalu rumit untuk dibaca. Salin tabelnya saja ke berkas XLSX baru.",
}


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """A table that was let in: the file's name and fingerprint, and its rows with their numbers."""

    name: str
    sha256: str
    rows: list[tuple[int, list[str]]]


def read(upload: UploadedFile[Any], *, likeness: Likeness = columns.likeness) -> Spreadsheet:
    """The table of the file; ValidationError says in a sentence what is wrong and what to do.

    Of several sheets the one that is most like what is looked for.
    """
    name = uploads.tidy_name(upload.name or "")
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".xls":
        raise ValidationError(REFUSALS["old"], code="old")
    if suffix == ".xlsm":
        raise ValidationError(REFUSALS["macro"], code="macro")
    if suffix not in KINDS:
        raise ValidationError("Pilih berkas XLSX atau CSV.", code="type")
    if (upload.size or 0) > MAX_BYTES:
        size = formats.file_size(upload.size)
        raise ValidationError(f"Berkas terlalu besar: {size}. Paling besar 5 MB.", code="size")
    content = upload.read()
    sheets = _sheets(content, KINDS[suffix])
    title, rows = max(sheets, key=lambda sheet: likeness(sheet[1]))  # the first of equals
    if len(sheets) > 1:
        name = f"{name[:LONGEST_NAME]}, lembar {title}"[:LONGEST_TITLE]
    return Spreadsheet(name, hashlib.sha256(content).hexdigest(), rows)


def _sheets(content: bytes, kind: str) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    with turns.in_turn():
        exit_code, answer = uploads.opened_apart(reader.__file__, kind, content)
    if exit_code == 0:
        return [
            (title, [(number, cells) for number, cells in rows])
            for title, rows in json.loads(answer)
        ]
    code = json.loads(answer)["code"] if exit_code == apart.REFUSED else "heavy"
    raise ValidationError(REFUSALS[code], code=code)


class SpreadsheetField(forms.FileField):
    """A file input whose clean value is a Spreadsheet."""

    widget = forms.FileInput

    def __init__(self, *, likeness: Likeness = columns.likeness, **options: Any) -> None:
        super().__init__(**options)
        self.likeness = likeness
        self.widget.attrs["accept"] = ACCEPT

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Read what was uploaded; nothing stays nothing."""
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return None
        return read(upload, likeness=self.likeness)
