"""The head's part: return, reject, approve. Maker is not checker; the database holds that too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

import audit.actions
import certificates.actions
from accounts import notices
from accounts.models import Membership, Office, User
from certificates.models import NumberTemplate
from desabinaan import formats
from desabinaan.constraints import broke
from desabinaan.workflow import Gone, TransitionRefused
from villages import papers, rounds
from villages.actions import decrees
from villages.actions.steps import (
    STAMPS,
    is_repeated,
    lock,
    lock_all,
    move,
    refuse_guided_elsewhere,
)
from villages.models import Decree, Designation, Village
from villages.models.status import APPROVE, REJECT, RETURN, Signs
from villages.prints import Prints

ORDERED = ("decree", "certificate", "signer")


@dataclass(frozen=True, slots=True)
class Approval:
    """What the head decides with: the decree, as typed, and who signs the certificate."""

    number: str  # empty: the correspondence system has yet to give it
    dated: date | None
    title: str
    signer_level: str
    signer_name: str
    head: Membership  # in whose capacity the decision is made
    signs: str = Signs.DECIDER
    decree: Decree | None = None  # one that is recorded already, and covers this village too
    printed: str | None = None  # the stamp of what the person read; None: nobody looked before

    def prints(self, office: Office, sheets: Sequence[Designation]) -> Prints:
        """What would be printed of it: for a last look before the decision."""
        return Prints(office, self.proposed_decree(office), sheets, self.head, self.signs)

    def signer_words(self, decree: Decree) -> str:
        """Who signs the decree, and as what: an acting head who decides may sign it as well."""
        is_mine = decree.is_signed_by(self.head.user.name)
        return decree.signed_by(self.head.acting_words) if is_mine else decree.signer_words

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


def approve(
    designation: Designation,
    approval: Approval,
    *,
    by: User,
    at: datetime | None = None,
    seen: datetime | None = None,
) -> Designation:
    """Designate the village under this decree; order its certificate once the decree is numbered.

    A second click by the same person shows the result; anyone else's is refused by name, and so is
    a decision on what was submitted again after the moment that the person has `seen`.
    """
    return approve_all([designation], approval, by=by, at=at, seen=seen)[0]


@transaction.atomic
def approve_all(
    designations: Sequence[Designation],
    approval: Approval,
    *,
    by: User,
    at: datetime | None = None,
    seen: datetime | None = None,
) -> list[Designation]:
    """Designate every village under one decree, or none: the first that cannot be stops all.

    They are of one office; numbers follow the villages' codes. A second click by the same person
    shows the result; a sheet that anyone else has decided on is refused by name, and so is one that
    was submitted again after the moment that the person has `seen`. What would print something else
    than the approval says that they read is not decided either.
    """
    sheets = lock_all(designations)
    if all(is_repeated(sheet, APPROVE, by) for sheet in sheets):
        return sheets
    moment = at or timezone.now()
    for sheet in sheets:
        with _all_or_none(sheets, sheet):
            rounds.refuse_unread(sheet, seen)
            move(sheet, APPROVE, by=by, at=moment)
    _decided(sheets, approval.head)
    decree = _decree(sheets[0].office, approval, by=by)
    for sheet in sheets:
        sheet.decree, sheet.signs = decree, approval.signs
        sheet.designated_on = decree.dated or sheet.office.day_of(moment)
    Prints(sheets[0].office, decree, sheets).refuse_unread(approval.printed, "Belum diputuskan")
    if decree.number:
        with _all_or_none(sheets):
            order_certificates(sheets, by=by, at=at)
    for sheet in sheets:
        with _all_or_none(sheets, sheet):
            _save(sheet, *ORDERED, "designated_on", "signs")
    _guide(sheets, by=by, at=at)
    _tell(sheets, decree, by=by, at=at)
    return sheets


def _tell(sheets: Sequence[Designation], decree: Decree, *, by: User, at: datetime | None) -> None:
    """History of each, and news for those who prepared it or who still wait for the number."""
    audit.actions.record_all(
        "designation.approved",
        [(sheet, str(decree)) for sheet in sheets],
        by=by,
        at=at,
        data=lambda _sheet: {"decree": decree.number},
    )
    notices.tell_all("sheet.decided", sheets, at=at)
    if not decree.number:
        notices.tell_all("decree.missing", sheets, at=at)


@transaction.atomic
def reject(  # noqa: PLR0913 - when it was, and what was read, are for the demo and the page
    designation: Designation,
    *,
    reason: str,
    head: Membership,
    by: User,
    at: datetime | None = None,
    seen: datetime | None = None,
) -> Designation:
    """Decide against the sheet, for good; the village may be proposed again.

    What was submitted again since it was `seen` is not decided unread.
    """
    designation = lock(designation)
    if is_repeated(designation, REJECT, by):
        return designation
    rounds.refuse_unread(designation, seen)
    move(designation, REJECT, by=by, note=reason, at=at)
    _decided([designation], head)
    _save(designation)
    audit.actions.record("designation.rejected", designation, by=by, at=at, note=reason)
    notices.tell("sheet.decided", designation, at=at)
    return designation


@transaction.atomic
def return_to_staff(
    designation: Designation,
    *,
    note: str,
    by: User,
    at: datetime | None = None,
    seen: datetime | None = None,
) -> Designation:
    """Send the sheet back to its preparers, who mend it and submit it again; not unread either."""
    designation = lock(designation)
    if is_repeated(designation, RETURN, by):
        return designation
    rounds.refuse_unread(designation, seen)
    move(designation, RETURN, by=by, note=note, at=at)
    _save(designation)
    audit.actions.record("designation.returned", designation, by=by, at=at, note=note)
    notices.tell("sheet.returned", designation, at=at)
    return designation


def order_certificates(
    sheets: Sequence[Designation], *, by: User, at: datetime | None = None
) -> None:
    """Order the papers of approved sheets under a numbered decree, in this order.

    Callers save what is `ORDERED`.
    """
    office = sheets[0].office
    day = office.day_of(at) if at else office.today()
    for sheet in sheets:
        sheet.signer = papers.signer(sheet)
    ordered = [papers.designation_paper(sheet, on=day) for sheet in sheets]
    try:
        issued = certificates.actions.order_all(ordered, by=by, at=at)
    except NumberTemplate.DoesNotExist as missing:
        raise TransitionRefused("Kantor belum memilih pola nomor sertifikat.") from missing
    for sheet, certificate in zip(sheets, issued, strict=True):
        sheet.certificate = certificate
    # News only once the file is drawn; written with the order, since the order is what is decided.
    for kind in ("certificate.ready", "certificate.own"):
        notices.tell_all(kind, sheets, at=at)


@contextmanager
def _all_or_none(
    sheets: Sequence[Designation], stopped_at: Designation | None = None
) -> Iterator[None]:
    """A refusal among several says that none is designated, and at which village it stopped."""
    try:
        yield
    except TransitionRefused as refusal:
        if len(sheets) == 1:
            raise
        which = ""
        if stopped_at:
            which = f" {stopped_at.village}, {stopped_at.village.region.district.full_name}:"
        raise TransitionRefused(
            f"Tidak satu pun desa ditetapkan.{which} {refusal.message}"
        ) from refusal


def _decided(sheets: Sequence[Designation], head: Membership) -> None:
    capacity = hold_role(head, at=sheets[0].status_at)
    for sheet in sheets:
        sheet.decided_by, sheet.decided_at = sheet.status_by, sheet.status_at
        sheet.decided_as = capacity


def hold_role(head: Membership, *, at: datetime | None = None) -> Membership:
    """The role in which somebody decides, held, so that nobody strikes it out or ends it meanwhile.

    It counts on the day of the act, by the office's own calendar.
    """
    try:
        role = Membership.objects.select_related("office").lock(head.pk)
    except Gone as struck_out:
        raise TransitionRefused(
            "Peran Anda sebagai kepala kantor sudah dibatalkan."
        ) from struck_out
    day = role.office.day_of(at or timezone.now())
    if not role.counts_on(day):
        raise TransitionRefused(
            f"Peran Anda sebagai kepala kantor tidak berlaku pada {formats.long_date(day)}."
        )
    return role


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


def _guide(sheets: Sequence[Designation], *, by: User, at: datetime | None) -> None:
    """From the designation on, the deciding office guides villages that none guided before."""
    office = sheets[0].office
    for village in Village.objects.lock_all(sheet.village_id for sheet in sheets):
        if village.office_id == office.pk:
            continue
        refuse_guided_elsewhere(village, office)
        village.office = office
        village.save(update_fields=["office"])
        audit.actions.record("village.guided_by", village, by=by, at=at, note=office.name)
