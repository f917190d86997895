"""An event from plan to end: started, finished, or cancelled; what was a slip is undone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

import audit.actions
from accounts.models import User
from desabinaan import formats
from desabinaan.workflow import Transition, TransitionRefused
from events.actions.certified import refuse_certified
from events.actions.planning import later, refuse_named
from events.models import Event
from events.models.status import CANCEL, FINISH, REOPEN, START


@transaction.atomic
def start(event: Event, *, by: User, at: datetime | None = None) -> Event:
    """It begins now, on its day or later; refused before."""
    event = _moved(event, START, by=by, at=at)
    _refuse_before_its_day(event, at)
    _save(event)
    audit.actions.record("event.started", event, by=by, at=at)
    return event


@transaction.atomic
def finish(event: Event, *, by: User, at: datetime | None = None) -> Event:
    """It was held and is over; refused before it was to begin, and before its last day.

    Letters and certificates name the planned days, so a day that was not needed is taken off first.
    """
    event = _moved(event, FINISH, by=by, at=at)
    _refuse_before_its_day(event, at)
    if event.starts_at > (at or timezone.now()):
        raise TransitionRefused(
            f"Kegiatan ini direncanakan {event.span}. Nyatakan selesai sesudah dilaksanakan."
        )
    if event.ends_on > event.office.day_of(at or timezone.now()):
        day = formats.long_date(event.ends_on)
        raise TransitionRefused(
            f"Kegiatan ini direncanakan sampai {day}. Ubah waktunya bila selesai lebih cepat."
        )
    _save(event)
    audit.actions.record("event.finished", event, by=by, at=at)
    return event


@transaction.atomic
def cancel(event: Event, *, reason: str, by: User, at: datetime | None = None) -> Event:
    """It does not take place; the reason stays on the record."""
    event = _moved(event, CANCEL, by=by, at=at)
    event.status_note = reason
    _save(event)
    audit.actions.record("event.cancelled", event, by=by, note=reason, at=at)
    return event


@transaction.atomic
def reopen(event: Event, *, by: User) -> Event:
    """It was not held after all, or is not over: planned again.

    Refused where a sheet names it, or a certificate of attendance is in force.
    """
    event = _moved(event, REOPEN, by=by, at=None)
    refuse_named(event)
    refuse_certified("Belum dibuka kembali", event.participations.all())
    _save(event)
    audit.actions.record("event.reopened", event, by=by)
    return event


def is_repeated(event: Event, step: Transition, by: User) -> bool:
    """Whether this person took this very step already: a double click, not a conflict."""
    return event.status == step.target and event.status_by_id == by.pk


def _moved(event: Event, step: Transition, *, by: User, at: datetime | None) -> Event:
    """The held event, one step further, unsaved; or refused."""
    event = Event.objects.lock(event.pk)
    step.apply(event)
    event.status_by, event.status_at = by, at or timezone.now()
    event.changed_at = later(event, at)
    return event


def _refuse_before_its_day(event: Event, at: datetime | None) -> None:
    today = event.office.day_of(at or timezone.now())
    if event.starts_on > today:
        day = formats.long_date(event.starts_on)
        raise TransitionRefused(
            f"Kegiatan ini direncanakan {day}. Ubah waktunya dahulu bila dimajukan."
        )


def _save(event: Event) -> None:
    event.save(update_fields=["status", "status_at", "status_by", "status_note", "changed_at"])
