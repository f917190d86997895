"""A file with an edition of the regions: read and checked whole, or refused in one sentence.

`desabinaan.apart` runs this on what is uploaded, in a process with little memory and time;
`manage.py import_regions` calls `read` itself.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

HEADER = ("code", "name", "level", "kind")
LONGEST_NAME = 120
# Each kind of region with its level and the shape of its code.
SHAPES = {
    "provinsi": (1, r"\d\d"),
    "kabupaten": (2, r"\d\d\.\d\d"),
    "kota": (2, r"\d\d\.\d\d"),
    "kecamatan": (3, r"\d\d\.\d\d\.\d\d"),
    "kelurahan": (4, r"\d\d\.\d\d\.\d\d\.\d{4}"),
    "desa": (4, r"\d\d\.\d\d\.\d\d\.\d{4}"),
}
# The nation has 91,599 regions in 3 MB; both may double.
MAX_ROWS = 200_000
MAX_UNFOLDED = 16 * 1024 * 1024
MEMORY = dict.fromkeys(("plain", "packed"), 384 * 1024 * 1024)
CPU_SECONDS = dict.fromkeys(MEMORY, 15)


class Refused(Exception):
    """The file cannot be used; the sentence says why and what to do, in Indonesian."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.answer = {"sentence": sentence}


class Row(NamedTuple):
    """One region of an edition, as the temporary table takes it."""

    code: str
    name: str
    level: int
    kind: str
    parent_code: str | None


def read(content: bytes, *, packed: bool) -> list[Row]:
    """Every region of the file: each code once, below a parent that is there too."""
    rows: list[Row] = []
    codes: set[str] = set()
    for line, cells in _table(_text(content, packed=packed)):
        row = _row(line, cells)
        if row.code in codes:
            raise Refused(f"Baris {line}: kode {row.code} muncul dua kali.")
        codes.add(row.code)
        rows.append(row)
        if len(rows) > MAX_ROWS:
            raise Refused("Berkas ini terlalu panjang. Paling banyak 200.000 wilayah.")
    for row in rows:
        if row.parent_code is not None and row.parent_code not in codes:
            raise Refused(
                f"Wilayah {row.code} {row.name} tidak memiliki induk: kode {row.parent_code} "
                "tidak ada di berkas ini."
            )
    if not rows:
        raise Refused("Berkas ini tidak berisi satu wilayah pun.")
    return rows


def _text(content: bytes, *, packed: bool) -> str:
    """The file as text; whatever is wrong with it becomes a sentence."""
    try:
        if packed:
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as unpacking:
                content = unpacking.read(MAX_UNFOLDED + 1)
        if len(content) > MAX_UNFOLDED:
            raise Refused("Berkas ini terlalu besar. Paling besar 16 MB setelah dibuka.")
        return content.decode("utf-8-sig")
    except (OSError, EOFError, zlib.error) as broken:
        raise Refused("Berkas ini rusak atau tidak terbaca; unduh atau salin ulang.") from broken
    except UnicodeDecodeError as garbled:
        raise Refused("Berkas ini bukan tabel CSV yang utuh dengan huruf UTF-8.") from garbled


def _table(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows below exactly the header, each with its line number, without stray spaces."""
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        if next(lines, None) != list(HEADER):
            raise Refused(f"Baris pertama harus berisi: {','.join(HEADER)}.")
        for cells in lines:
            if len(cells) != len(HEADER):
                raise Refused(
                    f"Baris {lines.line_num} berisi {len(cells)} kolom, seharusnya {len(HEADER)}."
                )
            if not "".join(cells).isprintable():
                raise Refused(f"Baris {lines.line_num} berisi tanda yang tidak terbaca.")
            yield lines.line_num, [cell.strip() for cell in cells]
    except csv.Error as garbled:
        raise Refused("Berkas ini bukan tabel CSV yang utuh dengan huruf UTF-8.") from garbled


# What only a slip of the pen explains: a sign that is in no name, and a word that begins small,
# at the start, or after a space, a bracket or a slash. After a hyphen it is meant: Iker - iker.
_UNTIDY = re.compile(r"""["*]|(?<![^\s(/])(?<!-\s)[a-z]""").search
_SMALL_WORD = re.compile(r"(?<![^\s(/])(?<!-\s)[a-z][^\s()/]*")
_STRAY_QUOTE = re.compile(r"(?<=\w)\"(?=\w)")
_PARTICLES = frozenset({"atau", "dan", "dari", "yang"})
_SHORTEST_WORD = 3


def tidied(name: str) -> str:
    """The name without the slips of the national list: it is the largest line of a certificate.

    A word that begins small gets its capital, the list writes Ja"an for Ja'an, and no name has a
    star. Inside a name small words stay: particles (Pangkajene dan Kepulauan), and what has one
    or two letters (2 x 11 Kayu Tanam), which may be the end of a word that lost its sign: Deme i,
    Apa an. Letters and digits stay in their order, and so does what a search compares.
    """
    if not _UNTIDY(name):
        return name
    name = _STRAY_QUOTE.sub("'", name.replace("*", ""))
    return _SMALL_WORD.sub(_begun_large, name).strip()


def _begun_large(small: re.Match[str]) -> str:
    word = small[0]
    if small.start() and (len(word) < _SHORTEST_WORD or word in _PARTICLES):
        return word
    return word[0].upper() + word[1:]


# Plain numbers and bound methods: looked up 91,599 times.
_FITS = {
    kind: (level, re.compile(shape, re.ASCII).fullmatch) for kind, (level, shape) in SHAPES.items()
}


def _row(line: int, cells: list[str]) -> Row:
    code, name, said, kind = cells
    name = tidied(name)
    if kind not in _FITS:
        raise Refused(f"Baris {line}: jenis wilayah “{kind[:40]}” tidak dikenal.")
    level, fits = _FITS[kind]
    if said != str(level) or not fits(code):
        raise Refused(
            f"Baris {line}: kode “{code[:40]}” dan tingkat “{said[:40]}” tidak cocok untuk {kind}."
        )
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused(f"Baris {line}: nama wilayah {code} kosong atau terlalu panjang.")
    return Row(code, name, level, kind, code.rpartition(".")[0] or None)


# --- From one process to the other ---------------------------------------------------------------


def written(rows: Iterable[Row]) -> bytes:
    """The rows as one line each: no cell holds a tab or the end of a line."""
    lines = ("\t".join([r.code, r.name, str(r.level), r.kind, r.parent_code or ""]) for r in rows)
    return "\n".join(lines).encode()


def parsed(answer: bytes) -> Iterator[Row]:
    """The rows that were written so, one after the other."""
    for line in io.BytesIO(answer):
        code, name, level, kind, parent_code = line.decode().rstrip("\n").split("\t")
        yield Row(code, name, int(level), kind, parent_code or None)


def opened(kind: str, content: bytes) -> bytes:
    """The rows of the file, as apart.py asks for them."""
    return written(read(content, packed=kind == "packed"))
