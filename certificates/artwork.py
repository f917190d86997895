"""The engraved frame of a certificate: guilloche curves, computed, written as PDF operators.

All lengths are millimetres from the top left corner of an A4 page in landscape. The frame is the
same on every paper, so it is computed once per process and stamped, not drawn, on each page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import cos, pi, sin, tau

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from desabinaan.typefaces import FACES

WIDTH, HEIGHT = 297.0, 210.0
EDGE = 15.0  # from the edge of the paper to the middle of the band
HALF_BAND = 3.4
MEDALLION = 8.4  # and half a millimetre of disc: 6 mm stay clear, since printers cut below 5 mm
STRANDS = 12
LOUPE_TEXT = "DESA BINAAN IMIGRASI · "
LOUPE_SIZE = 0.9

type Point = tuple[float, float]
type Curve = Callable[[float], Point]
type Band = Callable[[float, float], float]


@dataclass(frozen=True, slots=True)
class Pen:
    """How a line is engraved: red, green and blue from 0 to 1, and a width."""

    red: float
    green: float
    blue: float
    width: float

    def stroke(self, path: str, at: Point = (0, 0), turned: float = 0) -> str:
        """The path, drawn at a place and turned by an angle."""
        return f"q {_matrix(at, turned)} {self._colour} RG {self.width} w {path} S Q\n"

    def fill(self, path: str, at: Point, turned: float) -> str:
        """The path, filled."""
        return f"q {_matrix(at, turned)} {self._colour} rg {path} f Q\n"

    @property
    def _colour(self) -> str:
        return f"{self.red} {self.green} {self.blue}"


def _matrix(at: Point, turned: float) -> str:
    a, b = cos(turned), sin(turned)
    return f"{a:.4f} {b:.4f} {-b:.4f} {a:.4f} {at[0]:.3f} {at[1]:.3f} cm"


NAVY = Pen(0.086, 0.161, 0.302, 0.085)
GOLD = Pen(0.659, 0.506, 0.184, 0.1)
RULE = Pen(0.659, 0.506, 0.184, 0.35)
HAIRLINE = Pen(0.086, 0.161, 0.302, 0.14)
PAPER = Pen(1, 1, 1, 0)
SHADOW = Pen(0.953, 0.925, 0.855, 0.14)  # text is read over it, and a copier drops it


def frame() -> bytes:
    """Everything that is printed behind the words, in the order of printing."""
    parts = (_shadow(), _bands(), _rules(), _loupe(), _medallions())
    return "".join(line for part in parts for line in part).encode("ascii")


def curved(curve: Curve, end: float, pieces: int) -> str:
    """The curve from 0 to `end` as cubic Béziers that share its points and its tangents."""
    step = end / pieces
    knots = [_knot(curve, step * index, step) for index in range(pieces + 1)]
    (x, y), _ = knots[0]
    path = [f"{x:.2f} {y:.2f} m"]
    for ((x0, y0), (dx0, dy0)), ((x1, y1), (dx1, dy1)) in pairwise(knots):
        numbers = (x0 + dx0, y0 + dy0, x1 - dx1, y1 - dy1, x1, y1)
        path.append(" ".join(f"{number:.2f}" for number in numbers) + " c")
    return " ".join(path)


def _knot(curve: Curve, at: float, step: float) -> tuple[Point, Point]:
    """A point of the curve, and a third of its tangent over one step."""
    nudge = step / 1000
    (x0, y0), (x1, y1) = curve(at - nudge), curve(at + nudge)
    third = step / nudge / 6
    return curve(at), ((x1 - x0) * third, (y1 - y0) * third)


def _swelling(phase: float, turn: float) -> float:
    """A strand that is widest where its counterpart is narrowest."""
    return HALF_BAND * (0.62 + 0.38 * cos(turn)) * sin(turn + phase)


def _waning(phase: float, turn: float) -> float:
    """The counterpart of the swelling strand."""
    return HALF_BAND * (0.65 - 0.35 * cos(turn)) * sin(turn + phase)


def _strand(band: Band, phase: float, period: float, along: float) -> Point:
    return along, band(phase, tau * along / period)


def _braid(band: Band, period: float) -> str:
    """One period of a band: strands that differ in phase alone, and so interlace."""
    strands = (partial(_strand, band, tau * i / STRANDS, period) for i in range(STRANDS))
    return " ".join(curved(strand, period, 8) for strand in strands)


def _bands() -> Iterator[str]:
    """The four sides, each of a whole number of periods; their ends lie under the medallions."""
    across, down = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
    yield from _sides(across / 24, 24, 0, ((EDGE, EDGE), (EDGE, HEIGHT - EDGE)))
    yield from _sides(down / 16, 16, pi / 2, ((EDGE, EDGE), (WIDTH - EDGE, EDGE)))


def _sides(period: float, count: int, turned: float, starts: Iterable[Point]) -> Iterator[str]:
    """Parallel sides of the same length. What repeats is written in a row: it compresses."""
    for pen, band in ((NAVY, _swelling), (GOLD, _waning)):
        tile = _braid(band, period)
        for x, y in starts:
            for i in range(count):
                at = (x + cos(turned) * period * i, y + sin(turned) * period * i)
                yield pen.stroke(tile, at, turned)


def _ring(radius: float, swing: float, lobes: int, phase: float, at: float) -> Point:
    """A circle that swings evenly: many of them weave a ring."""
    reach = radius + swing * sin(lobes * at + phase)
    return reach * cos(at), reach * sin(at)


def _petal(radius: float, swing: float, lobes: int, phase: float, at: float) -> Point:
    """A circle that swings unevenly: many of them weave petals."""
    reach = radius + swing * sin(lobes * at + phase) * (0.62 + 0.38 * cos(lobes * at))
    return reach * cos(at), reach * sin(at)


def _rosette(
    pen: Pen, shape: partial[Point], lobes: int, strands: int, *places: Point
) -> Iterator[str]:
    """One lobe of curves that differ in phase alone, turned about each of the places."""
    curves = (partial(shape, lobes, tau * i / strands) for i in range(strands))
    sector = " ".join(curved(curve, tau / lobes, 6) for curve in curves)
    for at in places:
        yield from (pen.stroke(sector, at, tau * i / lobes) for i in range(lobes))


def _medallions() -> Iterator[str]:
    """A rosette on each corner, on a white disc that ends the bands."""
    corners = [(x, y) for x in (EDGE, WIDTH - EDGE) for y in (EDGE, HEIGHT - EDGE)]
    disc = curved(partial(_ring, MEDALLION + 0.5, 0, 1, 0), tau, 8)
    for x, y in corners:
        yield PAPER.fill(disc, (x, y), 0)
        yield GOLD.stroke(disc, (x, y))
    yield from _rosette(NAVY, partial(_petal, MEDALLION - 2.6, 2.8), 12, 10, *corners)
    yield from _rosette(GOLD, partial(_ring, 4.6, 1.2), 12, 6, *corners)
    yield from _rosette(NAVY, partial(_petal, 2.2, 1.7), 8, 8, *corners)


def _rules() -> Iterator[str]:
    """The straight lines along both sides of the bands."""
    for pen, distance in (
        (HAIRLINE, EDGE - HALF_BAND - 1.4),
        (RULE, EDGE - HALF_BAND - 0.8),
        (RULE, EDGE + HALF_BAND + 0.8),
        (HAIRLINE, EDGE + HALF_BAND + 2.15),
    ):
        width, height = WIDTH - 2 * distance, HEIGHT - 2 * distance
        yield pen.stroke(f"{distance} {distance} {width} {height} re")


def _loupe() -> Iterator[str]:
    """A hairline that is writing under a loupe, and that a copier smears."""
    outline, words = _outline(LOUPE_TEXT)
    baseline = EDGE + HALF_BAND + 1.76
    for length, start, turned in (
        (WIDTH - 2 * baseline, (baseline, baseline), 0.0),
        (HEIGHT - 2 * baseline, (WIDTH - baseline, baseline), pi / 2),
        (WIDTH - 2 * baseline, (WIDTH - baseline, HEIGHT - baseline), pi),
        (HEIGHT - 2 * baseline, (baseline, HEIGHT - baseline), -pi / 2),
    ):
        count = int(length // words)
        for i in range(count):
            along = length / count * i
            at = (start[0] + cos(turned) * along, start[1] + sin(turned) * along)
            yield NAVY.fill(outline, at, turned)


class _Outline(BasePen):  # type: ignore[misc]  # fontTools has no types
    """Collects the outlines of letters as a path, in millimetres, y downwards."""

    def __init__(self, glyphs: object, scale: float) -> None:
        super().__init__(glyphs)
        self.path: list[str] = []
        self.along, self._scale = 0.0, scale

    def _write(self, operator: str, *points: Point) -> None:
        numbers = (n for x, y in points for n in (self.along + x * self._scale, -y * self._scale))
        self.path.append(" ".join(f"{number:.3f}" for number in numbers) + f" {operator}")

    def _moveTo(self, point: Point) -> None:  # noqa: N802 - the pen protocol's names
        self._write("m", point)

    def _lineTo(self, point: Point) -> None:  # noqa: N802
        self._write("l", point)

    def _curveToOne(self, a: Point, b: Point, end: Point) -> None:  # noqa: N802
        self._write("c", a, b, end)


def _outline(text: str) -> tuple[str, float]:
    """The outlines of a text, and how long it is."""
    with TTFont(FACES["sans"], lazy=True) as font:
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        pen = _Outline(glyphs, LOUPE_SIZE / font["head"].unitsPerEm)
        for sign in text:
            glyph = glyphs[names[ord(sign)]]
            glyph.draw(pen)
            pen.along += glyph.width * LOUPE_SIZE / font["head"].unitsPerEm
    return " ".join(pen.path), pen.along


def _shadow() -> Iterator[str]:
    """A wide rosette under the words: hard to copy, easy to overlook."""
    middle = (WIDTH / 2, 101.0)
    yield from _rosette(SHADOW, partial(_petal, 44.0, 22.0), 12, 14, middle)
    yield from _rosette(SHADOW, partial(_petal, 22.0, 9.0), 12, 10, middle)
