"""The preparers' part: a sheet is opened, filled in, submitted or withdrawn."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

import audit.actions
from accounts.models import Office, User
from desabinaan.uploads import CheckedFile
from desabinaan.workflow import TransitionRefused
from villages.models import (
    Consent,
    Coordination,
    Criterion,
    Designation,
    Document,
    Finding,
    Purpose,
    Region,
    Village,
)
from villages.models.designation import CLAIMS_VILLAGE, SUBMIT, WITHDRAW, Preparer


@transaction.atomic
def propose(region: Region, *, office: Office, by: User, at: datetime | None = None) -> Designation:
    """Open a sheet for a village of the national list; the office's own open draft is reused.

    Refused where a sheet of the village is submitted, returned or approved; two offices may each
    hold a draft (product.md, "Preparers").
    """
    village = _village_of(region, office=office, by=by, at=at)
    claim = village.designations.filter(status__in=CLAIMS_VILLAGE).with_page().first()
    if claim:
        raise TransitionRefused(f"{village} tidak dapat diusulkan: {claim.standing()}")
    draft = village.designations.in_preparation().filter(office=office).first()
    if draft:
        return draft
    moment = at or timezone.now()
    designation = Designation.objects.create(
        village=village,
        office=office,
        created_by=by,
        created_at=moment,
        status_by=by,
        status_at=moment,
    )
    Preparer.objects.create(designation=designation, user=by)
    audit.actions.record("designation.proposed", designation, by=by, at=at)
    return designation


def _village_of(region: Region, *, office: Office, by: User, at: datetime | None) -> Village:
    """The region's village, locked, so that two proposals of it come one after the other."""
    village, created = Village.objects.get_or_create(
        region=region,
        defaults={"office": office, "local_term": region.local_term, "created_by": by},
    )
    if created:
        audit.actions.record("village.registered", village, by=by, at=at)
    return Village.objects.lock(village.pk)


def open_sheet(designation: Designation, *, by: User) -> Designation:
    """The sheet, locked for an edit by this person, who becomes one of its preparers.

    Refused once it is submitted: what the head sees is what was submitted.
    """
    designation = Designation.objects.select_related("office", "status_by").lock(designation.pk)
    if not designation.is_editable:
        raise TransitionRefused(f"Perubahan tidak disimpan: {designation.standing()}")
    Preparer.objects.get_or_create(designation=designation, user=by)
    return designation


@transaction.atomic
def write_finding(
    designation: Designation,
    criterion: Criterion,
    *,
    justification: str,
    by: User,
    at: datetime | None = None,
) -> Finding:
    """Say that the village meets this criterion, and why."""
    designation = open_sheet(designation, by=by)
    finding, _ = Finding.objects.update_or_create(
        designation=designation,
        criterion=criterion,
        defaults={"justification": justification},
    )
    audit.actions.record(
        "designation.finding_written", designation, by=by, at=at, note=criterion.label
    )
    return finding


@transaction.atomic
def drop_finding(designation: Designation, criterion: Criterion, *, by: User) -> None:
    """Take a criterion off the sheet, with its evidence."""
    designation = open_sheet(designation, by=by)
    _, dropped = designation.findings.filter(criterion=criterion).delete()
    if dropped:
        audit.actions.record(
            "designation.finding_dropped", designation, by=by, note=criterion.label
        )


@transaction.atomic
def attach_evidence(
    finding: Finding, file: CheckedFile, *, by: User, at: datetime | None = None
) -> Document:
    """Attach a checked file to a criterion of an open sheet."""
    designation = open_sheet(finding.designation, by=by)
    document = _store(designation, file, Purpose.EVIDENCE, finding=finding, by=by)
    audit.actions.record(
        "designation.document_attached", designation, by=by, at=at, note=document.name
    )
    return document


@transaction.atomic
def attach_decree_scan(designation: Designation, file: CheckedFile, *, by: User) -> Document:
    """Attach the scan of the decree; this file comes after the sheet was frozen."""
    designation = Designation.objects.lock(designation.pk)
    document = _store(designation, file, Purpose.DECREE, finding=None, by=by)
    audit.actions.record("designation.document_attached", designation, by=by, note=document.name)
    return document


@transaction.atomic
def remove_document(document: Document, *, by: User) -> None:
    """Take an evidence file off an open sheet; the stored bytes go once that is certain."""
    designation = open_sheet(document.designation, by=by)
    audit.actions.record("designation.document_removed", designation, by=by, note=document.name)
    _discard(document)


def _discard(document: Document) -> None:
    """Drop the row now, and the stored bytes once that is certain."""
    stored = document.file.name or ""
    document.delete()
    transaction.on_commit(partial(default_storage.delete, stored), robust=True)


@transaction.atomic
def write_coordination(
    designation: Designation, *, facts: dict[str, Any], by: User, at: datetime | None = None
) -> Coordination:
    """Note the coordination that came before: date, place, who was there, what came of it."""
    designation = open_sheet(designation, by=by)
    coordination, _ = Coordination.objects.update_or_create(designation=designation, defaults=facts)
    audit.actions.record("designation.coordination_written", designation, by=by, at=at)
    return coordination


@transaction.atomic
def write_consent(
    designation: Designation,
    *,
    facts: dict[str, Any],
    scan: CheckedFile | None,
    by: User,
    at: datetime | None = None,
) -> Consent:
    """Record the village's letter; without a new scan, the one already there stays."""
    designation = open_sheet(designation, by=by)
    earlier = Consent.objects.filter(designation=designation).first()
    if scan:
        facts = {**facts, "scan": _store(designation, scan, Purpose.CONSENT, finding=None, by=by)}
    elif earlier is None:
        raise ValueError("the first consent needs a scan")
    consent, _ = Consent.objects.update_or_create(designation=designation, defaults=facts)
    if scan and earlier:
        _discard(earlier.scan)
    audit.actions.record("designation.consent_written", designation, by=by, at=at)
    return consent


def _store(
    designation: Designation,
    file: CheckedFile,
    purpose: Purpose,
    *,
    finding: Finding | None,
    by: User,
) -> Document:
    key = uuid.uuid4()
    return Document.objects.create(
        key=key,
        designation=designation,
        finding=finding,
        purpose=purpose,
        file=ContentFile(file.content, name=key.hex),
        name=file.name,
        content_type=file.content_type,
        size=len(file.content),
        sha256=file.sha256,
        uploaded_by=by,
    )


@transaction.atomic
def submit(designation: Designation, *, by: User, at: datetime | None = None) -> Designation:
    """Hand the sheet to the head; from here it is frozen. A second click changes nothing.

    Refused without a justified criterion and the village's consent, and where another sheet of
    the village was quicker.
    """
    designation = Designation.objects.select_related("office", "status_by").lock(designation.pk)
    if designation.status == SUBMIT.target and designation.status_by_id == by.pk:
        return designation
    SUBMIT.apply(designation)
    missing = what_is_missing(designation)
    if missing:
        raise TransitionRefused(f"Usulan belum dapat diajukan: {', '.join(missing)} belum lengkap.")
    Preparer.objects.get_or_create(designation=designation, user=by)
    _stamp(designation, by=by, at=at)
    try:
        with transaction.atomic():
            designation.save(update_fields=["status", *STAMPS])
    except IntegrityError as clash:
        raise _claimed(designation) from clash
    audit.actions.record("designation.submitted", designation, by=by, at=at)
    return designation


@transaction.atomic
def withdraw(designation: Designation, *, reason: str, by: User) -> Designation:
    """Give up a sheet that nobody will submit; the village may be proposed again."""
    designation = Designation.objects.select_related("office", "status_by").lock(designation.pk)
    WITHDRAW.apply(designation)
    _stamp(designation, by=by, note=reason)
    designation.save(update_fields=["status", *STAMPS])
    audit.actions.record("designation.withdrawn", designation, by=by, note=reason)
    return designation


def what_is_missing(designation: Designation) -> list[str]:
    """The parts without which a sheet cannot be submitted, in the words of its task list."""
    missing = []
    if not designation.findings.exists():
        missing.append("kriteria")
    if not Consent.objects.filter(designation=designation).exists():
        missing.append("kesediaan desa")
    return missing


STAMPS = ("status_at", "status_by", "status_note")


def _stamp(
    designation: Designation, *, by: User, note: str = "", at: datetime | None = None
) -> None:
    designation.status_at = at or timezone.now()
    designation.status_by = by
    designation.status_note = note


def _claimed(designation: Designation) -> TransitionRefused:
    other = (
        Designation.objects.filter(village=designation.village_id, status__in=CLAIMS_VILLAGE)
        .exclude(pk=designation.pk)
        .select_related("office", "status_by")
        .first()
    )
    standing = other.standing() if other else "usulan lain untuk desa ini lebih dahulu diajukan."
    return TransitionRefused(f"Usulan tidak dapat diajukan: {standing}")
