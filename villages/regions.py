"""The yearly list of regions: read, compared with what we hold, and taken over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from villages import edition_file
from villages.edition_file import Row
from villages.models.edition import LARGEST_SHARE_RETIRED
from villages.models.region import RegionLevel
from villages.tables import PACKAGED, TableRefused

PACKAGED_EDITION = PACKAGED / "regions.csv.gz"
EXAMPLES = 5


@dataclass(frozen=True)
class Touched:
    """What the portal holds in the regions that an edition changes or retires."""

    villages: int = 0
    designated: int = 0
    sheets: int = 0
    jurisdictions: int = 0


@dataclass
class Difference:
    """What an edition changes: how many, and the first few in words."""

    added: int = 0
    changed: int = 0
    retired: int = 0
    returned: int = 0
    unchanged: int = 0
    # Of those that were held before: what is different. `moved` have another code now, as it seems.
    renamed: int = 0
    rekinded: int = 0
    reparented: int = 0
    moved: int = 0
    examples: list[str] = field(default_factory=list)
    fingerprint: str = ""
    touched: Touched = field(default_factory=Touched)

    @property
    def is_empty(self) -> bool:
        """Whether the edition is what we hold already."""
        return not (self.added or self.changed or self.retired or self.returned)

    @property
    def retires_many(self) -> bool:
        """Whether so much would be retired that the file may be cut off."""
        return self.retired > LARGEST_SHARE_RETIRED * self.held

    @property
    def held(self) -> int:
        """How many regions are in force now."""
        return self.retired + self.changed + self.unchanged

    def facts(self) -> dict[str, Any]:
        """Everything, to be kept with the edition."""
        return asdict(self)


def read_edition(path: Path = PACKAGED_EDITION) -> list[Row]:
    """Every region of the file, or a refusal: each code once, below a parent that is there too."""
    try:
        return edition_file.read(path.read_bytes(), packed=path.suffix == ".gz")
    except FileNotFoundError as missing:
        raise TableRefused(f"Berkas {path} tidak ada; periksa namanya.") from missing
    except OSError as unreadable:
        raise TableRefused(f"Berkas {path} tidak terbaca.") from unreadable
    except edition_file.Refused as refusal:
        raise TableRefused(str(refusal)) from refusal


@transaction.atomic
def compare(edition: Iterable[Row]) -> Difference:
    """What taking over this edition would change, and what it touches; changes nothing."""
    _stage(edition)
    difference = _difference()
    difference.touched = _touched()
    return difference


def keep_changes(edition_id: int) -> None:
    """Write each change of what was just compared, in the same transaction, to an edition."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [edition_id])


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
    if difference.retires_many:
        raise TableRefused(
            f"Berkas ini menghapus {difference.retired} dari {difference.held} wilayah yang "
            "berlaku; mungkin tidak lengkap. Jika memang benar, ulangi dengan --retire-many."
        )


# Shared with readers, closed to a second import: what was compared is what gets changed.
# No nested loops: after an import that was rolled back the table passes for empty, and a plan for
# one row would compare each of the 91,599 with each.
_STAGE = """
SET LOCAL jit = off;
SET LOCAL enable_nestloop = off;
LOCK TABLE villages_region IN SHARE ROW EXCLUSIVE MODE;
DROP TABLE IF EXISTS pg_temp.edition, pg_temp.difference, pg_temp.moved, pg_temp.touched;
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
    coalesce(edition.level, held.level) AS level,
    held.name AS old_name,
    edition.name AS new_name,
    held.kind AS old_kind,
    edition.kind AS new_kind,
    parent.code AS old_parent,
    edition.parent_code AS new_parent,
    coalesce(held.name <> edition.name, FALSE) AS renamed,
    coalesce(held.kind <> edition.kind, FALSE) AS rekinded,
    held.id IS NOT NULL AND edition.level IS NOT NULL
        AND parent.code IS DISTINCT FROM edition.parent_code AS reparented
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
# A region that comes under another one gets another code: the old one goes, a new one of the same
# name comes. Where both names stand once, they are shown as a pair; nothing is done about it.
_MOVED = """
CREATE TEMPORARY TABLE moved ON COMMIT DROP AS
SELECT old_code, new_code FROM (
    SELECT gone.code AS old_code, come.code AS new_code,
        count(*) OVER (PARTITION BY gone.code) + count(*) OVER (PARTITION BY come.code) AS both_ways
    FROM difference AS gone
    JOIN difference AS come ON come.level = gone.level
        AND regexp_replace(lower(come.new_name), '[^a-z0-9]', '', 'g')
        = regexp_replace(lower(gone.old_name), '[^a-z0-9]', '', 'g')
    WHERE gone.change = 'retired' AND come.change = 'added'
) AS pair
WHERE both_ways = 2
"""
_COUNT = """
SELECT count(*) FILTER (WHERE change = 'added') AS added,
    count(*) FILTER (WHERE change = 'changed') AS changed,
    count(*) FILTER (WHERE change = 'retired') AS retired,
    count(*) FILTER (WHERE change = 'returned') AS returned,
    count(*) FILTER (WHERE renamed) AS renamed,
    count(*) FILTER (WHERE rekinded) AS rekinded,
    count(*) FILTER (WHERE reparented) AS reparented,
    (SELECT count(*) FROM moved) AS moved,
    coalesce(md5(string_agg(
        concat_ws('|', code, change, old_name, new_name, old_kind, new_kind, old_parent), E'\n'
        ORDER BY code
    )), '') AS fingerprint
FROM difference
"""
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
# The villages of the portal in each region that changes, however far below it they lie.
_TOUCH = """
CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
SELECT difference.code, around.village_id,
    EXISTS (
        SELECT 1 FROM villages_designation AS sheet
        WHERE sheet.village_id = around.village_id AND sheet.status = 'approved'
    ) AS is_designated,
    (
        SELECT count(*) FROM villages_designation AS sheet
        WHERE sheet.village_id = around.village_id
            AND sheet.status IN ('draft', 'submitted', 'returned')
    ) AS sheets
FROM (
    SELECT village.id AS village_id, unnest(ARRAY[
        left(region.code, 2), left(region.code, 5), left(region.code, 8), region.code::text
    ]) COLLATE "C" AS code
    FROM villages_village AS village
    JOIN villages_region AS region ON region.id = village.region_id
) AS around
JOIN difference ON difference.code = around.code
"""
_TOUCHED = """
SELECT count(*) AS villages, count(*) FILTER (WHERE is_designated) AS designated,
    coalesce(sum(sheets), 0)::integer AS sheets,
    (
        SELECT count(*) FROM villages_jurisdiction AS claim
        JOIN villages_region AS region ON region.id = claim.region_id
        JOIN difference ON difference.code = region.code
    ) AS jurisdictions
FROM (SELECT DISTINCT village_id, is_designated, sheets FROM touched) AS each
"""
_KEEP = """
INSERT INTO villages_editionchange (
    edition_id, change, code, level, old_name, new_name, old_kind, new_kind, place, successor,
    renamed, rekinded, reparented, villages, designated, sheets, jurisdictions
)
SELECT %s, difference.change, difference.code, difference.level,
    coalesce(old_name, ''), coalesce(new_name, ''), coalesce(old_kind, ''), coalesce(new_kind, ''),
    concat_ws(', ', coalesce(near.name, held_near.name), coalesce(far.name, held_far.name)),
    coalesce(moved.new_code, ''), renamed, rekinded, reparented,
    coalesce(inside.villages, 0), coalesce(inside.designated, 0), coalesce(inside.sheets, 0),
    coalesce(claimed.claims, 0)
FROM difference
LEFT JOIN moved ON moved.old_code = difference.code
LEFT JOIN edition AS near ON near.code = coalesce(new_parent, old_parent)
LEFT JOIN villages_region AS held_near ON held_near.code = coalesce(new_parent, old_parent)
LEFT JOIN edition AS far ON far.code = near.parent_code
LEFT JOIN villages_region AS held_far ON held_far.id = held_near.parent_id
LEFT JOIN (
    SELECT code, count(*) AS villages, count(*) FILTER (WHERE is_designated) AS designated,
        sum(sheets) AS sheets
    FROM touched GROUP BY code
) AS inside ON inside.code = difference.code
LEFT JOIN (
    SELECT region.code, count(*) AS claims FROM villages_jurisdiction AS claim
    JOIN villages_region AS region ON region.id = claim.region_id GROUP BY region.code
) AS claimed ON claimed.code = difference.code
ORDER BY difference.code
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
        cursor.execute(_MOVED)
        counts = _only_row(cursor, _COUNT)
        cursor.execute(_COUNT_UNCHANGED)
        (unchanged,) = cursor.fetchone()
        cursor.execute(_EXAMPLES, [EXAMPLES])
        examples = [
            _PHRASES[change].format(code=code, old_name=old_name, new_name=new_name)
            for change, code, old_name, new_name in cursor.fetchall()
        ]
    return Difference(**counts, unchanged=unchanged, examples=examples)


def _touched() -> Touched:
    with connection.cursor() as cursor:
        cursor.execute(_TOUCH)
        return Touched(**_only_row(cursor, _TOUCHED))


def _only_row(cursor: CursorWrapper, query: str) -> dict[str, Any]:
    """The one row that the query answers, by the names of its columns."""
    cursor.execute(query)
    names = [column.name for column in cursor.description]
    return dict(zip(names, cursor.fetchone(), strict=True))


def _apply(on: date) -> None:
    with connection.cursor() as cursor:
        for level in RegionLevel:  # parents first: children look up their keys
            cursor.execute(_ADD, [level])
        cursor.execute(_CHANGE)
        cursor.execute(_RETIRE, [on])
        # Fresh statistics at once: until autovacuum comes by, searches would be planned blindly.
        cursor.execute("ANALYZE villages_region")
