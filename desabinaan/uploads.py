"""Files from outside: what is let in, and in what shape (product.md, "Uploads").

The type is read from the content, never from the name. Pictures are decoded and written anew, so
nothing can hide in them; a PDF stays as it is (it may be signed) but must hold no active content.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import pikepdf
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps

from desabinaan import formats

MAX_BYTES = 10 * 1024 * 1024
MAX_PAGES = 50
MAX_PIXELS = 40_000_000
SUFFIXES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG"}
ACCEPT = ",".join(SUFFIXES)
# Names in a PDF that make a reader run or fetch something.
ACTIVE = (
    *("/JavaScript", "/JS", "/Launch", "/XFA", "/SubmitForm", "/ImportData"),
    *("/EmbeddedFile", "/EmbeddedFiles", "/RichMedia"),
)


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that was let in: its tidied name, its true type, the bytes to keep."""

    name: str
    content_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The fingerprint of the kept bytes."""
        return hashlib.sha256(self.content).hexdigest()


def check(upload: UploadedFile[Any], *, pictures_only: bool = False) -> CheckedFile:
    """The file as it may be kept; ValidationError says in a sentence what is wrong and allowed."""
    name = _tidy_name(upload.name or "")
    claimed = SUFFIXES.get(PurePosixPath(name).suffix.lower(), "")
    if not claimed or (pictures_only and claimed not in PICTURES):
        kinds = "JPEG atau PNG" if pictures_only else "PDF, JPEG, atau PNG"
        raise ValidationError(f"Pilih berkas {kinds}.", code="type")
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(
            f"Berkas terlalu besar: {formats.file_size(upload.size)}. Paling besar 10 MB.",
            code="size",
        )
    content = upload.read()
    if _true_type(content) != claimed:
        raise ValidationError(
            "Isi berkas tidak sesuai dengan namanya. Pilih berkas PDF, JPEG, atau PNG yang asli.",
            code="type",
        )
    if claimed in PICTURES:
        return CheckedFile(name, claimed, _redrawn(content, PICTURES[claimed]))
    _inspect_pdf(content)
    return CheckedFile(name, claimed, content)


def _tidy_name(name: str) -> str:
    """The last part of the name, printable characters only, at most 120 of them."""
    path = PurePosixPath(name.replace("\\", "/").rsplit("/", 1)[-1])
    stem = "".join(sign for sign in path.stem if sign.isprintable()).strip(" .") or "berkas"
    return f"{stem[:100]}{path.suffix[:10]}"


def _true_type(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return ""


def _redrawn(content: bytes, picture_format: str) -> bytes:
    """The picture decoded and encoded again: upright, without metadata or anything behind it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=[picture_format])
            if picture.width * picture.height > MAX_PIXELS:
                raise _too_many_pixels(f": {picture.width} × {picture.height} piksel")
            upright = ImageOps.exif_transpose(picture)
            kept = upright.convert("RGB") if picture_format == "JPEG" else upright
            kept.info.clear()
            out = io.BytesIO()
            kept.save(out, picture_format, quality=88)
    except Image.DecompressionBombError as bomb:  # so large that Pillow refuses to open it
        raise _too_many_pixels() from bomb
    except (OSError, ValueError, SyntaxError) as broken:
        raise ValidationError(
            "Gambar tidak dapat dibaca. Simpan ulang sebagai JPEG atau PNG, lalu unggah lagi.",
            code="broken",
        ) from broken
    return out.getvalue()


def _too_many_pixels(how_many: str = "") -> ValidationError:
    sentence = f"Gambar terlalu besar{how_many}. Paling besar 40 megapiksel."
    return ValidationError(sentence, code="pixels")


def _inspect_pdf(content: bytes) -> None:
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            pages = len(document.pages)
            active = _active_content(document) if pages <= MAX_PAGES else ""
    except pikepdf.PasswordError as locked:
        raise ValidationError(
            "PDF ini terkunci sandi. Unggah berkas tanpa sandi.", code="locked"
        ) from locked
    except (pikepdf.PdfError, ValueError) as broken:
        raise ValidationError(
            "PDF tidak dapat dibaca. Simpan ulang sebagai PDF, lalu unggah lagi.", code="broken"
        ) from broken
    if not 1 <= pages <= MAX_PAGES:
        raise ValidationError(
            f"PDF ini berisi {formats.number(pages)} halaman. Paling banyak {MAX_PAGES} halaman.",
            code="pages",
        )
    if active:
        raise ValidationError(
            "PDF ini memuat program atau lampiran. Cetak ulang sebagai PDF biasa, lalu unggah.",
            code="active",
        )


def _active_content(document: pikepdf.Pdf) -> str:
    """The first name of active content in any of the document's dictionaries, or nothing."""
    for item in _dictionaries(document):
        for name in ACTIVE:
            if name in item or item.get("/S") == name or item.get("/Type") == name:
                return name
    return ""


def _dictionaries(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the document, those that lie inside others too."""
    waiting: list[Any] = list(document.objects)
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            parts = list(item)
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield item
            parts = [item[key] for key in item.keys()]  # noqa: SIM118 - a stream iterates its bytes
        else:
            continue
        # What stands elsewhere and is only pointed to comes as an object of its own.
        waiting += [it for it in parts if isinstance(it, pikepdf.Object) and not it.is_indirect]


class CheckedFileField(forms.FileField):
    """A file input whose clean value is a CheckedFile."""

    widget = forms.FileInput

    def __init__(self, *, pictures_only: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.pictures_only = pictures_only
        self.widget.attrs["accept"] = ".jpg,.jpeg,.png" if pictures_only else ACCEPT

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Check what was uploaded; nothing stays nothing."""
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return None
        return check(upload, pictures_only=self.pictures_only)
