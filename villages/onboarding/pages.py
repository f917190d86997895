"""What the pages of an import show: how much is done, what a doubtful row may mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from audit.models import Entry
from villages import picker
from villages.models import Designation, Import, ImportRow, Region, RowStatus
from villages.models.onboarding import HOLDS_REGION
from villages.onboarding.checking import claims_on
from villages.picker import Search


@dataclass(frozen=True)
class ImportPage:
    """An import with its counts, as its preview and its last look show it."""

    batch: Import
    status: str = ""

    @property
    def heaps(self) -> list[tuple[str, str, int]]:
        """The statuses that rows have, with their words and how many stand there."""
        counted = [(status.value, status.label, self.count(status)) for status in RowStatus]
        return [heap for heap in counted if heap[2]]

    @property
    def matched(self) -> int:
        """How many rows will be recorded."""
        return self.count(RowStatus.MATCHED)

    @property
    def doubtful(self) -> int:
        """How many rows wait for somebody."""
        return self.count(RowStatus.DOUBTFUL)

    @property
    def recorded(self) -> int:
        """How many rows stand in the portal."""
        return self.count(RowStatus.RECORDED)

    @property
    def left_over(self) -> int:
        """How many rows can be fetched to be mended."""
        return self.count(RowStatus.REFUSED) + self.count(RowStatus.DROPPED) + self.doubtful

    @property
    def total(self) -> int:
        """How many rows the table has."""
        return sum(self.count(status) for status in RowStatus)

    @cached_property
    def first_doubtful(self) -> ImportRow | None:
        """Where settling begins."""
        return self.batch.rows.filter(status=RowStatus.DOUBTFUL).first()

    @cached_property
    def decrees(self) -> list[tuple[str, date, int]]:
        """The decrees of the ready rows: number, day, and how many villages each covers."""
        counted: dict[tuple[str, str], int] = {}
        ready = self.batch.rows.filter(status=RowStatus.MATCHED).values_list("facts", flat=True)
        for facts in ready:
            key = (facts["decree_number"], facts["decree_dated"])
            counted[key] = counted.get(key, 0) + 1
        return [
            (number, date.fromisoformat(day), count) for (number, day), count in counted.items()
        ]

    @cached_property
    def entries(self) -> list[Entry]:
        """What happened to the import, the latest first."""
        return list(Entry.objects.about(self.batch)[:30])

    def count(self, status: RowStatus) -> int:
        """How many rows stand there; annotated by with_counts()."""
        counted: int = getattr(self.batch, f"{status.value}_rows")
        return counted


@dataclass(frozen=True, slots=True)
class Option:
    """A village that a row may mean, and what stands in the way: a sheet, or another row."""

    region: Region
    claim: Designation | None
    line: int | None


@dataclass(frozen=True)
class RowPage:
    """A doubtful row: the villages that it may mean, and those that a search found."""

    row: ImportRow
    text: str = ""

    @cached_property
    def suggestions(self) -> list[Option]:
        """What the portal suggests, the likeliest first; nothing once somebody searches."""
        wanted: list[Any] = [] if self.text else self.row.suggestions
        if not wanted:
            return []
        found = Region.objects.villages().with_path().in_bulk(wanted)
        claims = claims_on(found)
        return self._options((found[pk], claims.get(pk)) for pk in wanted if pk in found)

    @cached_property
    def search(self) -> Search | None:
        """What was found for the words that somebody typed."""
        return picker.search(self.row.batch.office, self.text) if self.text.strip() else None

    @cached_property
    def found(self) -> list[Option]:
        """The villages that the search found."""
        candidates = self.search.candidates if self.search else []
        return self._options((candidate.region, candidate.claim) for candidate in candidates)

    def _options(self, regions: Iterable[tuple[Region, Designation | None]]) -> list[Option]:
        offered = list(regions)
        taken = ImportRow.objects.filter(
            batch=self.row.batch_id,
            region__in=[region.pk for region, _ in offered],
            status__in=HOLDS_REGION,
        )
        lines = dict(taken.values_list("region", "line"))
        return [Option(region, claim, lines.get(region.pk)) for region, claim in offered]

    @cached_property
    def next_doubtful(self) -> ImportRow | None:
        """The next row to settle, beginning again behind the last."""
        waiting = ImportRow.objects.filter(batch=self.row.batch_id, status=RowStatus.DOUBTFUL)
        others = waiting.exclude(pk=self.row.pk)
        return others.filter(line__gt=self.row.line).first() or others.first()

    @property
    def waiting(self) -> int:
        """How many rows are still doubtful, this one among them."""
        rows = ImportRow.objects.filter(batch=self.row.batch_id, status=RowStatus.DOUBTFUL)
        return rows.count()
