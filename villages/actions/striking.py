"""Assignments struck out before they counted, and the letters that speak of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

import audit.actions
import certificates.actions
from accounts import notices
from accounts.models import Membership, Office, User
from certificates.models import Letter
from desabinaan.workflow import TransitionRefused
from villages.actions.officers import end_assignment, told_of
from villages.assignment_letters import in_letter_of
from villages.models import Assignment

ONE_DAY = timedelta(days=1)


@transaction.atomic
def cancel_assignment(assignment: Assignment, *, by: User, reason: str = "") -> None:
    """Strike out an assignment noted by mistake, which has not yet counted for a whole day.

    Refused while a letter sends to other villages, too: it would go on saying what was a mistake.
    And a letter is its office's: nobody else strikes out what it says.
    """
    held = Assignment.objects.lock(assignment.pk)
    office = held.officer.office
    if letters_of([held]) and not serves(by, office):
        raise TransitionRefused(in_letter_of(office))
    for letter in letters_of([held]):
        if _is_left_of(letter, [held]):
            raise TransitionRefused(
                f"Surat tugas {letter.number} menyebut penugasan ini dan penugasan lain. "
                "Batalkan dahulu nomornya di register, lalu buat surat yang benar."
            )
    strike_out_assignments([held], by=by, reason=reason)


@transaction.atomic
def release(assignments: Iterable[Assignment], *, by: User, reason: str) -> None:
    """Let these officers guide no longer from today on, by the calendar of their own office."""
    released = list(assignments)
    strike_out_assignments([it for it in released if it.is_new()], by=by, reason=reason)
    for assignment in released:
        if not assignment.is_new():
            yesterday = assignment.officer.office.today() - ONE_DAY
            end_assignment(assignment, ends_on=yesterday, by=by, reason=reason)


@transaction.atomic
def strike_out_assignments(assignments: Iterable[Assignment], *, by: User, reason: str) -> None:
    """Take these out, as none of them has counted; a letter of which nothing is left is void.

    One that sends elsewhere, too, stays: it is as true as where an assignment ends. Whom a letter
    sent reads it on either way.
    """
    held = Assignment.objects.lock_all(it.pk for it in assignments)
    if not all(it.is_new() for it in held):
        raise TransitionRefused("Penugasan ini sudah berlaku; akhiri dengan tanggal.")
    _void_letters(held, by=by, reason=reason)
    for assignment in held:
        for subject, note in told_of(assignment, reason):
            audit.actions.record("assignment.cancelled", subject, by=by, note=note)
        notices.tell("village.guided", assignment.village)
        assignment.delete()


def serves(user: User, office: Office) -> bool:
    """Whether somebody has a role in the office today."""
    return Membership.objects.on(office.today()).filter(user=user, office=office).exists()


def letters_of(assignments: Iterable[Assignment]) -> list[Letter]:
    """The letters that speak of them and count."""
    sent = Letter.objects.filter(assignment_letter__assignments__in=assignments)
    return list(sent.filter(entry__void=None).select_related("entry").distinct().order_by("pk"))


def _is_left_of(letter: Letter, gone: Iterable[Assignment]) -> bool:
    sent = Assignment.objects.filter(letters=letter.pk)
    return sent.exclude(pk__in=[it.pk for it in gone]).exists()


def _void_letters(gone: Iterable[Assignment], *, by: User, reason: str) -> None:
    why = " ".join(filter(None, ["Penugasan dalam surat ini dibatalkan.", reason]))
    for letter in letters_of(gone):
        if letter.entry and not _is_left_of(letter, gone):
            certificates.actions.void_number(letter.entry, reason=why, by=by)
