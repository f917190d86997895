"""Visits as lists show them: by what was asked for in the address; and where one may be noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.http import QueryDict

from accounts.access import Access
from accounts.models import Office, Role, User
from events.documentation import told_follow_ups, told_photos
from events.listing import LONGEST_SEARCH, day_in
from events.models import FollowUp, Photo, Visit, VisitQuerySet
from villages.models import Assignment, Officer, Region, Village
from villages.models.officer import OfficerQuerySet

SHOWN = 5  # visits that the page of a village or an officer lists


@dataclass(frozen=True)
class VisitFilters:
    """What was asked for: words, an officer, days."""

    access: Access
    asked: QueryDict

    @property
    def text(self) -> str:
        """What was searched for."""
        return self.asked.get("q", "").strip()[:LONGEST_SEARCH]

    @property
    def officer(self) -> int | None:
        """The key of an officer."""
        key = self.asked.get("pimpasa", "")
        return int(key) if key.isdecimal() and len(key) < 10 else None

    @property
    def first(self) -> date | None:
        """From which day on."""
        return day_in(self.asked.get("dari", ""))

    @property
    def last(self) -> date | None:
        """Until which day."""
        return day_in(self.asked.get("sampai", ""))

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for."""
        return any((self.text, self.officer, self.first, self.last))

    @property
    def found(self) -> VisitQuerySet:
        """Those that the person may know of and works with, as far as they asked."""
        mine = Visit.objects.visible_to(self.access).in_current_office(self.access)
        found = mine.matching(self.text).between(self.first, self.last)
        return found.filter(officer=self.officer) if self.officer else found


def notable(access: Access) -> list[Assignment]:
    """The assignments of today for which this person may note a visit, by village."""
    office = access.current_office
    here = Q(officer__user=access.user)
    if office is not None and access.has_role(Role.STAFF, office.pk):
        here |= Q(village__office=office)
    live = Assignment.objects.visible_to(access).live().filter(here).with_list()
    return list(live.order_by("village__region__name", "officer__user__name", "pk"))


def documented[Found: QuerySet[Any]](visits: Found) -> Found:
    """With what follows from each, and its photos."""
    its = FollowUp.objects.filter(visit=OuterRef("pk"))
    return visits.annotate(
        told_follow_ups=told_follow_ups(its.order_by("due_on", "pk")),
        told_photos=told_photos(Photo.objects.filter(visit=OuterRef("pk"))),
    )


def with_visits(officers: OfficerQuerySet) -> OfficerQuerySet:
    """With the latest visits of each, and how many there are."""
    its = Visit.objects.filter(officer=OuterRef("pk"))
    return officers.annotate(told_visits=told_visits(its), visit_count=number_of(its, "officer"))


def visits_of(officer: Officer) -> list[Visit]:
    """The latest visits of an officer who was loaded `with_visits`."""
    told: list[dict[str, Any]] = officer.told_visits  # type: ignore[attr-defined]
    return [visit_of(each) for each in told]


def told_visits(visits: VisitQuerySet) -> ArraySubquery:
    """The latest of these, for a query of whatever they belong to."""
    told = JSONObject(
        **{name: name for name in ("pk", "visited_at", "met")},
        officer="officer__user__name",
        timezone="office__timezone",
        region=JSONObject(
            **{name: f"village__region__{name}" for name in ("code", "name", "kind")}
        ),
    )
    return ArraySubquery(visits.order_by("-visited_at", "-pk").values(told=told)[:SHOWN])


def number_of(visits: VisitQuerySet, by: str) -> Coalesce:
    """How many these are, for a query of whatever they belong to."""
    counted = visits.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def visit_of(told: dict[str, Any]) -> Visit:
    """A visit as `told_visits` says it."""
    return Visit(
        pk=told["pk"],
        visited_at=datetime.fromisoformat(told["visited_at"]),
        met=told["met"],
        office=Office(timezone=told["timezone"]),
        officer=Officer(user=User(name=told["officer"])),
        village=Village(region=Region(**told["region"])),
    )
