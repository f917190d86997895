"""What was decided before the portal, written from its decree: villages, decrees, designations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from django.db import IntegrityError

import audit.actions
from accounts.models import Office, User
from desabinaan import formats
from desabinaan.workflow import TransitionRefused
from villages.actions import decrees
from villages.models import (
    Ceremony,
    ContactRole,
    Decree,
    Designation,
    Import,
    ImportRow,
    Region,
    RowStatus,
    Status,
    Village,
    VillageContact,
)
from villages.onboarding import checking
from villages.onboarding.facts import Facts


def write(batch: Import, rows: Sequence[ImportRow], *, by: User, at: datetime) -> None:
    """Record every row of an import inside the caller's transaction; the first failure ends it.

    Raises TransitionRefused, which names the row.
    """
    villages = _villages(batch, rows, by=by, at=at)
    _refuse_claimed(rows)
    led = _led_villages(villages.values())
    known: dict[tuple[str, ...], Decree] = {}
    for row in rows:
        assert row.region_id is not None  # noqa: S101 - a constraint holds it
        its = checking.facts_of(row)
        village = villages[row.region_id]
        try:
            key = (its.decree_number, *its.wording)
            decree = known.get(key) or decrees.record(_decree(its, batch, by=by))
            known[key] = decree
            designation = _designate(village, decree, batch, by=by, at=at)
            _add_around(designation, its, by=by, at=at, is_led=village.pk in led)
            row.designation, row.status = designation, RowStatus.RECORDED
            row.save(update_fields=["designation", "status"])
        except TransitionRefused as refusal:
            raise _stopped_at(row, refusal.message) from refusal
        except IntegrityError as refusal:
            raise _stopped_at(row, "Data desa ini baru saja berubah; muat ulang.") from refusal


def _villages(
    batch: Import, rows: Sequence[ImportRow], *, by: User, at: datetime
) -> dict[int, Village]:
    """The villages of the rows by region, held; new ones registered, others guided from here on."""
    regions = Region.objects.in_bulk([row.region_id for row in rows])
    there = set(Village.objects.filter(region__in=regions).values_list("region", flat=True))
    new = [
        Village(region=region, office=batch.office, local_term=region.local_term, created_by=by)
        for pk, region in regions.items()
        if pk not in there
    ]
    # Somebody may propose the same village in this moment: then theirs is the one.
    Village.objects.bulk_create(new, ignore_conflicts=True)
    held = Village.objects.filter(region__in=regions).select_related("region").order_by("pk")
    villages = {v.region_id: v for v in held.select_for_update(of=("self",), no_key=True)}
    for region_id, village in villages.items():
        if region_id not in there:
            audit.actions.record("village.registered", village, by=by, at=at)
        elif village.office_id != batch.office_id:
            village.office = batch.office
            village.save(update_fields=["office"])
            note = batch.office.name
            audit.actions.record("village.guided_by", village, by=by, at=at, note=note)
    return villages


def _refuse_claimed(rows: Sequence[ImportRow]) -> None:
    """Between the check and now somebody may have been quicker."""
    claims = checking.claims_on([row.region_id for row in rows if row.region_id])
    for row in rows:
        claim = claims.get(row.region_id or 0)
        if claim:
            raise _stopped_at(row, checking.standing_of(claim))


def _led_villages(villages: Iterable[Village]) -> set[int]:
    """Those whose head the portal knows already; the table changes none."""
    heads = VillageContact.objects.filter(village__in=villages, role=ContactRole.HEAD, until=None)
    return set(heads.values_list("village", flat=True))


def _decree(its: Facts, batch: Import, *, by: User) -> Decree:
    decree = checking.decree_of(its, batch.office)
    decree.created_by = by
    return decree


def _designate(
    village: Village, decree: Decree, batch: Import, *, by: User, at: datetime
) -> Designation:
    designation = Designation.objects.create(
        village=village,
        office=batch.office,
        created_by=by,
        created_at=at,
        decree=decree,
        designated_on=decree.dated,
        recorded_by=by,
        recorded_at=at,
        status=Status.APPROVED,
        status_by=by,
        status_at=_morning_of(decree, batch.office),
    )
    audit.actions.record(
        "designation.recorded", designation, by=by, at=at, note=str(decree), batch=batch.pk
    )
    return designation


def _morning_of(decree: Decree, office: Office) -> datetime:
    """When the village began to stand designated: the day of the decree, in the office's zone."""
    assert decree.dated is not None  # noqa: S101 - a row without its day is refused
    return datetime.combine(decree.dated, time(), formats.zone_of(office))


def _add_around(
    designation: Designation, its: Facts, *, by: User, at: datetime, is_led: bool
) -> None:
    """The ceremony's day, and the village's head where the portal knows none."""
    if its.ceremony_on:
        Ceremony.objects.create(designation=designation, held_on=its.ceremony_on)
        audit.actions.record("designation.ceremony_written", designation, by=by, at=at)
    if its.head_name and not is_led:
        village = designation.village
        head = VillageContact.objects.create(
            village=village,
            role=ContactRole.HEAD,
            name=its.head_name,
            title=village.head_title[:80],
            phone=its.head_phone,
        )
        audit.actions.record("village.contact_written", village, by=by, at=at, note=head.name)


def _stopped_at(row: ImportRow, why: str) -> TransitionRefused:
    return TransitionRefused(f"Tidak ada yang dicatat. Baris {row.line}, {row.named}: {why}")
