"""The agenda of an event by the clock: each item from when until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from desabinaan import formats
from events.models import AgendaItem, Event


@dataclass(frozen=True, slots=True)
class Slot:
    """An item with its time, by the clock of the office."""

    item: AgendaItem
    starts: datetime
    ends: datetime

    @property
    def clock(self) -> str:
        """From when until when: "09.00–09.15"."""
        return f"{self.starts:%H.%M}\N{EN DASH}{self.ends:%H.%M}"


@dataclass(frozen=True, slots=True)
class Timetable:
    """All items, one after the other from the start of the event."""

    slots: tuple[Slot, ...]
    ends_at: datetime  # of the event

    @classmethod
    def of(cls, event: Event, items: Iterable[AgendaItem]) -> Timetable:
        """Lay them out."""
        slots, clock = [], event.local(event.starts_at)
        for item in items:
            ends = clock + timedelta(minutes=item.minutes)
            slots.append(Slot(item, clock, ends))
            clock = ends
        return cls(tuple(slots), event.local(event.ends_at))

    @property
    def overruns(self) -> int:
        """By how many minutes the items go beyond the end of the event; 0 where they do not."""
        if not self.slots:
            return 0
        beyond = self.slots[-1].ends - self.ends_at
        return max(0, int(beyond.total_seconds() // 60))

    @property
    def overruns_words(self) -> str:
        """The same in words: "45 menit"."""
        return f"{formats.number(self.overruns)} menit"
