"""What follows from an event or a visit: written down, done, taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

import audit.actions
from accounts.models import User
from desabinaan import formats
from desabinaan.editing import Seen, set_values, unless_overtaken
from desabinaan.workflow import TransitionRefused
from events.actions.sources import held_source, named
from events.models import Event, FollowUp, Visit
from villages.actions.twice import stands_already

MOST_FOLLOW_UPS = 40  # of one event or visit


@transaction.atomic
def write_follow_up(  # noqa: PLR0913 - what is to be done, by whom it is noted, and when
    source: Event | Visit,
    *,
    facts: dict[str, Any],
    by: User,
    item: FollowUp | None = None,
    seen: Seen | None = None,
    at: datetime | None = None,
) -> FollowUp:
    """Note what is to be done, by whom and until when, or mend it; the very same is the same.

    Raises TransitionRefused once the event is settled, or beyond MOST_FOLLOW_UPS.
    """
    source = held_source(source)
    if item is None:
        if same := stands_already(source.follow_ups.to_do(), **facts):
            return same
        if source.follow_ups.count() >= MOST_FOLLOW_UPS:
            raise TransitionRefused(f"Paling banyak {MOST_FOLLOW_UPS} tindak lanjut.")
        item = FollowUp(office=source.office, created_by=by, **named(source), **facts)
    else:
        item = FollowUp.objects.lock(item.pk)
        unless_overtaken(item, seen)
        if not set_values(item, facts):
            return item
    item.save()
    audit.actions.record("follow_up.written", source, by=by, at=at, note=_said(item))
    return item


@transaction.atomic
def drop_follow_up(item: FollowUp, *, by: User) -> None:
    """Take back what was noted by mistake; what somebody took back already is no error."""
    source = held_source(item.source)
    dropped, _ = source.follow_ups.filter(pk=item.pk).delete()
    if dropped:
        audit.actions.record("follow_up.dropped", source, by=by, note=_said(item))


@transaction.atomic
def close_follow_up(item: FollowUp, *, by: User, at: datetime | None = None) -> FollowUp:
    """It is done; also after the event was reported. Done already is done."""
    item = FollowUp.objects.lock(item.pk)
    if item.is_done:
        return item
    item.done_at, item.done_by = at or timezone.now(), by
    item.save(update_fields=["done_at", "done_by"])
    audit.actions.record("follow_up.closed", item.source, by=by, note=item.what, at=at)
    return item


@transaction.atomic
def reopen_follow_up(item: FollowUp, *, by: User) -> FollowUp:
    """It is not done after all: somebody pressed too early."""
    item = FollowUp.objects.lock(item.pk)
    if not item.is_done:
        return item
    item.done_at, item.done_by = None, None
    item.save(update_fields=["done_at", "done_by"])
    audit.actions.record("follow_up.reopened", item.source, by=by, note=item.what)
    return item


def _said(item: FollowUp) -> str:
    return f"{item.what}: {item.owner.name}, paling lambat {formats.long_date(item.due_on)}"
