"""The events on a person's desk: those that should be over, and those of the next two weeks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONObject

from accounts.access import Access
from accounts.models import Office
from desabinaan.asked import present
from events.models import Event, EventQuerySet
from events.models.status import OPEN

SOON = timedelta(days=14)
ROWS = 10
SAID = ("pk", "title", "venue", "status", "starts_at", "ends_at")


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is to be said of events, and what comes next."""

    overdue: tuple[Event, ...] = ()
    coming: tuple[Event, ...] = ()

    @classmethod
    def of(cls, told: Iterable[str]) -> Agenda:
        """Of what `told` asked for."""
        events = [_event(each) for each in told]
        return cls(
            overdue=tuple(it for it in events if it.is_overdue),
            coming=tuple(it for it in events if not it.is_overdue),
        )


def told(events: EventQuerySet) -> QuerySet[Event, tuple[str]]:
    """Of these events, those that are not over and begin soon: as text, for any other query."""
    soon = Value(present()) + Value(SOON)
    said = JSONObject(**{name: name for name in SAID}, timezone="office__timezone")
    found = events.filter(status__in=OPEN, starts_at__lt=soon).order_by("starts_at", "pk")
    return found.values_list(Cast(said, TextField()))[:ROWS]


def agenda_of(access: Access) -> Agenda:
    """Of the villages that are somebody's own, who works in no office."""
    mine = Event.objects.visible_to(access).in_current_office(access)
    return Agenda.of(each for (each,) in told(mine))


def _event(each: str) -> Event:
    said: dict[str, Any] = json.loads(each)
    office = Office(timezone=said.pop("timezone"))
    said |= {name: datetime.fromisoformat(said[name]) for name in ("starts_at", "ends_at")}
    return Event(**said, office=office)
