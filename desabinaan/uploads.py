"""Files from outside: what is let in, and in what shape.

The type is read from the content, never from the name. Pictures are decoded and written anew, so
nothing can hide in them; a PDF stays as it is (it may be signed) but must hold no active content.
Neither is opened here: `desabinaan.inspection` does it, in a process with little memory and time.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from desabinaan import apart, formats, inspection, packages, turns
from desabinaan import photos as photo_inspection

MAX_BYTES = 10 * 1024 * 1024
MAX_PAGES = inspection.MAX_PAGES
MAX_PIXELS = inspection.MAX_PIXELS
SUFFIXES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}
# What people have at hand, and can make a PDF of themselves.
DOCUMENTS = frozenset({".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods"})
KINDS = {"application/pdf": "pdf", "image/jpeg": "jpeg", "image/png": "png"}
PICTURES = frozenset({"image/jpeg", "image/png"})
ACCEPT = ",".join(SUFFIXES)

WALL_SECONDS = 20  # what an inspection may take
NOT_STARTED = {126, 127}  # what a shell and the system's loader say of a program they cannot run

PICTURE_REFUSALS = {
    "pixels": "Gambar terlalu besar: {width} × {height} piksel. Paling besar 40 megapiksel.",
    "broken": "Gambar tidak dapat dibaca. Simpan ulang sebagai JPEG atau PNG, lalu unggah lagi.",
    "heavy": "Gambar ini terlalu berat untuk diperiksa. Perkecil ukurannya, lalu unggah lagi.",
}
PDF_REFUSALS = {
    "pages": "PDF ini berisi {pages} halaman. Paling banyak {most} halaman.",
    "broken": "PDF tidak dapat dibaca. Simpan ulang sebagai PDF, lalu unggah lagi.",
    "locked": "PDF ini terkunci sandi. Unggah berkas tanpa sandi.",
    "active": "PDF ini memuat program atau lampiran. Cetak ulang sebagai PDF biasa, lalu unggah.",
    "mixed": "Berkas ini memuat isi lain di luar PDF-nya. Cetak ulang sebagai PDF, lalu unggah.",
    "heavy": "PDF ini terlalu rumit untuk diperiksa. Cetak ulang sebagai PDF biasa, lalu unggah.",
}
PHOTO_REFUSALS = {
    "pixels": "foto terlalu besar, {width} × {height} piksel. Perkecil lebih dahulu.",
    "broken": "foto tidak dapat dibaca. Pilih foto JPEG, PNG, atau WebP.",
    "heavy": "foto terlalu berat untuk diperiksa. Perkecil lebih dahulu.",
}
PACKAGE_REFUSALS = {
    "type": "Isi berkas tidak sesuai dengan namanya, atau memuat makro. Simpan ulang sebagai PDF.",
    "mixed": "Berkas ini memuat isi lain di luar dokumennya. Simpan ulang sebagai PDF.",
    "broken": "Berkas tidak dapat dibaca. Simpan ulang, atau simpan sebagai PDF.",
    "locked": "Berkas ini terkunci sandi. Unggah berkas tanpa sandi.",
    "active": "Berkas ini memuat makro, program, perintah, atau objek tertanam (misalnya lembar "
    "Excel di balik grafik). Simpan sebagai PDF, lalu unggah.",
    "outside": "Berkas ini mengambil gambar, video, atau data dari luar, atau bertaut ke berkas di "
    "komputer. Simpan sebagai PDF, lalu unggah.",
    "heavy": "Berkas ini terlalu berat untuk diperiksa. Simpan sebagai PDF, lalu unggah.",
}
OFFICE = "application/vnd.openxmlformats-officedocument"
MATERIALS = {  # of speakers: what it is by its ending, and who looks at it
    ".pdf": ("application/pdf", inspection.__file__, "handout"),
    ".pptx": (f"{OFFICE}.presentationml.presentation", packages.__file__, "pptx"),
    ".docx": (f"{OFFICE}.wordprocessingml.document", packages.__file__, "docx"),
}
MATERIAL_BYTES = 20 * 1024 * 1024
PHOTO_BYTES = 15 * 1024 * 1024  # of one; the best cameras of phones stay below
MOST_AT_ONCE = 10
HEIC = (b"heic", b"heix", b"mif1", b"heif")
CANNOT_START = (
    "Berkas belum disimpan: pemeriksaan berkas tidak dapat dijalankan. "
    "Coba lagi nanti, atau hubungi pengelola portal."
)

logger = logging.getLogger(__name__)


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
    name = tidy_name(upload.name or "")
    claimed = SUFFIXES.get(PurePosixPath(name).suffix.lower(), "")
    if PurePosixPath(name).suffix.lower() in DOCUMENTS and not pictures_only:
        raise ValidationError(
            "Berkas Word atau Excel tidak dapat dilampirkan. Buka berkasnya, simpan sebagai PDF, "
            "lalu unggah PDF itu.",
            code="document",
        )
    if not claimed or (pictures_only and claimed not in PICTURES):
        kinds = "JPEG atau PNG" if pictures_only else "PDF, JPEG, atau PNG"
        raise ValidationError(f"Pilih berkas {kinds}.", code="type")
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(
            f"Berkas terlalu besar: {formats.file_size(upload.size)}. Paling besar 10 MB.",
            code="size",
        )
    upload.seek(0)  # a page that is asked twice reads it again
    content = upload.read()
    if _true_type(content) != claimed:
        raise ValidationError(
            "Isi berkas tidak sesuai dengan namanya. Pilih berkas PDF, JPEG, atau PNG yang asli.",
            code="type",
        )
    kept = _inspected(content, claimed)
    return CheckedFile(name, claimed, kept if claimed in PICTURES else content)


def check_photo(upload: UploadedFile[Any]) -> CheckedFile:
    """The photo as it may be kept, reduced to a small JPEG; its name does not matter.

    ValidationError says in a sentence what is wrong, and of which.
    """
    name = tidy_name(upload.name or "")
    if (upload.size or 0) > PHOTO_BYTES:
        raise ValidationError(f"{name}: foto terlalu besar. Paling besar 15 MB.", code="size")
    upload.seek(0)
    content = upload.read()
    if content[4:8] == b"ftyp" and content[8:12] in HEIC:
        raise ValidationError(
            f"{name}: foto HEIC tidak dapat dibaca. Pilih format Paling Kompatibel di setelan "
            "kamera, atau kirim foto sebagai JPEG.",
            code="type",
        )
    with turns.in_turn():
        exit_code, answer = opened_apart(photo_inspection.__file__, "photo", content)
    if exit_code != 0:
        refused: dict[str, Any]
        refused = json.loads(answer) if exit_code == apart.REFUSED else {"code": "heavy"}
        sentence = PHOTO_REFUSALS[refused["code"]].format(**refused)
        raise ValidationError(f"{name}: {sentence}", code=refused["code"])
    return CheckedFile(f"{PurePosixPath(name).stem}.jpg", "image/jpeg", answer)


def check_material(upload: UploadedFile[Any]) -> CheckedFile:
    """What a speaker shows or hands out, as it came; ValidationError says what is wrong."""
    name = tidy_name(upload.name or "")
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in MATERIALS:
        raise ValidationError("Pilih berkas PDF, PPTX, atau DOCX.", code="type")
    if (upload.size or 0) > MATERIAL_BYTES:
        size = formats.file_size(upload.size)
        raise ValidationError(f"Berkas terlalu besar: {size}. Paling besar 20 MB.", code="size")
    upload.seek(0)
    content = upload.read()
    content_type, opener, kind = MATERIALS[suffix]
    is_pdf = content.startswith(b"%PDF-")
    if is_pdf is not (suffix == ".pdf"):
        raise ValidationError("Isi berkas tidak sesuai dengan namanya.", code="type")
    with turns.in_turn():
        exit_code, answer = opened_apart(opener, kind, content)
    if exit_code == 0:
        return CheckedFile(name, content_type, content)
    refused: dict[str, Any]
    refused = json.loads(answer) if exit_code == apart.REFUSED else {"code": "heavy"}
    sentences = PDF_REFUSALS if is_pdf else PACKAGE_REFUSALS
    raise ValidationError(sentences[refused["code"]].format(**refused), code=refused["code"])


def tidy_name(name: str) -> str:
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


def _inspected(content: bytes, content_type: str) -> bytes:
    """What the inspection lets through; ValidationError in its sentence if nothing."""
    with turns.in_turn():
        exit_code, answer = opened_apart(inspection.__file__, KINDS[content_type], content)
    if exit_code == 0:
        return answer
    refused: dict[str, Any]
    refused = json.loads(answer) if exit_code == apart.REFUSED else {"code": "heavy"}
    sentences = _sentences_of(content_type)
    refused["pages"] = formats.number(refused.get("pages"))
    raise ValidationError(sentences[refused["code"]].format(**refused), code=refused["code"])


def too_heavy(content_type: str) -> ValidationError:
    """The refusal of a file on which what should read it broke, or took too long."""
    return ValidationError(_sentences_of(content_type)["heavy"], code="heavy")


def _sentences_of(content_type: str) -> dict[str, str]:
    return PICTURE_REFUSALS if content_type in PICTURES else PDF_REFUSALS


def opened_apart(script: str, kind: str, content: bytes) -> tuple[int, bytes]:
    """Exit code and answer of a short-lived process: whatever the file does there ends with it."""
    # By its path and isolated, so that it loads nothing of the portal; without our secrets.
    command = [sys.executable, "-I", apart.__file__, script, kind]
    try:
        done = subprocess.run(  # noqa: S603 (only our own program, never a shell)
            command,
            input=content,
            capture_output=True,
            timeout=WALL_SECONDS,
            # Some Pythons find their own library by this alone.
            env={key: os.environ[key] for key in {"LD_LIBRARY_PATH"} & os.environ.keys()},
            check=False,
        )
    except OSError as error:
        logger.exception("The inspection of a %s could not be started.", kind)
        raise ValidationError(CANNOT_START, code="not_started") from error
    except subprocess.TimeoutExpired:
        logger.warning("The inspection of a %s took more than %s s.", kind, WALL_SECONDS)
        return -1, b""
    last_words = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    if done.returncode in NOT_STARTED:
        logger.error("The inspection of a %s could not be started: %s", kind, last_words)
        raise ValidationError(CANNOT_START, code="not_started")
    if done.returncode not in {0, apart.REFUSED, apart.TOO_HEAVY}:
        logger.warning("The inspection of a %s ended: %s %s", kind, done.returncode, last_words)
    return done.returncode, done.stdout


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


@dataclass(frozen=True, slots=True)
class ChosenPhotos:
    """Of several photos those that were let in, and of the others why they were not."""

    kept: list[CheckedFile]
    refused: list[str]


class PhotosInput(forms.FileInput):
    """A file input for several photos, which a phone answers with its camera or its gallery."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__({"accept": "image/*", "multiple": True})

    def value_from_datadict(self, _data: Any, files: Any, name: str) -> Any:
        """All of them, not the last."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class PhotosField(forms.FileField):
    """Several photos; one that cannot be kept does not cost the others. None is an empty choice."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> ChosenPhotos:  # noqa: ARG002 - Django's
        """Check each; refuse only where none is left of those that were sent."""
        uploads = [it for it in data or [] if isinstance(it, UploadedFile)]
        if self.required and not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > MOST_AT_ONCE:
            raise ValidationError(f"Paling banyak {MOST_AT_ONCE} foto sekali kirim.", code="many")
        kept, refused = [], []
        for upload in uploads:
            try:
                kept.append(check_photo(upload))
            except ValidationError as error:
                which = f"{tidy_name(upload.name or '')}: " if error.code == "busy" else ""
                refused += [f"{which}{sentence}" for sentence in error.messages]
        if refused and not kept:
            raise ValidationError(refused, code="refused")
        return ChosenPhotos(kept, refused)


class MaterialField(forms.FileField):
    """A file input for what a speaker shows or hands out."""

    widget = forms.FileInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs["accept"] = ",".join(MATERIALS)

    def clean(self, data: Any, initial: Any = None) -> CheckedFile:
        """Check what was uploaded."""
        return check_material(super().clean(data, initial))
