"""Spans of time by which recaps are read: a month, a quarter, a year, or any days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from desabinaan import formats

DAY = timedelta(days=1)
LONGEST = timedelta(days=10 * 366)
EARLIEST_YEAR = 2000
ROMAN = ("I", "II", "III", "IV")
FREE = "bebas"  # in the address: the days are named apart
MONTHS_BACK, QUARTERS_BACK, YEARS_BACK = 13, 5, 4


class Length(StrEnum):
    """How long a period is, by the calendar."""

    ROLLING = "rolling"  # the twelve months until today
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included."""

    length: Length
    first: date
    last: date

    @property
    def key(self) -> str:
        """How it stands in the address; nothing for what is meant without a word."""
        match self.length:
            case Length.MONTH:
                return f"{self.first:%Y-%m}"
            case Length.QUARTER:
                return f"{self.first:%Y}-T{self._quarter}"
            case Length.YEAR:
                return f"{self.first:%Y}"
            case Length.FREE:
                return FREE
            case Length.ROLLING:
                return ""

    @property
    def words(self) -> str:
        """How people call it: "Maret 2026", "Triwulan I 2026", "12 bulan terakhir"."""
        match self.length:
            case Length.MONTH:
                return f"{formats.MONTHS[self.first.month - 1]} {self.first.year}"
            case Length.QUARTER:
                return f"Triwulan {ROMAN[self._quarter - 1]} {self.first.year}"
            case Length.YEAR:
                return f"Tahun {self.first.year}"
            case Length.ROLLING:
                return "12 bulan terakhir"
            case Length.FREE:
                return self.days

    @property
    def exact(self) -> str:
        """The same for what is read later, when twelve months ago is another day."""
        return self.days if self.is_rolling else self.words

    @property
    def days(self) -> str:
        """Its first and last day: "1 Maret 2026 s.d. 31 Maret 2026"."""
        return f"{formats.long_date(self.first)} s.d. {formats.long_date(self.last)}"

    @property
    def is_rolling(self) -> bool:
        """Whether it is what the page shows unasked."""
        return self.length == Length.ROLLING

    @property
    def is_free(self) -> bool:
        """Whether its days were named one by one."""
        return self.length == Length.FREE

    def as_of(self, today: date) -> date:
        """The day whose state it shows: its last, or today while it runs."""
        return min(self.last, today)

    def instants(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Its beginning, and the beginning of what comes after it."""
        return midnight(self.first, zone), midnight(self.last + DAY, zone)

    @property
    def _quarter(self) -> int:
        return (self.first.month - 1) // 3 + 1


def midnight(day: date, zone: tzinfo) -> datetime:
    """The instant at which the day begins there."""
    return datetime.combine(day, time(), zone)


def asked(query: Mapping[str, str], today: date) -> Period:
    """The period that an address names; the last twelve months for whatever names none."""
    key = query.get("periode", "").strip()
    if key in {"", FREE}:  # two days say enough
        return _free(query.get("dari", ""), query.get("sampai", "")) or rolling(today)
    return named(key) or rolling(today)


def named(key: str) -> Period | None:
    """The month, quarter or year of this key; None for anything else."""
    found = re.fullmatch(r"(2\d{3})(?:-(?:(0[1-9]|1[0-2])|T([1-4])))?", key, re.ASCII)
    if found is None:
        return None
    year, month, quarter = int(found[1]), found[2], found[3]
    if month:
        return _months(Length.MONTH, year, int(month), 1)
    if quarter:
        return _months(Length.QUARTER, year, 3 * int(quarter) - 2, 3)
    return _months(Length.YEAR, year, 1, 12)


def rolling(today: date) -> Period:
    """The twelve months that end today."""
    return Period(Length.ROLLING, today - timedelta(days=365), today)


def month_of(day: date) -> Period:
    """The month in which the day lies."""
    return _months(Length.MONTH, day.year, day.month, 1)


def before(period: Period) -> Period:
    """The month, quarter or year that came before it; for other spans, as many days."""
    last = period.first - DAY
    match period.length:
        case Length.MONTH:
            return month_of(last)
        case Length.QUARTER:
            return _months(Length.QUARTER, last.year, last.month - 2, 3)
        case Length.YEAR:
            return _months(Length.YEAR, last.year, 1, 12)
        case Length.FREE | Length.ROLLING:
            return Period(Length.FREE, last - (period.last - period.first), last)


def offered(today: date) -> list[tuple[str, list[Period]]]:
    """What a page offers to choose from, the latest first, under the words for each length."""
    quarter = _months(Length.QUARTER, today.year, 3 * ((today.month - 1) // 3) + 1, 3)
    year = _months(Length.YEAR, today.year, 1, 12)
    return [
        ("Bulan", _back_from(month_of(today), MONTHS_BACK)),
        ("Triwulan", _back_from(quarter, QUARTERS_BACK)),
        ("Tahun", _back_from(year, YEARS_BACK)),
    ]


def _back_from(period: Period, count: int) -> list[Period]:
    found = [period]
    while len(found) < count:
        found.append(before(found[-1]))
    return found


def _free(first: str, last: str) -> Period | None:
    """Two days as date fields send them, whichever comes first; None where they are none."""
    try:
        ends = sorted([date.fromisoformat(first), date.fromisoformat(last)])
    except ValueError:
        return None
    fits = ends[0].year >= EARLIEST_YEAR and ends[1] - ends[0] <= LONGEST and ends[1].year < 9999
    return Period(Length.FREE, *ends) if fits else None


def _months(length: Length, year: int, month: int, count: int) -> Period:
    after = date(year + (month + count - 1) // 12, (month + count - 1) % 12 + 1, 1)
    return Period(length, date(year, month, 1), after - DAY)
