"""A year of the nation's outreach: ten thousand events, half a million who came, visits."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import Any

EVENTS = 10_000
VISITS = 30_000
FOR_VILLAGES = 3  # each event
CAME = {"people": 45, "men": 20, "women": 22, "boys": 2, "girls": 3}  # to each
DAYS = 200  # over which they lie


def lay_down(villages: list[Any], clerk: Any, first: datetime) -> None:
    """For these villages, from this day on."""
    _events(villages, clerk, first)
    _visits(clerk, first)


def _events(villages: list[Any], clerk: Any, first: datetime) -> None:
    """For villages beside each other; how many came is laid down as the database keeps it."""
    from events.models import Event, EventKind, EventVillage, Turnout  # noqa: PLC0415 - as in web

    kinds = cycle(EventKind.objects.all())
    events = Event.objects.bulk_create(
        Event(
            kind=next(kinds),
            title=f"Sosialisasi {number}",
            office=village.office,
            venue="Balai desa",
            starts_at=first + timedelta(days=number % DAYS),
            ends_at=first + timedelta(days=number % DAYS, hours=3),
            status="finished",
            status_by=clerk,
            created_by=clerk,
        )
        for number, village in enumerate(islice(cycle(villages), EVENTS))
    )
    beside = sorted(villages, key=lambda village: village.region.code)
    regions = cycle(village.region_id for village in beside)
    EventVillage.objects.bulk_create(
        EventVillage(event=event, region_id=next(regions))
        for event in events
        for _ in range(FOR_VILLAGES)
    )
    Turnout.objects.bulk_create(Turnout(event=event, **CAME) for event in events)


def _visits(clerk: Any, first: datetime) -> None:
    """By whoever guides each village."""
    from events.models import Visit  # noqa: PLC0415 - only when Django is ready
    from villages.models import Assignment  # noqa: PLC0415

    sent = cycle(Assignment.objects.filter(created_by=clerk).select_related("village"))
    Visit.objects.bulk_create(
        Visit(
            village=it.village,
            office_id=it.village.office_id,
            officer_id=it.officer_id,
            visited_at=first + timedelta(days=number % DAYS),
            met="Kepala desa",
            said="Warga menanyakan paspor.",
            created_by=clerk,
        )
        for number, it in enumerate(islice(sent, VISITS))
    )
