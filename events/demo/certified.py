"""Certificates of attendance of the demo: one for whoever came, spoke or opened."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import User
from events import actions
from events.models import Category, Event
from events.models.participation import CERTIFIED, Dated
from villages.demo.people import Team
from villages.demo.telling import letterhead_of

AN_HOUR = timedelta(hours=1)


def certify(event: Event, team: Team, *, by: User) -> None:
    """By a rule for everybody but officers; who was noted twice waits until somebody says so."""
    facts = {
        "categories": [it for it in Category.values if it != Category.OFFICER],
        "contributions": list(CERTIFIED),
        "dated": Dated.EVENT,
        "signed_as_id": team.head.pk,
    }
    at = event.ends_at + AN_HOUR
    actions.write_certificate_rule(event, facts=facts, by=by, at=at)
    spoke = event.contributors.filter(contribution__in=CERTIFIED).values("name")
    for attendee in event.attendees.filter(name__in=spoke):
        actions.exclude(attendee, reason="Mendapat sertifikat narasumber.", by=by, at=at)
    order(event, team, by=by, at=at)


def order(event: Event, team: Team, *, by: User, at: datetime) -> None:
    """For all who lack one, under the letterhead of the day that they bear."""
    with letterhead_of(team.office, event.ends_on):
        actions.order_certificates(event, by=by, at=at)
