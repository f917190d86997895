"""What the page shows that takes off whoever entered themselves and did not come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Max, Min

from events.models import Attendee, Event, Source
from events.models.attendance import AttendeeQuerySet

LISTED = 200  # of a time, with their names


@dataclass(frozen=True)
class Entered:
    """Who entered themselves at an event; numbers and hours, no name."""

    event: Event

    @cached_property
    def ends(self) -> list[datetime]:
        """When the first did and when the last; nothing where nobody did."""
        its = self._all.aggregate(first=Min("at"), last=Max("at"))
        return [its["first"], its["last"]] if its["first"] else []

    @cached_property
    def total(self) -> int:
        """How many there are."""
        return self._all.count()

    @property
    def _all(self) -> AttendeeQuerySet:
        return self.event.attendees.filter(source=Source.SELF).order_by()


@dataclass(frozen=True)
class Between:
    """Those of them within a time."""

    event: Event
    span: tuple[datetime, datetime]
    ticked: frozenset[int] | None = None  # all, before anybody said anything

    @cached_property
    def total(self) -> int:
        """All of them."""
        return self._all.count()

    @cached_property
    def number(self) -> int:
        """How many can be taken off."""
        return int(self._ends["number"])

    @cached_property
    def listed(self) -> list[Attendee]:
        """The first of them, with their names: nobody reads all of a flood."""
        return list(self._false.order_by("pk")[:LISTED])

    @property
    def choices(self) -> list[tuple[Attendee, bool]]:
        """The same, each with whether they are ticked."""
        return [(it, self.ticked is None or it.pk in self.ticked) for it in self.listed]

    @property
    def rest(self) -> int:
        """How many more there are."""
        return self.number - len(self.listed)

    @property
    def after(self) -> int:
        """Behind whom the rest begins: the last who is listed."""
        return self.listed[-1].pk if self.listed else 0

    @property
    def through(self) -> int:
        """With whom the rest ends: whoever comes onto the list later was not counted."""
        return self._ends["last"] or 0

    @property
    def staying(self) -> int:
        """How many stay, for an officer said a word of them."""
        return self.total - self.number

    @cached_property
    def _ends(self) -> dict[str, int]:
        return self._false.aggregate(number=Count("pk"), last=Max("pk"))

    @property
    def _false(self) -> AttendeeQuerySet:
        return self._all.unvouched()

    @property
    def _all(self) -> AttendeeQuerySet:
        return self.event.attendees.self_entered(*self.span).order_by()
