"""The surat tugas of assignments: a numbered letter of the office, remembered by all in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

import audit.actions
import certificates.actions
from accounts.models import Office, User
from certificates.models import Letter
from desabinaan.workflow import TransitionRefused
from villages.assignment_letters import SENT_THEMSELVES, LetterPrints, LetterWords
from villages.models import Assignment, AssignmentLetter


@transaction.atomic
def order_assignment_letter(  # noqa: PLR0913 - whose, what it says, by whom and when
    office: Office,
    assignments: Iterable[Assignment],
    words: LetterWords,
    *,
    by: User,
    number: str = "",
    printed: str | None = None,
    at: datetime | None = None,
) -> Letter:
    """Have the letter drawn that sends these officers to these villages.

    Refused where one of the assignments has ended since, belongs to another office, or sends who
    signs; without a number of the correspondence system it takes the next one of the office's
    register. Asked for twice within minutes, it is one letter. `printed` is the stamp of the
    letter as the person read it: nothing else is printed.
    """
    wanted = {assignment.pk for assignment in assignments}
    theirs = Assignment.objects.filter(pk__in=wanted, officer__office=office).not_over()
    held = list(theirs.with_list().with_standing().by_officer().lock_these())
    if not held or len(held) != len(wanted):
        raise TransitionRefused("Penugasan berubah sejak halaman ini dibuka; periksa lagi.")
    _refuse_own(words, held)
    prints = LetterPrints(held[0].officer.office, held, words)  # the office as it stands now
    prints.refuse_unread(printed, "Belum dibuat")
    paper = prints.paper
    if same := certificates.actions.ordered_just_now(paper, by=by, number=number):
        return same
    letter = certificates.actions.order_letter(paper, by=by, number=number, at=at)
    sent = AssignmentLetter.objects.create(letter=letter, signed_by=words.signed_by)
    sent.assignments.set(held)
    sent.officers.set({it.officer for it in held})
    subjects = {it.officer: None for it in held} | {it.village: None for it in held}
    for subject in subjects:
        audit.actions.record(
            "assignment.letter_ordered", subject, by=by, at=at, note=f"Nomor {letter.number}"
        )
    return letter


def _refuse_own(words: LetterWords, held: Iterable[Assignment]) -> None:
    """Nobody signs the letter that sends them."""
    for assignment in held:
        if words.sends(assignment.officer):
            raise TransitionRefused(f"{assignment.officer.user.name} {SENT_THEMSELVES}")
