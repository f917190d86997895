"""Choosing the villages of an event: found by name, one by one or a whole kecamatan."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from accounts.models import Office
from events.models import Event, EventVillage
from events.record import by_district
from villages import picker
from villages.local_terms import without_kind
from villages.models import Region
from villages.models.region import RegionLevel, RegionQuerySet

DISTRICTS = 5  # that a search offers, above the villages


def choosable(office: Office) -> RegionQuerySet:
    """What the events of an office may be for: villages and kecamatan of its jurisdiction."""
    levels = [RegionLevel.VILLAGE, RegionLevel.DISTRICT]
    return Region.objects.current().within(office).filter(level__in=levels)


def chosen_in(event: Event) -> RegionQuerySet:
    """The villages of an event, and the kecamatan in which they lie: what may be taken off."""
    its = event.villages.all()
    return Region.objects.filter(
        Q(pk__in=its.values("region")) | Q(pk__in=its.values("region__parent"))
    )


@dataclass(frozen=True)
class VillageChoice:
    """What an event is for by now, or what a search offers besides; `taken_ids` are annotated."""

    event: Event
    asked: str

    @property
    def text(self) -> str:
        """What was typed, as far as it is read."""
        return self.asked.strip()[: picker.LONGEST_SEARCH]

    @property
    def is_searching(self) -> bool:
        """Whether enough was typed to search for."""
        return len(self.text) >= picker.SHORTEST

    @cached_property
    def chosen(self) -> list[tuple[Region, list[EventVillage]]]:
        """The villages that it is for, by kecamatan."""
        return by_district(self.event.villages.with_list())

    @cached_property
    def districts(self) -> list[tuple[Region, bool]]:
        """Kecamatan that are called so, the closest first; whether all of each is chosen."""
        named = [it for it in self._named if it.level == RegionLevel.DISTRICT][:DISTRICTS]
        its = self.event.villages.filter(region__parent__in=named)
        taken = Counter(its.values_list("region__parent", flat=True)) if named else {}
        return [(it, taken.get(it.pk, 0) >= it.village_count) for it in named]

    @cached_property
    def villages(self) -> list[tuple[Region, bool]]:
        """Villages that are called so, else lie or are spelt so; whether each is chosen."""
        named = [it for it in self._named if it.level == RegionLevel.VILLAGE]
        taken = set(self.event.taken_ids)
        return [(it, it.pk in taken) for it in named or self._near]

    @property
    def is_guess(self) -> bool:
        """Whether nothing is called so."""
        return not self._named and bool(self.villages)

    @cached_property
    def _land(self) -> RegionQuerySet:
        return choosable(self.event.office).with_path()

    @cached_property
    def _named(self) -> list[Region]:
        text = without_kind(self.text)
        return list(self._land.matching(text)[: picker.SHOWN]) if self.is_searching else []

    @cached_property
    def _near(self) -> list[Region]:
        if not self.is_searching:
            return []
        return picker.near(self._land.filter(level=RegionLevel.VILLAGE), self.text)
