"""Events as lists and months show them: by what was asked for in the address."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.http import QueryDict

from accounts.access import Access
from desabinaan import formats
from events.models import Event, EventKind, EventQuerySet, Status

LONGEST_SEARCH = 80
A_DAY_SHOWS = 3
MOST_OF_A_MONTH = 3_000  # of a nation; beyond, the days count what was read
WEEKS = Calendar()


def day_in(text: str) -> date | None:
    """The day that an address names; None for what is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


@dataclass(frozen=True)
class Filters:
    """What was asked for: words, kind, status, office, days."""

    access: Access
    asked: QueryDict

    @property
    def text(self) -> str:
        """What was searched for."""
        return self.asked.get("q", "").strip()[:LONGEST_SEARCH]

    @property
    def kind(self) -> str:
        """The key of a kind."""
        return self.asked.get("jenis", "")

    @property
    def status(self) -> str:
        """Where they stand; nothing for what is no status."""
        status = self.asked.get("status", "")
        return status if status in Status.values else ""

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
        return any((self.text, self.kind, self.status, self.first, self.last))

    @cached_property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds to choose from."""
        return EventKind.objects.choices()

    @property
    def statuses(self) -> list[tuple[str, str]]:
        """Where an event can stand."""
        return Status.choices

    @property
    def events(self) -> EventQuerySet:
        """What the person may know of and works with, as far as it was asked for but for days."""
        mine = Event.objects.visible_to(self.access).in_current_office(self.access)
        return mine.matching(self.text).of_kind(self.kind).standing_at(self.status)

    @property
    def found(self) -> EventQuerySet:
        """The same within the days."""
        return self.events.between(self.first, self.last)


@dataclass(frozen=True, slots=True)
class OnDay:
    """An event as one of its days shows it."""

    event: Event
    day: date

    @property
    def clock(self) -> str:
        """Its times, or when it starts; on a later day which one that is, and on the last its end.

        By the clock of its office. What ends at midnight ends at 24.00 of the day before.
        """
        if self.day == self.event.starts_on:
            return self.event.clock
        if self.day < self.event.ends_on:
            return f"hari ke-{(self.day - self.event.starts_on).days + 1}"
        end = self.event.local(self.event.ends_at)
        hour = f"{end:%H.%M}" if end.date() == self.day else "24.00"
        return f"sampai {hour} {formats.zone_word(self.event.office)}"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month with what takes place on it."""

    day: date
    is_inside: bool  # of the month that is shown, not of the weeks around it
    is_today: bool
    events: tuple[Event, ...] = ()

    @property
    def month_name(self) -> str:
        """Its month: "Juni 2024"."""
        return formats.month(self.day)

    @property
    def shown(self) -> tuple[OnDay, ...]:
        """The first of them, with the hours of this day."""
        return tuple(OnDay(event, self.day) for event in self.events[:A_DAY_SHOWS])

    @property
    def more(self) -> int:
        """How many are not shown."""
        return len(self.events) - len(self.shown)


@dataclass(frozen=True)
class Month:
    """A month as a calendar: whole weeks, each event on its days by the clock of its office."""

    filters: Filters
    asked: str  # "2024-06"; anything else is the month of today
    today: date

    @cached_property
    def first(self) -> date:
        """The first day of the month."""
        return day_in(f"{self.asked}-01") or self.today.replace(day=1)

    @property
    def name(self) -> str:
        """The month: "Juni 2024"."""
        return formats.month(self.first)

    @property
    def before(self) -> str:
        """The month before, as the address says it."""
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        """The month after."""
        return f"{self.first + timedelta(days=31):%Y-%m}"

    @property
    def this(self) -> str:
        """The month of today."""
        return f"{self.today:%Y-%m}"

    @property
    def is_this(self) -> bool:
        """Whether today lies in it."""
        return f"{self.first:%Y-%m}" == self.this

    @cached_property
    def days(self) -> list[Day]:
        """Whole weeks from Monday on."""
        return [
            Day(
                day,
                is_inside=day.month == self.first.month,
                is_today=day == self.today,
                events=tuple(self._by_day.get(day, ())),
            )
            for day in self._dates
        ]

    @cached_property
    def total(self) -> int:
        """How many events lie in the month itself, not in the weeks around it."""
        inside = (day.events for day in self.days if day.is_inside)
        return len({event.pk for events in inside for event in events})

    @cached_property
    def _dates(self) -> list[date]:
        return list(WEEKS.itermonthdates(self.first.year, self.first.month))

    @cached_property
    def _events(self) -> list[Event]:
        found = self.filters.events.between(self._dates[0], self._dates[-1])
        return list(found.select_related("kind", "office").order_by("starts_at")[:MOST_OF_A_MONTH])

    @cached_property
    def _by_day(self) -> dict[date, list[Event]]:
        days: dict[date, list[Event]] = defaultdict(list)
        for event in self._events:
            day = event.starts_on
            while day <= event.ends_on:
                days[day].append(event)
                day += timedelta(days=1)
        return days
