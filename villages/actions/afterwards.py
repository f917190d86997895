"""What follows a designation: the ceremony, revocation, the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

import audit.actions
import certificates.actions
from accounts import notices
from accounts.models import Membership, User
from desabinaan import formats
from desabinaan.constraints import broke
from desabinaan.editing import Seen, unless_overtaken
from desabinaan.workflow import Transition, TransitionRefused
from villages import rounds
from villages.actions.decision import hold_role
from villages.actions.steps import STAMPS, is_repeated, lock, move
from villages.actions.twice import stands_already
from villages.meetings import Part, name_meeting, unless_the_same
from villages.models import Ceremony, Designation, Outcome, Revocation
from villages.models.status import DECLINE, END, GRANT, REVOKE

SETTLED = (
    "outcome",
    "decided_by",
    "decided_as",
    "decided_at",
    "decree_number",
    "decree_dated",
    "note",
)
KEPT = ("revocation_settled", "designation_closed_by_a_head")


@transaction.atomic
def write_ceremony(  # noqa: PLR0913 - the words and their event; by whom, when, what was seen
    designation: Designation,
    *,
    facts: dict[str, Any],
    by: User,
    at: datetime | None = None,
    seen: Seen | None = None,
    meeting: int | None = None,
) -> Ceremony:
    """Note the pengukuhan; before or after the decree, since real life varies.

    `meeting` is the event from which that was taken; without one, another day or place lets go of
    the event that was named.
    """
    designation = lock(designation)
    if not designation.may_have_ceremony:
        raise TransitionRefused(f"Pengukuhan tidak dapat dicatat: {designation.standing()}")
    earlier = Ceremony.objects.filter(designation=designation).first()
    unless_overtaken(earlier, seen)
    if meeting:
        name_meeting(designation, Part.CEREMONY, meeting, by=by)
    else:
        unless_the_same(designation, Part.CEREMONY, earlier, facts, by=by)
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
    notices.tell("revocation.waiting", revocation, at=at)
    return revocation


def too_early(designation: Designation, revoked_on: date) -> str:
    """What to say of a decree that is older than the one that it revokes; nothing of any other."""
    granted_on = designation.decree.dated if designation.decree else None
    if granted_on is None or revoked_on >= granted_on:
        return ""
    return f"SK pencabutan lebih tua daripada SK penetapannya, {formats.long_date(granted_on)}."


@transaction.atomic
def revoke(  # noqa: PLR0913 - the decree, and in whose capacity it was decided
    designation: Designation,
    *,
    decree_number: str,
    decree_dated: date,
    head: Membership,
    by: User,
    at: datetime | None = None,
    seen: datetime | None = None,
) -> Designation:
    """Confirm the requested revocation, by a head who is another; the certificate goes with it.

    Of a request that came after what they have `seen` they are told first.
    """
    designation = lock(designation)
    if is_repeated(designation, REVOKE, by):
        return designation
    if not REVOKE.is_open(designation):
        raise TransitionRefused(f"Pencabutan tidak dapat diputuskan: {designation.standing()}")
    if earlier := too_early(designation, decree_dated):
        raise TransitionRefused(earlier)
    revocation = _settle(designation, GRANT, head, by=by, at=at, seen=seen)
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
        note=f"SK {decree_number}, {formats.long_date(decree_dated)}. {revocation.reason}",
        decree=decree_number,
    )
    notices.tell("designation.closed", designation, at=at)
    return designation


@transaction.atomic
def decline_revocation(
    designation: Designation,
    *,
    note: str,
    head: Membership,
    by: User,
    seen: datetime | None = None,
) -> Revocation:
    """Let the designation stand: the requested revocation is not granted; `seen` as in `revoke`."""
    designation = lock(designation)
    if designation.pending_revocation is None:
        mine = designation.revocations.filter(outcome=Outcome.DECLINED, decided_by=by)
        if declined := stands_already(mine, note=note):
            return declined
    revocation = _settle(designation, DECLINE, head, by=by, seen=seen)
    revocation.note = note
    _save_settled(revocation)
    audit.actions.record("designation.revocation_declined", designation, by=by, note=note)
    return revocation


@transaction.atomic
def end(
    designation: Designation,
    *,
    note: str,
    head: Membership,
    by: User,
    at: datetime | None = None,
) -> Designation:
    """Close the guidance because its term is over, without blame; the certificate stays true."""
    designation = lock(designation)
    if is_repeated(designation, END, by):
        return designation
    if designation.pending_revocation:
        raise TransitionRefused("Usul pencabutan belum diputuskan; putuskan dahulu.")
    move(designation, END, by=by, note=note, at=at)
    designation.ended_as = hold_role(head, at=at)
    with _of_the_keeper():
        designation.save(update_fields=[*STAMPS, "ended_as"])
    audit.actions.record("designation.ended", designation, by=by, at=at, note=note)
    notices.tell("designation.closed", designation, at=at)
    return designation


def _settle(  # noqa: PLR0913 - which way, in whose capacity, by whom, when, and what they saw
    designation: Designation,
    step: Transition,
    head: Membership,
    *,
    by: User,
    at: datetime | None = None,
    seen: datetime | None,
) -> Revocation:
    revocation = designation.revocations.filter(outcome=Outcome.PENDING).first()
    if revocation is None:
        raise TransitionRefused("Tidak ada usul pencabutan yang menunggu keputusan.")
    if revocation.requested_by_id == by.pk:
        raise TransitionRefused("Anda yang mengusulkan pencabutan ini; pejabat lain memutuskan.")
    rounds.refuse_unread_request(revocation, seen)
    step.apply(revocation)
    revocation.decided_by, revocation.decided_at = by, at or timezone.now()
    revocation.decided_as = hold_role(head, at=at)
    return revocation


def _save_settled(revocation: Revocation) -> None:
    with _of_the_keeper():
        revocation.save(update_fields=SETTLED)


@contextmanager
def _of_the_keeper() -> Iterator[None]:
    """The guiding office's head decides, the database says; the village may just have moved."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refusal:
        if not any(broke(refusal, name) for name in KEPT):
            raise
        raise TransitionRefused(
            "Ini diputuskan oleh kepala kantor yang kini membina desa itu."
        ) from refusal
