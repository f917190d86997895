"""Reads the QR symbols off a scanned sheet, in a process of its own, which may break without harm.

`certificates.sheets` runs this as a script: the kind of file is its argument, the file comes in on
standard input, and what the symbols say leaves on standard output. It imports nothing of ours.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from collections.abc import Iterator

import pypdfium2
import zxingcpp
from PIL import Image

MAX_PAGES = 3  # a certificate is one sheet; some scanners add its back
LONG_SIDE = 2600  # pixels: some 220 dpi of an A4 sheet, with seven to a module of the symbol
SYMBOLS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
CPU_SECONDS = 10
MEMORY = 1024 * 1024 * 1024


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


def main(kind: str) -> int:
    """Read what comes in; the exit code says whether it could be."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(json.dumps(read(sys.stdin.buffer.read(), kind)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
