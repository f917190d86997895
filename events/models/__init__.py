"""What the events app stores."""

from events.models.agenda import AgendaItem, Contribution, Contributor, StandardItem
from events.models.event import Event, EventQuerySet, EventVillage
from events.models.kind import EventKind
from events.models.occasion import Occasion
from events.models.status import Status

__all__ = [
    "AgendaItem",
    "Contribution",
    "Contributor",
    "Event",
    "EventKind",
    "EventQuerySet",
    "EventVillage",
    "Occasion",
    "StandardItem",
    "Status",
]
