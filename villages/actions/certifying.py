"""The portal's certificate for what was designated before it: ordered by a head, never by itself.

Who brought the designation in, or settled its row, does not order its certificate; the database
holds that too. Who orders it has answered for the designation: where its table was not confirmed
yet, this confirms it, and the public hears of the village.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

import audit.actions
from accounts.models import Membership, User
from desabinaan.constraints import broke
from desabinaan.workflow import TransitionRefused
from villages.actions.confirming import MADE_BY_THEM
from villages.actions.decision import ORDERED, hold_role, order_certificates
from villages.actions.steps import NAMED
from villages.models import Decree, Designation
from villages.models.status import Signs
from villages.prints import Prints

CONFIRMED = ("confirmed_by", "confirmed_as", "confirmed_at")
WITH_PAPER = "Bersama sertifikatnya"


@dataclass(frozen=True, slots=True)
class Certification:
    """In whose capacity certificates are ordered, and who signs them."""

    head: Membership
    signs: str = Signs.DECIDER

    def prints(self, decree: Decree, sheets: Sequence[Designation]) -> Prints:
        """What would be printed: for a last look, and once more when it is ordered."""
        return Prints(decree.office, decree, sheets, self.head, self.signs)


@transaction.atomic
def certify(
    designations: Iterable[Designation],
    certification: Certification,
    *,
    by: User,
    at: datetime | None = None,
    printed: str | None = None,
) -> list[Designation]:
    """Order the certificates of recorded designations: all of them, or none.

    `printed` is the stamp of the certificates as the head read them: nothing else is printed.
    Each is dated today, never before its decree, and takes the next number of that year's register.
    What has its certificate already is left alone, so that a second click changes nothing.
    """
    hold_role(certification.head, at=at)
    held = _held(designations)
    waiting = [it for it in held if not it.certificate_id]
    for designation in waiting:
        _prepare(designation, certification)
    if waiting:
        if decree := waiting[0].decree:
            certification.prints(decree, held).refuse_unread(printed, "Belum diterbitkan")
        order_certificates(waiting, by=by, at=at)
    for designation in waiting:
        if designation.is_unconfirmed:
            _confirm(designation, certification, by=by, at=at)
    for designation in waiting:
        _save(designation)
    noted = [(it, it.certificate.number if it.certificate else "") for it in waiting]
    audit.actions.record_all("designation.certified", noted, by=by, at=at)
    return waiting


def _held(designations: Iterable[Designation]) -> list[Designation]:
    """The sheets in the order of their villages' codes, each knowing whether it may be revoked.

    Their decrees are held first, as by whoever corrects one: else each would wait for the other.
    """
    named = {it.pk: it.decree_id for it in designations}
    under = {it.pk for it in Decree.objects.lock_all(filter(None, named.values()))}
    sheets = Designation.objects.select_related(*NAMED).with_pending_request().lock_all(named)
    if any(it.decree_id and it.decree_id not in under for it in sheets):
        raise TransitionRefused("SK-nya baru saja diperbaiki. Periksalah sekali lagi.")
    return sheets


def _prepare(designation: Designation, certification: Certification) -> None:
    if why := designation.why_not_certify():
        raise TransitionRefused(f"{designation.village}: {why}")
    designation.signs, designation.certified_as = certification.signs, certification.head


def _confirm(
    designation: Designation, certification: Certification, *, by: User, at: datetime | None
) -> None:
    designation.confirmed_by, designation.confirmed_as = by, certification.head
    designation.confirmed_at = at or timezone.now()
    audit.actions.record("designation.confirmed", designation, by=by, at=at, note=WITH_PAPER)


def _save(designation: Designation) -> None:
    try:
        with transaction.atomic():
            designation.save(update_fields=[*ORDERED, "signs", "certified_as", *CONFIRMED])
    except IntegrityError as refusal:
        if not any(broke(refusal, name) for name in MADE_BY_THEM):
            raise
        raise TransitionRefused(
            f"{designation.village}: Anda ikut mencatat penetapan ini; "
            "pejabat lain yang menerbitkan sertifikatnya."
        ) from refusal
