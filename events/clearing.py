"""What the page shows that takes off whoever entered themselves and did not come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Max, Min

from events.models import Event, Source
from events.models.attendance import AttendeeQuerySet


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

    @cached_property
    def total(self) -> int:
        """All of them."""
        return self._all.count()

    @cached_property
    def number(self) -> int:
        """How many would be taken off."""
        return self._all.unvouched().count()

    @property
    def staying(self) -> int:
        """How many stay, for an officer said a word of them."""
        return self.total - self.number

    @property
    def _all(self) -> AttendeeQuerySet:
        return self.event.attendees.self_entered(*self.span).order_by()
