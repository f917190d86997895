"""The known tree of offices: read and taken over, without touching what offices keep themselves."""

from __future__ import annotations

from pathlib import Path

from django.db import connection, transaction

from accounts.models import Office, OfficeKind
from accounts.models.office import TimeZone
from villages.tables import PACKAGED, TableRefused, Tally, read_table, set_values

PACKAGED_OFFICES = PACKAGED / "offices.csv"
HEADER = (
    "code", "kind", "name", "class", "class_asof", "parent", "city", "seat_regency_code",
    "province_code", "timezone", "address", "status", "note",
)  # fmt: skip
# What the file knows better than we do. Letterhead, emblem and what is printed belong to the
# office; the address is a first proposal only.
COLUMNS = {
    "kind": "kind",
    "name": "name",
    "office_class": "class",
    "city": "city",
    "timezone": "timezone",
    "status": "status",
    "note": "note",
}
PARENT_KINDS = (OfficeKind.DIRECTORATE, OfficeKind.REGIONAL)

type Row = dict[str, str]


def read_offices(path: Path = PACKAGED_OFFICES) -> list[Row]:
    """Every office of the file, or a refusal: each code once, below a unit that is there too."""
    rows: dict[str, Row] = {}
    for line, row in read_table(path, HEADER):
        if row["code"] in rows:
            raise TableRefused(f"Baris {line}: kode kantor {row['code']} muncul dua kali.")
        if row["kind"] not in OfficeKind.values or row["timezone"] not in TimeZone.values:
            raise TableRefused(f"Baris {line}: jenis atau zona waktu kantor tidak dikenal.")
        if not row["code"] or not row["name"]:
            raise TableRefused(f"Baris {line}: kode dan nama kantor wajib diisi.")
        rows[row["code"]] = row
    for row in rows.values():
        if not _has_its_place(row, rows):
            raise TableRefused(
                f"Kantor {row['code']}: unit atasan “{row['parent']}” tidak ada atau tidak sesuai."
            )
    return list(rows.values())


def _has_its_place(row: Row, rows: dict[str, Row]) -> bool:
    if row["kind"] == OfficeKind.DIRECTORATE:
        return not row["parent"]
    return row["parent"] in rows and rows[row["parent"]]["kind"] in _kinds_above(row)


def _kinds_above(row: Row) -> tuple[OfficeKind, ...]:
    return PARENT_KINDS[:1] if row["kind"] == OfficeKind.REGIONAL else PARENT_KINDS


@transaction.atomic
def take_over(rows: list[Row]) -> Tally:
    """Bring the offices to what the rows say, all or nothing; others stay as they are."""
    with connection.cursor() as cursor:  # one import at a time; readers go on
        cursor.execute("LOCK TABLE accounts_office IN SHARE ROW EXCLUSIVE MODE")
    held = {office.code: office for office in Office.objects.all()}
    tally = Tally()
    for kinds in _GENERATIONS:
        _take_over_some([row for row in rows if row["kind"] in kinds], held, tally)
    return tally


# Parents first: children need their keys.
_GENERATIONS = (
    {OfficeKind.DIRECTORATE},
    {OfficeKind.REGIONAL},
    {OfficeKind.IMMIGRATION_OFFICE, OfficeKind.DETENTION_HOUSE},
)


def _take_over_some(rows: list[Row], held: dict[str, Office], tally: Tally) -> None:
    added, changed = [], []
    for row in rows:
        office = held.get(row["code"])
        if office is None:
            office = held[row["code"]] = Office(code=row["code"], address=row["address"])
            added.append(office)
            set_values(office, _values(row, held))
        elif set_values(office, _values(row, held)):
            changed.append(office)
    Office.objects.bulk_create(added)
    Office.objects.bulk_update(changed, [*COLUMNS, "parent_id"])
    tally.added += len(added)
    tally.changed += len(changed)
    tally.unchanged += len(rows) - len(added) - len(changed)


def _values(row: Row, held: dict[str, Office]) -> dict[str, object]:
    parent_id = held[row["parent"]].pk if row["parent"] else None
    return {"parent_id": parent_id} | {field: row[column] for field, column in COLUMNS.items()}
