"""The agenda of an event by the clock: each item from when until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from desabinaan import formats
from events.models import AgendaItem, Event


@dataclass(frozen=True, slots=True)
class Slot:
    """An item with its time, by the clock of the office."""

    item: AgendaItem
    starts: datetime
    ends: datetime
    heading: str = ""  # the day, before its first item, where there are several

    @property
    def clock(self) -> str:
        """From when until when: "09.00–09.15"."""
        return f"{self.starts:%H.%M}\N{EN DASH}{self.ends:%H.%M}"


@dataclass(frozen=True, slots=True)
class Timetable:
    """All items, one after the other from the start of the event; each day from its own hour."""

    slots: tuple[Slot, ...]
    ends_at: datetime  # of the event

    @classmethod
    def of(cls, event: Event, items: Iterable[AgendaItem]) -> Timetable:
        """Lay them out."""
        slots = list(_laid_out(event.local(event.starts_at), items))
        if slots and (event.lasts_days or _day(slots[-1]) != _day(slots[0])):
            slots = [*_under_days(slots)]
        return cls(tuple(slots), event.local(event.ends_at))

    @property
    def rows(self) -> list[list[str]]:
        """The same for a paper: clock, item, who leads it; a day stands alone in its row."""
        rows = []
        for slot in self.slots:
            if slot.heading:
                rows.append(["", slot.heading, ""])
            rows.append([slot.clock, slot.item.title, slot.item.led_by])
        return rows

    @property
    def is_led(self) -> bool:
        """Whether it is said of any item who leads it."""
        return any(slot.item.led_by for slot in self.slots)

    @property
    def overruns(self) -> int:
        """By how many minutes the items go beyond the end of the event; 0 where they do not."""
        if not self.slots:
            return 0
        beyond = self.slots[-1].ends - self.ends_at
        return max(0, int(beyond.total_seconds() // 60))

    @property
    def too_late(self) -> str:
        """How many items fall on days on which the event is over; empty where none does."""
        last = (self.ends_at - timedelta(seconds=1)).date()
        number = sum(_day(slot) > last for slot in self.slots)
        return f"{formats.number(number)} acara jatuh sesudah hari terakhir" if number else ""

    @property
    def overruns_words(self) -> str:
        """The same in words: "45 menit"."""
        return f"{formats.number(self.overruns)} menit"


def _laid_out(clock: datetime, items: Iterable[AgendaItem]) -> Iterator[Slot]:
    day, is_first = clock.date(), True
    for item in items:
        if item.opens_day_at and not is_first:
            day += timedelta(days=1)  # also where the evening before went on past midnight
            clock = datetime.combine(day, item.opens_day_at, tzinfo=clock.tzinfo)
        ends = clock + timedelta(minutes=item.minutes)
        yield Slot(item, clock, ends)
        clock, is_first = ends, False


def _under_days(slots: Iterable[Slot]) -> Iterator[Slot]:
    before = None
    for slot in slots:
        day = _day(slot)
        yield slot if day == before else replace(slot, heading=formats.days(day, day))
        before = day


def _day(slot: Slot) -> date:
    return slot.starts.date()
