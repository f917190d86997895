"""A picture or PDF from outside: what may be kept of it, or why nothing may.

`desabinaan.apart` runs this in a process of its own, which may break without harm.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from PIL import Image, ImageOps

MAX_PAGES = 50
MAX_PAGES_OF_A_HANDOUT = 300  # slides that a speaker saved as PDF
MAX_PIXELS = 40_000_000
MAX_CONTAINERS = 50_000  # dictionaries and arrays in a PDF; a tagged one of 50 pages has 20,000
MAX_ITEMS = 50_000  # in one of them
# Pictures of 40 megapixels are drawn anew; of a PDF only the skeleton is read.
CPU_SECONDS = {"pdf": 5, "handout": 15, "jpeg": 10, "png": 10}
MEBIBYTE = 1024 * 1024
# What the process may ever ask for. A picture of 40 megapixels that must be turned takes 400.
MEMORY = {
    "pdf": 384 * MEBIBYTE,
    "handout": 512 * MEBIBYTE,
    "jpeg": 640 * MEBIBYTE,
    "png": 640 * MEBIBYTE,
}
# All that compressed objects may unfold to, far above what 50 pages hold; page contents stay shut.
MAX_UNFOLDED = 64 * MEBIBYTE

WHITE = b"\0\t\n\f\r "
END = b"%%EOF"
# Between header, revisions and end stand white space and comments; in these no page can hide.
SEAM = re.compile(rb"(?:[\0\t\n\f\r ]|%[^<\r\n]*+)*+(?:\d+\s+\d+\s+obj|xref|\Z)")
REVISION = re.compile(rb"startxref\s+\d+\s+%%EOF")

# Names in a PDF that make a reader run, play or fetch something, or that carry another file.
ACTIVE = frozenset(
    {
        *("/JavaScript", "/JS", "/Launch", "/XFA", "/SubmitForm", "/ImportData", "/GoToR"),
        *("/GoToE", "/EF", "/EmbeddedFile", "/EmbeddedFiles", "/FileAttachment", "/RichMedia"),
        *("/RichMediaExecute", "/Rendition", "/Movie", "/Sound", "/3D", "/3DD", "/OnInstantiate"),
        *("/Collection", "/Thread"),
    }
)
KIND_KEYS = frozenset({"/S", "/Type", "/Subtype"})
# Keys by which a stream takes its content from elsewhere.
ELSEWHERE = frozenset({"/F", "/Ref", "/OPI"})
# What may happen by itself when a file or page is opened: going to a page, a command of the menu.
QUIET = frozenset({"/GoTo", "/Named"})
# Where a reader who presses a link may be led outside: to a page or a letter, not to a file.
LINKS = (b"https://", b"http://", b"mailto:")


class Refused(Exception):
    """The file must not come in: the reason's code, and the figures that its sentence needs."""

    def __init__(self, code: str, **figures: int) -> None:
        super().__init__(code)
        self.answer = {"code": code, **figures}


# --- Pictures ----------------------------------------------------------------------------------


def redrawn(content: bytes, picture_format: str) -> bytes:
    """The picture decoded and encoded again: upright, without metadata or anything behind it."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and says what it found
    try:
        picture: Image.Image = Image.open(io.BytesIO(content), formats=[picture_format])
        if picture.width * picture.height > MAX_PIXELS:
            raise Refused("pixels", width=picture.width, height=picture.height)
        ImageOps.exif_transpose(picture, in_place=True)
        if picture_format == "JPEG" and picture.mode != "RGB":
            picture = picture.convert("RGB")
        # A palette's glass is part of the picture; all else was said about it.
        picture.info = {key: it for key, it in picture.info.items() if key == "transparency"}
        out = io.BytesIO()
        # A level more takes three times as long where there is much noise, and gains nothing.
        picture.save(out, picture_format, quality=88, compress_level=4)
    except (OSError, ValueError, SyntaxError) as broken:
        raise Refused("broken") from broken
    return out.getvalue()


# --- PDF ---------------------------------------------------------------------------------------


def inspected(content: bytes, most_pages: int = MAX_PAGES) -> bytes:
    """Nothing, since a PDF is kept as it came: it may be signed."""
    if END not in content:
        raise Refused("broken")
    if _is_something_else_too(content):
        raise Refused("mixed")
    _open_and_search(content, most_pages)
    return b""


def _is_something_else_too(content: bytes) -> bool:
    """Whether other bytes than a PDF's lie before, between or behind its revisions."""
    if content[content.rindex(END) + len(END) :].strip(WHITE):
        return True
    if zipfile.is_zipfile(io.BytesIO(content)):
        return True
    seam, found = SEAM.match(content), REVISION.search(content)
    while seam and found:
        seam = SEAM.match(content, found.end())
        found = REVISION.search(content, seam.end()) if seam else None
    return seam is None


def _open_and_search(content: bytes, most_pages: int) -> None:
    pikepdf.settings.set_qpdf_limits(
        parser_max_container_size=MAX_ITEMS,
        max_stream_filters=4,
        flate_max_memory=MAX_UNFOLDED,
        run_length_max_memory=MAX_UNFOLDED,
        png_max_memory=MAX_UNFOLDED,
        tiff_max_memory=MAX_UNFOLDED,
        dct_max_memory=MAX_UNFOLDED,
    )
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            _search(document, most_pages)
    except pikepdf.PasswordError as locked:
        raise Refused("locked") from locked
    except (pikepdf.PdfError, ValueError) as broken:
        raise Refused("heavy" if pikepdf.settings.qpdf_limit_errors() else "broken") from broken


def _search(document: pikepdf.Pdf, most_pages: int) -> None:
    pages = len(document.pages)
    if not 1 <= pages <= most_pages:
        raise Refused("pages", pages=pages, most=most_pages)
    most = MAX_CONTAINERS * most_pages // MAX_PAGES
    if any(_is_active(item) for item in _dictionaries(document, most)):
        raise Refused("active")
    if _was_cut_short(document):
        raise Refused("heavy")


def _was_cut_short(document: pikepdf.Pdf) -> bool:
    """Whether something stayed shut, such as an object stream, that another reader would open."""
    return pikepdf.settings.qpdf_limit_errors() > 0 or any(
        "unfilterable" in str(warning) for warning in document.get_warnings()
    )


def _is_active(item: Any) -> bool:
    """Whether a dictionary runs, plays, fetches or carries something."""
    keys: set[str] = item.keys()
    if keys & ACTIVE or any(_name(item[key]) in ACTIVE for key in keys & KIND_KEYS):
        return True
    if keys & ELSEWHERE and isinstance(item, pikepdf.Stream):
        return True
    if "/URI" in keys and not _leads_to_a_page(item):
        return True
    return bool(keys & {"/OpenAction", "/AA"}) and not _starts_quietly(item)


def _leads_to_a_page(item: Any) -> bool:
    """Whether a link says in full where on the web it leads; the document sets no base for it."""
    address = item["/URI"]
    return isinstance(address, pikepdf.String) and bytes(address).lower().startswith(LINKS)


def _name(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _starts_quietly(item: Any) -> bool:
    """Whether what happens by itself at opening stays inside the document."""
    actions = [item.get("/OpenAction")]
    additional = item.get("/AA")
    if isinstance(additional, pikepdf.Dictionary):
        actions += [additional[key] for key in additional.keys()]  # noqa: SIM118 - not a dict
    return all(
        "/Next" not in action and _name(action.get("/S")) in {"", *QUIET}
        for action in actions
        if isinstance(action, pikepdf.Dictionary)
    )


def _dictionaries(document: pikepdf.Pdf, most: int) -> Iterator[Any]:
    """Every dictionary of the document, those that lie inside others too."""
    seen = 0
    waiting: list[Any] = [document.trailer, *document.objects]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            parts = list(item)
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield item
            parts = [item[key] for key in item.keys()]  # noqa: SIM118 - a stream iterates its bytes
        else:
            continue
        seen += 1
        if seen > most:
            raise Refused("heavy")
        # What stands elsewhere and is only pointed to comes as an object of its own.
        waiting += [it for it in parts if isinstance(it, pikepdf.Object) and not it.is_indirect]


# --- Both --------------------------------------------------------------------------------------

INSPECTIONS: dict[str, Callable[[bytes], bytes]] = {
    "pdf": inspected,
    "handout": lambda content: inspected(content, MAX_PAGES_OF_A_HANDOUT),
    "jpeg": lambda content: redrawn(content, "JPEG"),
    "png": lambda content: redrawn(content, "PNG"),
}


def opened(kind: str, content: bytes) -> bytes:
    """What may be kept of the file, as apart.py asks for it."""
    return INSPECTIONS[kind](content)
