"""Rows in an order that people give them: by a position, with room between two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.db import models

STEP = 10  # between two positions


class Placed(Protocol):
    """A row that has a place among its like."""

    pk: int
    position: int


def moved[Row: Placed](rows: list[Row], pk: int, *, up: bool, seen_at: int | None = None) -> bool:
    """Swap the row with the one above or below it, in the list; whether there was one.

    `seen_at` is where the person saw it, counted from 0: whoever stands elsewhere by now stays.
    """
    here = next((place for place, row in enumerate(rows) if row.pk == pk), None)
    if here is None or seen_at not in (None, here):
        return False
    other = here - 1 if up else here + 1
    if not 0 <= other < len(rows):
        return False
    rows[here], rows[other] = rows[other], rows[here]
    return True


def put[Row: models.Model](rows: Sequence[Row]) -> None:
    """Store that they stand in this order; whoever calls holds what they belong to."""
    for place, row in enumerate(rows, 1):
        row.position = place * STEP  # type: ignore[attr-defined]
    if rows:
        type(rows[0])._default_manager.bulk_update(rows, ["position"])
