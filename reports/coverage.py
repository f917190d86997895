"""Coverage: how much of which region is designated, and where every village of it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.db.models.functions import Left

from reports.scope import Scope
from villages.models import Region, Status

COUNTED = ("designated", "unconfirmed", "became", "went", "under_way")


@dataclass(frozen=True, slots=True)
class Row:
    """A region: all its villages by the official list, and how this viewer's sheets stand there."""

    region: Region | None  # None for all rows as one
    villages: int
    counted: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The region's name; an old code is said to be one, since its villages are not listed."""
        if self.region is None:
            return "Jumlah"
        return self.region.full_name + (" (kode lama)" if self.region.retired_on else "")

    @property
    def designated(self) -> int:
        """How many stood designated on the day."""
        return self.counted["designated"]

    @property
    def unconfirmed(self) -> int:
        """How many of those were recorded from a decree, and no head answered for them by then."""
        return self.counted["unconfirmed"]

    @property
    def became(self) -> int:
        """How many became designated in the period."""
        return self.counted["became"]

    @property
    def went(self) -> int:
        """How many designations were revoked or ended in the period."""
        return self.counted["went"]

    @property
    def under_way(self) -> int:
        """How many were proposed and not yet decided on the day."""
        return self.counted["under_way"]

    @property
    def left(self) -> int:
        """How many villages were not designated: the way to every one of the region."""
        return max(0, self.villages - self.designated)

    @property
    def share(self) -> float:
        """The designated of all villages, in percent."""
        return 100 * self.designated / self.villages if self.villages else 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """How many villages stand somewhere today, and how that is asked for in an address."""

    key: str
    label: str
    count: int


@dataclass(frozen=True)
class Coverage:
    """What the offices of a scope have reached, region by region."""

    scope: Scope

    @cached_property
    def rows(self) -> list[Row]:
        """One row for each region inside, by its code."""
        regions = self.scope.places.inside
        if not regions:
            return []
        counted = self._counted_by(len(regions[0].code))
        return [
            Row(region, region.village_count, counted.get(region.code, Counter()))
            for region in regions
        ]

    @cached_property
    def total(self) -> Row:
        """All rows as one."""
        together: Counter[str] = Counter()
        for row in self.rows:
            together += row.counted
        return Row(self.scope.region, sum(row.villages for row in self.rows), together)

    @cached_property
    def standings(self) -> list[Standing]:
        """Where the villages stand today: each once, under the sheet that says so."""
        by_status = self.scope.standing_each.values_list("status").annotate(Count("pk"))
        counted = Counter(dict(by_status))
        named = [it for it in Status if it != Status.STRUCK]  # which counts nowhere
        told = [Standing(it.value, str(it.label), counted[it]) for it in named]
        never = max(0, self.total.villages - sum(counted.values()))
        return [*told, Standing("tanpa", "Belum diusulkan", never)]

    def _counted_by(self, length: int) -> dict[str, Counter[str]]:
        """Every figure of every region, in one query."""
        scope = self.scope
        grouped = scope.sheets.annotate(place=Left("village__region__code", length)).values("place")
        counted: Iterable[Mapping[str, Any]] = grouped.annotate(
            designated=_villages_where(scope.stood),
            unconfirmed=_villages_where(scope.was_unconfirmed),
            became=Count("pk", filter=scope.became),
            went=Count("pk", filter=scope.went),
            under_way=_villages_where(scope.was_under_way),
        )
        return {row["place"]: Counter({key: row[key] for key in COUNTED}) for row in counted}


def _villages_where(condition: Any) -> Count:
    """A village counts once, however many sheets it has."""
    return Count("village", filter=condition, distinct=True)
