"""What happens to exports: asked for, begun, made, forgotten."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

import audit.actions
from accounts.models import Office, User
from certificates.actions.papers import AGAIN, begin_drawing
from certificates.models import Export, ExportStatus
from certificates.models.export import EXPIRE, KEPT, ExportQuerySet
from certificates.models.paper import READY
from desabinaan import queue


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to take out of the portal."""

    kind: str
    office: Office
    title: str
    facts: dict[str, Any]  # by which the kind finds it again
    office_ids: Iterable[int]  # every office of which it tells
    rows: int  # as far as is known before it is written


@transaction.atomic
def order_export(wanted: Wanted, *, by: User) -> Export:
    """Have it made by a worker; the same again within some minutes is the same export."""
    # One at a time for a person: two clicks at once find each other.
    User.objects.lock(by.pk)
    now = timezone.now()
    mine = Export.objects.lasting().filter(ordered_by=by, kind=wanted.kind, facts=wanted.facts)
    office_ids = sorted(wanted.office_ids)
    same = mine.filter(ordered_at__gte=now - AGAIN, office_ids=office_ids).first()
    if same:
        return same
    export = Export.objects.create(
        kind=wanted.kind,
        office=wanted.office,
        title=wanted.title[:200],
        facts=wanted.facts,
        office_ids=office_ids,
        total=wanted.rows,
        ordered_by=by,
        ordered_at=now,
        expires_at=now + KEPT,
    )
    audit.actions.record("export.ordered", export, by=by, note=export.title)
    from certificates import tasks  # noqa: PLC0415 - tasks import actions

    queue.publish_on_commit(tasks.make_export, export.pk)
    return export


def begin_export(export: Export) -> bool:
    """Count the attempt before it is made; False when there is nothing to make, or not yet."""
    return not export.is_expired and begin_drawing(export)


def note_progress(export: Export, done: int, total: int) -> None:
    """Say how far it is; as long as it says so, no other worker takes it up."""
    mine = Export.objects.filter(pk=export.pk, status=ExportStatus.ORDERED)
    mine.update(done=done, total=total, tried_at=timezone.now())


def attach_export(export: Export, file: IO[bytes]) -> Export:
    """Keep the finished file: the bytes first, then file, hash and status in one step; once."""
    file.seek(0)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    # A name of its own and not its hash: it is deleted, and nothing else may lean on it.
    name = storages["papers"].save(f"exports/{uuid.uuid4().hex}.{export.suffix}", File(file))
    with transaction.atomic():
        export = Export.objects.lock(export.pk)
        if not READY.is_open(export):
            storages["papers"].delete(name)
            return export
        READY.apply(export)
        export.file, export.sha256, export.size = name, sha256, size
        export.drawn_at, export.done = timezone.now(), export.total
        export.save(update_fields=["status", "file", "sha256", "size", "drawn_at", "done"])
        audit.actions.record("export.made", export, by=None, sha256=sha256)
    return export


@transaction.atomic
def expire_export(export: Export) -> Export:
    """Forget the file; who asked for what, and when, stays."""
    export = Export.objects.lock(export.pk)
    if EXPIRE.is_open(export):
        _forget(export)
        audit.actions.record("export.expired", export, by=None)
    return export


@transaction.atomic
def withdraw_exports(exports: ExportQuerySet, *, by: User) -> None:
    """Forget the files before their time, also those that are being written.

    Something that they hold counts no more.
    """
    for export in exports.lasting().lock_these():
        _forget(export)
        audit.actions.record("export.withdrawn", export, by=by)


@transaction.atomic
def refuse_export(export: Export) -> Export:
    """End what whoever asked may no longer read: no attempt would make it."""
    export = Export.objects.lock(export.pk)
    if not READY.is_open(export):
        return export
    _end(export)
    audit.actions.record("export.refused", export, by=None)
    return export


def _forget(export: Export) -> None:
    name = export.file
    _end(export)
    if name:
        transaction.on_commit(partial(storages["papers"].delete, name))


def _end(export: Export) -> None:
    EXPIRE.apply(export)
    if not export.has_file:
        export.done = 0  # by which its page knows that it was never made
    export.file, export.sha256, export.size, export.drawn_at = "", "", None, None
    export.save(update_fields=["status", "file", "sha256", "size", "drawn_at", "done"])
