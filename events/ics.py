"""Events as calendar files (RFC 5545): one event, or those of an office."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta

from django.conf import settings
from icalendar import Calendar
from icalendar import Event as Entry

from desabinaan import mail
from events.models import Event, Status

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Portal Desa Binaan Imigrasi//Kegiatan//ID"
KEPT_BEFORE = timedelta(days=365)  # of an office: a year back, and all that is to come


def calendar_of(events: Iterable[Event], *, name: str) -> bytes:
    """A calendar of these events; times in UTC, which every calendar shows in its own zone."""
    entries = (_entry(it, mail.linked(it.get_absolute_url()), str(it.places)) for it in events)
    return _calendar(entries, name)


def calendar_for_everybody(event: Event, address: str) -> bytes:
    """The same of one event for whoever has its short link, which leads there again."""
    return _calendar([_entry(event, address)], event.title)


def _calendar(entries: Iterable[Entry], name: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(entry)
    content: bytes = calendar.to_ical()
    return content


def _entry(event: Event, address: str, *more: str) -> Entry:
    """The event under a name of its own that never changes, and how often it changed since."""
    entry = Entry()
    host = str(settings.PORTAL_URL).partition("://")[2].rstrip("/")
    entry.add("uid", f"kegiatan-{event.pk}@{host}")
    entry.add("dtstamp", event.changed_at.astimezone(UTC))
    entry.add("sequence", int((event.changed_at - event.created_at).total_seconds()))
    entry.add("dtstart", event.starts_at.astimezone(UTC))
    entry.add("dtend", event.ends_at.astimezone(UTC))
    entry.add("summary", event.title)
    entry.add("location", event.venue)
    entry.add("status", "CANCELLED" if event.status == Status.CANCELLED else "CONFIRMED")
    entry.add("categories", [str(event.kind)])
    said = (str(event.kind), str(event.office), *more)
    entry.add("description", "\n".join(line for line in said if line))
    entry.add("url", address)
    return entry
