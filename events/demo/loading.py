"""Loads the demo: villages and their sheets, then events; once, whole or not at all."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

import villages.demo.loading
from events import actions
from events.demo import came, certified, guests
from events.demo.documented import document
from events.demo.reported import report
from events.demo.told import Told, around, founding
from events.models import Event, EventKind
from villages.demo.people import Team
from villages.demo.telling import moment
from villages.meetings import Part, name_meeting
from villages.models import Designation, Region


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much of what was loaded."""

    sheets: int
    events: int


def load() -> Loaded:
    """Everything in one transaction; what it ordered is drawn afterwards.

    Raises NotReady where regions and offices are not there yet.
    """
    with transaction.atomic():
        loaded = villages.demo.loading.load()
        cases = founding()
        told = [*cases, *around(timezone.localdate())]
        held = {it: _tell(it, loaded.teams[it.office]) for it in sorted(told, key=lambda it: it.on)}
        for office in sorted({it.office for it in told}):
            document(loaded.teams[office], timezone.localdate())
        for case in cases:
            report(held[case], loaded.teams[case.office], by=case.staff)
    return Loaded(loaded.sheets, len(told))


def _tell(told: Told, team: Team) -> Event:
    """Plan it, choose its villages, and take it as far as it came."""
    by = team[told.staff]
    at = _at(team, told, time(10, 20))
    planned = min(at - told.planned, timezone.now())
    facts = {
        "kind": EventKind.objects.get(key=told.kind),
        "title": told.title,
        "venue": told.venue,
        "section": told.section,
        "audience": told.audience,
        "legal_basis": told.basis,
        "starts_at": _at(team, told, told.starts),
        "ends_at": _at(team, told, told.ends),
    }
    regions = tuple(Region.objects.filter(code__in=told.regions).order_by("code"))
    event = actions.plan(office=team.office, facts=facts, by=by, regions=regions, at=planned)
    actions.take_standard(event, by=by)
    for somebody in told.people:
        actions.write_contributor(event, facts=asdict(somebody), by=by)
    if told.guests:
        guests.invite(event, told.guests, team, by=by, on=planned)
        over = told.went == "finished"
        guests.answer(event, by=by, on=planned, is_over=over)
    if told.has_letter:
        guests.write(event, team, by=by)
    _take(event, told, team)
    _name(event, told, team)
    return event


def _take(event: Event, told: Told, team: Team) -> None:
    by = team[told.staff]
    if told.went == "finished":
        actions.start(event, by=by, at=event.starts_at)
        came.tell(event, by=by)
        actions.finish(event, by=by, at=event.ends_at)
        if told.has_certificates:
            certified.certify(event, team, by=by)
    elif told.went:
        actions.cancel(event, reason=told.went, by=by)


def _name(event: Event, told: Told, team: Team) -> None:
    """On the sheets of its villages, what it was to them; a submitted one takes no coordination."""
    if told.was is None:
        return
    places = event.villages.values("region")
    for sheet in Designation.objects.filter(office=team.office, village__region__in=places):
        if told.was == Part.COORDINATION and not sheet.is_editable:
            continue
        name_meeting(sheet, told.was, event.pk, by=team[told.staff])


def _at(team: Team, told: Told, clock: time) -> datetime:
    return moment(team.office, told.on, clock.hour, clock.minute)
