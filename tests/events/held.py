"""An event that went well, with all that its papers tell, for tests of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from accounts.models import User
from events import actions
from events.models import Event, Source
from events.proceedings import PROCEEDINGS
from events.report import REPORT
from events.signed_prints import Signing
from tests.factories import EventFactory, MembershipFactory, NumberTemplateFactory, RegionFactory
from villages.papers import signer_of

HELD = datetime(2024, 6, 25, 2, tzinfo=UTC)  # 09.00 WIB
OPENER = {
    "contribution": "opener",
    "name": "Ratna Wulandari",
    "title": "Kepala Subbagian Tata Usaha",
    "on_behalf_of": "Kepala Kantor",
    "topic": "",
}


def held_event(staff: User, office) -> Event:
    """Over, with an opener, a speaker, two who came, a question and something to be done."""
    MembershipFactory(office=office, role="head", user__name="Hendarto Wirasena")
    NumberTemplateFactory(office=office, kind=REPORT.key, pattern="{nomor}/LAP/{tahun}")
    NumberTemplateFactory(office=office, kind=PROCEEDINGS.key, pattern="{nomor}/BA/{tahun}")
    event = EventFactory(
        office=office,
        created_by=staff,
        starts_at=HELD,
        title="Sosialisasi Kecamatan Wuluhan",
        venue="Aula Kecamatan Wuluhan",
        regions=[RegionFactory(name="Ampel")],
    )
    actions.start(event, by=staff)
    _tell(event, staff)
    actions.finish(event, by=staff)
    return Event.objects.with_page().get(pk=event.pk)


def _tell(event: Event, by: User) -> None:
    opener = {**OPENER, "institution": event.office.name}
    actions.write_contributor(event, facts=opener, by=by)
    speaker = {"contribution": "speaker", "name": "Joko Susilo", "on_behalf_of": ""}
    speaker |= {"topic": "Paspor pekerja", "title": "Kepala Desa", "institution": "Desa Ampel"}
    actions.write_contributor(event, facts=speaker, by=by)
    people = [
        actions.Person(name="Siti Aminah", institution="Desa Ampel", sex="P"),
        actions.Person(name="Bambang", institution="BP3MI", sex="L"),
    ]
    actions.attend(event, people, source=Source.OFFICER, by=by)
    asked = {"asked_by": "Kepala Desa Ampel", "text": "Apa syaratnya?", "answered_by": ""}
    actions.write_question(event, facts={**asked, "answer": ""}, by=by)
    due = event.ends_on + timedelta(days=7)
    facts = {"what": "Kirim bahan paparan", "owner_id": by.pk, "due_on": due}
    actions.write_follow_up(event, facts=facts, by=by)


def by_the_head(event: Event) -> Signing:
    """Signed today by the head of the office."""
    head = event.office.memberships.get(role="head")
    return Signing(event.office.today(), signer_of(head), head)
