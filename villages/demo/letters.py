"""Letters as they come from a village's scanner: a page slightly askew, with stamp and signature.

Drawn instead of typeset, because that is what offices receive: a picture in a PDF.
"""

from __future__ import annotations

import io
import math
import random
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from desabinaan.typefaces import FACES
from desabinaan.uploads import CheckedFile

WIDTH, HEIGHT, DPI = 910, 1287, 110  # A4
MARGIN = 95
INK, STAMP, PEN = (38, 38, 44), (96, 74, 158), (24, 44, 122)
PAPER = (252, 251, 246)
NOTICE = "Contoh untuk peragaan. Nama orang dan nomor surat adalah rekaan."


@dataclass(frozen=True, slots=True)
class Letter:
    """What a scanned page says."""

    name: str  # of the file
    head: tuple[str, ...]  # the last line is the sender's own
    address: str
    reference: tuple[str, ...]  # number, subject …
    body: tuple[str, ...]
    place_and_date: str
    signed_as: str
    signed_by: str


def scanned(letter: Letter) -> CheckedFile:
    """The letter as a PDF that was let in: we drew it, and each inspection is a process more."""
    page = _page(letter)
    out = io.BytesIO()
    page.save(out, "PDF", resolution=DPI, quality=62, title=letter.reference[0])
    return CheckedFile(letter.name, "application/pdf", out.getvalue())


@cache
def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    """A typeface of the portal, for drawing."""
    return ImageFont.truetype(str(FACES[face]), size)


def _page(letter: Letter) -> Image.Image:
    page = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(page)
    y = _head(pen, letter)
    for line in letter.reference:
        pen.text((MARGIN, y), line, INK, font("text", 19))
        y += 27
    y += 22
    for paragraph in letter.body:
        y = _paragraph(pen, paragraph, y) + 12
    _signature(pen, letter, max(y + 26, 760))
    pen.text((WIDTH / 2, HEIGHT - 60), NOTICE, (150, 150, 150), font("sans", 14), anchor="mm")
    # A name gives the same page each time: how far askew, where the stamp.
    angle = random.Random(letter.name).uniform(-0.8, 0.8)  # noqa: S311 - no secret
    return page.rotate(angle, Image.Resampling.BILINEAR, fillcolor=(236, 234, 228))


def _head(pen: ImageDraw.ImageDraw, letter: Letter) -> int:
    y = 78
    for position, line in enumerate(letter.head, 1):
        size = 27 if position == len(letter.head) else 21
        pen.text((WIDTH / 2, y), line.upper(), INK, font("display", size), anchor="ma")
        y += size + 8
    pen.text((WIDTH / 2, y + 2), letter.address, INK, font("italic", 16), anchor="ma")
    y += 32
    pen.line((MARGIN, y, WIDTH - MARGIN, y), INK, 3)
    pen.line((MARGIN, y + 5, WIDTH - MARGIN, y + 5), INK, 1)
    return y + 34


def _paragraph(pen: ImageDraw.ImageDraw, text: str, y: int) -> int:
    face, line = font("text", 20), ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if pen.textlength(longer, face) > WIDTH - 2 * MARGIN:
            pen.text((MARGIN, y), line, INK, face)
            y, line = y + 30, word
        else:
            line = longer
    pen.text((MARGIN, y), line, INK, face)
    return y + 30


def _signature(pen: ImageDraw.ImageDraw, letter: Letter, y: int) -> None:
    x = WIDTH - MARGIN - 300
    for line in (letter.place_and_date, f"{letter.signed_as},"):
        pen.text((x, y), line, INK, font("text", 20))
        y += 29
    _stamp(pen, letter.head[-1], x - 6, y + 62)
    scribble(pen, letter.signed_by, x + 30, y + 52)
    pen.text((x, y + 112), letter.signed_by, INK, font("display", 20))


def _stamp(pen: ImageDraw.ImageDraw, sender: str, x: float, y: float) -> None:
    for radius, width in ((66, 3), (47, 1)):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=STAMP, width=width)
    words = sender.upper().split()
    half = (len(words) + 1) // 2
    for offset, line in ((-10, " ".join(words[:half])), (10, " ".join(words[half:]))):
        pen.text((x, y + offset), line[:16], STAMP, font("sans", 13), anchor="mm")


def scribble(pen: ImageDraw.ImageDraw, name: str, x: float, y: float) -> None:
    """A signature, alike for the same name."""
    hand = random.Random(name)  # noqa: S311 - a person signs alike each time
    speed, height = hand.uniform(0.55, 0.9), hand.uniform(16, 26)
    points = []
    for step in range(90):
        swing = math.sin(step * speed) * height * (1 - step / 130)
        points.append((x + step * 1.7 + math.cos(step * speed) * 9, y + swing - step * 0.12))
    pen.line(points, PEN, 2, joint="curve")
