"""An event that was held, and whose people get certificates of attendance."""

from __future__ import annotations

from typing import Any

from events import actions
from events.actions import Person
from events.models import Event, Source
from events.participation import PARTICIPANT, SPEAKER
from tests.factories import EventFactory, MembershipFactory, NumberTemplateFactory, report

SPEAKS = {
    "contribution": "speaker",
    "name": "Yoga Prasetya",
    "title": "Kasubsi",
    "institution": "Kanim",
    "on_behalf_of": "",
    "topic": "Berangkat aman",
}


def certified(office: Any, *people: Person, reported: bool = False, **rule: Any) -> Event:
    """An event that was held, with a speaker and these people, and who gets a certificate."""
    head = MembershipFactory(office=office, role="head", user__name="Hendarto Wirasena")
    for kind in (PARTICIPANT, SPEAKER):
        pattern = f"{{nomor}}/{kind.key.upper()}/{{tahun}}"
        NumberTemplateFactory(office=office, kind=kind.key, pattern=pattern)
    event = EventFactory(office=office, title="Sosialisasi Wuluhan")
    by = event.created_by
    actions.write_contributor(event, facts=SPEAKS, by=by)
    actions.attend(event, people, source=Source.OFFICER, by=by)
    actions.finish(event, by=by)
    facts = {
        "categories": ["village", "agency", "public"],
        "contributions": ["speaker"],
        "dated": "event",
        "signed_as_id": head.pk,
        "signer_title": "",
        "signer_name": "",
        "signer_nip": "",
    }
    actions.write_certificate_rule(event, facts={**facts, **rule}, by=by)
    if reported:
        report(event)
    return Event.objects.with_page().get(pk=event.pk)
