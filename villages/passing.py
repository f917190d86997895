"""What a hand-over or an assignment would change, village by village, read before it is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models.role import is_in_force, meeting
from desabinaan import formats
from villages.actions.handover import ONE_DAY, HandOver, passes_on, rises
from villages.actions.officers import Terms, term_words
from villages.models import Assignment, Officer, Part, Village


@dataclass(frozen=True, slots=True)
class Passing:
    """A village that leaves an officer: who takes it on, and who else guides it on that day."""

    assignment: Assignment
    heir: Officer | None
    starts_on: date
    there: list[Assignment]  # those of others, on the successor's first day

    @property
    def village(self) -> Village:
        """Which village."""
        return self.assignment.village

    @property
    def last_day(self) -> date:
        """The last day of whoever leaves."""
        return self.starts_on - ONE_DAY

    @property
    def words(self) -> str:
        """What becomes of it, in one sentence."""
        if self.heir is None:
            return "tidak ada pengganti"
        theirs, since = self._of_heir(), formats.long_date(self.starts_on)
        if theirs and not rises(self.assignment, theirs):
            return f"{self.heir} tetap {theirs[0].get_part_display().lower()} di sana"
        part = self.assignment.get_part_display().lower()
        until = f"; sebagai anggota sampai {formats.long_date(self.last_day)}" if theirs else ""
        return f"{self.heir} menjadi {part} mulai {since}{until}"

    @property
    def doubt(self) -> str:
        """What one would not want unawares: nobody there, nobody who leads, or two who do."""
        leads = {str(it.officer) for it in self.there if it.part == Part.LEAD}
        leads |= {str(self.heir)} if self.heir and self.assignment.part == Part.LEAD else set()
        if self.heir is None and not self.there:
            return "Tanpa PIMPASA sampai ada penugasan baru."
        if not leads:
            return "Tanpa ketua: yang tinggal hanya anggota."
        if len(leads) > 1 and self.assignment.part == Part.LEAD and self.heir:
            return f"Lebih dari satu ketua: {' dan '.join(sorted(leads))}."
        return ""

    def _of_heir(self) -> list[Assignment]:
        return [it for it in self.there if it.officer_id == (self.heir and self.heir.pk)]


def passings_of(held: Iterable[Assignment], plan: HandOver) -> list[Passing]:
    """Each of the villages, in one query."""
    leaving = list(held)
    others = Assignment.objects.filter(village__in=[it.village_id for it in leaving]).not_over()
    others = others.exclude(officer__in=[it.officer_id for it in leaving]).with_held()
    told = []
    for it in leaving:
        starts_on = passes_on(it, plan.last_day)
        here = [at for at in others if at.village_id == it.village_id]
        there = [at for at in here if is_in_force(at, starts_on)]
        told.append(Passing(it, plan.successors[it.pk], starts_on, there))
    return told


def other_leads(
    officers: Collection[Officer], villages: Collection[Village], terms: Terms
) -> list[str]:
    """Who else would lead a village in the time of these terms, village by village, in one query.

    A note to people, no rule: two who lead one village are rarely meant, and sometimes are.
    """
    if terms.part != Part.LEAD:
        return []
    taken = Assignment.objects.filter(village__in=[it.pk for it in villages], part=Part.LEAD)
    others = taken.exclude(officer__in=[it.pk for it in officers])
    there = defaultdict(list)
    for lead in others.filter(meeting(terms.starts_on, terms.ends_on)).with_held():
        there[lead.village_id].append(f"{lead.officer}, {term_words(lead)}")
    doubts = [
        f"{it} sudah mempunyai ketua: {'; '.join(there[it.pk])}." for it in villages if there[it.pk]
    ]
    if len(officers) > 1:
        names = " dan ".join(officer.user.name for officer in officers)
        doubts += [f"{it} mendapat {len(officers)} ketua sekaligus: {names}." for it in villages]
    return doubts
