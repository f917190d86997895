"""What an officer holds passes to colleagues when they move: in one step, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.db import transaction

import audit.actions
from accounts.models import User
from desabinaan import formats
from desabinaan.workflow import TransitionRefused
from villages.actions import officers, steps, striking
from villages.actions.officers import Terms
from villages.models import Assignment, Designation, Officer, Part, Preparer

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HandOver:
    """Who takes what on, from which day, and on the ground of what."""

    last_day: date
    basis: str
    basis_number: str
    basis_dated: date
    successors: Mapping[int, Officer | None]  # by assignment; None: nobody, and knowingly
    preparers: Mapping[int, User] = field(default_factory=dict)  # by sheet; the others stay
    ends_term: bool = False
    reason: str = ""


@transaction.atomic
def hand_over(
    officer: Officer, plan: HandOver, *, by: User, at: datetime | None = None
) -> list[Assignment]:
    """End what the officer holds and start what the successors take on; the new assignments.

    What was handed over before stays with whoever takes it on. Refused where the officer's
    villages are no longer those that the plan speaks of.
    """
    taking = {it.pk for it in plan.successors.values() if it}
    people = {pk: Officer.objects.lock(pk) for pk in sorted({officer.pk, *taking})}
    officer = people[officer.pk]
    found = officer.assignments.not_over().with_list().with_heirs()
    held = [assignment for assignment in found if not assignment.heirs]
    if {assignment.pk for assignment in held} != set(plan.successors):
        raise TransitionRefused(
            f"Desa yang dipegang {officer} berubah sejak halaman ini dibuka; periksa lagi."
        )
    # Together: a letter is void where none of what it says is left.
    to_come = [it for it in held if _is_struck_out(it, plan.last_day)]
    striking.strike_out_assignments(to_come, by=by, reason=plan.reason)
    passed = [_pass(assignment, plan, people, by=by, at=at) for assignment in held]
    for sheet_pk, colleague in plan.preparers.items():
        pass_sheet(Designation.objects.get(pk=sheet_pk), to=colleague, by=by, at=at)
    note = "\n".join(filter(None, [f"{len(held)} desa", plan.reason]))
    audit.actions.record("officer.handed_over", officer, by=by, at=at, note=note)
    if plan.ends_term:
        officers.end_officer(officer, ends_on=plan.last_day, by=by, reason=plan.reason, at=at)
    return [assignment for assignment in passed if assignment]


def passes_on(assignment: Assignment, last_day: date) -> date:
    """The first day of whoever takes the village on from an officer who leaves after that day."""
    if _is_struck_out(assignment, last_day):
        return assignment.starts_on
    last = max(last_day, assignment.starts_on)
    return min(last, assignment.ends_on or last) + ONE_DAY


def _is_struck_out(assignment: Assignment, last_day: date) -> bool:
    """Whether it has not begun by then, so that it never was theirs."""
    return assignment.starts_on > last_day and assignment.is_new()


def _pass(
    assignment: Assignment,
    plan: HandOver,
    people: Mapping[int, Officer],
    *,
    by: User,
    at: datetime | None,
) -> Assignment | None:
    """What the successor takes on; nothing where they guide the village as that already."""
    successor = plan.successors[assignment.pk]
    starts_on = passes_on(assignment, plan.last_day)
    _release(assignment, plan, until=starts_on - ONE_DAY, by=by, at=at)
    if successor is None:
        return None
    heir, terms = people[successor.pk], _terms(assignment, plan, starts_on)
    theirs = officers.all_overlapping(heir, assignment.village, terms)
    if theirs and not rises(assignment, theirs):
        return None
    if theirs and terms.ends_on:  # who guided the village longer goes on as long
        ends = [it.ends_on for it in theirs]
        terms = replace(terms, ends_on=max(filter(None, [*ends, terms.ends_on])))
        terms = officers.endless(terms) if None in ends else terms
    for it in theirs:
        _make_way(it, starts_on, by=by, at=at)
    return officers.start(heir, assignment.village, terms, by=by, at=at)


def rises(assignment: Assignment, theirs: Iterable[Assignment]) -> bool:
    """Whether a member who takes this on becomes the one who leads."""
    return assignment.part == Part.LEAD and all(it.part != Part.LEAD for it in theirs)


def _terms(assignment: Assignment, plan: HandOver, starts_on: date) -> Terms:
    terms = Terms(
        part=assignment.part,
        starts_on=starts_on,
        ends_on=assignment.ends_on,
        basis=plan.basis,
        basis_number=plan.basis_number,
        basis_dated=plan.basis_dated,
    )
    is_past = terms.ends_on and terms.ends_on < starts_on
    return officers.endless(terms) if is_past else terms


def _make_way(member: Assignment, starts_on: date, *, by: User, at: datetime | None) -> None:
    """End what the successor was until now the day before they lead: never both at once."""
    reason = f"Menjadi ketua mulai {formats.long_date(starts_on)}."
    if member.starts_on < starts_on:
        eve = starts_on - ONE_DAY
        officers.end_assignment(member, ends_on=eve, by=by, reason=reason, at=at)
    elif member.is_new():
        striking.strike_out_assignments([member], by=by, reason=reason)
    else:
        raise TransitionRefused(
            f"{member.officer} baru menjadi anggota di {member.village} "
            f"{formats.long_date(member.starts_on)}; isi hari terakhir bertugas paling awal hari "
            "itu."
        )


def _release(
    assignment: Assignment, plan: HandOver, *, until: date, by: User, at: datetime | None
) -> None:
    """End the assignment, unless it was struck out."""
    if _is_struck_out(assignment, plan.last_day):
        return
    if assignment.ends_on is None or assignment.ends_on > until:
        officers.end_assignment(assignment, ends_on=until, by=by, reason=plan.reason, at=at)


@transaction.atomic
def pass_sheet(
    designation: Designation, *, to: User, by: User, at: datetime | None = None
) -> Designation:
    """Let a colleague take the preparation of an open sheet on; they become a preparer."""
    designation = steps.lock(designation)
    if not designation.is_editable:
        raise TransitionRefused(f"Usulan tidak diserahkan: {designation.standing()}")
    Preparer.objects.get_or_create(designation=designation, user=to)
    audit.actions.record("designation.passed_on", designation, by=by, at=at, note=to.name)
    return designation
