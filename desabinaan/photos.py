"""A photo from a phone, small enough for a report: upright, reduced, with nothing behind it.

`desabinaan.apart` runs this in a process of its own, which may break without harm.
"""

from __future__ import annotations

import io
import math
from typing import Any

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 40_000_000
MAX_PIXELS_OF_A_JPEG = 120_000_000  # it can be read smaller than it is: phones have 108 by now
LONGEST = 1600  # of an edge, in pixels; half a page of a report, printed
MOST_BYTES = 300 * 1024
QUALITIES = (82, 74, 66, 58, 50)
SMALLER = 0.8  # of an edge, where even the last of them is too large
MEBIBYTE = 1024 * 1024
CPU_SECONDS = {"photo": 20}
MEMORY = {"photo": 640 * MEBIBYTE}


class Refused(Exception):
    """The photo must not come in: the reason's code, and the figures that its sentence needs."""

    def __init__(self, code: str, **figures: int) -> None:
        super().__init__(code)
        self.answer = {"code": code, **figures}


def opened(_kind: str, content: bytes) -> bytes:
    """The photo as a JPEG of at most MOST_BYTES, as apart.py asks for it."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and says what it found
    try:
        return _written(_reduced(content))
    except (OSError, ValueError, SyntaxError) as broken:
        raise Refused("broken") from broken


def _reduced(content: bytes) -> Image.Image:
    """Decoded, no larger than needed, upright, in plain colours; nothing of what was said of it."""
    picture: Image.Image = Image.open(io.BytesIO(content), formats=FORMATS)
    width, height = picture.size
    limit = MAX_PIXELS_OF_A_JPEG if picture.format == "JPEG" else MAX_PIXELS
    if width * height > limit:
        raise Refused("pixels", width=width, height=height)
    # Halved while it is decoded, as often as leaves enough: of a JPEG, and free.
    scale = min(1.0, LONGEST / max(width, height))
    picture.draft("RGB", (math.ceil(width * scale), math.ceil(height * scale)))
    ImageOps.exif_transpose(picture, in_place=True)
    picture.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    return _on_white(picture)


def _on_white(picture: Image.Image) -> Image.Image:
    """What was transparent is white; a JPEG knows no glass."""
    if picture.mode not in {"RGBA", "LA", "P", "PA"}:
        return picture.convert("RGB")
    glass = picture.convert("RGBA")
    ground = Image.new("RGBA", glass.size, "white")
    return Image.alpha_composite(ground, glass).convert("RGB")


def _written(picture: Image.Image) -> bytes:
    """The best that fits; smaller where nothing does."""
    picture.info = {}
    while True:
        for quality in QUALITIES:
            out = io.BytesIO()
            options: dict[str, Any] = {"quality": quality, "optimize": True}
            picture.save(out, "JPEG", **options)
            if out.tell() <= MOST_BYTES:
                return out.getvalue()
        edges = (math.ceil(picture.width * SMALLER), math.ceil(picture.height * SMALLER))
        picture = picture.resize(edges, Image.Resampling.LANCZOS)
