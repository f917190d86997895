"""Loads the demo: villages and their sheets, then events; once, whole or not at all."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

import villages.demo.loading
from events import actions
from events.demo import came, certified, checked, guests
from events.demo.around import around
from events.demo.documented import document, follow_up
from events.demo.founding import founding
from events.demo.numbers import choose_numbers
from events.demo.reported import report
from events.demo.told import DAY, Told
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
        teams = [loaded.teams[it] for it in sorted({it.office for it in told})]
        for team in teams:
            choose_numbers(team)
        held = {it: _tell(it, loaded.teams[it.office]) for it in sorted(told, key=lambda it: it.on)}
        for team in teams:
            follow_up(team, timezone.localdate())
        for case in cases:
            team = loaded.teams[case.office]
            report(held[case], case, team, by=team[case.staff])
    return Loaded(loaded.sheets, len(told))


def _tell(told: Told, team: Team) -> Event:
    """Plan it, choose its villages, and take it as far as it came."""
    by = team[told.staff]
    planned = min(_at(team, told.on, time(10, 20)) - told.planned, timezone.now())
    facts = {
        "kind": EventKind.objects.get(key=told.kind),
        "title": told.title,
        "venue": told.venue,
        "section": told.section,
        "audience": told.audience,
        "legal_basis": told.basis,
        "starts_at": _at(team, told.on, told.starts),
        "ends_at": _at(team, told.on + (told.days - 1) * DAY, told.ends),
    }
    regions = tuple(Region.objects.filter(code__in=told.regions).order_by("code"))
    event = actions.plan(office=team.office, facts=facts, by=by, regions=regions, at=planned)
    actions.take_standard(event, by=by, at=planned)
    for somebody in told.people:
        actions.write_contributor(event, facts=asdict(somebody), by=by, at=planned)
    if told.is_by_invitation:
        guests.invite(event, told, team, by=by, on=planned)
    if told.went in {"started", "finished"}:
        _hold(event, told, team)
    elif told.went:
        actions.cancel(event, reason=told.went, by=by)
    _name(event, told, team)
    return event


def _hold(event: Event, told: Told, team: Team) -> None:
    by = team[told.staff]
    actions.start(event, by=by, at=event.starts_at)
    came.tell(event, told, by=by)
    if not told.is_over:
        checked.open_to(event, by=by)
        return
    if told.is_checked:
        checked.tell(event, by=by)
    actions.finish(event, by=by, at=event.ends_at)
    document(event, told, by=by)
    if told.has_certificates:
        certified.certify(event, team, by=by)


def _name(event: Event, told: Told, team: Team) -> None:
    """On the sheets of its villages, what it was to them; a submitted one takes no coordination."""
    if told.was is None:
        return
    places = event.villages.values("region")
    for sheet in Designation.objects.filter(office=team.office, village__region__in=places):
        if told.was == Part.COORDINATION and not sheet.is_editable:
            continue
        name_meeting(sheet, told.was, event.pk, by=team[told.staff])


def _at(team: Team, day: date, clock: time) -> datetime:
    return moment(team.office, day, clock.hour, clock.minute)
