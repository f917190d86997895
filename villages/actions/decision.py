"""The head's part: return, reject, approve. Maker is not checker; the database holds that too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

import audit.actions
import certificates.actions
from accounts.models import Membership, Office, User
from certificates.models import NumberTemplate
from desabinaan.workflow import Transition, TransitionRefused
from villages import papers
from villages.models import Decree, Designation
from villages.models.designation import APPROVE, REJECT, RETURN


@dataclass(frozen=True, slots=True)
class Approval:
    """What the head decides with: the decree, as typed, and who signs the certificate."""

    number: str  # empty: the correspondence system has yet to give it
    dated: date | None
    title: str
    signer_level: str
    signer_name: str
    head: Membership  # in whose capacity the decision is made
    decree_signer_signs: bool = False


@transaction.atomic
def approve(
    designation: Designation, approval: Approval, *, by: User, at: datetime | None = None
) -> Designation:
    """Designate the village under this decree; order its certificate once the decree is numbered.

    A second click by the same person shows the result; anyone else's is refused by name.
    """
    designation = _lock(designation)
    if _already(designation, APPROVE, by):
        return designation
    APPROVE.apply(designation)
    decree = _decree(designation.office, approval, by=by)
    day = designation.office.day_of(at) if at else designation.office.today()
    designation.decree = decree
    designation.designated_on = decree.dated or day
    designation.signer = _signer(approval, decree)
    _decide(designation, by=by, at=at)
    if decree.number:
        order_certificate(designation, by=by, at=at)
    _save(designation, "decree", "designated_on", "signer", "certificate")
    _guide(designation)
    audit.actions.record(
        "designation.approved", designation, by=by, at=at, note=str(decree), decree=decree.number
    )
    return designation


@transaction.atomic
def reject(
    designation: Designation, *, reason: str, by: User, at: datetime | None = None
) -> Designation:
    """Decide against the sheet, for good; the village may be proposed again."""
    designation = _lock(designation)
    if _already(designation, REJECT, by):
        return designation
    REJECT.apply(designation)
    _decide(designation, by=by, note=reason, at=at)
    _save(designation)
    audit.actions.record("designation.rejected", designation, by=by, at=at, note=reason)
    return designation


@transaction.atomic
def return_to_staff(
    designation: Designation, *, note: str, by: User, at: datetime | None = None
) -> Designation:
    """Send the sheet back to its preparers, who mend it and submit it again."""
    designation = _lock(designation)
    if _already(designation, RETURN, by):
        return designation
    RETURN.apply(designation)
    designation.status_at, designation.status_by = at or timezone.now(), by
    designation.status_note = note
    _save(designation)
    audit.actions.record("designation.returned", designation, by=by, at=at, note=note)
    return designation


def order_certificate(designation: Designation, *, by: User, at: datetime | None = None) -> None:
    """Order the paper of an approved sheet whose decree has its number; the caller saves."""
    paper = papers.designation_paper(designation, on=designation.office.day_of(at) if at else None)
    try:
        designation.certificate = certificates.actions.order(paper, by=by, at=at)
    except NumberTemplate.DoesNotExist as missing:
        raise TransitionRefused(
            "Belum ditetapkan: kantor belum memilih pola nomor sertifikat."
        ) from missing


def _lock(designation: Designation) -> Designation:
    related = ("office__parent", "village__region__parent__parent__parent", "status_by")
    return Designation.objects.select_related(*related).lock(designation.pk)


def _already(designation: Designation, step: Transition, by: User) -> bool:
    return designation.status == step.target and designation.status_by_id == by.pk


def _decide(
    designation: Designation, *, by: User, note: str = "", at: datetime | None = None
) -> None:
    moment = at or timezone.now()
    designation.decided_by = designation.status_by = by
    designation.decided_at = designation.status_at = moment
    designation.status_note = note


def _save(designation: Designation, *fields: str) -> None:
    decided = ("status", "status_at", "status_by", "status_note", "decided_by", "decided_at")
    try:
        with transaction.atomic():
            designation.save(update_fields=[*decided, *fields])
    except IntegrityError as refusal:
        if "preparer" not in str(refusal):
            raise
        raise TransitionRefused(
            "Anda ikut menyiapkan usulan ini; pejabat lain yang memutuskan."
        ) from refusal


def _decree(office: Office, approval: Approval, *, by: User) -> Decree:
    """The decree of that number and year, which may cover several villages; else a new one."""
    told = {
        "dated": approval.dated,
        "title": approval.title,
        "signer_level": approval.signer_level,
        "signer_name": approval.signer_name,
        "created_by": by,
    }
    if not approval.number or not approval.dated:
        return Decree.objects.create(office=office, **told)
    # Two sheets under one decree may be decided in the same moment.
    decree, _ = Decree.objects.get_or_create(
        office=office, number=approval.number, dated__year=approval.dated.year, defaults=told
    )
    return decree


def _signer(approval: Approval, decree: Decree) -> papers.Signer:
    if approval.decree_signer_signs:
        return papers.decree_signer(decree)
    return papers.signer_of(approval.head)


def _guide(designation: Designation) -> None:
    """From the designation on, the deciding office is the one that guides the village."""
    village = designation.village
    if village.office_id != designation.office_id:
        village.office = designation.office
        village.save(update_fields=["office"])
