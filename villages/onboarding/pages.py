"""What the pages of an import show: how much is done, what a doubtful row may mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from accounts.models import User
from audit.models import Entry
from villages import picker
from villages.models import (
    Decree,
    Designation,
    Import,
    ImportOfficer,
    ImportRow,
    NamedStatus,
    Region,
    RowStatus,
)
from villages.models.onboarding import HOLDS_REGION
from villages.onboarding.checking import claims_on
from villages.picker import Search

SHOWN_DECREES = 10
SHOWN_VILLAGES, SHOWN_LOSSES = 300, 60  # on one page; the table itself shows the rest


def _district(region: Region) -> Region:
    return region.district


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
    def outcome(self) -> tuple[str, str]:
        """Where a recorded table stands, and the tone in which that is said."""
        if not self.batch.awaits_confirmation:
            return "Selesai", "success"
        return ("Dikembalikan", "attention") if self.batch.is_returned else ("Dicatat", "progress")

    @property
    def matched(self) -> int:
        """How many villages will be recorded."""
        return self.count(RowStatus.MATCHED)

    @cached_property
    def tally(self) -> dict[str, int]:
        """How much the rows bring, and of whom they speak."""
        return self.batch.rows.tally()

    @property
    def unclear(self) -> int:
        """How many PIMPASA wait for somebody to say who they are."""
        return self.tally["unclear"]

    @property
    def has_officers(self) -> bool:
        """Whether the table names any PIMPASA."""
        return bool(self.tally["officers"])

    @property
    def to_record(self) -> int:
        """How many rows bring something, a village or what a known one lacks."""
        return self.tally["to_record"]

    @property
    def additions(self) -> int:
        """How many known villages get something that they lack."""
        return self.to_record - self.matched

    @property
    def assignments(self) -> int:
        """How many rows bring their village a PIMPASA."""
        return self.tally["assignments"]

    @property
    def passed_over(self) -> int:
        """How many lines of the file are no row: sums, signatures, repeated headers."""
        below: int = self.batch.lines - self.batch.header_at - 1
        return max(0, below - self.total)

    @property
    def assigned(self) -> int:
        """How many villages have a PIMPASA by this table."""
        return self.tally["assigned"]

    @cached_property
    def sources(self) -> list[Decree]:
        """The decrees under which the recorded villages stand."""
        standing = Designation.objects.filter(import_row__batch=self.batch).recorded()
        return list(Decree.objects.filter(designations__in=standing).distinct()[:SHOWN_DECREES])

    @property
    def knows_all(self) -> bool:
        """Whether the portal has every row of the table already."""
        return self.count(RowStatus.KNOWN) == self.total > 0

    @cached_property
    def newcomers(self) -> list[ImportOfficer]:
        """Who will be appointed."""
        new = self.batch.officers.filter(status=NamedStatus.NEW)
        return list(new.filter(rows__in=self.batch.rows.to_record()).distinct())

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
        return self.tally["left_over"]

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
    def villages(self) -> list[tuple[Region, list[Region]]]:
        """The villages that will be recorded, by kecamatan; of a long table the first."""
        ready = self.batch.rows.filter(status=RowStatus.MATCHED).order_by("region__code")
        rows = ready.select_related("region__parent__parent__parent").defer("facts")
        grouped = groupby([row.region for row in rows[:SHOWN_VILLAGES] if row.region], _district)
        return [(district, list(regions)) for district, regions in grouped]

    @property
    def further_villages(self) -> int:
        """How many more will be recorded than are named."""
        return self.matched - sum(len(regions) for _, regions in self.villages)

    @cached_property
    def losses(self) -> list[ImportRow]:
        """The rows that will not be recorded, or lose their PIMPASA; the first of them."""
        if not self.left_over:
            return []
        rows = self.batch.rows.left_over().select_related("region", "officer__user")
        return list(rows[:SHOWN_LOSSES])

    @property
    def further_losses(self) -> int:
        """How many more are lost than are named."""
        return self.left_over - len(self.losses)

    @cached_property
    def entries(self) -> list[Entry]:
        """What happened to the import, the latest first."""
        return list(Entry.objects.about(self.batch)[:30])

    def count(self, status: RowStatus) -> int:
        """How many rows stand there; annotated by with_counts()."""
        counted: int = getattr(self.batch, f"{status.value}_rows")
        return counted


@dataclass(frozen=True)
class OfficersPage:
    """The persons whom a table names as PIMPASA, each with those whom it may mean."""

    officers: Iterable[ImportOfficer]

    @cached_property
    def rows(self) -> list[tuple[ImportOfficer, list[User]]]:
        """Each person, and who in the office it may be, the likeliest first; one query."""
        wanted = {pk for person in self.officers for pk in person.suggestions if person.is_open}
        users = User.objects.in_bulk(wanted)
        return [
            (person, [users[pk] for pk in person.suggestions if pk in users])
            for person in self.officers
        ]


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
