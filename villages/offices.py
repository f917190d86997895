"""The known tree of offices: read and taken over, without touching what people keep in the portal.

A list brings new offices, and other values for what nobody has settled (`Office.settled`). What a
person has settled stays, and the import says where the list differs. It opens and closes nothing.
"""

from __future__ import annotations

from pathlib import Path

from django.db import IntegrityError, connection, transaction

from accounts.models import Office, OfficeKind
from accounts.models.office import KINDS_ABOVE, TimeZone
from desabinaan.constraints import broke
from desabinaan.editing import set_values
from villages.tables import PACKAGED, TableRefused, Tally, read_table

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
WORDS = {
    "parent": "unit atasan",
    "name": "nama",
    "office_class": "kelas",
    "city": "kota",
    "timezone": "zona waktu",
    "status": "keadaan",
    "note": "keterangan",
}
BROKEN = {
    "office_kind_is_final": "jenis kantor yang sudah tercatat tidak dapat berubah",
    "office_below_an_open_one": "unit atasannya sudah ditutup di portal",
    "office_leaves_nobody": (
        "PIMPASA Rudenim masih bertugas di Kanwil lain; pindahkan kantornya di portal dahulu"
    ),
    "office_one_directorate": "Direktorat Jenderal sudah tercatat dengan kode lain",
}

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
    return row["parent"] in rows and rows[row["parent"]]["kind"] in KINDS_ABOVE[row["kind"]]


@transaction.atomic
def take_over(rows: list[Row]) -> Tally:
    """Bring the offices to what the rows say, all or nothing; others stay as they are.

    So does what a person has settled: the tally names it where the rows say something else.
    """
    with connection.cursor() as cursor:  # one import at a time; readers go on
        cursor.execute("LOCK TABLE accounts_office IN SHARE ROW EXCLUSIVE MODE")
    held = {office.code: office for office in Office.objects.all()}
    tally = Tally()
    try:
        with transaction.atomic():
            for kinds in _GENERATIONS:
                _take_over_some([row for row in rows if row["kind"] in kinds], held, tally)
    except IntegrityError as clash:
        broken = next((words for name, words in BROKEN.items() if broke(clash, name)), "")
        if not broken:
            raise
        raise TableRefused(f"Daftar ini bertentangan dengan portal: {broken}.") from clash
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
            continue
        values = _values(row, held)
        if kept := _kept(office, values):
            tally.kept.append(f"{office}: {', '.join(kept)}")
        if set_values(office, {name: values[name] for name in _unsettled(office, values)}):
            changed.append(office)
    Office.objects.bulk_create(added)
    Office.objects.bulk_update(changed, [*COLUMNS, "parent_id"])
    tally.added += len(added)
    tally.changed += len(changed)
    tally.unchanged += len(rows) - len(added) - len(changed)


def _values(row: Row, held: dict[str, Office]) -> dict[str, object]:
    parent_id = held[row["parent"]].pk if row["parent"] else None
    return {"parent_id": parent_id} | {field: row[column] for field, column in COLUMNS.items()}


def _kept(office: Office, values: dict[str, object]) -> list[str]:
    """What a person has settled otherwise than the list says it, in words."""
    settled = values.keys() - _unsettled(office, values)
    different = [name for name in values if getattr(office, name) != values[name]]
    different = [name for name in different if name in settled]
    return [WORDS[name.removesuffix("_id")] for name in different]


def _unsettled(office: Office, values: dict[str, object]) -> set[str]:
    return {name for name in values if name.removesuffix("_id") not in office.settled}
