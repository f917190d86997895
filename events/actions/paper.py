"""The signed sheets of an event, photographed: kept as evidence."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

import audit.actions
from accounts.models import User
from desabinaan.storage import storing
from desabinaan.uploads import CheckedFile
from desabinaan.workflow import TransitionRefused
from events.actions.planning import held
from events.models import AttendancePage, Event
from villages.actions.files import discard, stored
from villages.actions.twice import kept_already

MOST_PAGES = 60


@storing()
def keep_page(
    event: Event, file: CheckedFile, *, by: User, at: datetime | None = None
) -> AttendancePage:
    """Keep a signed sheet; the very same file again is the same.

    Raises TransitionRefused once the event is settled, or beyond MOST_PAGES.
    """
    event = held(event)
    if same := kept_already(event.attendance_pages.all(), file):
        return same
    if event.attendance_pages.count() >= MOST_PAGES:
        raise TransitionRefused(f"Paling banyak {MOST_PAGES} lembar dalam satu kegiatan.")
    page = AttendancePage.objects.create(event=event, **stored(file, by=by, at=at))
    audit.actions.record("event.page_kept", event, by=by, at=at, note=page.name)
    return page


@transaction.atomic
def drop_page(page: AttendancePage, *, by: User) -> None:
    """Take a sheet off; one that somebody took off already is no error."""
    event = held(page.event)
    found = event.attendance_pages.filter(pk=page.pk).first()
    if found:
        discard(found)
        audit.actions.record("event.page_dropped", event, by=by, note=page.name)
