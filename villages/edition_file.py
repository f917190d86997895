"""A file with an edition of the regions: read and checked whole, or refused in one sentence.

`villages.editions` runs this as a script on what is uploaded, in a process with little memory and
time: the kind of file is its argument, the file comes in on standard input, and its rows leave on
standard output. `manage.py import_regions` calls `read` itself. It imports no Django and nothing of
ours, so that it starts quickly.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import resource
import sys
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
MEMORY = 384 * 1024 * 1024
CPU_SECONDS = 15
REFUSED = 3  # the exit code that comes with a sentence on standard output


class Refused(Exception):
    """The file cannot be used; the message says why and what to do, in Indonesian."""


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


# Plain numbers and bound methods: looked up 91,599 times.
_FITS = {
    kind: (level, re.compile(shape, re.ASCII).fullmatch) for kind, (level, shape) in SHAPES.items()
}


def _row(line: int, cells: list[str]) -> Row:
    code, name, said, kind = cells
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


# --- The process ---------------------------------------------------------------------------------


def written(rows: Iterable[Row]) -> bytes:
    """The rows as one line each: no cell holds a tab or the end of a line."""
    lines = ("\t".join([r.code, r.name, str(r.level), r.kind, r.parent_code or ""]) for r in rows)
    return "\n".join(lines).encode()


def parsed(answer: bytes) -> Iterator[Row]:
    """The rows that were written so, one after the other."""
    for line in io.BytesIO(answer):
        code, name, level, kind, parent_code = line.decode().rstrip("\n").split("\t")
        yield Row(code, name, int(level), kind, parent_code or None)


def main(kind: str) -> int:
    """Read what standard input brings; the answer is the exit code and what was written."""
    _accept_limits()
    try:
        content = sys.stdin.buffer.read()
        answer, exit_code = written(read(content, packed=kind == "packed")), 0
    except Refused as refusal:
        answer, exit_code = json.dumps({"sentence": str(refusal)}).encode(), REFUSED
    except MemoryError:
        words = "Berkas ini terlalu rumit untuk dibaca."
        answer, exit_code = json.dumps({"sentence": words}).encode(), REFUSED
    sys.stdout.buffer.write(answer)
    return exit_code


def _accept_limits() -> None:
    """Little memory, little time, no file, no picture of a crash: for good."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
