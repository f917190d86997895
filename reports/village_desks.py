"""The desk of a village's official: where each village stands, and who guides it."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.access import Access
from villages.models import Assignment, Designation, Status, Village
from villages.models.status import DESIGNATED_FIRST


@dataclass(frozen=True, slots=True)
class VillageDesk:
    """A village as its official sees it: the sheet that says where it stands, and who guides."""

    village: Village
    sheet: Designation | None
    guides: tuple[Assignment, ...]


def villages_of(access: Access) -> tuple[VillageDesk, ...]:
    """The villages of an official, each with where it stands and who guides it today."""
    latest = (
        Designation.objects.visible_to(access)
        .filter(village__in=access.village_ids)
        .exclude(status__in=[Status.WITHDRAWN, Status.STRUCK])
        .select_related("office", "decree", "certificate")
        .prefetch_related("certificate__scans")
        .order_by("village_id", DESIGNATED_FIRST, "-pk")
        .distinct("village_id")
    )
    sheets = {sheet.village_id: sheet for sheet in latest}
    villages = Village.objects.visible_to(access).filter(pk__in=access.village_ids).with_page()
    guides = _guides(access)
    return tuple(
        VillageDesk(
            village,
            sheets.get(village.pk),
            tuple(it for it in guides if it.village_id == village.pk),
        )
        for village in villages
    )


def _guides(access: Access) -> list[Assignment]:
    """Who guides the villages of an official today, the lead first."""
    theirs = Assignment.objects.visible_to(access).filter(village__in=access.village_ids).live()
    return list(
        theirs.select_related("officer__user").order_by("part", "officer__user__name", "pk")
    )
