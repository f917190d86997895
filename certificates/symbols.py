"""What a scan is: what its QR symbols say, the words in it, and how its pages look.

`desabinaan.apart` runs this in a process of its own, which may break without harm.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image

MAX_PAGES = 3  # a certificate is one page; some scanners add its back
LONG_SIDE = 2600  # pixels: some 220 dpi of an A4 page, with seven to a module of the symbol
SYMBOLS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
MEMORY = dict.fromkeys(("pdf", "jpeg", "png"), 1024 * 1024 * 1024)
# Three pages take one or two. Whoever brings what takes more keeps nobody waiting for long.
CPU_SECONDS = dict.fromkeys(MEMORY, 5)


def pictures(content: bytes, kind: str) -> Iterator[Image.Image]:
    """The pages of a PDF, or the one picture, no larger than is needed."""
    if kind != "pdf":
        picture = Image.open(io.BytesIO(content), formats=[kind.upper()])
        picture.draft("L", (LONG_SIDE, LONG_SIDE))
        grey = picture.convert("L")
        grey.thumbnail((LONG_SIDE, LONG_SIDE))
        yield grey
        return
    with pypdfium2.PdfDocument(content) as document:
        document.init_forms()  # what was signed or drawn into a field is seen as well
        for page in list(document)[:MAX_PAGES]:
            scale = LONG_SIDE / max(page.get_size())
            yield page.render(scale=scale, grayscale=True).to_pil()


def words(content: bytes, kind: str) -> str:
    """The words of the first pages without the space between them; a scan has none, or an OCR's."""
    if kind != "pdf":
        return ""
    with pypdfium2.PdfDocument(content) as document:
        pages = [page.get_textpage().get_text_bounded() for page in list(document)[:MAX_PAGES]]
    return "".join("".join(pages).split())


def is_signed(content: bytes, kind: str) -> bool:
    """Whether a PDF carries an electronic signature; whose, and whether it holds, is not asked."""
    if kind != "pdf":
        return False
    with pypdfium2.PdfDocument(content) as document:
        return bool(pypdfium2.raw.FPDF_GetSignatureCount(document) > 0)


def read(content: bytes, kind: str) -> dict[str, Any]:
    """What every symbol says, and what tells the drawn file from one that somebody signed."""
    found, look = [], hashlib.sha256()
    for picture in pictures(content, kind):
        found += [symbol.text for symbol in zxingcpp.read_barcodes(picture, formats=SYMBOLS)]
        look.update(repr(picture.size).encode() + picture.tobytes())
    return {
        "symbols": found,
        "words": words(content, kind),
        "look": look.hexdigest(),
        "is_signed": is_signed(content, kind),
    }


def opened(kind: str, content: bytes) -> bytes:
    """What the file is, as apart.py asks for it."""
    return json.dumps(read(content, kind)).encode()
