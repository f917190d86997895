"""Outreach: the events that offices held, who came to them, and the visits of their PIMPASA."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import add, itemgetter
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Left

from accounts.models import Office
from events.models import Event, EventQuerySet, EventVillage, Visit, VisitQuerySet
from events.models.event import day_there
from reports.scope import Scope
from villages.models import Region
from villages.models.region import RegionLevel

# What the columns of a turnout add up to.
CAME = {
    "people": ("people",),
    "pupils": ("boys", "girls"),
    "men": ("men", "boys"),
    "women": ("women", "girls"),
}
BY_PLACE = """
    SELECT place, count(*), {sums}
    FROM ({placed}) AS placed LEFT JOIN events_turnout USING (event_id)
    GROUP BY place
"""
FIGURES = ("events", *CAME, "visits")
LABELS = ("Kegiatan", "Peserta", "Siswa", "Laki-laki", "Perempuan", "Sambang desa")


class Reached(NamedTuple):
    """Events that were held and visits, and how many people came: named ones, and pupils."""

    events: int = 0
    people: int = 0  # on their lists, each once at each event
    pupils: int = 0
    men: int = 0  # of both; of whom nobody said it is neither
    women: int = 0
    visits: int = 0

    @property
    def cells(self) -> Iterable[tuple[str, int]]:
        """Each with the word above it."""
        return zip(LABELS, self, strict=True)


NOTHING = Reached()


@dataclass(frozen=True)
class Outreach:
    """What the offices of a scope did in its period, in its region.

    An event counts once it began, in the period in which it began: neither what is planned nor
    what was called off. One for villages of several regions counts in each of them, and once in
    the sum.
    """

    scope: Scope

    @cached_property
    def total(self) -> Reached:
        """Everything."""
        return _gathered([*self._kinds, *self._visits], lambda _: "all").get("all", NOTHING)

    @cached_property
    def kinds(self) -> list[tuple[str, Reached]]:
        """Events by their kind, in the order of the programme."""
        found = _gathered(self._kinds, itemgetter("kind__position", "kind__label"))
        return [(label, found[position, label]) for position, label in sorted(found)]

    @cached_property
    def by_office(self) -> dict[int, Reached]:
        """What each office did that did anything, by its key."""
        told = [*_counted(self._here.values("office")), *self._visits_by("office")]
        return _gathered(told, itemgetter("office"))

    @property
    def offices(self) -> list[tuple[Office, Reached]]:
        """The same, by the names of the offices."""
        found = self.by_office
        return [(it, found[it.pk]) for it in self.scope.offices if it.pk in found]

    @cached_property
    def rows(self) -> list[tuple[Region, Reached]]:
        """One row for each region inside; in a kecamatan for each village."""
        regions = self._regions
        if not regions:
            return []
        length = len(regions[0].code)
        told = [*self._events_by(length), *self._visits]
        found = _gathered(told, itemgetter("place"))
        return [(it, found.get(it.code, NOTHING)) for it in regions]

    @property
    def shows_villages(self) -> bool:
        """Whether its rows are villages, which open no further."""
        return bool(self._regions) and self._regions[0].level == RegionLevel.VILLAGE

    @property
    def by_village(self) -> list[tuple[Region, Reached]]:
        """Every village for which an event was held or that was visited, by its code."""
        held = _counted(self._villages.values(place=F("region")), "event__")
        told = [*held, *self._visits_by(place=F("village__region"))]
        found = _gathered(told, itemgetter("place"))
        regions = Region.objects.filter(pk__among=list(found)).order_by("code")
        return [(it, found[it.pk]) for it in regions]

    @property
    def village_count(self) -> int:
        """How many these are, without looking at each."""
        visited = self._visited.values_list("village__region")
        number: int = self._villages.values_list("region").union(visited).count()
        return number

    @property
    def held(self) -> EventQuerySet:
        """The events that were held, whatever the region."""
        ours = Event.objects.filter(office__among=self.scope.office_ids)
        return ours.held().filter(self.scope.during("starts_at")).order_by()

    @property
    def visits(self) -> VisitQuerySet:
        """The visits that were noted, whatever the region."""
        ours = Visit.objects.filter(office__among=self.scope.office_ids)
        return ours.filter(self.scope.during("visited_at")).order_by()

    @cached_property
    def _regions(self) -> list[Region]:
        region = self.scope.region
        if region and region.level == RegionLevel.DISTRICT:
            return list(self.scope.places.villages().order_by("code"))
        return self.scope.places.inside

    @property
    def _here(self) -> EventQuerySet:
        """The events of the region, each once."""
        if not self.scope.inside:
            return self.held
        there = self._in_the_region(EventVillage.objects.filter(event=OuterRef("pk")))
        return self.held.filter(Exists(there))

    @cached_property
    def _kinds(self) -> list[dict[str, Any]]:
        return list(_counted(self._here.values("kind__position", "kind__label")))

    @cached_property
    def _visits(self) -> list[dict[str, Any]]:
        """By place: as long a code as the page has rows for."""
        length = len(self._regions[0].code) if self._regions else 2
        return self._visits_by(place=Left("village__region__code", length))

    def _visits_by(self, *names: str, **more: Any) -> list[dict[str, Any]]:
        return list(self._visited.values(*names, **more).annotate(visits=Count("pk")))

    def _events_by(self, length: int) -> list[dict[str, Any]]:
        """By place: an event counts once there, for however many villages it was.

        Django reads from no query. In its own words this looks at all regions twice, and the recap
        of the nation takes a fifth longer.
        """
        placed = self._villages.values("event_id", place=Left("region__code", length)).distinct()
        asked, values = placed.query.sql_with_params()
        sums = ", ".join(f"coalesce(sum({' + '.join(its)}), 0)" for its in CAME.values())
        with connection.cursor() as cursor:
            cursor.execute(BY_PLACE.format(sums=sums, placed=asked), values)
            names = ("place", "events", *CAME)
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    @property
    def _villages(self) -> Any:
        """For which villages of the region the events were."""
        return self._in_the_region(EventVillage.objects.filter(event__in=self.held))

    @property
    def _visited(self) -> VisitQuerySet:
        """The visits there."""
        inside = self.scope.inside
        if not inside:
            return self.visits
        return self.visits.filter(village__region__code__startswith=inside)

    def _in_the_region(self, villages: Any) -> Any:
        inside = self.scope.inside
        found = villages.filter(region__code__startswith=inside) if inside else villages
        return found.order_by()


def visits_of_officers(scope: Scope) -> Any:
    """How many an officer made in the period, for a query of officers."""
    its = Outreach(scope).visits.filter(officer=OuterRef("pk")).values("officer")
    return Coalesce(Subquery(its.annotate(number=Count("pk")).values("number")), 0)


def events_of_officers(scope: Scope) -> dict[int, int]:
    """How many events of the period were held for villages that an officer guided on that day.

    Asked for all at once: beside each officer PostgreSQL would look through all events again.
    """
    day = day_there(F("event__starts_at"), at="event__office__timezone")
    guided = EventVillage.objects.alias(day=day).filter(
        Q(region__village__assignments__ends_on=None)
        | Q(region__village__assignments__ends_on__gte=F("day")),
        event__in=Outreach(scope).held,
        region__village__assignments__starts_on__lte=F("day"),
    )
    by_officer = guided.order_by().values_list("region__village__assignments__officer")
    return dict(by_officer.annotate(Count("event", distinct=True)))


def _gathered(rows: Iterable[Mapping[str, Any]], key: Callable[[Any], Any]) -> dict[Any, Reached]:
    """The rows that a query counted, added up by what they have in common."""
    sums: dict[Any, list[int]] = defaultdict(lambda: [0] * len(FIGURES))
    for row in rows:
        its = sums[key(row)]
        for place, name in enumerate(FIGURES):
            its[place] += row.get(name, 0)
    return {common: Reached(*its) for common, its in sums.items()}


def _counted(grouped: Any, event: str = "") -> Any:
    """How many events of each group, and how many came to them."""
    turnout = {
        name: reduce(add, (Coalesce(Sum(f"{event}turnout__{it}"), 0) for it in its))
        for name, its in CAME.items()
    }
    return grouped.annotate(events=Count("pk"), **turnout)
