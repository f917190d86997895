"""What an officer holds passes to colleagues when they move: in one step, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction

import audit.actions
from accounts.models import User
from desabinaan.workflow import TransitionRefused
from villages.actions import officers, steps, striking
from villages.actions.officers import Terms
from villages.models import Assignment, Designation, Officer, Preparer

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

    Refused where the officer's villages are no longer those that the plan speaks of.
    """
    taking = {it.pk for it in plan.successors.values() if it}
    people = {pk: Officer.objects.lock(pk) for pk in sorted({officer.pk, *taking})}
    officer = people[officer.pk]
    held = list(officer.assignments.not_over().with_list())
    if {assignment.pk for assignment in held} != set(plan.successors):
        raise TransitionRefused(
            f"Desa yang dipegang {officer} berubah sejak halaman ini dibuka; periksa lagi."
        )
    # Together: a letter is void where none of what it says is left.
    to_come = [it for it in held if _is_to_come(it, plan)]
    striking.strike_out_assignments(to_come, by=by, reason=plan.reason)
    passed = [_pass(assignment, plan, people, by=by, at=at) for assignment in held]
    for sheet_pk, colleague in plan.preparers.items():
        pass_sheet(Designation.objects.get(pk=sheet_pk), to=colleague, by=by, at=at)
    note = "\n".join(filter(None, [f"{len(held)} desa", plan.reason]))
    audit.actions.record("officer.handed_over", officer, by=by, at=at, note=note)
    if plan.ends_term:
        officers.end_officer(officer, ends_on=plan.last_day, by=by, reason=plan.reason, at=at)
    return [assignment for assignment in passed if assignment]


def _pass(
    assignment: Assignment,
    plan: HandOver,
    people: Mapping[int, Officer],
    *,
    by: User,
    at: datetime | None,
) -> Assignment | None:
    successor = plan.successors[assignment.pk]
    starts_on = _release(assignment, plan, by=by, at=at)
    if successor is None:
        return None
    terms = Terms(
        part=assignment.part,
        starts_on=starts_on,
        ends_on=assignment.ends_on,
        basis=plan.basis,
        basis_number=plan.basis_number,
        basis_dated=plan.basis_dated,
    )
    if terms.ends_on and terms.ends_on < starts_on:
        terms = officers.endless(terms)
    heir = people[successor.pk]
    if officers.overlapping(heir, assignment.village, terms):
        return None  # guides the village already
    return officers.start(heir, assignment.village, terms, by=by, at=at)


def _is_to_come(assignment: Assignment, plan: HandOver) -> bool:
    """Whether it would only have begun once the officer has left."""
    return assignment.starts_on > plan.last_day and assignment.is_new()


def _release(assignment: Assignment, plan: HandOver, *, by: User, at: datetime | None) -> date:
    """End the assignment, unless it was struck out; from when a successor may start."""
    if _is_to_come(assignment, plan):
        return assignment.starts_on
    last = max(plan.last_day, assignment.starts_on)
    if assignment.ends_on and assignment.ends_on <= last:
        return assignment.ends_on + ONE_DAY
    officers.end_assignment(assignment, ends_on=last, by=by, reason=plan.reason, at=at)
    return last + ONE_DAY


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
