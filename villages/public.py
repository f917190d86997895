"""What everybody may know: the villages that stand designated, since when, and who guides them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import Q

from villages.models import Designation, Region
from villages.models.designation import DesignationQuerySet
from villages.models.region import CODE_LENGTHS, RegionLevel, named_or_placed
from villages.models.status import DESIGNATED, DESIGNATED_FIRST, Status

PAGE_SIZE = 25
PLACE = re.compile(r"\d{2}(\.\d{2})?", re.ASCII)  # a province or a regency, by its code
LONGEST_SEARCH = 80


@dataclass(frozen=True)
class PublicList:
    """The villages that stand designated today, narrowed by name and place; three queries."""

    text: str
    asked: str
    page_number: str = ""

    @property
    def place(self) -> str:
        """The code of the chosen province or regency; nothing for whatever is none."""
        return self.asked if PLACE.fullmatch(self.asked) else ""

    @property
    def province(self) -> str:
        """The code of the chosen province, or of the one in which the regency lies."""
        return self.place[: CODE_LENGTHS[RegionLevel.PROVINCE]]

    @property
    def is_narrowed(self) -> bool:
        """Whether something was searched for or chosen."""
        return bool(self.text or self.place)

    @cached_property
    def page(self) -> Page[Designation]:
        """Where in the list we are."""
        found = Designation.objects.vouched_for().filter(status=Status.APPROVED)
        if self.place:
            found = found.filter(village__region__code__startswith=f"{self.place}.")
        if self.text:
            text = self.text[:LONGEST_SEARCH]
            found = found.filter(named_or_placed(text, at="village__region__", levels=4))
        ordered = found.order_by("village__region__search_key", "village__region__code")
        return Paginator(ordered, PAGE_SIZE).get_page(self.page_number)

    @cached_property
    def rows(self) -> list[Designation]:
        """The page's designations; the paths are joined for these few only."""
        few = self.page.object_list.values("pk")  # type: ignore[attr-defined]
        shown = _with_place(Designation.objects.filter(pk__among=ArraySubquery(few)))
        return list(shown.order_by("village__region__search_key", "village__region__code"))

    @cached_property
    def _places(self) -> list[Region]:
        wanted = Q(level=RegionLevel.PROVINCE)
        if self.province:
            wanted |= Q(level=RegionLevel.REGENCY, code__startswith=f"{self.province}.")
        return list(Region.objects.current().filter(wanted).order_by("name"))

    @property
    def provinces(self) -> list[Region]:
        """Every province, by name."""
        return [region for region in self._places if region.level == RegionLevel.PROVINCE]

    @property
    def regencies(self) -> list[Region]:
        """The regencies of the chosen province, by name; none before one is chosen."""
        return [region for region in self._places if region.level == RegionLevel.REGENCY]


def sheets_of(code: str) -> DesignationQuerySet:
    """What the public may know of the village of this region: its designation, or the last one."""
    known = Designation.objects.vouched_for()
    ever = known.filter(village__region__code=code, status__in=DESIGNATED)
    return _with_place(ever).order_by(DESIGNATED_FIRST, "-designated_on", "-pk")


def _with_place(sheets: DesignationQuerySet) -> DesignationQuerySet:
    return sheets.select_related("village__office", "village__region__parent__parent__parent")
