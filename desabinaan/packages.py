"""A presentation or document of an office program (OOXML): whether it may be passed on.

It is kept as it came; here only its parts are counted and its relations read. `desabinaan.apart`
runs this in a process of its own, which may break without harm.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any
from xml.parsers import expat

MEBIBYTE = 1024 * 1024
MAX_PARTS = 5_000
MAX_UNFOLDED = 300 * MEBIBYTE  # all parts; a presentation full of pictures has 40
MAX_XML = 32 * MEBIBYTE  # one part that is read
MAX_RATIO = 200  # unfolded to folded, of a part beyond a mebibyte; text has 10 to 50
CPU_SECONDS = {"pptx": 10, "docx": 10}
MEMORY = {"pptx": 384 * MEBIBYTE, "docx": 384 * MEBIBYTE}

MAIN = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
}
CONTENT_TYPES = "[Content_Types].xml"
# In the types of parts and of relations: what runs, what other programs open, other documents.
ACTIVE = re.compile(
    r"macroenabled|vbaproject|vbadata|activex|oleobject|/control$|/package$|afchunk|"
    r"attachedtemplate|frameset|subdocument|externallink|customui|wordvbadata|keymapcustom|"
    r"attachedtoolbars|webextension|mailmerge|ui/extensibility",
    re.IGNORECASE,
)
# Folders in which programs keep what is embedded.
CARRIES = re.compile(
    r"(^|/)(embeddings|activex|customui|webextensions)/|(?<!printersettings\d)\.bin$",
    re.IGNORECASE,
)
# Words in the parts themselves: fields that fetch or start something, buttons that do.
STARTS = re.compile(rb"ppaction://(program|macro|ole|hlinkfile)", re.IGNORECASE)
FIELD = re.compile(rb"instrText[^>]*>([^<]*)<|\binstr=[\"']([^\"']*)")
FETCHES = re.compile(rb"DDE|INCLUDETEXT|INCLUDEPICTURE|\bLINK\b|DATABASE", re.IGNORECASE)
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, ValueError, KeyError, EOFError),
    *(NotImplementedError, RuntimeError),  # foldings and locks that nobody uses here
)
LINKS = ("https://", "http://", "mailto:")


class Refused(Exception):
    """The file must not come in: the reason's code, and the figures that its sentence needs."""

    def __init__(self, code: str, **figures: int) -> None:
        super().__init__(code)
        self.answer = {"code": code, **figures}


def opened(kind: str, content: bytes) -> bytes:
    """Nothing, since the file is kept as it came; Refused says why it must not be."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _look_at_parts(package, content)
            _look_at_types(package, kind)
            for name in package.namelist():
                _look_inside(package, name)
    except BROKEN as broken:
        raise Refused("broken") from broken
    return b""


def _look_at_parts(package: zipfile.ZipFile, content: bytes) -> None:
    """Not too many, not too large, each once, none that leads out or carries something."""
    parts = package.infolist()
    names = [part.filename.lower() for part in parts]
    if not content.startswith(b"PK\x03\x04") or len(set(names)) != len(names):
        raise Refused("mixed")  # behind another file, or two parts of one name
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused("locked")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNFOLDED:
        raise Refused("heavy")
    for part in parts:
        if part.file_size > MEBIBYTE and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise Refused("heavy")
    if any(".." in name.split("/") or name.startswith(("/", "\\")) for name in names):
        raise Refused("broken")
    if any(CARRIES.search(name) for name in names):
        raise Refused("active")


def _look_at_types(package: zipfile.ZipFile, kind: str) -> None:
    """The parts are what a plain document of this kind has; the main one is there once."""
    types = [
        given.get("ContentType", "")
        for _, given in _elements(_read(package, CONTENT_TYPES))
        if "ContentType" in given
    ]
    if any(ACTIVE.search(each) for each in types):
        raise Refused("active")
    if types.count(MAIN[kind]) != 1:
        raise Refused("type")


def _look_inside(package: zipfile.ZipFile, name: str) -> None:
    """Relations lead to pages of the web or stay inside; no text names what it would start."""
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        return
    content = _read(package, name)
    if _starts_something(content.replace(b"\0", b"")):  # of wide encodings, where words would hide
        raise Refused("active")
    if not name.lower().endswith(".rels"):
        return
    for _, given in _elements(content):
        kind, target = given.get("Type", ""), given.get("Target", "")
        if ACTIVE.search(kind):
            raise Refused("active")
        if given.get("TargetMode", "").lower() == "external" and not _leads_to_a_page(kind, target):
            raise Refused("outside")


def _leads_to_a_page(kind: str, target: str) -> bool:
    """Whether it is a link that somebody presses, to a page or a letter."""
    return kind.endswith("/hyperlink") and target.strip().lower().startswith(LINKS)


def _starts_something(text: bytes) -> bool:
    """Whether it declares entities, or names what a button or a field starts or fetches."""
    if b"<!DOCTYPE" in text or STARTS.search(text):
        return True
    fields = b"".join(plain or simple for plain, simple in FIELD.findall(text))
    return FETCHES.search(fields) is not None


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    """One part, whatever its entry says of its size."""
    with package.open(name) as part:
        content = part.read(MAX_XML + 1)
    if len(content) > MAX_XML:
        raise Refused("heavy")
    return content


def _elements(content: bytes) -> list[tuple[str, dict[str, Any]]]:
    """Each element with its attributes; what declares entities of its own is refused."""
    found: list[tuple[str, dict[str, Any]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, given: found.append((name, given))
    parser.StartDoctypeDeclHandler = _refuse_entities
    parser.Parse(content, True)
    return found


def _refuse_entities(*_: Any) -> None:
    raise Refused("active")
