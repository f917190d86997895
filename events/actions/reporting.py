"""The papers of what was held: its report, filed with the last step of its life, and others."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

import audit.actions
import certificates.actions
from accounts.models import User
from certificates.actions import Paper
from certificates.models import Letter
from desabinaan.editing import Seen, set_values, unless_overtaken
from desabinaan.workflow import TransitionRefused
from events.actions.planning import held, later
from events.models import Event, EventLetter, ReportWords
from events.models.report import SECTIONS
from events.models.status import REPORT, TAKE_BACK
from events.proceedings import ProceedingsPrints
from events.report import CHECK_OPEN, ReportPrints
from events.signed_prints import Signing
from events.story import Story

UNFILED = "Laporan belum dibuat"
UNRECORDED = "Berita acara belum dibuat"


@transaction.atomic
def write_report(
    event: Event, *, facts: dict[str, Any], by: User, seen: Seen | None = None
) -> ReportWords:
    """Keep the words of the report, and of what proposals they came; history keeps who changed
    which sections.

    Raises TransitionRefused before the event was held, and once it is settled.
    """
    event = held(event)
    _refuse_unheld(event)
    words = ReportWords.objects.filter(event=event).first()
    unless_overtaken(words, seen)
    if words is None:
        words = ReportWords(event=event, **facts)
        changed = sorted(name for name in facts if name in SECTIONS)
    else:
        changed = sorted(name for name in SECTIONS if facts.get(name, "") != getattr(words, name))
        # Of what nobody touched it still counts what was proposed when it was written.
        before = {name: words.proposed[name] for name in SECTIONS if name in words.proposed}
        kept = {name: before[name] for name in before if name not in changed}
        now = {**facts, "proposed": {**facts.get("proposed", {}), **kept}}
        if not set_values(words, now):
            return words
    words.save()
    audit.actions.record("event.report_written", event, by=by, fields=changed)
    return words


@transaction.atomic
def file_report(  # noqa: PLR0913 - what it says, under what number, by whom and when
    event: Event,
    signing: Signing,
    *,
    by: User,
    number: str = "",
    printed: str | None = None,
    at: datetime | None = None,
) -> Letter:
    """Have the report drawn, and settle the event with it: it is reported, nothing changes more.

    `printed` is the stamp of what the person read: nothing else is filed. Filed by this person
    already, it is that report. Raises TransitionRefused where it is not over, or words cannot be
    printed.
    """
    event = Event.objects.lock(event.pk)
    if filed := _filed(event, by):
        return filed
    REPORT.apply(event)
    prints = ReportPrints(Story.of(event), signing)
    prints.refuse_unread(printed, UNFILED)
    if prints.is_checking:
        raise TransitionRefused(CHECK_OPEN)
    letter = certificates.actions.order_letter(prints.paper, by=by, number=number, at=at)
    event.report = EventLetter.objects.create(letter=letter, event=event)
    event.status_by, event.status_at = by, at or timezone.now()
    event.changed_at = later(event, at)
    event.save(update_fields=["status", "status_by", "status_at", "report", "changed_at"])
    audit.actions.record("event.reported", event, by=by, at=at, note=f"Nomor {letter.number}")
    return letter


@transaction.atomic
def take_report_back(event: Event, *, by: User) -> Event:
    """The report does not count: the event is over and not reported, and may be mended.

    Raises TransitionRefused while the number of the report counts: it is voided in the register.
    """
    event = Event.objects.lock(event.pk)
    report = event.report
    TAKE_BACK.apply(event)
    if report is None or report.letter.voiding is None:
        raise TransitionRefused(
            "Laporan ini masih berlaku. Batalkan dahulu nomornya dalam register kantor."
        )
    event.report = None
    event.status_by, event.status_at = by, timezone.now()
    event.changed_at = later(event)
    event.save(update_fields=["status", "status_by", "status_at", "report", "changed_at"])
    note = f"Nomor {report.letter.number}"
    audit.actions.record("event.report_taken_back", event, by=by, note=note)
    return event


@transaction.atomic
def order_proceedings(  # noqa: PLR0913 - what it says, under what number, and by whom
    event: Event,
    signing: Signing,
    said: dict[str, Any],
    *,
    by: User,
    number: str = "",
    printed: str | None = None,
    at: datetime | None = None,
) -> Letter:
    """Have the official record drawn; asked for twice within minutes, it is the same.

    Raises TransitionRefused before the event was held, and where words cannot be printed.
    """
    event = Event.objects.lock(event.pk)
    _refuse_unheld(event)
    prints = ProceedingsPrints(Story.of(event), signing, **said)
    prints.refuse_unread(printed, UNRECORDED)
    if same := certificates.actions.ordered_just_now(prints.paper, by=by, number=number):
        return same
    letter = certificates.actions.order_letter(prints.paper, by=by, number=number, at=at)
    EventLetter.objects.create(letter=letter, event=event)
    note = f"Nomor {letter.number}"
    audit.actions.record("event.proceedings_ordered", event, by=by, at=at, note=note)
    return letter


@transaction.atomic
def order_attendance(event: Event, paper: Paper, *, by: User, at: datetime | None = None) -> Letter:
    """Have a sheet of attendance drawn; the very same one again is that one.

    Raises TransitionRefused of what was called off, and where a name cannot be printed.
    """
    event = Event.objects.lock(event.pk)
    if event.is_cancelled:
        raise TransitionRefused(f"Daftar hadir tidak dibuat: {event.standing()}")
    letter = certificates.actions.order_once(paper, by=by, at=at)
    _, is_new = EventLetter.objects.get_or_create(letter=letter, event=event)
    if is_new:
        audit.actions.record("event.attendance_ordered", event, by=by, at=at, note=letter.title)
    return letter


def _refuse_unheld(event: Event) -> None:
    if not event.was_held:
        raise TransitionRefused(f"Kegiatan ini belum dilaksanakan: {event.standing()}")


def _filed(event: Event, by: User) -> Letter | None:
    """What this very person filed already: a double click, not a conflict."""
    report = event.report
    mine = report is not None and event.status_by_id == by.pk
    return report.letter if report is not None and mine else None
