"""The typefaces of papers: which signs all of them have, and how wide each is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro
from fontTools.ttLib import TTFont

from desabinaan import legibility

FACES = {
    "display": Path(font_source_serif_pro.font_directory) / "SourceSerifPro-Semibold.otf",
    "text": Path(font_source_serif_pro.font_directory) / "SourceSerifPro-Regular.otf",
    "italic": Path(font_source_serif_pro.font_directory) / "SourceSerifPro-It.otf",
    "sans": Path(font_source_sans_pro.font_directory) / "SourceSansPro-Regular.otf",
}

type Words = str | Mapping[str, Words] | list[Words] | tuple[Words, ...]


def legible(words: Words) -> Words:
    """The words without what has no shape: control, bidirectional and zero-width characters."""
    if isinstance(words, Mapping):
        return {key: legible(value) for key, value in words.items()}
    if isinstance(words, list | tuple):
        return [legible(value) for value in words]
    return legibility.line(words) if isinstance(words, str) else words


def unprintable(words: Words) -> str:
    """The characters, each once, that no typeface of the papers has; empty when all can be set."""
    return "".join(sorted(_signs(legible(words)) - printable()))


def _signs(words: Words) -> set[str]:
    if isinstance(words, Mapping):
        return set().union(*map(_signs, words.values()))
    if isinstance(words, list | tuple):
        return set().union(*map(_signs, words))
    return set(words) if isinstance(words, str) else set()


@cache
def printable() -> frozenset[str]:
    """The characters that every face has, so that no word depends on where it stands."""
    return frozenset.intersection(*(frozenset(advances(face)) for face in FACES))


@cache
def advances(face: str) -> dict[str, float]:
    """How far each character of a face moves on, in widths of the letter's size."""
    with TTFont(FACES[face], lazy=True) as font:
        em, widths = font["head"].unitsPerEm, font["hmtx"]
        return {chr(sign): widths[name][0] / em for sign, name in font.getBestCmap().items()}
