"""The head's part: return, reject, approve. Maker is not checker; the database holds that too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

import audit.actions
import certificates.actions
from accounts import notices
from accounts.models import Membership, Office, User
from certificates.models import NumberTemplate
from desabinaan.constraints import broke
from desabinaan.workflow import TransitionRefused
from villages import papers
from villages.actions import decrees
from villages.actions.steps import STAMPS, is_repeated, lock, move
from villages.models import Decree, Designation, Village
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
    decree: Decree | None = None  # one that is recorded already, and covers this village too

    def signer(self, decree: Decree) -> papers.Signer:
        """Who signs the certificate under this decree."""
        if self.decree_signer_signs:
            return papers.decree_signer(decree)
        return papers.signer_of(self.head)

    def proposed_decree(self, office: Office) -> Decree:
        """The decree as it would stand, unsaved: for a last look before the decision."""
        return self.decree or Decree(
            office=office,
            number=self.number,
            dated=self.dated,
            title=self.title,
            signer_level=self.signer_level,
            signer_name=self.signer_name,
        )


@transaction.atomic
def approve(
    designation: Designation, approval: Approval, *, by: User, at: datetime | None = None
) -> Designation:
    """Designate the village under this decree; order its certificate once the decree is numbered.

    A second click by the same person shows the result; anyone else's is refused by name.
    """
    designation = lock(designation)
    if is_repeated(designation, APPROVE, by):
        return designation
    move(designation, APPROVE, by=by, at=at)
    _decided(designation, approval.head)
    decree = _decree(designation.office, approval, by=by)
    day = designation.office.day_of(at) if at else designation.office.today()
    designation.decree = decree
    designation.designated_on = decree.dated or day
    designation.signer = approval.signer(decree)
    if decree.number:
        order_certificate(designation, by=by, at=at)
    _save(designation, "decree", "designated_on", "signer", "certificate")
    _guide(designation, by=by, at=at)
    audit.actions.record(
        "designation.approved", designation, by=by, at=at, note=str(decree), decree=decree.number
    )
    notices.tell("sheet.decided", designation, at=at)
    if not decree.number:
        notices.tell("decree.missing", designation, at=at)
    return designation


@transaction.atomic
def reject(
    designation: Designation,
    *,
    reason: str,
    head: Membership,
    by: User,
    at: datetime | None = None,
) -> Designation:
    """Decide against the sheet, for good; the village may be proposed again."""
    designation = lock(designation)
    if is_repeated(designation, REJECT, by):
        return designation
    move(designation, REJECT, by=by, note=reason, at=at)
    _decided(designation, head)
    _save(designation)
    audit.actions.record("designation.rejected", designation, by=by, at=at, note=reason)
    notices.tell("sheet.decided", designation, at=at)
    return designation


@transaction.atomic
def return_to_staff(
    designation: Designation, *, note: str, by: User, at: datetime | None = None
) -> Designation:
    """Send the sheet back to its preparers, who mend it and submit it again."""
    designation = lock(designation)
    if is_repeated(designation, RETURN, by):
        return designation
    move(designation, RETURN, by=by, note=note, at=at)
    _save(designation)
    audit.actions.record("designation.returned", designation, by=by, at=at, note=note)
    notices.tell("sheet.returned", designation, at=at)
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
    # News only once the file is drawn; written with the order, since the order is what is decided.
    for kind in ("certificate.ready", "certificate.own"):
        notices.tell(kind, designation, at=at)


def _decided(designation: Designation, head: Membership) -> None:
    designation.decided_by, designation.decided_at = designation.status_by, designation.status_at
    try:  # held, so that nobody strikes the role out while its holder decides
        designation.decided_as = Membership.objects.lock(head.pk)
    except Membership.DoesNotExist as struck_out:
        raise TransitionRefused(
            "Peran Anda sebagai kepala kantor sudah dibatalkan."
        ) from struck_out


def _save(designation: Designation, *fields: str) -> None:
    try:
        with transaction.atomic():
            designation.save(
                update_fields=[*STAMPS, "decided_by", "decided_as", "decided_at", *fields]
            )
    except IntegrityError as refusal:
        if not broke(refusal, "designation_maker_is_not_checker"):
            raise
        raise TransitionRefused(
            "Anda ikut menyiapkan usulan ini; pejabat lain yang memutuskan."
        ) from refusal


def _decree(office: Office, approval: Approval, *, by: User) -> Decree:
    """The decree that the head chose, held; else the one of that number; else a new one."""
    if approval.decree:
        return decrees.hold(approval.decree)
    decree = approval.proposed_decree(office)
    decree.created_by = by
    return decrees.record(decree)


def _guide(designation: Designation, *, by: User, at: datetime | None) -> None:
    """From the designation on, the deciding office is the one that guides the village."""
    village = Village.objects.lock(designation.village_id)
    if village.office_id == designation.office_id:
        return
    village.office = designation.office
    village.save(update_fields=["office"])
    audit.actions.record("village.guided_by", village, by=by, at=at, note=designation.office.name)
