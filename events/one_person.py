"""Which rows of the list of an event are one person: what was merged may be merged again.

In SQL for querysets, in Python where the merges are at hand. A row is hidden behind one other at
most, and nobody merges a row that is hidden: so every walk ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Func

if TYPE_CHECKING:
    from events.models import Merge


class RowsOf(Func):
    """The keys of all rows that are the person of this one: its own, and those hidden behind it."""

    arity = 1
    output_field = models.BigIntegerField()
    template = """(
        WITH RECURSIVE same (id) AS (
            SELECT %(expressions)s::bigint
            UNION
            SELECT said.other_id FROM same
            JOIN events_merge AS said ON said.is_one AND said.kept_id = same.id
        )
        SELECT id FROM same
    )"""


class ShownAs(Func):
    """The key of the row behind which this one is hidden at last; its own, where it is not."""

    arity = 1
    output_field = models.BigIntegerField()
    template = """(
        WITH RECURSIVE shown (id) AS (
            SELECT %(expressions)s::bigint
            UNION
            SELECT said.kept_id FROM shown
            JOIN events_merge AS said ON said.is_one AND said.other_id = shown.id
        )
        SELECT id FROM shown
        WHERE NOT EXISTS (SELECT FROM events_merge AS m WHERE m.is_one AND m.other_id = shown.id)
    )"""


class Rows:
    """The same of merges that are loaded."""

    def __init__(self, merges: Iterable[Merge]) -> None:
        self.hidden_behind = {it.other_id: it.kept_id for it in merges if it.is_one}

    def shown_as(self, row: int) -> int:
        """The key of the row behind which this one is hidden at last; its own, where it is not."""
        while row in self.hidden_behind:
            row = self.hidden_behind[row]
        return row

    def of(self, row: int) -> Iterator[int]:
        """The keys of all rows that are the person of this one, its own first."""
        yield row
        for other in self._behind[row]:
            yield from self.of(other)

    @cached_property
    def _behind(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for other, kept in self.hidden_behind.items():
            found[kept].append(other)
        return found
