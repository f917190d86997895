"""Certificates of attendance of the demo: for who came, spoke or opened, but one who left early."""

from __future__ import annotations

from datetime import timedelta

import certificates.actions
from accounts.models import User
from events import actions
from events.models import Category, Event
from events.models.participation import CERTIFIED, Dated
from events.participation import PARTICIPANT, SPEAKER
from villages.demo.people import Team

PATTERNS = {
    PARTICIPANT.key: "{kode}-PERAGAAN.PST-{nomor}",
    SPEAKER.key: "{kode}-PERAGAAN.NRS-{nomor}",
}
AN_HOUR = timedelta(hours=1)


def certify(event: Event, team: Team, *, by: User) -> None:
    """By a rule for everybody but officers; who was noted twice waits until somebody says so."""
    for kind, pattern in PATTERNS.items():
        chosen = {"pattern": pattern, "unit_code": "W.13", "classification": "", "serial_width": 3}
        certificates.actions.choose_number_template(
            team.office, kind, chosen=chosen, by=team["admin 1"]
        )
    facts = {
        "categories": [it for it in Category.values if it != Category.OFFICER],
        "contributions": list(CERTIFIED),
        "dated": Dated.EVENT,
        "signed_as_id": team.head.pk,
    }
    at = event.ends_at + AN_HOUR
    actions.write_certificate_rule(event, facts=facts, by=by, at=at)
    if left := event.attendees.filter(category=Category.AGENCY).last():
        actions.exclude(left, reason="Pulang sebelum materi selesai.", by=by, at=at)
    actions.order_certificates(event, by=by, at=at)
