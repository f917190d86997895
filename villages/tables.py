"""Reads the reference tables: comma-separated files, packed or not, refused in one sentence."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

PACKAGED = Path(__file__).parent / "data"


@dataclass
class Tally:
    """How many rows an import added, changed and left alone; which of a person's it kept."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)


class TableRefused(Exception):
    """The file cannot be used; the message says why and what to do, in Indonesian."""


def read_table(path: Path, header: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below exactly this header, each with its line number, without stray spaces."""
    with _readable(path) as lines:
        reader = csv.reader(lines, strict=True)
        if next(reader, None) != list(header):
            raise TableRefused(
                f"Baris pertama berkas {path.name} harus berisi: {','.join(header)}."
            )
        for cells in reader:
            if len(cells) != len(header):
                raise TableRefused(
                    f"Baris {reader.line_num} berkas {path.name} berisi {len(cells)} kolom, "
                    f"seharusnya {len(header)}."
                )
            if not "".join(cells).isprintable():
                raise TableRefused(
                    f"Baris {reader.line_num} berkas {path.name} berisi tanda yang tidak terbaca."
                )
            yield reader.line_num, dict(zip(header, map(str.strip, cells), strict=True))


@contextmanager
def _readable(path: Path) -> Iterator[TextIO]:
    """The file as text; whatever is wrong with it becomes a sentence."""
    unpack = gzip.open if path.suffix == ".gz" else open
    try:
        with unpack(path, "rt", encoding="utf-8-sig", newline="") as lines:
            yield lines
    except FileNotFoundError as missing:
        raise TableRefused(f"Berkas {path} tidak ada; periksa namanya.") from missing
    except (OSError, EOFError, zlib.error) as broken:
        raise TableRefused(
            f"Berkas {path.name} rusak atau tidak terbaca; unduh atau salin ulang."
        ) from broken
    except (UnicodeDecodeError, csv.Error) as garbled:
        raise TableRefused(
            f"Berkas {path.name} bukan tabel CSV yang utuh dengan huruf UTF-8."
        ) from garbled
