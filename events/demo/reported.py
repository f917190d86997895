"""The founding cases were reported: each has its list of who came, its report, some a record.

All of that day: under its letterhead, by numbers of that year.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from accounts.models import User
from events import actions
from events.alike import Likenesses
from events.attendance_prints import as_it_is
from events.candidates import Candidates
from events.demo import certified
from events.demo.told import DAY, Told
from events.models import Event
from events.proceedings import proposed_points
from events.signed_prints import Signing
from events.story import Story
from villages.demo.people import Team
from villages.demo.telling import letterhead_of, moment
from villages.papers import signer_of

SATURDAY = 5


def report(event: Event, told: Told, team: Team, *, by: User) -> None:
    """Order the papers of what is over, the report last: it settles the event.

    What was agreed was done when it was due.
    """
    dated = _next_working_day(event.ends_on)
    noon, at = (moment(team.office, dated, hour, 0) for hour in (12, 14))
    _settle(event, team, by=by, at=noon)
    signing = Signing(dated, signer_of(team.head), team.head)
    with letterhead_of(team.office, dated):
        _list(event, by=by, at=noon)
        if told.witnesses:
            witnesses = [{"name": name, "title": title} for name, title in told.witnesses]
            said = {"points": proposed_points(Story.of(event)), "witnesses": witnesses}
            actions.order_proceedings(event, signing, said, by=by, at=noon)
        actions.file_report(event, signing, by=by, at=at)
    for item in event.follow_ups.to_do():
        actions.close_follow_up(item, by=by, at=moment(team.office, item.due_on, 10, 0))


def _next_working_day(day: date) -> date:
    following = day + DAY
    while following.weekday() >= SATURDAY:
        following += DAY
    return following


def _settle(event: Event, team: Team, *, by: User, at: datetime) -> None:
    """Who was noted twice is one person; whoever waited for that gets their certificate."""
    for pair in Likenesses(event).open:
        actions.merge(pair.first, pair.second, by=by, at=at)
    if Candidates.of(event).lacking:
        certified.order(event, team, by=by, at=at)


def _list(event: Event, *, by: User, at: datetime) -> None:
    """The sheet of who came, as it was printed on that day."""
    dated = event.office.day_of(at)
    paper = as_it_is(Story.of(event).event)
    facts = {**paper.facts, "dated": dated.isoformat()}
    actions.order_attendance(event, replace(paper, dated=dated, facts=facts), by=by, at=at)
