"""Pictures and slides of the demo, drawn by lines and circles: they show nobody."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence

from PIL import Image, ImageDraw

from desabinaan.uploads import CheckedFile
from villages.demo.letters import INK, PAPER, font, scribble

NOTICE = "Gambar peraga: tidak menunjukkan siapa pun."
GREY, NAVY, GOLD, WALL, FLOOR = "#969696", "#17375e", "#c9a227", "#e9e3d5", "#b99f78"
CLOTHES = ("#17375e", "#7c3f2c", "#2f6b4f", "#6b5b95", "#8a6d3b", "#3b6e8f", "#54565a")
SKIN, HAIR = ("#c68f66", "#b57f58", "#d3a27b"), "#2d2622"
SIGNED = 24  # rows that a sheet of paper has


def sheet(title: str, lines: Sequence[tuple[str, str]]) -> CheckedFile:
    """A signed sheet of attendance as a phone photographs it: who, from where, a signature."""
    page = Image.new("RGB", (910, 1287), PAPER)
    pen = ImageDraw.Draw(page)
    pen.text((455, 80), "DAFTAR HADIR", INK, font("display", 27), anchor="ma")
    pen.text((455, 120), title, INK, font("text", 19), anchor="ma")
    for place, (name, institution) in enumerate(lines[:SIGNED]):
        y = 185 + place * 43
        pen.line((60, y + 32, 850, y + 32), INK, 1)
        pen.text((66, y + 6), f"{place + 1}", INK, font("text", 17))
        pen.text((104, y + 6), name, INK, font("text", 17))
        pen.text((380, y + 6), institution, INK, font("text", 15))
        scribble(pen, name, 690, y + 16)
    pen.text((455, 1245), NOTICE, GREY, font("sans", 14), anchor="mm")
    askew = page.rotate(0.6, Image.Resampling.BILINEAR, fillcolor="#ece8e0")
    return CheckedFile("Daftar hadir bertanda tangan.jpg", "image/jpeg", _jpeg(askew))


def group(title: str, figures: int) -> CheckedFile:
    """A photo of a group below the banner of the event."""
    picture = Image.new("RGB", (1200, 900), WALL)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 700, 1200, 900), FLOOR)
    pen.rectangle((120, 90, 1080, 230), NAVY)
    pen.line((120, 226, 1080, 226), GOLD, 8)
    _centred(pen, title, 158)
    hand = random.Random(title)  # noqa: S311 - a title gives the same picture each time
    back = figures // 2
    for row, (number, y, size) in enumerate(((back, 420, 62), (figures - back, 510, 72))):
        step = 1080 / max(number, 1)
        for place in range(number):
            x = 60 + step * (place + 0.5) + (step / 4 if row else 0) - step / 8
            _figure(pen, hand, x, y, size)
    pen.text((600, 868), NOTICE, INK, font("sans", 15), anchor="mm")
    return CheckedFile("Foto kegiatan.jpg", "image/jpeg", _jpeg(picture))


def slides(title: str, speaker: str, points: Sequence[str]) -> CheckedFile:
    """A talk as a PDF: its title and speaker, then a page for each point."""
    pages = [_slide(title, speaker), *(_slide(it, title) for it in points)]
    out = io.BytesIO()
    first, *others = pages
    first.save(out, "PDF", resolution=96, quality=62, save_all=True, append_images=others,
               title=title)  # fmt: skip
    return CheckedFile(f"{title}.pdf", "application/pdf", out.getvalue())


def _slide(words: str, below: str) -> Image.Image:
    page = Image.new("RGB", (960, 540), PAPER)
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, 0, 960, 28), NAVY)
    pen.line((0, 30, 960, 30), GOLD, 4)
    _lines(pen, words, 200)
    pen.text((80, 470), below, GREY, font("sans", 20))
    pen.text((80, 505), "Contoh untuk peragaan.", GREY, font("sans", 14))
    return page


def _lines(pen: ImageDraw.ImageDraw, words: str, y: int) -> None:
    line, face = "", font("display", 40)
    for word in words.split():
        longer = f"{line} {word}".strip()
        if pen.textlength(longer, face) > 800:
            pen.text((80, y), line, NAVY, face)
            line, y = word, y + 54
        else:
            line = longer
    pen.text((80, y), line, NAVY, face)


def _centred(pen: ImageDraw.ImageDraw, words: str, y: int) -> None:
    size = 34
    while pen.textlength(words, font("display", size)) > 900:
        size -= 2
    pen.text((600, y), words, PAPER, font("display", size), anchor="mm")


def _figure(pen: ImageDraw.ImageDraw, hand: random.Random, x: float, y: float, size: float) -> None:
    """Somebody without a face: shoulders, a head, hair or a scarf."""
    clothes, scarf = hand.choice(CLOTHES), hand.choice((HAIR, HAIR, *CLOTHES))
    pen.rounded_rectangle((x - size, y + size * 0.9, x + size, y + size * 4), size * 0.7, clothes)
    pen.ellipse((x - size * 0.56, y - size * 0.5, x + size * 0.56, y + size * 0.95), scarf)
    pen.ellipse((x - size * 0.42, y - size * 0.22, x + size * 0.42, y + size * 0.85),
                hand.choice(SKIN))  # fmt: skip


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70)
    return out.getvalue()
