"""Waiting times: how long a proposal took to its decision, and what waits now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from accounts.models import Office
from audit.models import Entry, EntryQuerySet
from reports.scope import Scope
from villages.models import Designation, Status
from villages.models.designation import DesignationQuerySet
from villages.models.status import EDITABLE

DAY = timedelta(days=1)
SHOWN = 10


class Quantile(Aggregate):
    """The value below which a share of all lie: one forgotten sheet does not move the middle."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)%(filter)s"
    output_field = DurationField()


@dataclass(frozen=True, slots=True)
class Times:
    """How long the sheets decided in a period took, how often they went back, what waits now."""

    decided: int = 0
    middle: timedelta | None = None
    tenth: timedelta | None = None  # nine in ten took no longer
    slowest: timedelta | None = None
    returned: int = 0  # sheets that were sent back at least once
    rounds: int = 0
    waiting: int = 0
    waiting_since: datetime | None = None  # the longest-waiting of them
    preparing: int = 0

    @property
    def middle_days(self) -> int | None:
        """The median in whole days."""
        return _days(self.middle)

    @property
    def tenth_days(self) -> int | None:
        """The ninetieth percentile in whole days."""
        return _days(self.tenth)

    @property
    def slowest_days(self) -> int | None:
        """The slowest in whole days."""
        return _days(self.slowest)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.decided or self.waiting or self.preparing)


NAMES = tuple(field.name for field in fields(Times))


@dataclass(frozen=True)
class Waiting:
    """The waiting times of a scope: together, by office, and the sheets that stand out."""

    scope: Scope

    @cached_property
    def total(self) -> Times:
        """All offices as one."""
        return _times(self.scope.sheets.aggregate(**self._figures))

    @cached_property
    def offices(self) -> list[tuple[Office, Times]]:
        """Each office with its times, for those who look at several; the longest-waiting first."""
        grouped = self.scope.sheets.values("office").annotate(**self._figures)
        found = {row["office"]: _times(row) for row in grouped}
        rows = [(it, found[it.pk]) for it in self.scope.offices if it.pk in found]
        told = [(office, times) for office, times in rows if not times.is_empty]
        last = datetime.max.replace(tzinfo=self.scope.at.tzinfo)
        return sorted(told, key=lambda row: (row[1].waiting_since or last, row[0].name))

    @cached_property
    def longest(self) -> list[Designation]:
        """The sheets that wait longest for a decision now."""
        waiting = self.scope.sheets.filter(status=Status.SUBMITTED)
        return _first_of(waiting, "status_at", "pk")

    @cached_property
    def slowest(self) -> list[Any]:
        """The decided sheets that took longest, with how long, and how often they went back."""
        decided = self.scope.sheets.filter(self.scope.was_decided)
        return [
            (sheet, _days(sheet.took), sheet.went_back)
            for sheet in _first_of(decided, _took().desc(), "pk")
        ]

    @property
    def _figures(self) -> dict[str, Any]:
        decided, waiting = self.scope.was_decided, Q(status=Status.SUBMITTED)
        # Asked of all of them at once, and only then, sheet by sheet, how often.
        went_back = decided & Q(pk__in=_returns().values("subject_id"))
        return {
            "decided": Count("pk", filter=decided),
            "middle": Quantile(_took(), share=0.5, filter=decided),
            "tenth": Quantile(_took(), share=0.9, filter=decided),
            "slowest": Max(_took(), filter=decided),
            "returned": Count("pk", filter=went_back),
            "rounds": Coalesce(Sum(_times_returned(), filter=went_back), 0),
            "waiting": Count("pk", filter=waiting),
            "waiting_since": Min("status_at", filter=waiting),
            "preparing": Count("pk", filter=Q(status__in=EDITABLE)),
        }


def _took() -> Any:
    """From the first submission to the decision."""
    return ExpressionWrapper(F("decided_at") - F("submitted_at"), output_field=DurationField())


def _first_of(sheets: DesignationQuerySet, *order: Any) -> list[Any]:
    """The first few in this order: found first, then loaded with all that a row names."""
    few = sheets.order_by(*order).values("pk")[:SHOWN]
    loaded = Designation.objects.filter(pk__among=ArraySubquery(few)).with_list()
    return list(loaded.annotate(took=_took(), went_back=_times_returned()).order_by(*order))


def _times_returned() -> Coalesce:
    """How often a sheet went back to its preparers, as history remembers it."""
    counted = _returns().filter(subject_id=OuterRef("pk")).values("subject_id")
    return Coalesce(Subquery(counted.annotate(number=Count("pk")).values("number")), 0)


def _returns() -> EntryQuerySet:
    kind = ContentType.objects.get_for_model(Designation)
    return Entry.objects.filter(subject_type=kind, verb="designation.returned").order_by()


def _times(row: Mapping[str, Any]) -> Times:
    return Times(**{name: row[name] for name in NAMES})


def _days(span: timedelta | None) -> int | None:
    return round(span / DAY) if span is not None else None
