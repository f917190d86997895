"""The recap as a spreadsheet: what the page shows, and every village behind it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from reports.recap import Recap
from villages.models import Region
from villages.onboarding.workbooks import XLSX, safe

__all__ = ["XLSX", "recap_workbook"]

CHUNK = 2000  # rows held at once
COVERAGE = ("Kode", "Wilayah", "Jumlah desa", "Ditetapkan", "Persen", "Dalam proses")
VILLAGES = (
    "Kode",
    "Desa",
    "Kecamatan",
    "Kabupaten/Kota",
    "Provinsi",
    "Kantor",
    "Status",
    "Status sejak",
    "Nomor SK",
    "Tanggal SK",
)


def recap_workbook(recap: Recap) -> bytes:
    """An XLSX file with two sheets; no cell is a formula."""
    book = Workbook(write_only=True)
    _fill(book.create_sheet("Cakupan"), COVERAGE, (12, 34, 12, 12, 10, 14), _coverage(recap))
    widths = (16, 30, 26, 28, 24, 40, 14, 14, 40, 14)
    _fill(book.create_sheet("Usulan dan penetapan"), VILLAGES, widths, _villages(recap))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _coverage(recap: Recap) -> Iterator[list[object]]:
    for row in recap.rows:
        name = safe([row.region.full_name])
        share = round(row.share, 1)
        yield [row.region.code, *name, row.villages, row.designated, share, row.under_way]


def _villages(recap: Recap) -> Iterator[list[object]]:
    sheets = recap.sheets.with_long_list().order_by("village__region__code", "pk")
    for sheet in sheets.iterator(chunk_size=CHUNK):
        region, decree = sheet.village.region, sheet.decree
        place = [sheet.village.full_name, *_around(region)]
        yield [
            region.code,
            *safe([*place, sheet.office.name, sheet.get_status_display()]),
            sheet.office.day_of(sheet.status_at),
            *safe([decree.number if decree else ""]),
            decree.dated if decree else None,
        ]


def _around(region: Region) -> list[str]:
    return [region.district.full_name, region.regency.full_name, region.province.full_name]


def _fill(
    sheet: WriteOnlyWorksheet,
    labels: Sequence[str],
    widths: Sequence[int],
    rows: Iterator[list[object]],
) -> None:
    for position, width in enumerate(widths, 1):
        dimension = sheet.column_dimensions[get_column_letter(position)]  # type: ignore[attr-defined]
        dimension.width = width
    sheet.freeze_panes = "A2"
    cells = [WriteOnlyCell(sheet, label) for label in labels]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    for row in rows:
        sheet.append(row)
