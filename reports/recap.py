"""The recap: how much of which region is designated, and how long a sheet takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Aggregate, Count, DurationField, F, Q
from django.db.models.functions import Left
from django.utils import timezone

from accounts.access import Access
from villages.models import Designation, Jurisdiction, Region, Status
from villages.models.designation import DesignationQuerySet
from villages.models.region import CODE_LENGTHS, RegionLevel, RegionQuerySet

UNDER_WAY = (Status.DRAFT, Status.SUBMITTED, Status.RETURNED)
A_YEAR = timedelta(days=365)


class Median(Aggregate):
    """The middle one: a single forgotten sheet does not move it, as it would an average."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True, slots=True)
class Row:
    """A region: all its villages by the official list, and how this viewer's sheets stand there."""

    region: Region
    villages: int
    standing: Counter[str]

    @property
    def designated(self) -> int:
        """How many stand designated today."""
        return self.standing[Status.APPROVED]

    @property
    def under_way(self) -> int:
        """How many are proposed and not yet decided."""
        return sum(self.standing[status] for status in UNDER_WAY)

    @property
    def share(self) -> float:
        """The designated of all villages, in percent."""
        return 100 * self.designated / self.villages if self.villages else 0.0


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long the sheets of the last year took, from proposal to decision."""

    decided: int
    median: timedelta | None

    @property
    def days(self) -> int | None:
        """The median in whole days; None where nothing was decided."""
        return round(self.median / timedelta(days=1)) if self.median is not None else None


@dataclass(frozen=True)
class Recap:
    """What a viewer's offices have reached, in the regions below one, or in all that they serve."""

    access: Access
    region: Region | None  # the one that was opened, or everything
    at: datetime  # when it was counted

    @cached_property
    def rows(self) -> list[Row]:
        """One row for each region inside, by its code."""
        regions = list(self._regions)
        if not regions:
            return []
        codes = [region.code for region in regions]
        length = len(codes[0])
        villages = _villages_by(length, codes)
        standing = self._standing_by(length)
        return [
            Row(region, villages[region.code], standing.get(region.code, Counter()))
            for region in regions
        ]

    @cached_property
    def total(self) -> Row | None:
        """All rows as one; None where there are none."""
        if not self.rows:
            return None
        standing: Counter[str] = Counter()
        for row in self.rows:
            standing += row.standing
        region = self.region or self.rows[0].region
        return Row(region, sum(row.villages for row in self.rows), standing)

    @property
    def statuses(self) -> list[tuple[str, str, int]]:
        """Each status with its word and how many sheets have it."""
        counted = self.total.standing if self.total else Counter()
        return [(status.value, str(status.label), counted[status]) for status in Status]

    @property
    def opens_further(self) -> bool:
        """Whether the rows have regions of their own inside."""
        return bool(self.rows) and self.rows[0].region.level != RegionLevel.DISTRICT

    @cached_property
    def waiting(self) -> Waiting:
        """From proposal to decision, over the last year."""
        decided = self.sheets.filter(decided_at__gte=self.at - A_YEAR)
        found = decided.aggregate(
            decided=Count("pk"),
            median=Median(F("decided_at") - F("submitted_at"), output_field=DurationField()),
        )
        return Waiting(**found)

    @cached_property
    def sheets(self) -> DesignationQuerySet:
        """The sheets that the recap counts."""
        sheets = Designation.objects.visible_to(self.access).in_current_office(self.access)
        if self.region is None:
            return sheets
        return sheets.filter(village__region__code__startswith=f"{self.region.code}.")

    @property
    def _regions(self) -> RegionQuerySet:
        if self.region:
            return Region.objects.current().filter(parent=self.region).order_by("code")
        return _served_by(self.access, self.sheets).order_by("code")

    def _standing_by(self, length: int) -> dict[str, Counter[str]]:
        counted: dict[str, Counter[str]] = {}
        grouped = self.sheets.order_by().annotate(place=Left("village__region__code", length))
        for place, status, count in grouped.values_list("place", "status").annotate(Count("pk")):
            counted.setdefault(place, Counter())[status] = count
        return counted


def recap_of(access: Access, region: Region | None = None) -> Recap:
    """The recap of the offices that this person works with now, whole or below one region."""
    return Recap(access, region, timezone.now())


def _served_by(access: Access, sheets: DesignationQuerySet) -> RegionQuerySet:
    """The provinces for the Ditjen; else the kabupaten that are served or have a sheet."""
    regions = Region.objects.current()
    if access.current_office and access.current_office.is_directorate:
        return regions.filter(level=RegionLevel.PROVINCE)
    length = CODE_LENGTHS[RegionLevel.REGENCY]
    claims = Jurisdiction.objects.filter(office__in=access.working_office_ids).standing()
    served = claims.annotate(place=Left("region__code", length)).values("place")
    worked = sheets.order_by().annotate(place=Left("village__region__code", length)).values("place")
    return regions.filter(Q(code__in=served) | Q(code__in=worked), level=RegionLevel.REGENCY)


def _villages_by(length: int, codes: Sequence[str]) -> Counter[str]:
    """How many villages the official list has below each of these regions."""
    villages = Region.objects.villages().under(*codes).order_by()
    grouped = villages.annotate(place=Left("code", length)).values_list("place")
    return Counter(dict(grouped.annotate(Count("pk"))))
