"""What the QR symbols on a scan say.

`desabinaan.apart` runs this in a process of its own, which may break without harm.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pypdfium2
import zxingcpp
from PIL import Image

MAX_PAGES = 3  # a certificate is one page; some scanners add its back
LONG_SIDE = 2600  # pixels: some 220 dpi of an A4 page, with seven to a module of the symbol
SYMBOLS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
CPU_SECONDS = dict.fromkeys(("pdf", "jpeg", "png"), 5)
MEMORY = dict.fromkeys(("pdf", "jpeg", "png"), 1024 * 1024 * 1024)


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
        for page in list(document)[:MAX_PAGES]:
            scale = LONG_SIDE / max(page.get_size())
            yield page.render(scale=scale, grayscale=True).to_pil()


def read(content: bytes, kind: str) -> list[str]:
    """What every symbol says."""
    found = []
    for picture in pictures(content, kind):
        found += [symbol.text for symbol in zxingcpp.read_barcodes(picture, formats=SYMBOLS)]
    return found


def opened(kind: str, content: bytes) -> bytes:
    """What every symbol says, as apart.py asks for it."""
    return json.dumps(read(content, kind)).encode()
