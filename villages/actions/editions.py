"""Editions of the national list: received with a preview, applied in one transaction."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

import audit.actions
from accounts.models import User
from desabinaan import formats
from desabinaan.storage import storing
from desabinaan.workflow import Transition, TransitionRefused
from villages import editions, regions
from villages.edition_file import Row
from villages.editions import UploadedEdition
from villages.models import Edition, EditionStatus
from villages.models.edition import ABANDON_EDITION, APPLY

CHANGED_SINCE = (
    "Sejak pratinjau ini dibuat, daftar wilayah di portal sudah berubah. "
    "Unggah edisinya lagi untuk melihat pratinjau yang baru."
)
TOO_MANY = (
    "Edisi ini menghapus {retired} dari {held} wilayah yang berlaku. "
    "Nyatakan dahulu bahwa memang demikian, atau periksa apakah berkasnya utuh."
)


@storing()
def receive_edition(upload: UploadedEdition, *, by: User) -> Edition:
    """Keep an edition with all that it would change; the regions stay as they are."""
    edition = Edition.objects.create(
        file=ContentFile(upload.content, name=uuid.uuid4().hex),
        file_name=upload.name,
        sha256=hashlib.sha256(upload.content).hexdigest(),
        created_by=by,
        status_by=by,
    )
    difference = regions.compare(upload.rows())
    regions.keep_changes(edition.pk)
    edition.difference = difference.facts()
    edition.save(update_fields=["difference"])
    audit.actions.record("edition.received", edition, by=by, note=upload.name)
    return edition


@transaction.atomic
def apply_edition(edition: Edition, *, retire_many: bool, by: User) -> Edition:
    """Bring the regions to this edition, as the command does, all or nothing; twice is once.

    Refused when the regions are no longer those that the preview was made of.
    """
    edition = Edition.objects.lock(edition.pk)
    if edition.status == EditionStatus.APPLIED and edition.status_by_id == by.pk:
        return edition  # a double click
    _move(edition, APPLY, by)
    if edition.retires_many and not retire_many:
        retired, held = edition.difference["retired"], edition.held
        raise TransitionRefused(
            TOO_MANY.format(retired=formats.number(retired), held=formats.number(held))
        )
    done = regions.take_over(_rows(edition), on=timezone.localdate(), retire_many=True)
    if done.fingerprint != edition.difference["fingerprint"]:
        raise TransitionRefused(CHANGED_SINCE)
    edition.save(update_fields=["status", "status_at", "status_by"])
    audit.actions.record("edition.applied", edition, by=by, note=_words(done))
    return edition


@transaction.atomic
def abandon_edition(edition: Edition, *, by: User) -> Edition:
    """Give an edition up: its file and its preview go, that it was there stays."""
    edition = Edition.objects.lock(edition.pk)
    _move(edition, ABANDON_EDITION, by)
    name = edition.file.name or ""
    edition.changes.all().delete()
    edition.file = ""
    edition.save(update_fields=["file", "status", "status_at", "status_by"])
    audit.actions.record("edition.abandoned", edition, by=by)
    transaction.on_commit(partial(default_storage.delete, name), robust=True)
    return edition


def _rows(edition: Edition) -> Iterator[Row]:
    """Its regions, from the kept file; refused while the portal looks at other files."""
    with edition.file.open("rb") as kept:
        content = kept.read()
    try:
        return editions.reopened(edition.file_name, content).rows()
    except ValidationError as error:
        raise TransitionRefused(" ".join(error.messages)) from error


def _move(edition: Edition, step: Transition, by: User) -> None:
    step.apply(edition)
    edition.status_at, edition.status_by = timezone.now(), by


def _words(done: regions.Difference) -> str:
    counted = {
        "baru": done.added,
        "berubah": done.changed,
        "tidak berlaku lagi": done.retired,
        "berlaku kembali": done.returned,
    }
    words = [f"{formats.number(count)} {what}" for what, count in counted.items() if count]
    return ", ".join(words) or "tidak ada yang berubah"
