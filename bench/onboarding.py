"""How fast an office's table becomes a preview and then villages, on rows that are rolled back."""

from __future__ import annotations

import io
import os
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

ROWS = 2_000
OFFICERS = 80  # who share the villages
SHARE_DIRTY = 5  # every fifth row needs a second look
WORST = 3_000  # rows that a file may have
type Row = tuple[str, str, str]  # what, measured, budget


def rows() -> list[Row]:
    """The lines for the table of `make bench`."""
    from villages import actions, jurisdictions, regions  # noqa: PLC0415 - when Django is ready

    with transaction.atomic():
        regions.take_over(regions.read_edition(), on=date.today())  # noqa: DTZ011
        office, by = _office(jurisdictions.read_claims())
        content = _table(office)
        opening, spreadsheet = _timed(lambda: _read(content))
        batch = actions.receive_import(spreadsheet, office=office, by=by)
        checking, _ = _timed(
            lambda: actions.map_import(batch, mapped=batch.columns, otherwise=DECREE, by=by)
        )
        actions.drop_doubtful_rows(batch, by=by)
        recording, _ = _timed(lambda: actions.record_import(batch, by=by))
        recorded = batch.rows.filter(status="recorded").count()
        worst, _ = _timed(lambda: _match_the_worst(office, by))
        transaction.set_rollback(True)
    return [
        (f"import: open an XLSX of {ROWS:,} rows, apart", str(opening), "–"),
        (f"import: match {ROWS:,} rows, one in five dirty", str(checking), "–"),
        (f"import: match {WORST:,} rows, each misspelt and its kecamatan too", str(worst), "10 s"),
        (f"import: preview of {ROWS:,} rows, both", str(opening + checking), "5 s"),
        (f"import: record {recorded:,} villages, their heads and PIMPASA", str(recording), "10 s"),
    ]


@dataclass(frozen=True, slots=True)
class Spent:
    """How long something took, and how much of it a processor worked here: a busy machine waits."""

    seconds: float
    processor: float

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.seconds + other.seconds, self.processor + other.processor)

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s, {self.processor:.2f} s of them processor"


DECREE = {
    "decree_number": "W.13.IMI.IMI.7.1949-GR.03.05 Tahun 2024",
    "decree_dated": "2024-03-07",
    "decree_title": "Penetapan Desa Binaan Imigrasi",
    "signer_name": "Ratna Wulandari",
    "signer_level": "office",
}


def _office(claims: list[object]) -> tuple[object, object]:
    """An office of our own with the most villages of the nation, and its clerk."""
    from accounts.models import Office, OfficeKind, User  # noqa: PLC0415
    from villages.models import Jurisdiction, Region  # noqa: PLC0415

    served: dict[str, list[str]] = {}
    for claim in claims:
        served.setdefault(claim.office_code, []).append(claim.region_code)
    counted = Counter(code[:5] for code in Region.objects.villages().values_list("code", flat=True))
    widest = max(served.values(), key=lambda codes: sum(counted[code] for code in codes))
    Jurisdiction.objects.all().delete()
    root = Office.objects.filter(kind=OfficeKind.DIRECTORATE).first() or Office.objects.create(
        code="bench-ditjen", kind=OfficeKind.DIRECTORATE, name="Ditjen"
    )
    office = Office.objects.create(
        code="bench", kind=OfficeKind.IMMIGRATION_OFFICE, name="Kantor Uji", parent=root
    )
    for region in Region.objects.filter(code__in=widest):
        Jurisdiction.objects.create(office=office, region=region)
    return office, User.objects.create_user(name="Petugas Uji", email="uji@bench.example")


def _table(office: object) -> bytes:
    """A workbook of villages as people write them."""
    from openpyxl import Workbook  # noqa: PLC0415

    from villages.models import Region  # noqa: PLC0415

    villages = list(Region.objects.villages().within(office).with_path())
    chance = random.Random(2024)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Desa")
    headers = ["Nama Desa", "Kecamatan", "Kabupaten", "Kepala Desa", "No HP", "PIMPASA", "NIP"]
    sheet.append(headers)
    for place, region in enumerate(chance.sample(villages, min(ROWS, len(villages)))):
        name, district = region.name, f"Kec. {region.district.name}"
        if place % SHARE_DIRTY == 0:
            name, district = name[:-1] + chance.choice("aeiou"), chance.choice(["", district])
        phone = f"0812{place:08}"
        head, guide = f"Kepala {name}", place % OFFICERS
        number = f"1990031420150310{guide + 10:02}"
        of_it = [head, phone, f"Petugas Nomor{guide}", number]
        sheet.append([f"Desa {name}", district, region.regency.name, *of_it])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _match_the_worst(office: object, by: object) -> None:
    """As many rows as a file may have, none of which says a name as it is written."""
    from villages import actions  # noqa: PLC0415
    from villages.models import Region  # noqa: PLC0415
    from villages.onboarding.spreadsheets import Spreadsheet  # noqa: PLC0415

    villages = list(Region.objects.villages().within(office).with_path())
    chance = random.Random(2025)

    def misspelt(name: str) -> str:
        at = chance.randrange(len(name))
        return name[:at] + chance.choice("aeiou") + name[at + 1 :]

    rows = [(1, ["Nama Desa", "Kecamatan", "Kabupaten", "PIMPASA"])]
    for line in range(2, WORST + 2):
        it = villages[line % len(villages)]
        place = [misspelt(it.name), misspelt(it.district.name), it.regency.name]
        rows.append((line, [*place, f"Petugas {misspelt(it.name)} {line}"]))
    batch = actions.receive_import(Spreadsheet("worst.csv", "0" * 64, rows), office=office, by=by)
    actions.map_import(batch, mapped=batch.columns, otherwise=DECREE, by=by)


def _read(content: bytes) -> object:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    from villages.onboarding import spreadsheets  # noqa: PLC0415

    return spreadsheets.read(SimpleUploadedFile("desa.xlsx", content))


def _timed[T](work: Callable[[], T]) -> tuple[Spent, T]:
    started, worked = time.perf_counter(), _processor()
    result = work()
    return Spent(time.perf_counter() - started, _processor() - worked), result


def _processor() -> float:
    """What this process and those that it started have used; not what PostgreSQL has."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
