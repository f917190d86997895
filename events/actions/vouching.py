"""An officer's word on whoever entered themselves: they are no part of a flood any more."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from events.models import Attendee, Source


def vouch(rows: Iterable[Attendee], *, by: User | None) -> list[Attendee]:
    """Keep who said it first; those of whom nobody had. For whoever holds the event."""
    own = [it for it in rows if it.source == Source.SELF and it.vouched_by_id is None]
    for row in own:
        row.vouched_by = by
    if own:
        Attendee.objects.filter(pk__in=[it.pk for it in own]).update(vouched_by=by)
    return own
