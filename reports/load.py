"""Officers and their load: who guides how many villages, and which nobody guides."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from statistics import median
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Office
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
    """The officers of a scope's offices as they are today, whatever the period and the region."""

    scope: Scope

    @cached_property
    def offices(self) -> list[OfficeLoad]:
        """One row for each office that has either villages or officers."""
        villages, officers = self._villages, self._officers
        rows = [
            OfficeLoad(office, **villages.get(office.pk, {}), **officers.get(office.pk, {}))
            for office in self.scope.offices
            if office.pk in self.scope.office_ids
        ]
        return [row for row in rows if row.villages or row.officers]

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
        """
        guided, beside = _guided_by_each()
        mine = Officer.objects.visible_to(self.scope.access).live()
        mine = mine.filter(office__among=self.scope.office_ids).with_list()
        return list(
            mine.annotate(
                designated=_number(guided),
                leads=_number(guided.filter(part="lead")),
                guides_since=guided.annotate(first=Min("starts_on")).values("first"),
                beside=_number(beside),
            ).order_by(F("designated").desc(), F("load").desc(), "user__name", "pk")
        )

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
