"""The recap as a spreadsheet: what the pages show, and every village behind it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import IO, TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from accounts.access import access_of
from certificates.actions import Wanted
from certificates.kinds import ExportKind, Origin
from desabinaan.workbooks import XLSX, safe
from reports.permissions import can_read_recap
from reports.scope import Scope, scope_of
from reports.tables import Table, listed, tables_of

if TYPE_CHECKING:
    from certificates.kinds import Progress
    from certificates.models import Export

__all__ = ["RECAP", "XLSX", "recap_workbook", "wanted"]

CHUNK = 1000  # rows between two words of progress
AT_ONCE = 3000  # rows that are written while the browser waits; more than these a worker writes
DAY_FORMAT = "DD/MM/YYYY"
SHARE_FORMAT = "0.0"
HEADER = Font(bold=True, color="FFFFFF")
HEADER_GROUND = PatternFill("solid", fgColor="12284F")


@dataclass
class Tally:
    """How many rows are written, told to whoever waits, a thousand at a time."""

    total: int
    tell: Callable[[int, int], None]
    done: int = field(default=0)

    def one_more(self) -> None:
        """Another row is written."""
        self.done += 1
        if self.done % CHUNK == 0:
            self.tell(self.done, max(self.total, self.done))


def file_name(scope: Scope) -> str:
    """What the downloaded file is called."""
    return f"rekap-desa-binaan-{scope.as_of:%Y-%m-%d}.xlsx"


def recap_workbook(scope: Scope) -> bytes:
    """The whole spreadsheet at once, for a scope of few rows."""
    out = io.BytesIO()
    _write(scope, out, lambda _done, _total: None)
    return out.getvalue()


def wanted(scope: Scope) -> Wanted:
    """The same, to be written by a worker."""
    region = f", {scope.region.full_name}" if scope.region else ""
    return Wanted(
        kind=RECAP.key,
        office=scope.own_office,
        title=f"Rekapitulasi {scope.subject.short_name}{region}, {scope.period.exact}",
        facts=scope.fixed,
        office_ids=scope.office_ids,
        rows=listed(scope),
    )


def _write_export(export: Export, out: IO[bytes], tell: Progress) -> None:
    """What was asked for, as long as whoever asked may still read all of it where they asked."""
    access = access_of(export.ordered_by, export.office_id)
    office = access.current_office
    if not can_read_recap(access) or office is None or office.pk != export.office_id:
        raise PermissionDenied
    settled = frozenset(export.office_ids)
    if not settled <= access.office_ids:
        raise PermissionDenied
    scope = scope_of(access, export.facts)
    if not scope.is_national:  # the nation is all that it has; elsewhere nothing joins unasked
        scope = replace(scope, settled=settled)
    _write(scope, out, tell)


def _origin(_export: Export) -> Origin:
    return Origin("rekapitulasi", reverse("reports:recap"))


RECAP = ExportKind(
    "recap", "Rekapitulasi", XLSX, _write_export, suffix="xlsx", unit="baris", origin=_origin
)


def _write(scope: Scope, out: IO[bytes], tell: Callable[[int, int], None]) -> None:
    tables = tables_of(scope)
    tally = Tally(sum(table.size for table in tables), tell)
    tell(0, tally.total)
    book = Workbook(write_only=True)
    for table in tables:
        _fill(book.create_sheet(table.name), table, tally)
    tell(tally.done, tally.done)
    book.save(out)


def _fill(sheet: WriteOnlyWorksheet, table: Table, tally: Tally) -> None:
    for position, (_, width) in enumerate(table.columns, 1):
        dimension = sheet.column_dimensions[get_column_letter(position)]  # type: ignore[attr-defined]
        dimension.width = width
    sheet.freeze_panes = "A2"
    sheet.append(_header(sheet, [label for label, _ in table.columns]))
    written = 1
    for row in table.rows():
        sheet.append(list(_cells(sheet, row)))
        written += 1
        tally.one_more()
    last = get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A1:{last}{written}"  # type: ignore[attr-defined]


def _header(sheet: WriteOnlyWorksheet, labels: Sequence[str]) -> list[Cell]:
    cells = [WriteOnlyCell(sheet, label) for label in labels]
    for cell in cells:
        cell.font, cell.fill = HEADER, HEADER_GROUND
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cells


def _cells(sheet: WriteOnlyWorksheet, row: Iterable[Any]) -> Iterator[Any]:
    """Each value with its type: days and shares in their format, and no text that computes."""
    for value in row:
        if isinstance(value, str):
            yield safe([value])[0]
        elif isinstance(value, date):
            cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # it does take days
            cell.number_format = DAY_FORMAT
            yield cell
        elif isinstance(value, float):
            cell = WriteOnlyCell(sheet, round(value, 1))
            cell.number_format = SHARE_FORMAT
            yield cell
        else:
            yield value
