"""The regions of which a recap speaks, and how many villages the official list has in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Value
from django.db.models.functions import Concat, Left
from django.http import Http404

from villages.models import Jurisdiction, Region
from villages.models.region import CODE_LENGTHS, RegionLevel, RegionQuerySet

if TYPE_CHECKING:
    from reports.scope import Scope

LENGTHS = [CODE_LENGTHS[level] for level in RegionLevel if level < RegionLevel.VILLAGE]
LEVEL_BELOW = {
    CODE_LENGTHS[RegionLevel.PROVINCE]: RegionLevel.REGENCY,
    CODE_LENGTHS[RegionLevel.REGENCY]: RegionLevel.DISTRICT,
}


@dataclass(frozen=True)
class Places:
    """Regions of a recap: those at the top, the way to the chosen one, those inside it."""

    scope: Scope

    @cached_property
    def _found(self) -> list[Any]:
        code = self.scope.region_code
        wanted = Q(code__in=self._way)
        for above in self._way:
            level = LEVEL_BELOW.get(len(above))
            wanted |= Q(level=level, code__startswith=f"{above}.")
        rows = self._rows(wanted)
        by_code = {region.code: region for region in rows}
        for region in rows:  # so that names and ways need no further query
            if around := by_code.get(region.code.rpartition(".")[0]):
                region.parent = around
        if code and code not in by_code:
            raise Http404("no such region")
        return rows

    def _rows(self, wanted: Q) -> list[Any]:
        """Those at the top, and the wanted ones, each with whether it is at the top."""
        told = Q(retired_on=None) | Q(self._has_sheets)
        regions = Region.objects.filter(told, level__lte=RegionLevel.DISTRICT).order_by("code")
        if not self._way:  # only those at the top: asked for once, not again of each row
            return list(regions.filter(self._tops_query).annotate(is_top=Value(True)))
        tops = ExpressionWrapper(self._tops_query, output_field=BooleanField())
        return list(regions.annotate(is_top=tops).filter(Q(is_top=True) | wanted))

    @property
    def _has_sheets(self) -> Exists:
        """Whether sheets count there, as under a code no longer in force: rows and total agree."""
        below = Concat(OuterRef("code"), Value("."))
        return Exists(self.scope.everywhere.filter(village__region__code__startswith=below))

    @property
    def _way(self) -> list[str]:
        """The codes from the province to the chosen region."""
        code = self.scope.region_code
        return [code[:length] for length in LENGTHS if len(code) >= length]

    @property
    def _tops_query(self) -> Q:
        """The provinces for the nation; else the regencies that are served or worked in."""
        if self.scope.is_national:
            return Q(level=RegionLevel.PROVINCE)
        length = CODE_LENGTHS[RegionLevel.REGENCY]
        claims = Jurisdiction.objects.filter(office__among=self.scope.office_ids).in_effect()
        served = claims.annotate(place=Left("region__code", length)).values("place")
        worked = self.scope.everywhere.annotate(place=Left("village__region__code", length)).values(
            "place"
        )
        return Q(Q(code__in=served) | Q(code__in=worked), level=RegionLevel.REGENCY)

    @cached_property
    def chosen(self) -> Region | None:
        """The region that was opened; what is none, or a village, is as if it did not exist."""
        code = self.scope.region_code
        return next((it for it in self._found if it.code == code), None) if code else None

    @property
    def above(self) -> list[Region]:
        """The regions around the chosen one, the largest first."""
        around = self._way[:-1]
        return [region for region in self._found if region.code in around]

    @cached_property
    def tops(self) -> list[Region]:
        """What the viewer sees before choosing any."""
        return [region for region in self._found if region.is_top]

    @property
    def inside(self) -> list[Region]:
        """The regions one level below the chosen one; all at the top where none is."""
        if self.chosen is None:
            return self.tops
        return self._below(self.chosen.code)

    @property
    def village_count(self) -> int:
        """How many `villages` are, without counting them one by one."""
        regions = [self.chosen] if self.chosen else self.tops
        return sum(region.village_count for region in regions)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What the page offers to choose: the top, and below the chosen one what lies inside it."""
        found: list[tuple[str, str]] = []
        for top in self.tops:
            found.append((top.code, top.full_name))
            if top.code in self._way:
                found += [(it.code, f"– {it.full_name}") for it in self._below(top.code)]
        return found

    def _below(self, code: str) -> list[Region]:
        level = LEVEL_BELOW.get(len(code))
        prefix = f"{code}."
        return [it for it in self._found if it.level == level and it.code.startswith(prefix)]

    def villages(self) -> RegionQuerySet:
        """Every desa and kelurahan of the official list in these regions."""
        villages = Region.objects.villages()
        if self.scope.region_code:
            return villages.filter(code__startswith=self.scope.inside)
        if self.scope.is_national:
            return villages
        return villages.filter(parent__parent__among=[regency.pk for regency in self.tops])
