"""Villages pass from one office to another: one, or all of a region when a new office opens."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

import audit.actions
from accounts.models import Office, OfficeKind, User
from desabinaan.workflow import TransitionRefused
from villages.actions.jurisdiction import settle_jurisdiction
from villages.actions.preparation import withdraw
from villages.actions.striking import release
from villages.models import Assignment, Designation, Jurisdiction, Officer, Region, Status, Village
from villages.models.designation import DesignationQuerySet
from villages.models.village import VillageQuerySet
from villages.moves import awaited, pending_decisions

MOVED = "Desa dialihkan ke kantor lain."


@transaction.atomic
def move_village(village: Village, *, to: Office, basis: str, by: User) -> Village:
    """Hand a village with its record, its accounts and its designation to another office.

    What was issued stays as it was printed. Sheets that nobody has submitted yet are withdrawn
    with a note; refused while a decision of the present office is pending. Twice changes nothing.
    """
    _hold_around(Village.objects.filter(pk=village.pk))
    village = Village.objects.lock(village.pk)
    if village.office_id == to.pk:
        return village
    _refuse_receiver(to)
    if pending := pending_decisions(to).filter(village=village).first():
        raise TransitionRefused(f"{village} belum dapat dialihkan: {awaited(pending)}.")
    return _passed_on(village, to, basis, by)


@transaction.atomic
def move_region(region: Region, *, to: Office, basis: str, by: User) -> list[Village]:
    """Make an office the one that serves a region, and hand it the villages there.

    Those with a pending decision stay where they are; the others go all together.
    """
    # The villages before the office, as whoever proposes, records, decides or moves one does.
    others = Village.objects.inside(region).exclude(office=to)
    _hold_around(others)
    there = others.order_by("pk").lock_these()
    _refuse_receiver(to)
    for each in dict.fromkeys([region, *_release(region, to, basis, by)]):
        settle_jurisdiction(to, each, by=by)
    pending = set(pending_decisions(to).values_list("village", flat=True))
    return [_passed_on(it, to, basis, by) for it in there if it.pk not in pending]


def _hold_around(villages: VillageQuerySet) -> None:
    """Who guides there, and what is prepared there, before the villages: as others hold them."""
    Officer.objects.filter(assignments__village__in=villages).lock_these()
    Designation.objects.in_preparation().filter(village__in=villages).lock_these()


def _refuse_receiver(to: Office) -> None:
    """Only a Kantor Imigrasi guides villages, and only while it stays open."""
    if not to.designates:
        raise TransitionRefused("Desa dibina oleh Kantor Imigrasi; pilih kantor yang lain.")
    if Office.objects.lock(to.pk).closed_on:
        raise TransitionRefused(f"{to} ditutup; pilih kantor yang lain.")


def _passed_on(village: Village, to: Office, basis: str, by: User) -> Village:
    for sheet in _without_a_way_on(village, to):
        withdraw(sheet, reason=f"Desa dialihkan ke {to.name}. Dasar: {basis}", by=by)
    former = Office.objects.get(pk=village.office_id)
    _release_officers(village, to, by)
    village.office = to
    village.save(update_fields=["office"])
    note = f"{village}: dari {former.name} ke {to.name}. Dasar: {basis}"
    for subject in (village, former, to):
        audit.actions.record(
            "village.moved", subject, by=by, note=note, from_office=former.code, to_office=to.code
        )
    return village


def _without_a_way_on(village: Village, to: Office) -> DesignationQuerySet:
    """What others prepare; where a designation goes along, what the receiver prepares too."""
    prepared = village.designations.in_preparation()
    stands = village.designations.filter(status=Status.APPROVED).exists()
    return prepared if stands else prepared.exclude(office=to)


def _release_officers(village: Village, to: Office, by: User) -> None:
    """PIMPASA of the former office guide and see the village no longer, from this day on.

    Nor do those of a Rudenim of another Kanwil; one of the same may be sent to the new office's.
    """
    held = Assignment.objects.not_over().filter(village=village).exclude(officer__office=to)
    lent = Q(officer__office__kind=OfficeKind.DETENTION_HOUSE, officer__office__parent=to.parent_id)
    release(held.exclude(lent).with_list(), by=by, reason=MOVED)


def _release(region: Region, to: Office, basis: str, by: User) -> list[Region]:
    """Let the settled claims of others rest, on this region and inside it; where they were."""
    here = Q(region=region) | Q(region__parent=region)
    claims = Jurisdiction.objects.settled().filter(here).exclude(office=to)
    released = list(claims.select_related("office", "region"))
    for claim in released:
        claim.is_confirmed, claim.confirmed_by = False, None
        claim.save(update_fields=["is_confirmed", "confirmed_by"])
        note = f"{claim.region.full_name}, kini {to.name}. Dasar: {basis}"
        audit.actions.record("jurisdiction.released", claim.office, by=by, note=note)
    return [claim.region for claim in released]
