"""The yearly list of regions: read, compared with what we hold, and taken over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import connection, transaction

from villages.models.region import RegionKind, RegionLevel
from villages.tables import PACKAGED, TableRefused, read_table

PACKAGED_EDITION = PACKAGED / "regions.csv.gz"
HEADER = ("code", "name", "level", "kind")
LONGEST_NAME = 120
EXAMPLES = 5
CODE_PATTERNS = {
    RegionLevel.PROVINCE: r"\d\d",
    RegionLevel.REGENCY: r"\d\d\.\d\d",
    RegionLevel.DISTRICT: r"\d\d\.\d\d\.\d\d",
    RegionLevel.VILLAGE: r"\d\d\.\d\d\.\d\d\.\d{4}",
}
# A new edition retires a handful; a cut-off file would retire the nation.
LARGEST_SHARE_RETIRED = 0.05


class Row(NamedTuple):
    """One region of an edition, as the temporary table takes it."""

    code: str
    name: str
    level: int
    kind: str
    parent_code: str | None


@dataclass
class Difference:
    """What an edition changes: how many, and the first few in words."""

    added: int = 0
    changed: int = 0
    retired: int = 0
    returned: int = 0
    unchanged: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether the edition is what we hold already."""
        return not (self.added or self.changed or self.retired or self.returned)


def read_edition(path: Path = PACKAGED_EDITION) -> list[Row]:
    """Every region of the file, or a refusal: each code once, below a parent that is there too."""
    rows: dict[str, Row] = {}
    for line, cells in read_table(path, HEADER):
        row = _row(line, cells)
        if row.code in rows:
            raise TableRefused(f"Baris {line}: kode {row.code} muncul dua kali.")
        rows[row.code] = row
    for row in rows.values():
        if row.parent_code is not None and row.parent_code not in rows:
            raise TableRefused(
                f"Wilayah {row.code} {row.name} tidak memiliki induk: kode {row.parent_code} "
                "tidak ada di berkas ini."
            )
    if not rows:
        raise TableRefused(f"Berkas {path.name} tidak berisi satu wilayah pun.")
    return list(rows.values())


# Plain numbers and bound methods: looked up 91,599 times.
_SHAPES = {
    kind.value: (kind.level.value, re.compile(CODE_PATTERNS[kind.level], re.ASCII).fullmatch)
    for kind in RegionKind
}


def _row(line: int, cells: dict[str, str]) -> Row:
    code, name, kind = cells["code"], cells["name"], cells["kind"]
    if kind not in _SHAPES:
        raise TableRefused(f"Baris {line}: jenis wilayah “{kind}” tidak dikenal.")
    level, fits = _SHAPES[kind]
    if cells["level"] != str(level) or not fits(code):
        raise TableRefused(
            f"Baris {line}: kode “{code}” dan tingkat “{cells['level']}” tidak cocok untuk {kind}."
        )
    if not 0 < len(name) <= LONGEST_NAME:
        raise TableRefused(f"Baris {line}: nama wilayah {code} kosong atau terlalu panjang.")
    return Row(code, name, level, kind, code.rpartition(".")[0] or None)


@transaction.atomic
def compare(edition: Iterable[Row]) -> Difference:
    """What taking over this edition would change; changes nothing."""
    _stage(edition)
    return _difference()


@transaction.atomic
def take_over(edition: Iterable[Row], *, on: date, retire_many: bool = False) -> Difference:
    """Bring the regions to this edition, all or nothing; those it lacks are retired on that day."""
    _stage(edition)
    difference = _difference()
    if not retire_many:
        _refuse_to_retire_many(difference)
    if not difference.is_empty:
        _apply(on)
    return difference


def _refuse_to_retire_many(difference: Difference) -> None:
    held = difference.retired + difference.changed + difference.unchanged
    if difference.retired > LARGEST_SHARE_RETIRED * held:
        raise TableRefused(
            f"Berkas ini menghapus {difference.retired} dari {held} wilayah yang berlaku; mungkin "
            "tidak lengkap. Jika memang benar, ulangi dengan --retire-many."
        )


# Shared with readers, closed to a second import: what was compared is what gets changed.
# No nested loops: after an import that was rolled back the table passes for empty, and a plan for
# one row would compare each of the 91,599 with each.
_STAGE = """
SET LOCAL jit = off;
SET LOCAL enable_nestloop = off;
LOCK TABLE villages_region IN SHARE ROW EXCLUSIVE MODE;
DROP TABLE IF EXISTS pg_temp.edition, pg_temp.difference;
CREATE TEMPORARY TABLE edition (
    code varchar(13) COLLATE "C" PRIMARY KEY,
    name varchar(120) NOT NULL,
    level smallint NOT NULL,
    kind varchar(10) NOT NULL,
    parent_code varchar(13) COLLATE "C"
) ON COMMIT DROP;
"""
_COMPARE = """
ANALYZE edition;
CREATE TEMPORARY TABLE difference ON COMMIT DROP AS
SELECT coalesce(edition.code, held.code) AS code,
    CASE
        WHEN held.id IS NULL THEN 'added'
        WHEN edition.level IS NULL THEN 'retired'
        WHEN held.retired_on IS NOT NULL THEN 'returned'
        ELSE 'changed'
    END AS change,
    held.name AS old_name,
    edition.name AS new_name
FROM edition
FULL JOIN villages_region AS held ON held.code = edition.code
LEFT JOIN villages_region AS parent ON parent.id = held.parent_id
WHERE held.id IS NULL
    OR edition.level IS NULL AND held.retired_on IS NULL
    OR edition.level IS NOT NULL AND (
        held.retired_on IS NOT NULL
        OR (held.name, held.level, held.kind, parent.code)
        IS DISTINCT FROM (edition.name, edition.level, edition.kind, edition.parent_code)
    );
ANALYZE difference;
"""
_COUNT = "SELECT change, count(*) FROM difference GROUP BY change"
_COUNT_UNCHANGED = """
SELECT count(*) FROM edition WHERE code NOT IN (SELECT code FROM difference)
"""
_EXAMPLES = """
SELECT change, code, old_name, new_name FROM (
    SELECT *, row_number() OVER (PARTITION BY change ORDER BY code) AS position FROM difference
) AS numbered
WHERE position <= %s ORDER BY change, code
"""
_ADD = """
INSERT INTO villages_region (code, name, level, kind, parent_id)
SELECT edition.code, edition.name, edition.level, edition.kind, parent.id
FROM edition
JOIN difference ON difference.code = edition.code
LEFT JOIN villages_region AS parent ON parent.code = edition.parent_code
WHERE difference.change = 'added' AND edition.level = %s
ORDER BY edition.code
"""
_CHANGE = """
UPDATE villages_region AS held
SET name = edition.name, level = edition.level, kind = edition.kind,
    parent_id = parent.id, retired_on = NULL
FROM edition
JOIN difference ON difference.code = edition.code
LEFT JOIN villages_region AS parent ON parent.code = edition.parent_code
WHERE held.code = edition.code AND difference.change IN ('changed', 'returned')
"""
_RETIRE = """
UPDATE villages_region SET retired_on = %s
WHERE code IN (SELECT code FROM difference WHERE change = 'retired')
"""
_PHRASES = {
    "added": "baru: {code} {new_name}",
    "changed": "berubah: {code} {old_name} → {new_name}",
    "retired": "tidak berlaku lagi: {code} {old_name}",
    "returned": "berlaku kembali: {code} {new_name}",
}


def _stage(edition: Iterable[Row]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        with cursor.copy("COPY edition FROM STDIN") as copy:
            for row in edition:
                copy.write_row(row)


def _difference() -> Difference:
    with connection.cursor() as cursor:
        cursor.execute(_COMPARE)
        cursor.execute(_COUNT)
        counts = dict(cursor.fetchall())
        cursor.execute(_COUNT_UNCHANGED)
        (unchanged,) = cursor.fetchone()
        cursor.execute(_EXAMPLES, [EXAMPLES])
        examples = [
            _PHRASES[change].format(code=code, old_name=old_name, new_name=new_name)
            for change, code, old_name, new_name in cursor.fetchall()
        ]
    return Difference(**counts, unchanged=unchanged, examples=examples)


def _apply(on: date) -> None:
    with connection.cursor() as cursor:
        for level in RegionLevel:  # parents first: children look up their keys
            cursor.execute(_ADD, [level])
        cursor.execute(_CHANGE)
        cursor.execute(_RETIRE, [on])
        # Fresh statistics at once: until autovacuum comes by, searches would be planned blindly.
        cursor.execute("ANALYZE villages_region")
