"""What the events app stores."""

from events.models.event import Event, EventQuerySet, EventVillage
from events.models.kind import EventKind
from events.models.status import Status

__all__ = ["Event", "EventKind", "EventQuerySet", "EventVillage", "Status"]
