"""What an event is, when, where, and for which villages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

import audit.actions
from accounts.models import Office, User
from desabinaan import formats
from desabinaan.constraints import broke
from desabinaan.editing import Seen, unless_overtaken
from desabinaan.workflow import TransitionRefused
from events.models import Event, EventVillage
from events.models.status import OVER, SETTLED
from villages.models import Region
from villages.models.region import RegionLevel, RegionQuerySet

MOST_VILLAGES = 500  # the largest kabupaten of the national list has 852; nobody invites them all
NAMED = 5  # regions that a line of history names
JUST_NOW = timedelta(minutes=1)  # within which the same plan again is the same click
# What people read in the history when it changes.
TOLD = {
    "title": "Nama",
    "venue": "Tempat",
    "starts_at": "Mulai",
    "ends_at": "Selesai",
}


@transaction.atomic
def plan(
    *,
    office: Office,
    facts: dict[str, Any],
    by: User,
    regions: tuple[Region, ...] = (),
    at: datetime | None = None,
) -> Event:
    """A new event of the office; the same plan by the same person a moment ago is that one.

    The same for other villages is another, and so is what is planned again once it was called off.

    Raises TransitionRefused in an office that is to close, ValidationError for what cannot be.
    """
    moment = at or timezone.now()
    Office.objects.lock(office.pk)  # two clicks of one person wait for each other
    lately = Event.objects.filter(office=office, created_by=by, **facts)
    wanted = set(_those_of(regions).values_list("pk", flat=True))
    for same in lately.filter(created_at__gte=moment - JUST_NOW).exclude(status__in=SETTLED):
        if {it.region_id for it in same.villages.all()} == wanted:
            return same
    stamps = {"created_at": moment, "changed_at": moment, "status_at": moment}
    event = Event(office=office, created_by=by, status_by=by, **stamps, **facts)
    event.validate_constraints()
    _save_unless_closing(event)
    audit.actions.record("event.planned", event, by=by, note=_when_and_where(event), at=at)
    if regions:
        add_villages(event, *regions, by=by, at=at)
    return event


def _save_unless_closing(event: Event) -> None:
    try:
        with transaction.atomic():
            event.save(force_insert=True)
    except IntegrityError as refusal:
        if broke(refusal, "event_in_an_open_office"):
            raise TransitionRefused(
                f"{event.office} ditutup dan tidak merencanakan kegiatan lagi."
            ) from refusal
        raise


@transaction.atomic
def change(event: Event, *, facts: dict[str, Any], by: User, seen: Seen | None = None) -> Event:
    """Mend what was planned; history keeps the name, time and place that stood before.

    Raises TransitionRefused once it is reported or cancelled, ValidationError for what cannot be:
    what was held is not moved into the future, nor does it end there once it is over, nor is it
    moved to another day once a sheet names it.
    """
    event = held(event)
    unless_overtaken(event, seen)
    _unless_held_already(event, facts)
    changed = {name: value for name, value in facts.items() if getattr(event, name) != value}
    if not changed:
        return event
    _refuse_another_day(event, changed)
    note = "\n".join(_change(event, changed, name) for name in TOLD if name in changed)
    for name, value in changed.items():
        setattr(event, name, value)
    if "ends_at" in changed and event.status in OVER and not event.last_day_has_come:
        raise ValidationError("Kegiatan yang sudah selesai tidak berakhir di masa depan.")
    event.changed_at = later(event)
    event.validate_constraints()
    event.save(update_fields=[*changed, "changed_at"])
    audit.actions.record("event.changed", event, by=by, note=note, fields=sorted(changed))
    return event


@transaction.atomic
def add_villages(
    event: Event, *regions: Region, by: User, at: datetime | None = None
) -> list[Region]:
    """Make the event for these villages, and for every village of a kecamatan; which are new.

    Raises TransitionRefused once it is reported or cancelled, or beyond MOST_VILLAGES.
    """
    event = held(event)
    here = {it.region_id for it in event.villages.all()}
    new = list(_those_of(regions).exclude(pk__in=here).order_by("code"))
    if len(here) + len(new) > MOST_VILLAGES:
        raise TransitionRefused(
            f"Satu kegiatan untuk paling banyak {MOST_VILLAGES} desa; pecah menurut kecamatan."
        )
    if not new:
        return []
    EventVillage.objects.bulk_create(EventVillage(event=event, region=it) for it in new)
    _stamp(event)
    note = _named(regions, len(new))
    audit.actions.record("event.villages_added", event, by=by, note=note, at=at)
    return new


@transaction.atomic
def drop_villages(event: Event, region: Region, *, by: User) -> int:
    """Take this village, or all of this kecamatan, off the event; how many that were.

    Raises TransitionRefused once it is settled, or where the sheet of one of them names it.
    """
    event = held(event)
    there = Region.objects.under(region.code)
    refuse_named(event, there)
    dropped, _ = event.villages.filter(region__in=there).delete()
    if dropped:
        _stamp(event)
        note = _named([region], dropped)
        audit.actions.record("event.villages_dropped", event, by=by, note=note)
    return dropped


def held(event: Event) -> Event:
    """The event, its row held until the transaction ends; refused where nothing changes any more.

    Raises TransitionRefused.
    """
    event = Event.objects.lock(event.pk)
    if event.is_settled:
        raise TransitionRefused(f"Kegiatan tidak dapat diubah lagi: {event.standing()}")
    return event


def refuse_named(event: Event, there: RegionQuerySet | None = None) -> None:
    """Refuse where a sheet took its words from this event; one of a village there, if given.

    Hold the event first. Raises TransitionRefused.
    """
    named = event.occasions.select_related("designation__village__region")
    if there is not None:
        named = named.filter(designation__village__region__in=there)
    if occasion := named.first():
        village = occasion.designation.village.region.full_name
        raise TransitionRefused(f"Kegiatan ini tercatat pada usulan {village}.")


def _refuse_another_day(event: Event, changed: dict[str, Any]) -> None:
    starts_at = changed.get("starts_at", event.starts_at)
    if event.office.day_of(starts_at) != event.starts_on:
        refuse_named(event)


def _unless_held_already(event: Event, facts: dict[str, Any]) -> None:
    starts_at = facts.get("starts_at", event.starts_at)
    if event.was_held and starts_at != event.starts_at and starts_at > timezone.now():
        raise ValidationError("Kegiatan yang sudah dilaksanakan tidak bertanggal di masa depan.")


def _those_of(regions: Sequence[Region]) -> RegionQuerySet:
    """These villages, and every village of these kecamatan."""
    return Region.objects.villages().under(*(region.code for region in regions))


def later(event: Event, at: datetime | None = None) -> datetime:
    """When it changes: a second at least after it did last, since calendars count in seconds."""
    return max(at or timezone.now(), event.changed_at + timedelta(seconds=1))


def _stamp(event: Event) -> None:
    """The event is another one from now on, also for calendars that fetched it before."""
    event.changed_at = later(event)
    event.save(update_fields=["changed_at"])


def _named(regions: Sequence[Region], number: int) -> str:
    """The regions by name; with how many villages that was, where one is a whole kecamatan."""
    names = formats.first_of([region.full_name for region in regions], NAMED)
    if all(region.level == RegionLevel.VILLAGE for region in regions):
        return names
    return f"{names}: {formats.number(number)} desa"


def _when_and_where(event: Event) -> str:
    return f"{formats.span(event.starts_at, event.ends_at, event.office)}, {event.venue}"


def _change(event: Event, changed: dict[str, Any], name: str) -> str:
    before, now = (_said(it, event.office) for it in (getattr(event, name), changed[name]))
    return f"{TOLD[name]}: {before} → {now}"


def _said(value: Any, office: Office) -> str:
    return formats.moment(value, office) if isinstance(value, datetime) else str(value)
