"""How fast certificates are drawn, and in how much memory, beside ReportLab drawing the same.

ReportLab writes the same frame, the same lines in the same typefaces and the same symbol, but a
plain PDF: no structure for screen readers, no archive profile, no layout to compute.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RUNS = 500
PAIRED = 100  # drawn by turns with the peer, so that both meet the same machine
type Row = tuple[str, str, str]  # what, measured, budget

FACTS: dict[str, Any] = {
    "title": "Sertifikat Penghargaan",
    "village": {
        "term": "Desa",
        "name": "Pakuncen",
        "code": "33.07.06.2009",
        "district": "Kecamatan Selomerto",
        "regency": "Kabupaten Wonosobo",
        "province": "Jawa Tengah",
    },
    "office": {
        "name": "Kantor Imigrasi Kelas II Non TPI Wonosobo",
        "letterhead": [
            "KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN REPUBLIK INDONESIA",
            "DIREKTORAT JENDERAL IMIGRASI",
            "KANTOR WILAYAH JAWA TENGAH",
        ],
        "address": "Wonosobo",
        "city": "Wonosobo",
    },
    "decree": {
        "number": "W.13.IMI.IMI.6-GR.03.05-0412 Tahun 2024",
        "date": "2024-03-04",
        "title": "Penetapan Desa Pakuncen sebagai Desa Binaan Imigrasi",
        "signer_title": "Kepala Kantor Imigrasi Kelas II Non TPI Wonosobo",
    },
    "dated": "2024-03-07",
    "place": "Wonosobo",
    "signer": {
        "title": "Kepala Kantor Imigrasi Kelas II Non TPI Wonosobo",
        "acting": "",
        "name": "Rahmat Setiawan, S.H.",
        "rank": "Penata Tk. I (III/d)",
        "nip": "198609262015051001",
    },
}

# Text, face, size in points, left or middle in millimetres, baseline from the top.
LINES = (
    ("KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN REPUBLIK INDONESIA", "sans", 8, 148.5, 27),
    ("DIREKTORAT JENDERAL IMIGRASI", "sans", 8, 148.5, 30.5),
    ("KANTOR WILAYAH JAWA TENGAH", "sans", 8, 148.5, 34),
    ("KANTOR IMIGRASI KELAS II NON TPI WONOSOBO", "display", 11.5, 148.5, 39),
    ("Wonosobo", "sans", 7.5, 148.5, 43),
    ("SERTIFIKAT PENGHARGAAN", "text", 26, 148.5, 62),
    ("Nomor {number}", "sans", 9.5, 148.5, 67),
    ("diberikan kepada", "italic", 11.5, 148.5, 75),
    ("Desa Pakuncen", "display", 44, 148.5, 90),
    ("Kecamatan Selomerto, Kabupaten Wonosobo, Provinsi Jawa Tengah", "text", 12.5, 148.5, 98),
    ("atas pengukuhannya sebagai", "italic", 11.5, 148.5, 107),
    ("Desa Binaan Imigrasi", "display", 18, 148.5, 114),
    ("berdasarkan Keputusan Kepala Kantor Imigrasi Kelas II Non TPI Wonosobo Nomor "
     "W.13.IMI.IMI.6-GR.03.05-0412", "text", 10.5, 148.5, 122),
    ("Tahun 2024 tanggal 4 Maret 2024 tentang Penetapan Desa Pakuncen sebagai Desa Binaan "
     "Imigrasi", "text", 10.5, 148.5, 126.5),
    ("Wonosobo, 7 Maret 2024", "text", 10.5, 220, 137),
    ("Kepala Kantor Imigrasi Kelas II Non TPI Wonosobo", "text", 10.5, 220, 142),
    ("Rahmat Setiawan, S.H.", "display", 11.5, 220, 177),
    ("Penata Tk. I (III/d)", "sans", 9, 220, 181),
    ("NIP 19860926 201505 1 001", "sans", 9, 220, 185),
    ("{code}", "sans", 10, 41, 177),
    ("Periksa keaslian sertifikat ini", "display", 9, 90, 154),
    ("Pindai kode di samping, atau buka", "sans", 8, 90, 158),
    ("{address}", "sans", 8, 90, 161.5),
    ("lalu cocokkan isinya dengan lembar ini.", "sans", 8, 90, 165),
)  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """One of many certificates: another number, another code."""

    number: str
    code: str
    address: str
    template: str = "villages/pdf/designation.html"
    facts: dict[str, Any] = field(default_factory=lambda: FACTS)
    emblem: None = None


def rows() -> list[Row]:
    """The lines for the table of `make bench`."""
    from certificates import pdf  # noqa: PLC0415 - only when Django is ready

    peer = _reportlab()
    for draw in (pdf.render, peer):
        draw(_paper(0))
    ours, theirs = _by_turns(pdf.render, peer)
    grown, size = _memory(pdf.render)
    return [
        ("certificate: median of one drawing, processor time", f"{ours * 1000:.0f} ms", "120 ms"),
        ("certificates per second, one process", f"{1 / ours:.1f}", "-"),
        ("ReportLab, the same content, untagged", f"{1 / theirs:.1f}", "-"),
        ("ratio to ReportLab", f"{theirs / ours:.2f}", "-"),
        (f"memory grown over {RUNS} drawings", f"{grown:.1f} MB", "5 MB"),
        ("size of a certificate", f"{size / 1000:.1f} KB", "50 KB"),
    ]


def _paper(index: int) -> Paper:
    code = f"{index:012d}"
    return Paper(f"{index:04d}/DBI/III/2024", code, f"http://localhost:8000/v/{code}")


def _by_turns(*draws: Callable[[Paper], bytes]) -> list[float]:
    """The median seconds of processor time of each, drawn one after the other."""
    taken: list[list[float]] = [[] for _ in draws]
    for index in range(PAIRED):
        for draw, times in zip(draws, taken, strict=True):
            started = time.process_time()
            draw(_paper(index))
            times.append(time.process_time() - started)
    return [statistics.median(times) for times in taken]


def _memory(draw: Callable[[Paper], bytes]) -> tuple[float, int]:
    """Megabytes that the process grew by, and the size of a paper."""
    drawn, before = b"", _resident()
    for index in range(RUNS):
        drawn = draw(_paper(index))
    return _resident() - before, len(drawn)


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def _reportlab() -> Callable[[Paper], bytes]:
    """A drawer that has its typefaces and its frame ready, as ours has."""
    from reportlab.lib.units import mm  # noqa: PLC0415 - a development dependency
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    from certificates import artwork  # noqa: PLC0415
    from desabinaan.typefaces import FACES  # noqa: PLC0415

    for face, path in FACES.items():
        pdfmetrics.registerFont(TTFont(face, path.with_suffix(".ttf")))
    frame = artwork.frame().decode("ascii")

    def draw(paper: Paper) -> bytes:
        result = io.BytesIO()
        canvas = Canvas(result, (297 * mm, 210 * mm), invariant=1, pageCompression=1)
        canvas.beginForm("frame", 0, 0, 297 * mm, 210 * mm)
        canvas._code.append(f"q {mm} 0 0 {-mm} 0 {210 * mm} cm {frame} Q")
        canvas.endForm()
        canvas.doForm("frame")
        for text, face, size, middle, baseline in LINES:
            canvas.setFont(face, size)
            words = text.format(number=paper.number, code=paper.code, address=paper.address)
            canvas.drawCentredString(middle * mm, (210 - baseline) * mm, words)
        _symbol(canvas, paper.address, mm)
        canvas.save()
        return result.getvalue()

    return draw


def _symbol(canvas: Any, address: str, mm: float) -> None:
    import segno  # noqa: PLC0415

    matrix = segno.make_qr(address, error="m").matrix
    side = 27 * mm / len(matrix)
    path = canvas.beginPath()
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                path.rect(27.8 * mm + x * side, (210 - 144) * mm - (y + 1) * side, side, side)
    canvas.drawPath(path, stroke=0, fill=1)
