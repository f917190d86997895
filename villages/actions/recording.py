"""What was decided before the portal, written from its decree: villages, decrees, designations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

import audit.actions
from accounts.models import Office, User
from desabinaan import formats
from desabinaan.workflow import TransitionRefused
from villages.actions import decrees, guiding, makers
from villages.actions.steps import unless_closing
from villages.models import (
    Ceremony,
    Decree,
    Designation,
    Import,
    ImportRow,
    Preparer,
    Region,
    Status,
    Village,
    VillageContact,
)
from villages.models.onboarding import TAKE_OVER
from villages.onboarding import checking, contacts
from villages.onboarding.facts import Facts

CHUNK = 500
LOOK_AGAIN = "Pastikan arti kolom sekali lagi, lalu catat."

type Placed = tuple[ImportRow, Facts, Village]
type Decreed = tuple[ImportRow, Facts, Village, Decree]


def write(batch: Import, rows: Sequence[ImportRow], *, by: User, at: datetime) -> None:
    """Record every row of an import inside the caller's transaction; the first failure ends it.

    A new village is designated; of one that is known already only what it lacks is added. Raises
    TransitionRefused, which names the row.
    """
    new = [row for row in rows if row.is_matched]
    with unless_closing(batch.office):
        _refuse_guided_elsewhere(new, batch)  # also while none of them is registered yet
        guiding.hold_officers(rows)
        villages = _villages(batch, rows, new, by=by, at=at)
    _refuse_retired(rows)
    _refuse_changed([row for row in rows if not row.is_matched], batch)
    _refuse_claimed(new, batch)
    decreed = _decreed(batch, new, villages, by=by)
    try:
        with transaction.atomic():
            _designate(batch, decreed, by=by, at=at)
    except IntegrityError:
        # All at once says only that one of them failed; one by one says which.
        _designate_one_by_one(batch, decreed, by=by, at=at)
    placed = [(row, checking.facts_of(row), villages[row.region_id or 0]) for row in rows]
    _note_contacts(batch, placed, by=by, at=at)
    guiding.write(batch, placed, by=by)
    _mark_recorded(batch, new)
    assigned = [row.pk for row in rows if row.is_assigned]
    batch.rows.filter(pk__in=assigned).update(is_assigned=True)
    batch.rows.filter(adds_contacts=True).update(adds_contacts=False)


def _mark_recorded(batch: Import, rows: Sequence[ImportRow]) -> None:
    """Tie the rows to their designations: each village has one that stands, so one query does."""
    standing = Designation.objects.filter(
        village__region=OuterRef("region"), status=Status.APPROVED
    )
    new = batch.rows.filter(pk__in=[row.pk for row in rows])
    TAKE_OVER.apply_all(new, designation=Subquery(standing.values("pk")[:1]))


def _decreed(
    batch: Import, rows: Sequence[ImportRow], villages: dict[int, Village], *, by: User
) -> list[Decreed]:
    """Each row with what it says, its village, and its decree as it is recorded."""
    known: dict[tuple[str, ...], Decree] = {}
    decreed = []
    for row in rows:
        its = checking.facts_of(row)
        key = (its.decree_number, *its.wording)
        try:
            known[key] = known.get(key) or decrees.record(_decree(its, batch, by=by))
        except TransitionRefused as refusal:
            raise _stopped_at(row, refusal.message) from refusal
        assert row.region_id is not None  # noqa: S101 - a constraint holds it
        decreed.append((row, its, villages[row.region_id], known[key]))
    return decreed


def _designate_one_by_one(
    batch: Import, decreed: Sequence[Decreed], *, by: User, at: datetime
) -> None:
    for it in decreed:
        try:
            with transaction.atomic():
                _designate(batch, [it], by=by, at=at)
        except IntegrityError as refusal:
            raise _stopped_at(it[0], "Data desa ini baru saja berubah; muat ulang.") from refusal


def _villages(
    batch: Import, rows: Sequence[ImportRow], new: Sequence[ImportRow], *, by: User, at: datetime
) -> dict[int, Village]:
    """The villages of all rows by region, held; those of new rows guided from here on."""
    there = _register(batch, new, by=by)
    # Those that are known as well, and all at once: nobody moves one while its row is written.
    theirs = Village.objects.filter(region__in=[row.region_id for row in rows])
    held = theirs.select_related("region", "office").order_by("pk").lock_these()
    villages = {village.region_id: village for village in held}
    wanted = [villages[row.region_id or 0] for row in new]
    registered = [(village, "") for village in wanted if village.region_id not in there]
    audit.actions.record_all("village.registered", registered, by=by, at=at)
    _refuse_guided_elsewhere(new, batch)
    for village in wanted:
        if village.office_id != batch.office_id:
            village.office = batch.office
            village.save(update_fields=["office"])
            note = batch.office.name
            audit.actions.record("village.guided_by", village, by=by, at=at, note=note)
    return villages


def _register(batch: Import, new: Sequence[ImportRow], *, by: User) -> set[int]:
    """Add the villages that the portal does not know; the regions of those that were there."""
    regions = Region.objects.in_bulk([row.region_id for row in new])
    there = set(Village.objects.filter(region__in=regions).values_list("region", flat=True))
    unknown = [
        Village(region=region, office=batch.office, local_term=region.local_term, created_by=by)
        for pk, region in regions.items()
        if pk not in there
    ]
    # Somebody may propose the same village in this moment: then theirs is the one.
    Village.objects.bulk_create(unknown, ignore_conflicts=True)
    return there


def _refuse_retired(rows: Sequence[ImportRow]) -> None:
    """Since the check a new edition may have done away with a village's code."""
    regions = Region.objects.current().filter(pk__in=[row.region_id for row in rows])
    current = set(regions.values_list("pk", flat=True))
    for row in rows:
        if row.region_id not in current:
            raise _stopped_at(row, f"kode desa ini tidak berlaku lagi. {LOOK_AGAIN}")


def _refuse_changed(known: Sequence[ImportRow], batch: Import) -> None:
    """What a row adds to a known village is of the office that guides it, while it stands so."""
    claims = checking.claims_on([row.region_id for row in known if row.region_id])
    for row in known:
        claim = claims.get(row.region_id or 0)
        if claim and claim.village.office_id != batch.office_id:
            raise _stopped_at(row, f"desa ini kini dibina kantor lain. {LOOK_AGAIN}")
        if claim is None or not checking.is_known(claim, checking.facts_of(row), batch.office):
            raise _stopped_at(row, f"penetapannya tidak lagi seperti semula. {LOOK_AGAIN}")


def _refuse_guided_elsewhere(rows: Sequence[ImportRow], batch: Import) -> None:
    """A village that another office guides, with what it keeps of it, is moved, never taken."""
    elsewhere = checking.guided_elsewhere([row.region_id or 0 for row in rows], batch.office)
    for row in rows:
        if sentence := elsewhere.get(row.region_id or 0):
            raise _stopped_at(row, sentence)


def _refuse_claimed(rows: Sequence[ImportRow], batch: Import) -> None:
    """Between the check and now somebody may have been quicker."""
    claims = checking.claims_on([row.region_id for row in rows if row.region_id])
    for row in rows:
        claim = claims.get(row.region_id or 0)
        if claim:
            raise _stopped_at(row, checking.standing_of(claim, batch.office))


def _decree(its: Facts, batch: Import, *, by: User) -> Decree:
    decree = checking.decree_of(its, batch.office)
    decree.created_by = by
    return decree


def _designate(batch: Import, decreed: Sequence[Decreed], *, by: User, at: datetime) -> None:
    """Write these designations, with the ceremonies' days."""
    designations = Designation.objects.bulk_create(
        [_designation(village, decree, batch, by=by, at=at) for _, _, village, decree in decreed],
        batch_size=CHUNK,
    )
    for (row, _, _, _), designation in zip(decreed, designations, strict=True):
        row.designation = designation
    _note_makers(batch, decreed)
    noted = [(designation, str(designation.decree)) for designation in designations]
    audit.actions.record_all("designation.recorded", noted, by=by, at=at)
    _note_ceremonies(decreed, by=by, at=at)
    for row, _, _, _ in decreed:
        TAKE_OVER.apply(row)  # last: where something above fails, each is tried again by itself


def _designation(
    village: Village, decree: Decree, batch: Import, *, by: User, at: datetime
) -> Designation:
    return Designation(
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
        status_at=morning_of(decree, batch.office),
    )


def _note_makers(batch: Import, decreed: Sequence[Decreed]) -> None:
    """Whoever worked on the table: none of them confirms its rows, or orders a certificate."""
    theirs = makers.of(batch)
    preparers = [
        Preparer(designation=row.designation, user_id=user)
        for row, _, _, _ in decreed
        for user in theirs
    ]
    Preparer.objects.bulk_create(preparers, batch_size=CHUNK)


def morning_of(decree: Decree, office: Office) -> datetime:
    """When the village began to stand designated: the day of the decree, in the office's zone."""
    assert decree.dated is not None  # noqa: S101 - a row without its day is refused
    return datetime.combine(decree.dated, time(), formats.zone_of(office))


def _note_ceremonies(decreed: Sequence[Decreed], *, by: User, at: datetime) -> None:
    held = [
        Ceremony(designation=row.designation, held_on=its.ceremony_on)
        for row, its, _, _ in decreed
        if row.designation and its.ceremony_on
    ]
    Ceremony.objects.bulk_create(held, batch_size=CHUNK)
    noted = [(ceremony.designation, "") for ceremony in held]
    audit.actions.record_all("designation.ceremony_written", noted, by=by, at=at)


def _note_contacts(batch: Import, placed: Sequence[Placed], *, by: User, at: datetime) -> None:
    """Who speaks for a village, where the portal knows nobody; the table changes none."""
    known = contacts.of_villages([village.pk for _, _, village in placed])
    today = batch.office.today()
    new = []
    for _, its, village in placed:
        missing = contacts.missing(its, known.get(village.pk, []), today)
        new += [contacts.entitled(contact, village) for contact in missing]
    VillageContact.objects.bulk_create(new, batch_size=CHUNK)
    noted = [(contact.village, contact.name) for contact in new]
    audit.actions.record_all("village.contact_written", noted, by=by, at=at)


def _stopped_at(row: ImportRow, why: str) -> TransitionRefused:
    return TransitionRefused(f"Tidak ada yang dicatat. Baris {row.line}, {row.named}: {why}")
