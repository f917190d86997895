"""The preparers' part: a sheet is opened, filled in, submitted or withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

import audit.actions
from accounts import notices
from accounts.models import Office, User
from desabinaan.constraints import broke
from desabinaan.editing import Seen, unless_overtaken
from desabinaan.storage import storing
from desabinaan.uploads import CheckedFile
from desabinaan.workflow import TransitionRefused
from villages import recoding, rounds
from villages.actions.files import discard, store
from villages.actions.steps import (
    STAMPS,
    is_repeated,
    lock,
    move,
    refuse_guided_elsewhere,
    unless_closing,
)
from villages.actions.twice import kept_already
from villages.meetings import Part, name_meeting, unless_the_same
from villages.models import (
    Consent,
    Coordination,
    Criterion,
    Designation,
    Document,
    Finding,
    Preparer,
    Purpose,
    Region,
    Village,
)
from villages.models.status import CLAIMS_VILLAGE, SUBMIT, WITHDRAW


@transaction.atomic
def propose(region: Region, *, office: Office, by: User, at: datetime | None = None) -> Designation:
    """Open a sheet for a village of the national list; the office's own open draft is reused.

    Refused where a sheet of the village is submitted, returned or approved, or the village is here
    under an older code, and in an office that is to close; two offices may each hold a draft.
    """
    with unless_closing(office):
        village = _village_of(region, office=office, by=by, at=at)
        claim = village.designations.filter(status__in=CLAIMS_VILLAGE).with_list().first()
        if claim:
            raise TransitionRefused(
                f"{village} tidak dapat diusulkan: {claim.standing_for(office)}"
            )
        refuse_guided_elsewhere(village, office)
        draft = village.designations.in_preparation().filter(office=office).first()
        return draft or _begin(village, office=office, by=by, at=at)


def _begin(village: Village, *, office: Office, by: User, at: datetime | None) -> Designation:
    """A new sheet of a village that is held."""
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
    if former := recoding.under_old_codes([region.pk]).get(region.pk):
        raise TransitionRefused(recoding.why_not_again(former))
    village, created = Village.objects.get_or_create(
        region=region,
        defaults={"office": office, "local_term": region.local_term, "created_by": by},
    )
    if created:
        audit.actions.record("village.registered", village, by=by, at=at)
    return Village.objects.lock(village.pk)


def lock_for_edit(designation: Designation, *, by: User) -> Designation:
    """The sheet, locked for an edit by this person, who becomes one of its preparers.

    Refused once it is submitted: what the head sees is what was submitted.
    """
    designation = lock(designation)
    if not designation.is_editable:
        raise TransitionRefused(f"Perubahan tidak disimpan: {designation.standing()}")
    Preparer.objects.get_or_create(designation=designation, user=by)
    return designation


@storing()
def write_finding(  # noqa: PLR0913 - which criterion, why, what shows it; by whom and when
    designation: Designation,
    criterion: Criterion,
    *,
    justification: str,
    by: User,
    evidence: CheckedFile | None = None,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Finding:
    """Say that the village meets this criterion, and why; with one more file that shows it."""
    designation = lock_for_edit(designation, by=by)
    finding = designation.findings.filter(criterion=criterion).first()
    unless_overtaken(finding, seen)
    if finding is None or finding.justification != justification:
        finding = _put_down(designation, criterion, justification, by=by, at=at)
    if evidence and not kept_already(finding.documents.all(), evidence):
        document = store(designation, evidence, Purpose.EVIDENCE, finding=finding, by=by)
        audit.actions.record(
            "designation.document_attached", designation, by=by, at=at, note=document.name
        )
    return finding


def _put_down(
    designation: Designation, criterion: Criterion, words: str, *, by: User, at: datetime | None
) -> Finding:
    finding, _ = designation.findings.update_or_create(
        criterion=criterion, defaults={"justification": words}
    )
    audit.actions.record(
        "designation.finding_written", designation, by=by, at=at, note=criterion.label
    )
    return finding


@transaction.atomic
def drop_finding(designation: Designation, criterion: Criterion, *, by: User) -> None:
    """Take a criterion off the sheet, with its evidence."""
    designation = lock_for_edit(designation, by=by)
    finding = designation.findings.filter(criterion=criterion).first()
    if finding is None:
        return
    for document in finding.documents.all():
        discard(document)
    finding.delete()
    audit.actions.record("designation.finding_dropped", designation, by=by, note=criterion.label)


@transaction.atomic
def remove_document(document: Document, *, by: User) -> None:
    """Take an evidence file off an open sheet; the stored bytes go once that is certain."""
    designation = lock_for_edit(document.designation, by=by)
    if not designation.documents.filter(pk=document.pk).exists():
        return  # somebody else was quicker
    audit.actions.record("designation.document_removed", designation, by=by, note=document.name)
    discard(document)


@transaction.atomic
def write_coordination(  # noqa: PLR0913 - the words and their event; by whom, when, what was seen
    designation: Designation,
    *,
    facts: dict[str, Any],
    by: User,
    at: datetime | None = None,
    seen: Seen | None = None,
    meeting: int | None = None,
) -> Coordination:
    """Note the coordination that came before: date, place, who was there, what came of it.

    `meeting` is the event from which that was taken; without one, another day or place lets go of
    the event that was named.
    """
    designation = lock_for_edit(designation, by=by)
    earlier = Coordination.objects.filter(designation=designation).first()
    unless_overtaken(earlier, seen)
    is_named = False
    if meeting:
        is_named = name_meeting(designation, Part.COORDINATION, meeting, by=by)
    else:
        unless_the_same(designation, Part.COORDINATION, earlier, facts, by=by)
    if earlier and _says(earlier, facts) and not is_named:
        return earlier
    coordination, _ = Coordination.objects.update_or_create(designation=designation, defaults=facts)
    audit.actions.record("designation.coordination_written", designation, by=by, at=at)
    return coordination


@storing()
def write_consent(  # noqa: PLR0913 - the letter and its scan; by whom, when, and what they saw
    designation: Designation,
    *,
    facts: dict[str, Any],
    scan: CheckedFile | None,
    by: User,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Consent:
    """Record the village's letter; without a new scan, the one already there stays."""
    designation = lock_for_edit(designation, by=by)
    earlier = Consent.objects.filter(designation=designation).first()
    unless_overtaken(earlier, seen)
    if scan:
        facts = {**facts, "scan": store(designation, scan, Purpose.CONSENT, by=by)}
    elif earlier is None:
        raise ValueError("the first consent needs a scan")
    elif _says(earlier, facts):
        return earlier
    consent, _ = Consent.objects.update_or_create(designation=designation, defaults=facts)
    if scan and earlier:
        discard(earlier.scan)
    audit.actions.record("designation.consent_written", designation, by=by, at=at)
    return consent


def _says(written: Coordination | Consent, facts: dict[str, Any]) -> bool:
    """Whether it says all this already: to save it again is no change, and nothing to remember."""
    return all(getattr(written, name) == value for name, value in facts.items())


@transaction.atomic
def submit(
    designation: Designation, *, by: User, at: datetime | None = None, seen: int | None = None
) -> Designation:
    """Hand the sheet to the head; from here it is frozen. A second click changes nothing.

    Refused without a justified criterion and the village's consent, where another sheet of the
    village was quicker, and where something happened to it after what the person has `seen`.
    """
    designation = lock(designation)
    if is_repeated(designation, SUBMIT, by):
        return designation
    move(designation, SUBMIT, by=by, at=at)
    rounds.refuse_unread_change(designation, seen, by=by)
    designation.submitted_at = designation.submitted_at or designation.status_at
    missing = designation.missing_parts()
    if missing:
        raise TransitionRefused(f"Usulan belum dapat diajukan: {', '.join(missing)} belum lengkap.")
    refuse_guided_elsewhere(designation.village, designation.office)
    Preparer.objects.get_or_create(designation=designation, user=by)
    try:
        with transaction.atomic():
            designation.save(update_fields=[*STAMPS, "submitted_at"])
    except IntegrityError as clash:
        if not broke(clash, "designation_one_per_village"):
            raise
        raise _claimed(designation) from clash
    audit.actions.record("designation.submitted", designation, by=by, at=at)
    notices.tell("sheet.waiting", designation, at=at)
    return designation


@transaction.atomic
def withdraw(designation: Designation, *, reason: str, by: User) -> Designation:
    """Give up a sheet that nobody will submit; the village may be proposed again."""
    designation = lock(designation)
    if is_repeated(designation, WITHDRAW, by):
        return designation
    move(designation, WITHDRAW, by=by, note=reason)
    designation.save(update_fields=STAMPS)
    audit.actions.record("designation.withdrawn", designation, by=by, note=reason)
    return designation


def _claimed(designation: Designation) -> TransitionRefused:
    other = (
        Designation.objects.filter(village=designation.village_id, status__in=CLAIMS_VILLAGE)
        .exclude(pk=designation.pk)
        .select_related("office", "status_by")
        .first()
    )
    if other is None:
        standing = "usulan lain untuk desa ini lebih dahulu diajukan."
    else:
        standing = other.standing_for(designation.office)
    return TransitionRefused(f"Usulan tidak dapat diajukan: {standing}")
