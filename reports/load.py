"""Officers and their load: who guides how many villages, and which nobody guides."""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, fields, replace
from functools import cached_property
from statistics import median
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Office
from reports.outreach import Outreach, events_of_officers, visits_of_officers
from reports.scope import Scope
from villages.models import Assignment, Designation, Officer, Status, Village
from villages.models.officer import has_guide
from villages.models.status import VOUCHED_FOR


@dataclass(frozen=True, slots=True)
class OfficeLoad:
    """An office: its designated villages and its officers, with those that lack each other."""

    office: Office | None  # None for all offices as one
    villages: int = 0
    unconfirmed: int = 0  # of those, recorded from a decree, and no head answers for them yet
    unguided: int = 0
    officers: int = 0
    idle: int = 0
    beside: int = 0  # assignments to villages that do not stand designated
    events: int = 0  # in the period: held, who came to them, visits
    came: int = 0
    visits: int = 0

    @property
    def ratio(self) -> float | None:
        """Designated villages to one officer; None where there is none to share them."""
        return self.villages / self.officers if self.officers else None


@dataclass(frozen=True, slots=True)
class Spread:
    """How unevenly the villages lie on the officers."""

    least: int
    middle: float
    most: int


@dataclass(frozen=True)
class Load:
    """The officers of a scope's offices as they are today, whatever the period and the region.

    What a person or an office did is told of the period.
    """

    scope: Scope

    @cached_property
    def offices(self) -> list[OfficeLoad]:
        """One row for each office that has either villages or officers, or did anything."""
        found = (self._villages, self._officers, self._reached)
        rows = [
            OfficeLoad(office, **ChainMap(*(figures.get(office.pk, {}) for figures in found)))
            for office in self.scope.offices
            if office.pk in self.scope.office_ids
        ]
        return [row for row in rows if row.villages or row.officers or row.events or row.visits]

    @cached_property
    def total(self) -> OfficeLoad:
        """All offices as one."""
        figures = [it.name for it in fields(OfficeLoad) if it.name != "office"]
        sums = {name: sum(getattr(row, name) for row in self.offices) for name in figures}
        return OfficeLoad(None, **sums)

    @cached_property
    def people(self) -> list[Any]:
        """The officers of one office, the most laden first; with how long they have been at it.

        What they lead, and since when, is of villages that stand designated; others are `beside`.
        Their visits, and the events for their villages, are those of the period.
        """
        guided, beside = _guided_by_each()
        mine = Officer.objects.visible_to(self.scope.access).live()
        mine = mine.filter(office__among=self.scope.office_ids).with_list()
        events = events_of_officers(self.scope)
        people: list[Any] = list(
            mine.annotate(
                visits_made=visits_of_officers(self.scope),
                designated=_number(guided),
                leads=_number(guided.filter(part="lead")),
                guides_since=guided.annotate(first=Min("starts_on")).values("first"),
                beside=_number(beside),
            ).order_by(F("designated").desc(), F("load").desc(), "user__name", "pk")
        )
        for officer in people:
            officer.events_held = events.get(officer.pk, 0)
        return people

    @property
    def spread(self) -> Spread | None:
        """Least, middle and most designated villages of an officer; None without officers."""
        loads = [officer.designated for officer in self.people]
        return Spread(min(loads), median(loads), max(loads)) if loads else None

    @property
    def _villages(self) -> dict[int, dict[str, int]]:
        mine = Village.objects.visible_to(self.scope.access).designated()
        mine = mine.filter(office__among=self.scope.office_ids)
        sheets = Designation.objects.filter(village=OuterRef("pk"), status=Status.APPROVED)
        unconfirmed = Exists(sheets.exclude(VOUCHED_FOR))
        lacking = ~has_guide(OuterRef("pk"))
        return _by_office(mine, "villages", unconfirmed=unconfirmed, unguided=lacking)

    @property
    def _reached(self) -> dict[int, dict[str, int]]:
        """Beside each other; of one office it is told by person. A region narrows nothing here."""
        if not self.scope.spans_offices:
            return {}
        everywhere = Outreach(replace(self.scope, region_code=""))
        return {
            office: {"events": it.events, "came": it.people + it.pupils, "visits": it.visits}
            for office, it in everywhere.by_office.items()
        }

    @property
    def _officers(self) -> dict[int, dict[str, int]]:
        mine = Officer.objects.visible_to(self.scope.access).live()
        mine = mine.filter(office__among=self.scope.office_ids)
        held = Assignment.objects.live().filter(officer=OuterRef("pk"))
        found = _by_office(mine, "officers", idle=~Exists(held))
        others = Assignment.objects.live().to_others().filter(officer__in=mine).order_by()
        beside = others.values("officer__office").annotate(number=Count("pk"))
        for office, number in beside.values_list("officer__office", "number"):
            found[office]["beside"] = number
        return found


def _by_office(rows: Any, all_of_them: str, **conditions: Any) -> dict[int, dict[str, int]]:
    """How many each office has, and of how many each condition is true, by these names."""
    some = {name: Count("pk", filter=Q(it)) for name, it in conditions.items()}
    counted = rows.order_by().values("office").annotate(**{all_of_them: Count("pk")}, **some)
    return {row.pop("office"): row for row in counted}


def _guided_by_each() -> tuple[Any, Any]:
    """Of each officer the assignments of today: to designated villages, and to others."""
    live = Assignment.objects.live().filter(officer=OuterRef("pk")).order_by()
    return live.to_designated().values("officer"), live.to_others().values("officer")


def _number(grouped: Any) -> Any:
    return Coalesce(Subquery(grouped.annotate(number=Count("pk")).values("number")), 0)
