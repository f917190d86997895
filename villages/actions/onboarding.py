"""An office's own table: received, its columns and doubts settled, recorded or given up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

import audit.actions
from accounts import notices
from accounts.models import Office, User
from desabinaan.workflow import Transition, TransitionRefused
from villages import rounds
from villages.actions import makers, recording
from villages.models import (
    Import,
    ImportOfficer,
    ImportRow,
    ImportStatus,
    NamedStatus,
    Region,
    RowStatus,
)
from villages.models.onboarding import (
    ABANDON,
    CHOOSE,
    DROP,
    HOLDS_REGION,
    MAP,
    OPEN,
    RECORD,
    TAKE_BACK,
)
from villages.onboarding import checking, columns
from villages.onboarding.spreadsheets import Spreadsheet

CHUNK = 500


@transaction.atomic
def receive_import(
    spreadsheet: Spreadsheet, *, office: Office, by: User, at: datetime | None = None
) -> Import:
    """Keep a table that was let in; the same file again is the same import while it is open."""
    Office.objects.lock(office.pk)
    open_ones = office.imports.filter(sha256=spreadsheet.sha256, status__in=OPEN)
    same = open_ones.with_page().first()
    if same:
        return same
    moment, header_at = at or timezone.now(), columns.header_at(spreadsheet.rows)
    batch = Import.objects.create(
        office=office,
        file_name=spreadsheet.name,
        sha256=spreadsheet.sha256,
        table=spreadsheet.rows,
        header_at=header_at,
        columns=columns.guess_at(spreadsheet.rows, header_at),
        created_by=by,
        created_at=moment,
        status_by=by,
        status_at=moment,
    )
    makers.note(batch, by=by)
    audit.actions.record("import.received", batch, by=by, at=at, note=batch.file_name)
    return batch


@transaction.atomic
def map_import(  # noqa: PLR0913 - which table, what it means; by whom, when, what they saw
    batch: Import,
    *,
    mapped: columns.Mapped,
    otherwise: dict[str, str],
    by: User,
    at: datetime | None = None,
    seen: int | None = None,
) -> Import:
    """Settle what the columns mean, and judge every row; what was settled before is judged anew.

    Refused where another did something to the table after what the person has `seen` of it.
    """
    batch = Import.objects.lock(batch.pk)
    _move(batch, MAP, by=by, at=at)
    rounds.refuse_changed_table(batch, seen, by=by)
    batch.columns, batch.otherwise = mapped, otherwise
    batch.save(update_fields=["columns", "otherwise", "status", "status_at", "status_by"])
    _forget_rows(batch)
    judged = checking.judge(batch)
    ImportOfficer.objects.bulk_create(judged.officers, batch_size=CHUNK)
    ImportRow.objects.bulk_create(judged.rows, batch_size=CHUNK)
    makers.note(batch, by=by)
    audit.actions.record("import.mapped", batch, by=by, at=at)
    return batch


@transaction.atomic
def choose_region(row: ImportRow, region: Region, *, by: User) -> ImportRow:
    """Say which village a doubtful row means; refused where it is taken, here or in the portal."""
    row = _lock_row(row, CHOOSE)
    double = (
        ImportRow.objects.filter(batch=row.batch_id, region=region, status__in=HOLDS_REGION)
        .exclude(pk=row.pk)
        .first()
    )
    if double:
        raise TransitionRefused(f"{region.full_name} sudah ada pada baris {double.line}.")
    claim = checking.claims_on([region.pk]).get(region.pk)
    if claim:
        standing = checking.standing_of(claim, row.batch.office)
        raise TransitionRefused(f"{region.full_name}: {standing}")
    if elsewhere := checking.guided_elsewhere([region.pk], row.batch.office):
        raise TransitionRefused(elsewhere[region.pk])
    row.region = region
    return _settle(row, CHOOSE, by=by)


@transaction.atomic
def drop_row(row: ImportRow, *, by: User) -> ImportRow:
    """Leave a row out; it may be taken back."""
    return _settle(_lock_row(row, DROP), DROP, by=by)


@transaction.atomic
def drop_doubtful_rows(batch: Import, *, by: User) -> int:
    """Leave out every row that is still doubtful; how many those were."""
    batch = _lock_open(batch)
    count = DROP.apply_all(batch.rows.filter(status=RowStatus.DOUBTFUL), settled_by=by)
    makers.note(batch, by=by)
    audit.actions.record("import.rows_dropped", batch, by=by, note=f"{count} baris meragukan")
    return count


@transaction.atomic
def take_back_row(row: ImportRow, *, by: User) -> ImportRow:
    """Look at a row again that was left out."""
    row = _lock_row(row, TAKE_BACK)
    if row.region_id:
        row.suggestions = [row.region_id, *(pk for pk in row.suggestions if pk != row.region_id)]
    row.region, row.reason = None, row.reason or "Baris ini pernah dilewati; pastikan desanya."
    return _settle(row, TAKE_BACK, by=by)


@transaction.atomic
def record_import(
    batch: Import, *, by: User, at: datetime | None = None, seen: int | None = None
) -> Import:
    """Write every ready row into the portal, all or nothing. A second click changes nothing.

    Refused while a row is doubtful, where nothing is ready, and where another changed the table
    after the last look at it; the first row that fails is named.
    """
    batch = Import.objects.lock(batch.pk)
    if batch.is_recorded and batch.recorded_by_id == by.pk:
        return batch
    _move(batch, RECORD, by=by, at=at)
    rounds.refuse_changed_table(batch, seen, by=by)
    doubtful = batch.rows.filter(status=RowStatus.DOUBTFUL).count()
    if doubtful:
        raise TransitionRefused(f"Masih ada {doubtful} baris yang meragukan; selesaikan dahulu.")
    unclear = batch.officers.filter(status=NamedStatus.DOUBTFUL).count()
    if unclear:
        raise TransitionRefused(f"Masih ada {unclear} PIMPASA yang meragukan; pastikan dahulu.")
    ready = list(batch.rows.to_record().select_related("officer__user"))
    if not ready:
        raise TransitionRefused("Tidak ada baris yang siap dicatat.")
    makers.note(batch, by=by)
    recording.write(batch, ready, by=by, at=batch.status_at)
    batch.recorded_by, batch.recorded_at = by, batch.status_at
    stamps = ["status", "status_at", "status_by", "recorded_by", "recorded_at"]
    batch.save(update_fields=stamps)
    audit.actions.record("import.recorded", batch, by=by, at=at, note=_recorded(ready))
    if any(row.status == RowStatus.RECORDED for row in ready):
        notices.tell("import.unconfirmed", batch, at=at)
    return batch


@transaction.atomic
def abandon_import(batch: Import, *, by: User) -> Import:
    """Give the import up; its table, with the names and numbers in it, is forgotten."""
    batch = Import.objects.lock(batch.pk)
    if batch.status == ImportStatus.ABANDONED and batch.status_by_id == by.pk:
        return batch
    _move(batch, ABANDON, by=by)
    _forget_rows(batch)
    batch.table = []
    batch.save(update_fields=["table", "status", "status_at", "status_by"])
    audit.actions.record("import.abandoned", batch, by=by)
    return batch


def _recorded(rows: list[ImportRow]) -> str:
    """How much was taken over: "53 desa, 40 penugasan PIMPASA"."""
    villages = sum(row.status == RowStatus.RECORDED for row in rows)
    assigned = sum(row.is_assigned for row in rows)
    return f"{villages} desa" + (f", {assigned} penugasan PIMPASA" if assigned else "")


def _forget_rows(batch: Import) -> None:
    batch.rows.all().delete()
    batch.officers.all().delete()


def _move(batch: Import, step: Transition, *, by: User, at: datetime | None = None) -> None:
    step.apply(batch)
    batch.status_by, batch.status_at = by, at or timezone.now()


def _lock_open(batch: Import) -> Import:
    batch = Import.objects.lock(batch.pk)
    if not batch.is_checked:
        raise TransitionRefused(f"Baris tidak dapat diubah: {batch.standing()}")
    return batch


def _lock_row(row: ImportRow, step: Transition) -> ImportRow:
    """The row, its import held before it, where this step is open."""
    _lock_open(row.batch)
    row = ImportRow.objects.lock(row.pk)
    if not step.is_open(row):
        raise TransitionRefused(step.refusal(row))
    return row


def _settle(row: ImportRow, step: Transition, *, by: User) -> ImportRow:
    step.apply(row)
    row.settled_by = by
    row.save(update_fields=["status", "region", "reason", "suggestions", "settled_by"])
    makers.note(row.batch, by=by)
    note = f"{row}" if step is not CHOOSE else f"{row} → {row.region.full_name}"  # type: ignore[union-attr]
    audit.actions.record("import.row_settled", row.batch, by=by, note=f"{step.label}: {note}")
    return row
