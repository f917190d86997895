"""A period of the address: what it names, and what is next to it."""

from __future__ import annotations

from datetime import date

import pytest

from reports import periods
from reports.periods import Period

TODAY = date(2026, 3, 15)


def asked(**query: str) -> Period:
    return periods.asked(query, TODAY)


@pytest.mark.parametrize(
    ("key", "first", "last", "words"),
    [
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28), "Februari 2026"),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31), "Desember 2024"),
        ("2025-T4", date(2025, 10, 1), date(2025, 12, 31), "Triwulan IV 2025"),
        ("2026-T1", date(2026, 1, 1), date(2026, 3, 31), "Triwulan I 2026"),
        ("2025", date(2025, 1, 1), date(2025, 12, 31), "Tahun 2025"),
    ],
)
def test_a_key_names_its_days(key: str, first: date, last: date, words: str) -> None:
    period = asked(periode=key)

    assert (period.first, period.last, period.words, period.key) == (first, last, words, key)


@pytest.mark.parametrize("key", ["", "2026-13", "2026-T5", "26-01", "2026-1", "٢٠٢٦", "x" * 999])
def test_anything_else_is_the_twelve_months_until_today(key: str) -> None:
    assert asked(periode=key) == periods.rolling(TODAY)


def test_two_days_in_any_order_are_a_period() -> None:
    free = asked(dari="2026-03-10", sampai="2026-03-01")

    assert (free.first, free.last) == (date(2026, 3, 1), date(2026, 3, 10))
    assert free.words == "1 Maret 2026 s.d. 10 Maret 2026"
    assert asked(periode="bebas", dari="2026-03-01", sampai="2026-03-10") == free


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-02-30", "2026-03-01"), ("", "2026-03-01"), ("0001-01-01", "2026-01-01"),
     ("2026-01-01", "9999-12-31"), ("x", "\0")],
)  # fmt: skip
def test_days_that_are_none_are_left_aside(first: str, last: str) -> None:
    assert asked(periode="bebas", dari=first, sampai=last) == periods.rolling(TODAY)


def test_a_chosen_length_wins_over_days_left_in_the_form() -> None:
    left_over = {"dari": "2026-01-01", "sampai": "2026-01-02"}

    assert asked(periode="2025", **left_over).key == "2025"
    assert asked(periode="setahun", **left_over) == periods.rolling(TODAY)


@pytest.mark.parametrize(
    ("key", "earlier"), [("2026-01", "2025-12"), ("2026-T1", "2025-T4"), ("2026", "2025")]
)
def test_what_came_before_is_as_long(key: str, earlier: str) -> None:
    assert periods.before(asked(periode=key)).key == earlier


def test_what_is_offered_ends_with_today() -> None:
    offered = {label: [it.key for it in choices] for label, choices in periods.offered(TODAY)}

    assert offered["Bulan"][:3] == ["2026-03", "2026-02", "2026-01"]
    assert offered["Triwulan"][:2] == ["2026-T1", "2025-T4"]
    assert offered["Tahun"][0] == "2026"


def test_a_running_period_shows_today_and_a_past_one_its_end() -> None:
    assert asked(periode="2026-03").as_of(TODAY) == TODAY
    assert asked(periode="2026-02").as_of(TODAY) == date(2026, 2, 28)
