"""Choosing the villages of an event: found by name, one by one or a whole kecamatan."""

from __future__ import annotations

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
    """What an event is for by now, and what a search offers besides."""

    event: Event
    text: str

    @cached_property
    def chosen(self) -> list[EventVillage]:
        """The villages that it is for."""
        return list(self.event.villages.with_list())

    @property
    def chosen_by_district(self) -> list[tuple[Region, list[EventVillage]]]:
        """The same by kecamatan."""
        return by_district(self.chosen)

    @cached_property
    def found(self) -> picker.Found:
        """Villages that match what was typed."""
        return picker.find(self.event.office, self.text)

    @property
    def is_too_short(self) -> bool:
        """Whether there is too little to search for."""
        return len(self.found.text) < picker.SHORTEST

    @cached_property
    def districts(self) -> list[Region]:
        """Kecamatan that are called so, and those of the only village that is."""
        if self.is_too_short:
            return []
        here = choosable(self.event.office).filter(level=RegionLevel.DISTRICT)
        named = here.matching(without_kind(self.found.text)).with_path()
        return list(named[:DISTRICTS])

    @cached_property
    def villages(self) -> list[tuple[Region, bool]]:
        """The villages that were found, each with whether the event is for it already."""
        taken = {it.region_id for it in self.chosen}
        return [(region, region.pk in taken) for region in self.found.regions]

    @property
    def finds_nothing(self) -> bool:
        """Whether a search found neither."""
        return not (self.is_too_short or self.districts or self.villages)
