"""What follows a designation: the decree's number, the ceremony, revocation, the end."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

import audit.actions
import certificates.actions
from accounts.models import User
from desabinaan.uploads import CheckedFile
from desabinaan.workflow import TransitionRefused
from villages.actions.decision import order_certificate
from villages.actions.files import store
from villages.actions.steps import STAMPS, is_repeated, lock, move
from villages.models import (
    Ceremony,
    Decree,
    Designation,
    Document,
    Outcome,
    Purpose,
    Revocation,
    Status,
)
from villages.models.designation import END, REVOKE


@transaction.atomic
def record_decree_number(
    decree: Decree, *, number: str, dated: date, by: User, at: datetime | None = None
) -> Decree:
    """Type the number that the correspondence system gave; every waiting certificate is ordered.

    One decree may cover several villages: each gets its certificate and its history row. Where the
    number is recorded already, with the same date, the waiting villages join that decree.
    """
    decree = Decree.objects.lock(decree.pk)
    if decree.number == number and decree.dated == dated:
        return decree
    if decree.number:
        raise TransitionRefused(f"Nomor SK sudah dicatat: {decree.number}.")
    numbered = _numbered(decree, number, dated)
    for designation in decree.designations.filter(status=Status.APPROVED).order_by("pk"):
        _order_waiting(designation, numbered, by=by, at=at)
    return numbered


def _numbered(decree: Decree, number: str, dated: date) -> Decree:
    """The decree with its number, or the one that has it already."""
    known = Decree.objects.filter(office=decree.office_id, year=dated.year, number=number).first()
    if known and known.dated == dated:
        return known
    decree.number, decree.dated = number, dated
    try:
        with transaction.atomic():
            decree.save(update_fields=["number", "dated"])
    except IntegrityError as clash:
        raise TransitionRefused(
            f"Nomor SK {number} sudah tercatat dengan tanggal lain; periksa tanggalnya."
        ) from clash
    return decree


def _order_waiting(
    designation: Designation, decree: Decree, *, by: User, at: datetime | None
) -> None:
    designation = lock(designation)
    # Revoked, or ordered, in the meantime. The decree has its number by now: it says nothing.
    if not designation.is_approved or designation.certificate_id:
        return
    designation.decree = decree
    designation.designated_on = decree.dated
    order_certificate(designation, by=by, at=at)
    designation.save(update_fields=["decree", "designated_on", "certificate"])
    audit.actions.record(
        "designation.decree_numbered", designation, by=by, at=at, note=decree.number
    )


@transaction.atomic
def attach_decree_scan(designation: Designation, file: CheckedFile, *, by: User) -> Document:
    """Attach the scan of the decree; this file comes after the sheet was frozen."""
    designation = lock(designation)
    if designation.decree is None:
        raise TransitionRefused(f"Pindaian SK tidak disimpan: {designation.standing()}")
    document = store(designation, file, Purpose.DECREE, by=by)
    audit.actions.record("designation.document_attached", designation, by=by, note=document.name)
    return document


@transaction.atomic
def write_ceremony(
    designation: Designation, *, facts: dict[str, Any], by: User, at: datetime | None = None
) -> Ceremony:
    """Note the pengukuhan; before or after the decree, since real life varies."""
    designation = lock(designation)
    if not designation.may_have_ceremony:
        raise TransitionRefused(f"Pengukuhan tidak dapat dicatat: {designation.standing()}")
    ceremony, _ = Ceremony.objects.update_or_create(designation=designation, defaults=facts)
    audit.actions.record("designation.ceremony_written", designation, by=by, at=at)
    return ceremony


@transaction.atomic
def request_revocation(
    designation: Designation, *, reason: str, by: User, at: datetime | None = None
) -> Revocation:
    """Ask for the designation to be revoked; nothing changes until a second person confirms."""
    designation = lock(designation)
    if not REVOKE.is_open(designation):
        raise TransitionRefused(f"Pencabutan tidak dapat diusulkan: {designation.standing()}")
    pending = designation.pending_revocation
    if pending and pending.requested_by_id == by.pk:
        return pending
    if pending:
        raise TransitionRefused(f"Pencabutan sudah diusulkan oleh {pending.requested_by}.")
    revocation = designation.revocations.create(
        reason=reason, requested_by=by, requested_at=at or timezone.now()
    )
    audit.actions.record("designation.revocation_requested", designation, by=by, at=at, note=reason)
    return revocation


@transaction.atomic
def revoke(
    designation: Designation,
    *,
    decree_number: str,
    decree_dated: date,
    by: User,
    at: datetime | None = None,
) -> Designation:
    """Confirm the requested revocation, by another person; the certificate goes with it."""
    designation = lock(designation)
    if is_repeated(designation, REVOKE, by):
        return designation
    if not REVOKE.is_open(designation):
        raise TransitionRefused(f"Pencabutan tidak dapat diputuskan: {designation.standing()}")
    revocation = _settle(designation, Outcome.CONFIRMED, by=by, at=at)
    revocation.decree_number, revocation.decree_dated = decree_number, decree_dated
    _save_settled(revocation)
    move(designation, REVOKE, by=by, note=revocation.reason, at=at)
    designation.save(update_fields=STAMPS)
    if designation.certificate and not designation.certificate.is_revoked:
        certificates.actions.revoke(designation.certificate, reason=revocation.reason, by=by, at=at)
    audit.actions.record(
        "designation.revoked",
        designation,
        by=by,
        at=at,
        note=revocation.reason,
        decree=decree_number,
    )
    return designation


@transaction.atomic
def decline_revocation(designation: Designation, *, note: str, by: User) -> Revocation:
    """Let the designation stand: the requested revocation is not granted."""
    designation = lock(designation)
    revocation = _settle(designation, Outcome.DECLINED, by=by)
    revocation.note = note
    _save_settled(revocation)
    audit.actions.record("designation.revocation_declined", designation, by=by, note=note)
    return revocation


@transaction.atomic
def end(
    designation: Designation, *, note: str, by: User, at: datetime | None = None
) -> Designation:
    """Close the guidance because its term is over, without blame; the certificate stays true."""
    designation = lock(designation)
    if is_repeated(designation, END, by):
        return designation
    if designation.pending_revocation:
        raise TransitionRefused("Usul pencabutan belum diputuskan; putuskan dahulu.")
    move(designation, END, by=by, note=note, at=at)
    designation.save(update_fields=STAMPS)
    audit.actions.record("designation.ended", designation, by=by, at=at, note=note)
    return designation


def _settle(
    designation: Designation, outcome: Outcome, *, by: User, at: datetime | None = None
) -> Revocation:
    revocation = designation.revocations.filter(outcome=Outcome.PENDING).first()
    if revocation is None:
        raise TransitionRefused("Tidak ada usul pencabutan yang menunggu keputusan.")
    if revocation.requested_by_id == by.pk:
        raise TransitionRefused("Anda yang mengusulkan pencabutan ini; pejabat lain memutuskan.")
    revocation.outcome = outcome
    revocation.decided_by, revocation.decided_at = by, at or timezone.now()
    return revocation


def _save_settled(revocation: Revocation) -> None:
    revocation.save(
        update_fields=[
            "outcome",
            "decided_by",
            "decided_at",
            "decree_number",
            "decree_dated",
            "note",
        ]
    )
