"""What follows a designation: the decree's number, the ceremony, revocation, the end."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

import audit.actions
import certificates.actions
from accounts.models import User
from desabinaan.workflow import TransitionRefused
from villages.actions.decision import order_certificate
from villages.models import Ceremony, Decree, Designation, Outcome, Revocation, Status
from villages.models.designation import END, REVOKE

CEREMONIAL = [Status.SUBMITTED, Status.APPROVED, Status.ENDED, Status.REVOKED]


@transaction.atomic
def record_decree_number(
    decree: Decree, *, number: str, dated: date, by: User, at: datetime | None = None
) -> Decree:
    """Type the number that the correspondence system gave; every waiting certificate is ordered.

    One decree may cover several villages: each gets its certificate and its history row.
    """
    decree = Decree.objects.select_for_update(of=("self",), no_key=True).get(pk=decree.pk)
    if decree.number == number and decree.dated == dated:
        return decree
    if decree.number:
        raise TransitionRefused(f"Nomor SK sudah dicatat: {decree.number}.")
    decree.number, decree.dated = number, dated
    try:
        with transaction.atomic():
            decree.save(update_fields=["number", "dated"])
    except IntegrityError as clash:
        raise TransitionRefused(f"Nomor SK {number} sudah dipakai untuk SK lain.") from clash
    for designation in decree.designations.filter(status=Status.APPROVED).order_by("pk"):
        _order_waiting(designation, decree, by=by, at=at)
    return decree


def _order_waiting(
    designation: Designation, decree: Decree, *, by: User, at: datetime | None
) -> None:
    related = ("office__parent", "village__region__parent__parent__parent")
    designation = Designation.objects.select_related(*related).lock(designation.pk)
    designation.decree = decree
    designation.designated_on = decree.dated
    order_certificate(designation, by=by, at=at)
    designation.save(update_fields=["designated_on", "certificate"])
    audit.actions.record(
        "designation.decree_numbered", designation, by=by, at=at, note=decree.number
    )


@transaction.atomic
def write_ceremony(
    designation: Designation, *, facts: dict[str, Any], by: User, at: datetime | None = None
) -> Ceremony:
    """Note the pengukuhan; before or after the decree, since real life varies."""
    designation = Designation.objects.select_related("office", "status_by").lock(designation.pk)
    if designation.status not in CEREMONIAL:
        raise TransitionRefused(f"Pengukuhan tidak dapat dicatat: {designation.standing()}")
    ceremony, _ = Ceremony.objects.update_or_create(designation=designation, defaults=facts)
    audit.actions.record("designation.ceremony_written", designation, by=by, at=at)
    return ceremony


@transaction.atomic
def request_revocation(
    designation: Designation, *, reason: str, by: User, at: datetime | None = None
) -> Revocation:
    """Ask for the designation to be revoked; nothing changes until a second person confirms."""
    designation = Designation.objects.select_related("office", "status_by").lock(designation.pk)
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
    designation = Designation.objects.select_related("office", "status_by").lock(designation.pk)
    if designation.status == REVOKE.target and designation.status_by_id == by.pk:
        return designation
    REVOKE.apply(designation)
    revocation = _settle(designation, Outcome.CONFIRMED, by=by, at=at)
    revocation.decree_number, revocation.decree_dated = decree_number, decree_dated
    _save_settled(revocation)
    designation.status_at, designation.status_by = at or timezone.now(), by
    designation.status_note = revocation.reason
    designation.save(update_fields=["status", "status_at", "status_by", "status_note"])
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
    designation = Designation.objects.select_related("office", "status_by").lock(designation.pk)
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
    designation = Designation.objects.select_related("office", "status_by").lock(designation.pk)
    if designation.status == END.target and designation.status_by_id == by.pk:
        return designation
    if designation.pending_revocation:
        raise TransitionRefused("Usul pencabutan belum diputuskan; putuskan dahulu.")
    END.apply(designation)
    designation.status_at, designation.status_by = at or timezone.now(), by
    designation.status_note = note
    designation.save(update_fields=["status", "status_at", "status_by", "status_note"])
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
