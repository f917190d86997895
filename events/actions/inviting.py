"""Who is invited to an event: chosen, named, taken off; and what they answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

import audit.actions
from accounts.models import User
from certificates.models import Letter
from desabinaan import formats
from desabinaan.editing import Seen, set_values, unless_overtaken
from desabinaan.workflow import TransitionRefused
from events.actions.planning import held
from events.models import Event, Institution, InstitutionKind, Invitee
from villages.local_terms import head_title
from villages.models import ContactRole, Region, VillageContact

MOST_INVITEES = 500
NAMED = 5  # guests that a line of history names


@transaction.atomic
def invite_institutions(
    event: Event, entries: Iterable[Institution], *, by: User, at: datetime | None = None
) -> list[Invitee]:
    """Invite entries of the office's address book; who is new. Who is invited already stays so.

    Raises TransitionRefused once the event is settled, or beyond MOST_INVITEES.
    """
    event = held(event)
    copied = ("kind", "institution", "title", "person", "region_id")
    return _invite(
        event,
        [
            Invitee(entry=it, **{name: getattr(it, name) for name in copied})
            for it in entries
            if it.office_id == event.office_id
        ],
        by=by,
        at=at,
    )


@transaction.atomic
def invite_heads(event: Event, *, by: User, at: datetime | None = None) -> list[Invitee]:
    """Invite the heads of all villages that the event is for; who is new."""
    event = held(event)
    its = [it.region for it in event.villages.with_list()]
    names = _heads_of(event, its)
    return _invite(event, [_head_of(region, names) for region in its], by=by, at=at)


def _heads_of(event: Event, regions: Iterable[Region]) -> dict[int, str]:
    """Who leads on that day the villages that the office itself guides, by their regions."""
    here = [it.pk for it in regions if _is_guided(it, event)]
    contacts = VillageContact.objects.filter(village__region__in=here, role=ContactRole.HEAD)
    return {
        it.village.region_id: it.name
        for it in contacts.select_related("village")
        if it.serves_on(event.starts_on)
    }


def _is_guided(region: Region, event: Event) -> bool:
    village = getattr(region, "village", None)
    return village is not None and village.office_id == event.office_id


def _head_of(region: Region, names: dict[int, str]) -> Invitee:
    village = getattr(region, "village", None)
    title = village.head_title if village else _head_title(region)
    name = village.full_name if village else region.full_name
    return Invitee(
        kind=InstitutionKind.VILLAGE,
        title=title[:160],
        institution=f"{name}, {region.district.full_name}, {region.regency.full_name}"[:160],
        person=names.get(region.pk, ""),
        region=region,
    )


def _head_title(region: Region) -> str:
    return f"{head_title(region.local_term)} {region.short_name}"


@transaction.atomic
def invite(event: Event, *, facts: dict[str, Any], by: User) -> Invitee:
    """Invite somebody who stands in no address book; the very same again is the same.

    Raises ValidationError where the institution is invited with this title already.
    """
    event = held(event)
    if same := event.invitees.filter(**facts).first():
        return same
    invitee = Invitee(event=event, created_by=by, **facts)
    try:
        invitee.validate_constraints()
    except ValidationError as error:
        raise ValidationError({"title": error.messages}) from error
    return _invite(event, [invitee], by=by)[0]


@transaction.atomic
def drop_invitee(invitee: Invitee, *, by: User) -> None:
    """Take somebody off the list; whom somebody took off already is no error.

    Refused while a letter that counts invites them, or somebody is on the list as them.
    """
    event = held(invitee.event)
    letter = Letter.objects.filter(invitation_letter__invitees=invitee.pk, entry__void=None).first()
    if letter:
        raise TransitionRefused(
            f"{invitee.title} diundang dengan surat nomor {letter.number}. Batalkan dahulu nomor "
            "itu dalam register, atau catat jawabannya."
        )
    if came := event.attendees.filter(invitee=invitee.pk).first():
        raise TransitionRefused(
            f"{invitee.title} dicatat hadir: {came}. Hapus dahulu dari daftar hadir bila keliru."
        )
    dropped, _ = event.invitees.filter(pk=invitee.pk).delete()
    if dropped:
        audit.actions.record("event.invitee_dropped", event, by=by, note=str(invitee))


@transaction.atomic
def note_reply(
    invitee: Invitee,
    *,
    facts: dict[str, Any],
    by: User,
    seen: Seen | None = None,
    at: datetime | None = None,
) -> Invitee:
    """Note what they answered, and who comes instead; or that they did not answer after all."""
    event = held(invitee.event)
    invitee = Invitee.objects.lock(invitee.pk)
    unless_overtaken(invitee, seen)
    if not set_values(invitee, facts):
        return invitee
    invitee.replied_at = (at or timezone.now()) if invitee.reply else None
    invitee.save(update_fields=["reply", "represented_by", "replied_at"])
    note = f"{invitee}: {invitee.answer}"
    audit.actions.record("event.reply_noted", event, by=by, note=note, at=at)
    return invitee


def _invite(
    event: Event, wanted: list[Invitee], *, by: User, at: datetime | None = None
) -> list[Invitee]:
    """Those of them that are new; the event is held, so nobody else adds any meanwhile."""
    before = event.invitees.order_by("-pk").values_list("pk", flat=True).first() or 0
    for it in wanted:
        it.event, it.created_by, it.created_at = event, by, at or timezone.now()
    Invitee.objects.bulk_create(wanted, ignore_conflicts=True)
    if event.invitees.count() > MOST_INVITEES:
        raise TransitionRefused(f"Paling banyak {MOST_INVITEES} undangan dalam satu kegiatan.")
    new = list(event.invitees.filter(pk__gt=before))
    if new:
        note = formats.first_of([_named(it) for it in new], NAMED)
        audit.actions.record("event.invited", event, by=by, note=note, at=at, number=len(new))
    return new


def _named(invitee: Invitee) -> str:
    """A guest in a line of history; the title of a village's head names the village."""
    return invitee.title if invitee.kind == InstitutionKind.VILLAGE else str(invitee)
