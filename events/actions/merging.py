"""What somebody says of two rows that look alike: one person, two people, or nothing any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

import audit.actions
from accounts.models import User
from desabinaan.workflow import TransitionRefused
from events.actions.certified import refuse_certified
from events.actions.planning import held
from events.models import Attendee, Event, Merge
from events.models.attendance import MergeQuerySet
from events.models.status import Status


@transaction.atomic
def merge(kept: Attendee, other: Attendee, *, by: User, at: datetime | None = None) -> Merge:
    """One person: the kept row counts, the other is hidden until this is undone.

    Raises TransitionRefused where either is hidden already, or gone.
    """
    event, pair = _held_pair(kept, other)
    if same := Merge.objects.one().filter(kept=kept, other=other).first():
        return same
    if event.attendees.present().filter(pk__in=pair).count() != len(set(pair)):
        raise TransitionRefused("Salah satu baris itu sudah digabungkan atau dihapus.")
    refuse_certified("Tidak digabungkan", other.participations.all())
    _between(event, pair).delete()  # what was said before, that they were two
    found = Merge.objects.create(
        event=event, kept=kept, other=other, is_one=True, by=by, at=at or timezone.now()
    )
    audit.actions.record("event.attendees_merged", event, by=by, at=at, note=_said(found))
    return found


@transaction.atomic
def keep_apart(first: Attendee, second: Attendee, *, by: User) -> Merge:
    """Two people who look alike: not proposed again until this is undone.

    Said after the report too, as certificates wait for it. Raises TransitionRefused.
    """
    event, pair = _held_uncounted(first.event), [first.pk, second.pk]
    if said := _between(event, pair).first():
        return said
    if event.attendees.filter(pk__in=pair).count() != len(set(pair)):
        raise TransitionRefused("Salah satu baris itu sudah dihapus.")
    found = Merge.objects.create(event=event, kept=first, other=second, is_one=False, by=by)
    audit.actions.record("event.attendees_apart", event, by=by, note=_said(found))
    return found


@transaction.atomic
def undo_merge(said: Merge, *, by: User) -> None:
    """As if nothing had been said: a hidden row shows again; undone twice is undone once.

    Raises TransitionRefused where one was hidden and the event is reported.
    """
    event = held(said.event) if said.is_one else _held_uncounted(said.event)
    undone, _ = Merge.objects.filter(pk=said.pk).delete()
    if undone:
        audit.actions.record("event.merge_undone", event, by=by, note=_said(said))


def _held_uncounted(event: Event) -> Event:
    """The event, held for what changes no count, and so nothing that its report says."""
    locked = Event.objects.lock(event.pk)
    return locked if locked.status == Status.REPORTED else held(locked)


def _held_pair(first: Attendee, second: Attendee) -> tuple[Event, list[int]]:
    return held(first.event), [first.pk, second.pk]


def _between(event: Event, pair: list[int]) -> MergeQuerySet:
    return Merge.objects.filter(event=event, kept__in=pair, other__in=pair)


def _said(said: Merge) -> str:
    sign = "=" if said.is_one else "≠"
    kept, other = said.kept, said.other
    return f"{kept}, {kept.institution} {sign} {other}, {other.institution}"
