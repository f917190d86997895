"""What photos and follow-ups belong to: an event, or a visit."""

from __future__ import annotations

from events.actions.planning import held
from events.models import Event, Visit


def held_source(source: Event | Visit) -> Event | Visit:
    """The event, unless it is settled, or the visit; its row held.

    Raises TransitionRefused.
    """
    return held(source) if isinstance(source, Event) else Visit.objects.lock(source.pk)


def named(source: Event | Visit) -> dict[str, Event | Visit]:
    """The source under the name of the field that points to it."""
    return {"event" if isinstance(source, Event) else "visit": source}
