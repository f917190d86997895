"""Draws a paper: the same facts give the same bytes; no database, no network, no clock."""

from __future__ import annotations

import io
import warnings
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from threading import Lock
from typing import Any, Protocol

import pydyf
import segno
from django.template.loader import render_to_string
from PIL import Image, ImageFile, ImageOps
from weasyprint import CSS, HTML
from weasyprint.css import ColorProfile
from weasyprint.document import Document
from weasyprint.text.ffi import harfbuzz_subset
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from certificates import artwork
from certificates.lettering import FAMILIES, HALF_POINTS, DoesNotFit, typeface
from desabinaan import formats
from desabinaan.typefaces import FACES, legible, unprintable

EMBLEM_PIXELS = 240  # 12.5 mm at more than 400 dpi
EMBLEM_QUALITY = 85
PROFILE = "sRGB"
SVG = "image/svg+xml"
POINTS = 72 / 25.4  # in a millimetre
OPTIONS = {"pdf_variant": "pdf/a-3a", "output_intent": PROFILE}


# Importing WeasyPrint lets Pillow accept half a picture, in the whole process. We do not.
ImageFile.LOAD_TRUNCATED_IMAGES = False


class DrawingFailed(Exception):
    """The paper cannot be drawn as it is; the message says why."""


class Drawable(Protocol):
    """What a paper must tell to be drawn."""

    @property
    def template(self) -> str:
        """The page, as a template that knows these facts."""
        ...

    @property
    def number(self) -> str:
        """The number in the office's register."""
        ...

    @property
    def facts(self) -> Mapping[str, Any]:
        """Everything that it says, frozen."""
        ...

    @property
    def emblem(self) -> bytes | None:
        """The office's own emblem, a PNG or JPEG picture."""
        ...


class Verifiable(Drawable, Protocol):
    """What a certificate tells besides: the way to verify it."""

    @property
    def code(self) -> str:
        """The public code, twelve characters."""
        ...

    @property
    def address(self) -> str:
        """The short address that the QR carries."""
        ...


class Illustrated(Drawable, Protocol):
    """What a letter tells besides."""

    @property
    def pictures(self) -> Sequence[bytes]:
        """JPEG pictures, as the facts count them: the first is `portal:picture-1`."""
        ...


@dataclass(frozen=True, slots=True)
class Layout:
    """How papers of one sort are laid: their styles, and how far they go."""

    stylesheet: str
    most_pages: int
    is_framed: bool
    closer: str = ""  # added styles that save a page where a few lines ran over


CERTIFICATE = Layout("certificates/pdf/paper.css", most_pages=1, is_framed=True)
LETTER = Layout(
    "certificates/pdf/letter.css",
    most_pages=60,
    is_framed=False,
    closer="certificates/pdf/letter_closer.css",
)
FEW_PAGES = 4  # what is longer is a report, which one page less does not help


if harfbuzz_subset is None:
    # WeasyPrint falls back to a slower way without a word that anyone would see.
    warnings.warn(
        "libharfbuzz-subset0 is not installed: papers take three times as long to draw.",
        RuntimeWarning,
        stacklevel=2,
    )


def render(paper: Verifiable) -> bytes:
    """The certificate as an archivable, tagged PDF of one page, in landscape and framed."""
    typed = paper.address.partition("://")[2].removesuffix(paper.code)
    code = formats.grouped(paper.code)
    words = {"code": code, "address": paper.address, "short_address": typed}
    return _drawn(paper, CERTIFICATE, words)


def render_letter(letter: Illustrated) -> bytes:
    """The letter as an archivable, tagged PDF of as many upright pages as it needs."""
    return _drawn(letter, LETTER, {}, letter.pictures)


def _drawn(
    paper: Drawable, layout: Layout, words: Mapping[str, str], pictures: Sequence[bytes] = ()
) -> bytes:
    if strange := unprintable([paper.number, dict(paper.facts)]):
        raise DrawingFailed(f"no typeface has these characters: {strange}")
    picture = paper.emblem  # asked once: it lies in a storage
    context = {
        "facts": legible(paper.facts),
        "number": legible(paper.number),
        "has_emblem": picture is not None,
        **words,
    }
    try:
        page = render_to_string(paper.template, context)
        supplies = Supplies(words.get("address", ""), picture, pictures)
        return _press(layout).draw(page, supplies)
    except (FatalURLFetchingError, DoesNotFit) as failure:
        # The first is no Exception: let through, it would end the worker.
        raise DrawingFailed(str(failure.__cause__ or failure)) from failure


class Supplies(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """All that a page may ask for: typefaces, its own QR, emblem, pictures. There is no way out."""

    def __init__(
        self, address: str = "", picture: bytes | None = None, pictures: Sequence[bytes] = ()
    ) -> None:
        # The parent's constructor would equip it to open files and connections.
        self._fail_on_errors = True
        self._address, self._picture = address, picture
        self._pictures = {f"portal:picture-{place}": it for place, it in enumerate(pictures, 1)}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """The thing of that name; any other address is refused."""
        kind, _, name = url.partition(":")
        if kind == "typeface" and name in FACES:
            return URLFetcherResponse(url, typeface(name), {"Content-Type": "font/otf"})
        if url == "portal:qr" and self._address:
            return URLFetcherResponse(url, qr(self._address), {"Content-Type": SVG})
        if url == "portal:emblem" and self._picture is not None:
            return URLFetcherResponse(url, emblem(self._picture), {"Content-Type": "image/jpeg"})
        if url in self._pictures:
            return URLFetcherResponse(url, self._pictures[url], {"Content-Type": "image/jpeg"})
        raise ValueError(f"a paper may not fetch {url}")


# One paper at a time: WeasyPrint shares the typefaces.
_TURN = Lock()


class Press:
    """Typefaces, styles and frame, made ready once: a new set for each paper would leak."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._typefaces = FontConfiguration()
        self._styles = [self._read(layout.stylesheet)]
        self._closer = [*self._styles, self._read(layout.closer)] if layout.closer else []
        self._profile = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
        # Twice: its repetitions are so many that what deflate makes of them repeats as well.
        self._frame = zlib.compress(zlib.compress(_framed(), 9), 9) if layout.is_framed else b""

    def _read(self, stylesheet: str) -> CSS:
        styles = render_to_string(stylesheet, {"sizes": HALF_POINTS})
        return CSS(string=styles, url_fetcher=Supplies(), font_config=self._typefaces)

    def draw(self, page: str, supplies: Supplies) -> bytes:
        """The page, on its frame if it has one."""
        with _TURN:
            document = self._laid(page, supplies)
            if len(document.pages) > self._layout.most_pages:
                raise DrawingFailed(f"the paper needs {len(document.pages)} pages")
            return bytes(document.write_pdf(finisher=self._finish, **OPTIONS))

    def _laid(self, page: str, supplies: Supplies) -> Document:
        """The page as it is meant, or set closer where that saves a sheet of paper."""
        document = self._set(page, supplies, self._styles)
        if self._closer and 1 < len(document.pages) <= FEW_PAGES:
            closer = self._set(page, supplies, self._closer)
            return closer if len(closer.pages) < len(document.pages) else document
        return document

    def _set(self, page: str, supplies: Supplies, styles: list[CSS]) -> Document:
        # A new one each time: once its name was asked for, it writes other bytes. And our own,
        # because WeasyPrint leaves the file of its own profile open.
        profile = ColorProfile(io.BytesIO(self._profile), PROFILE, "relative-colorimetric", ())
        return HTML(string=page, base_url="portal:", url_fetcher=supplies).render(
            font_config=self._typefaces,
            color_profiles={PROFILE: profile},
            stylesheets=styles,
            **OPTIONS,
        )

    def _finish(self, document: Document, pdf: pydyf.PDF) -> None:
        """See that the words are set in our own typefaces, and lay the frame under them."""
        for font in document.fonts.values():
            if font.family not in FAMILIES or font.missing:
                raise DrawingFailed(f"a character is missing, or was set in {font.family}")
        if self._frame:
            self._lay_frame(pdf)

    def _lay_frame(self, pdf: pydyf.PDF) -> None:
        frame = pydyf.Stream([self._frame], {"Filter": "[/FlateDecode /FlateDecode]"})
        pdf.add_object(frame)
        page = next(it for it in pdf.objects if isinstance(it, dict) and it.get("Type") == "/Page")
        page["Contents"] = pydyf.Array([frame.reference, page["Contents"]])


@cache
def _press(layout: Layout) -> Press:
    return Press(layout)


def _framed() -> bytes:
    """The frame as the content of a page: decoration, so not read aloud; y runs downwards."""
    matrix = f"{POINTS:.6f} 0 0 {-POINTS:.6f} 0 {artwork.HEIGHT * POINTS:.4f} cm"
    return b"/Artifact BMC q " + matrix.encode() + b"\n" + artwork.frame() + b"Q EMC"


def qr(address: str) -> bytes:
    """The address as a QR symbol without its quiet zone, which the page leaves."""
    drawing = io.BytesIO()
    segno.make_qr(address, error="m").save(
        drawing, kind="svg", xmldecl=False, nl=False, border=0, omitsize=True
    )
    return drawing.getvalue()


@lru_cache(maxsize=32)
def emblem(picture: bytes) -> bytes:
    """The emblem as small as print allows, on white; what is no picture is refused."""
    try:
        with Image.open(io.BytesIO(picture), formats=["PNG", "JPEG"]) as source:
            upright = ImageOps.exif_transpose(source).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as failure:
        raise DrawingFailed(f"the emblem cannot be read: {failure}") from failure
    upright.thumbnail((2 * EMBLEM_PIXELS, EMBLEM_PIXELS))
    paper = Image.new("RGBA", upright.size, "white")
    paper.alpha_composite(upright)
    result = io.BytesIO()
    paper.convert("RGB").save(result, "JPEG", quality=EMBLEM_QUALITY, subsampling=0, optimize=True)
    return result.getvalue()
