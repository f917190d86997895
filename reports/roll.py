"""The roll: every village of the official list in a scope, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef

from reports.scope import Scope
from villages.models import Designation, Region, Status, Village
from villages.models.officer import guides_of
from villages.models.region import RegionQuerySet, named

PAGE_SIZE = 50
LEFT, NEVER = "belum", "tanpa"  # not designated; no sheet at all
STANDINGS = {
    LEFT: "Belum ditetapkan",
    NEVER: "Belum diusulkan",
    **{status.value: str(status.label) for status in Status if status != Status.STRUCK},
}
UNGUIDED = "tanpa"


@dataclass(frozen=True, slots=True)
class RollEntry:
    """A village of the list, its sheet if there is one, its record if one may read it."""

    region: Region
    sheet: Designation | None
    village: Village | None


@dataclass(frozen=True)
class Roll:
    """The villages of a scope, narrowed by name, by where they stand, by whether one is guided."""

    scope: Scope
    text: str = ""
    standing: str = ""
    pimpasa: str = ""
    page_number: str = ""

    @classmethod
    def asked(cls, scope: Scope, query: Mapping[str, str]) -> Roll:
        """The roll that an address asks for; what it does not know it leaves aside."""
        standing, pimpasa = query.get("status", ""), query.get("pimpasa", "")
        return cls(
            scope,
            query.get("q", "").strip(),
            standing if standing in STANDINGS else "",
            pimpasa if pimpasa == UNGUIDED else "",
            query.get("halaman", ""),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether something was searched for or chosen, besides the region."""
        return bool(self.text or self.standing or self.pimpasa)

    @property
    def is_served(self) -> bool:
        """Whether it lies where the offices of the scope serve or work; elsewhere is others'."""
        tops = tuple(f"{region.code}." for region in self.scope.places.tops)
        return not self.scope.inside or self.scope.inside.startswith(tops)

    @property
    def standing_words(self) -> str:
        """Where the listed villages stand, in words; nothing for all of them."""
        return STANDINGS.get(self.standing, "")

    @property
    def regions(self) -> RegionQuerySet:
        """The villages as the official list has them."""
        found = self._standing_there(self.scope.places.villages())
        if self.pimpasa:
            mine = Village.objects.filter(office__among=self.scope.office_ids)
            found = found.filter(pk__in=mine.unguided().values("region"))
        return found.filter(named(self.text)) if self.text else found

    def _standing_there(self, regions: RegionQuerySet) -> RegionQuerySet:
        sheets = self.scope.sheets
        # A village is designated under one sheet, which says where it stands whatever others say.
        designated = sheets.filter(status=Status.APPROVED)
        if not self.standing:
            return regions
        if self.standing == LEFT:
            return regions.exclude(pk__in=designated.values("village__region"))
        if self.standing == NEVER:
            return regions.exclude(pk__in=sheets.values("village__region"))
        if self.standing == Status.APPROVED:
            return regions.filter(pk__in=designated.values("village__region"))
        there = self.scope.standing_each.filter(status=self.standing)
        return regions.filter(pk__in=there.values("village__region"))

    @cached_property
    def page(self) -> Page[Region]:
        """Where in the roll we are."""
        paginator = Paginator(self.regions.order_by("code"), PAGE_SIZE)
        if (known := self._number) is not None:
            paginator.__dict__["count"] = known  # in place of its own count
        return paginator.get_page(self.page_number)

    @property
    def _number(self) -> int | None:
        """How many they are, where the few with sheets tell it of all the others; else None."""
        if self.text or self.pimpasa or self.standing not in ("", LEFT, NEVER):
            return None
        listed = self.scope.places.village_count
        if not self.standing:
            return listed
        told = self.scope.sheets.filter(village__region__retired_on=None)
        if self.standing == LEFT:
            told = told.filter(status=Status.APPROVED)
        return listed - told.values("village").distinct().count()

    @cached_property
    def entries(self) -> list[RollEntry]:
        """The page's villages; paths, sheets and records are loaded for these few only."""
        few = self.page.object_list.values("pk")  # type: ignore[attr-defined]
        regions = list(Region.objects.filter(pk__in=few).with_path().order_by("code"))
        ids = [region.pk for region in regions]
        standing = self.scope.standing.filter(village__region__in=ids)
        sheets = {sheet.village_id: sheet for sheet in standing}
        villages = self._records(regions)
        return [
            RollEntry(region, sheets.get(it.pk) if it else None, it)
            for region in regions
            for it in [villages.get(region.pk)]
        ]

    def _records(self, regions: list[Region]) -> dict[int, Village]:
        """The records that the viewer may read, by region, with who guides each."""
        mine = Village.objects.visible_to(self.scope.access).filter(region__in=regions)
        guided = mine.select_related("office").annotate(guides=guides_of(OuterRef("pk")))
        found = {village.region_id: village for village in guided}
        for region in regions:  # the page has them with their paths; no row asks again
            if region.pk in found:
                found[region.pk].region = region
        return found
