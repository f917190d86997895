"""The PIMPASA of an office's own table: who each is, and what they guide from when on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

import audit.actions
from accounts.actions import Person
from accounts.models import User
from desabinaan import formats
from desabinaan.workflow import Transition, TransitionRefused
from villages.actions import makers
from villages.actions.officers import Appointment, Terms, appoint, assign_each
from villages.models import (
    Basis,
    Import,
    ImportOfficer,
    ImportRow,
    NamedStatus,
    Officer,
    Part,
    SignerLevel,
    Village,
)
from villages.models.onboarding import APPOINT, IDENTIFY, PASS_OVER, SURE, TAKE_ON
from villages.onboarding import checking, guides, service
from villages.onboarding.facts import Facts

type Placed = tuple[ImportRow, Facts, Village]


@transaction.atomic
def identify_officer(person: ImportOfficer, user: User, *, by: User) -> ImportOfficer:
    """Say who a doubtful name is: an officer or a colleague of the office."""
    person = _hold(person, IDENTIFY)
    people = guides.People.of([guides.Named(person.name, person.nip)], person.batch.office)
    if user not in people.here and user not in people.by_number.values():
        raise TransitionRefused(f"{user.name} tidak bertugas di {person.batch.office}.")
    verdict = guides.meant(user, person.nip, people)
    if verdict.status not in SURE:
        raise TransitionRefused(verdict.reason)
    step = IDENTIFY if verdict.status == IDENTIFY.target else APPOINT
    step.apply(person)
    person.user, person.reason = user, ""
    rows = _forget_verdict(person)
    said = {row.line: checking.facts_of(row) for row in rows}
    for row in rows:
        reason = row.officer_reason or guides.why_not_since(person, said[row.line], people)
        row.officer_reason = reason
    guides.mark_assigned(rows, said)
    ImportRow.objects.bulk_update(rows, ["officer_reason", "is_assigned"])
    return _settled(person, f"{person.name or person.nip} → {user.name}", by=by)


@transaction.atomic
def appoint_named(person: ImportOfficer, *, by: User) -> ImportOfficer:
    """Say that a doubtful name is somebody new, to be appointed when the table is recorded."""
    person = _hold(person, APPOINT)
    if not person.may_be_new:
        raise TransitionRefused(f"{person} tidak dapat diangkat: NIP-nya belum pasti.")
    APPOINT.apply(person)
    person.user = None
    _forget_verdict(person)
    return _settled(person, f"{person.name}: orang baru", by=by)


@transaction.atomic
def pass_over_officer(person: ImportOfficer, *, by: User) -> ImportOfficer:
    """Record the villages of this name without it; it may be settled otherwise later."""
    person = _hold(person, PASS_OVER)
    PASS_OVER.apply(person)
    if person.user_id:  # still offered, should somebody think better of it
        others = [pk for pk in person.suggestions if pk != person.user_id]
        person.suggestions, person.user = [person.user_id, *others], None
    _forget_verdict(person)
    return _settled(person, f"{person}: dilewati", by=by)


def _forget_verdict(person: ImportOfficer) -> list[ImportRow]:
    """The rows as the table has them: what was said of somebody else holds for nobody."""
    rows = list(person.rows.all())
    for row in rows:
        row.officer = person
        row.officer_reason, row.is_assigned = row.officer_problem, False
    ImportRow.objects.bulk_update(rows, ["officer_reason", "is_assigned"])
    return rows


def hold_officers(rows: Sequence[ImportRow]) -> None:
    """Whom a table names, before its villages are held: as whoever assigns them to one does."""
    people = {row.officer.user_id for row in rows if row.officer}
    Officer.objects.filter(user__in=people - {None}).lock_these()


def write(batch: Import, placed: Sequence[Placed], *, by: User) -> None:
    """Appoint whom the table brings and assign each to their villages; the caller saves the rows.

    Raises TransitionRefused, which names the person.
    """
    wanted: dict[ImportOfficer, list[Placed]] = defaultdict(list)
    for it in placed:
        person = it[0].officer
        if person and person.status in SURE and not (it[0].officer_reason or it[0].is_assigned):
            wanted[person].append(it)
    wishes: list[tuple[Officer, Village, Terms]] = []
    for person, its in wanted.items():
        try:
            terms = _terms_of(batch, person, its, by=by)
            wishes += [_wish(it, terms) for it in its]
        except ValidationError as wrong:
            raise _stopped_at(person, wrong.messages[0]) from wrong
        except TransitionRefused as refusal:
            raise _stopped_at(person, refusal.message) from refusal
    assign_each(wishes, by=by)
    unused = batch.officers.filter(status=NamedStatus.NEW)
    PASS_OVER.apply_all(unused, reason="Tidak ada desanya yang dicatat.")


def _terms_of(
    batch: Import, person: ImportOfficer, its: Sequence[Placed], *, by: User
) -> list[Officer]:
    """The person's terms in the office; the first one where they are appointed now."""
    if person.status == NamedStatus.MATCHED:
        terms = Officer.objects.not_over().filter(user=person.user, office=batch.office)
        return list(terms.select_related("user", "office"))
    first = min((facts for _, facts, _ in its), key=_since)
    officer = appoint(
        _person(person),
        _appointment(first, batch),
        office=batch.office,
        by=by,
        known=person.user,
    )
    TAKE_ON.apply(person)
    person.user = officer.user
    person.save(update_fields=["user", "status"])
    return [officer]


def _person(person: ImportOfficer) -> Person:
    """Somebody new as the table has them; somebody known as they are."""
    known = person.user
    if known is None:
        return Person(person.name, person.nip, rank=person.rank, employment=person.employment)
    number = known.nip or person.nip
    employment = known.employment or service.employment_of(number)
    return Person(known.name, number, rank=known.rank, employment=employment)


def _appointment(its: Facts, batch: Import) -> Appointment:
    """By the officer's own decree where the row names one, else by that of the village."""
    if its.officer_decree_number:
        title = batch.otherwise.get("officer_signer_title") or SignerLevel.OFFICE.label
    else:
        title = SignerLevel(its.signer_level).label
    number, dated = _basis(its)
    return Appointment(number, dated, str(title), starts_on=_since(its))


def _wish(placed: Placed, terms: Sequence[Officer]) -> tuple[Officer, Village, Terms]:
    """Which term of the officer guides the village of the row, and on what ground."""
    row, its, village = placed
    since = _since(its)
    officer = guides.term_on(terms, since)
    if officer is None:
        raise TransitionRefused(f"bukan PIMPASA kantor ini pada {formats.long_date(since)}.")
    row.is_assigned = True
    number, dated = _basis(its)
    terms_of_it = Terms(
        part=Part.MEMBER,
        starts_on=since,
        basis=Basis.DECREE,
        basis_number=number,
        basis_dated=dated,
        ends_on=officer.ends_on,
    )
    return officer, village, terms_of_it


def _basis(its: Facts) -> tuple[str, date]:
    """The number and day of the decree on which the officer of the row stands."""
    if its.officer_decree_number and its.officer_decree_dated:
        return its.officer_decree_number, its.officer_decree_dated
    assert its.decree_dated is not None  # noqa: S101 - a row without its day is refused
    return its.decree_number, its.decree_dated


def _since(its: Facts) -> date:
    since = guides.since_of(its)
    assert since is not None  # noqa: S101 - the decree has its day
    return since


def _hold(person: ImportOfficer, step: Transition) -> ImportOfficer:
    """The person, their import held before them, where this step is open."""
    batch = Import.objects.lock(person.batch_id)
    if not batch.is_checked:
        raise TransitionRefused(f"PIMPASA tidak dapat diubah: {batch.standing()}")
    person = ImportOfficer.objects.lock(person.pk)
    if not step.is_open(person):
        raise TransitionRefused(step.refusal(person))
    return person


def _settled(person: ImportOfficer, note: str, *, by: User) -> ImportOfficer:
    person.settled_by = by
    person.save(update_fields=["status", "user", "reason", "suggestions", "settled_by"])
    makers.note(person.batch, by=by)
    audit.actions.record("import.officer_settled", person.batch, by=by, note=note)
    return person


def _stopped_at(person: ImportOfficer, why: str) -> TransitionRefused:
    return TransitionRefused(f"Tidak ada yang dicatat. PIMPASA {person}: {why}")
