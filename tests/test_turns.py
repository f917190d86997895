"""Files that are looked at take turns: none starves, and none holds all threads for long."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError

from desabinaan import turns


def look(told: list[str], name: str) -> None:
    """Look at a file when its turn comes."""
    with turns.in_turn():
        told.append(f"{name} begins")
        time.sleep(0.01)
        told.append(f"{name} is done")


def waiting(pool: ThreadPoolExecutor, told: list[str], name: str) -> Future[None]:
    """Somebody who looks at a file, once they stand in the queue behind another."""
    before = len(turns._QUEUE._waiting)
    promised = pool.submit(look, told, name)
    until = time.monotonic() + 5
    while len(turns._QUEUE._waiting) == before and time.monotonic() < until:
        time.sleep(0.001)
    return promised


def test_ten_that_come_at_once_all_have_their_turn_one_at_a_time_as_they_came() -> None:
    told: list[str] = []

    with ThreadPoolExecutor(9) as pool:
        with turns.in_turn():
            promised = [waiting(pool, told, f"{n}") for n in range(9)]
            assert not told
        for it in promised:
            it.result()

    assert told == [f"{n} {what}" for n in range(9) for what in ("begins", "is done")]


def test_many_files_of_one_do_not_pass_by_those_who_wait() -> None:
    told: list[str] = []

    with ThreadPoolExecutor(1) as pool:
        with turns.in_turn():
            other = waiting(pool, told, "one of another")
        look(told, "the next of many")
        other.result()

    assert told[0] == "one of another begins"
    assert told[-1] == "the next of many is done"


def test_behind_a_heavy_file_only_one_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "BRIEF_SECONDS", 0.01)
    told: list[str] = []

    with ThreadPoolExecutor(1) as pool:
        with turns.in_turn():
            first = waiting(pool, told, "the first")
            time.sleep(0.02)
            began = time.monotonic()
            with pytest.raises(ValidationError, match="dapat dicoba lagi"):
                look(told, "the second")
            assert time.monotonic() - began < turns.TURN_SECONDS / 2
            assert not told
        first.result()

    assert told == ["the first begins", "the first is done"]


def test_who_gave_up_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "TURN_SECONDS", 0.01)
    told: list[str] = []

    with turns.in_turn(), pytest.raises(ValidationError) as refusal:
        look(told, "the first")
    look(told, "the next")

    assert refusal.value.code == "busy"
    assert told == ["the next begins", "the next is done"]
