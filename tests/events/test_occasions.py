"""A sheet's coordination and ceremony are taken from real events, and name them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions as events
from events.models import Event, Occasion
from tests.factories import DesignationFactory, EventFactory, UserFactory, VillageFactory
from villages import actions
from villages.meetings import Part, meetings_for
from villages.models import Designation

pytestmark = pytest.mark.django_db

PEOPLE = [
    ("opener", "Sekda", "Sekretaris Daerah", "Kabupaten Kotabaru"),
    ("presenter", "Kasi", "Kepala Seksi", "Kantor Imigrasi Batulicin"),
    ("receiver", "Kades", "Kepala Desa", "Desa Gendang Timburu"),
    ("speaker", "Lain", "Penyuluh", "Kabupaten Kotabaru"),
]


def event_for(sheet: Designation, **facts) -> Event:
    event = EventFactory(office=sheet.office, regions=[sheet.village.region], **facts)
    for contribution, name, title, institution in PEOPLE:
        its = {"contribution": contribution, "name": name, "title": title}
        its |= {"institution": institution, "on_behalf_of": "", "topic": ""}
        events.write_contributor(event, facts=its, by=event.created_by)
    return event


def finished(event: Event) -> Event:
    return events.finish(event, by=event.created_by)


def test_a_coordination_is_taken_from_an_event_and_names_it(client) -> None:
    sheet = DesignationFactory()
    event = finished(event_for(sheet, venue="Kantor Bupati"))
    client.force_login(sheet.created_by)
    address = reverse("villages:coordination", args=[sheet.pk])

    offered = client.get(address).content.decode()
    form = client.get(address, {"kegiatan": event.pk}).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    client.post(f"{address}?kegiatan={event.pk}", sent | {"outcome": "Disepakati."})

    assert f"?kegiatan={event.pk}" in offered
    sheet.refresh_from_db()
    written = sheet.coordination
    assert (written.held_on, written.place) == (event.starts_on, "Kantor Bupati")
    assert written.attended_by == (
        "Kabupaten Kotabaru, Kantor Imigrasi Batulicin, Desa Gendang Timburu"
    )
    assert written.outcome == "Disepakati."
    page = client.get(reverse("villages:review", args=[sheet.pk])).content.decode()
    assert f'href="{event.get_absolute_url()}"' in page
    assert Entry.objects.about(event).first().note == f"Koordinasi: {sheet.village}"


def test_a_ceremony_has_the_opener_presenter_and_receiver_of_its_event(client) -> None:
    sheet = DesignationFactory(approved=True)
    event = finished(event_for(sheet))
    staff = UserFactory(staff_of=sheet.office)
    client.force_login(staff)
    address = reverse("villages:ceremony", args=[sheet.pk])

    form = client.get(address, {"kegiatan": event.pk}).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    client.post(f"{address}?kegiatan={event.pk}", sent)

    sheet.refresh_from_db()
    ceremony = sheet.ceremony
    assert ceremony.opened_by == "Sekretaris Daerah, Kabupaten Kotabaru"
    assert ceremony.presented_by == "Kepala Seksi, Kantor Imigrasi Batulicin"
    assert ceremony.received_by == "Kepala Desa, Desa Gendang Timburu"
    assert (
        f'href="{event.get_absolute_url()}"'
        in client.get(sheet.get_absolute_url()).content.decode()
    )


def test_what_was_written_by_hand_names_no_event(client) -> None:
    sheet = DesignationFactory()
    finished(event_for(sheet))
    client.force_login(sheet.created_by)
    facts = {"held_on": "2025-03-01", "place": "Aula", "attended_by": "", "outcome": ""}

    client.post(reverse("villages:coordination", args=[sheet.pk]), facts)

    assert not Occasion.objects.exists()


def test_only_events_that_were_held_for_that_village_are_offered(client) -> None:
    sheet = DesignationFactory()
    office, region = sheet.office, sheet.village.region
    coming = EventFactory(
        office=office, regions=[region], starts_at=timezone.now() + timedelta(days=2)
    )
    off = EventFactory(office=office, regions=[region], went="cancelled")
    other = EventFactory(office=office, went="finished", regions=[VillageFactory().region])
    elsewhere = EventFactory(regions=[region], went="finished")
    held = finished(event_for(sheet))
    client.force_login(sheet.created_by)
    access = client.get("/").wsgi_request.access

    assert [it.pk for it in meetings_for(access, sheet, Part.COORDINATION)] == [held.pk]
    facts = {"held_on": held.starts_on, "place": "Aula", "attended_by": "", "outcome": ""}
    for wrong in (coming, off, other, elsewhere):
        with pytest.raises(TransitionRefused, match="belum dilaksanakan, atau bukan"):
            actions.write_coordination(sheet, facts=facts, by=sheet.created_by, meeting=wrong.pk)
    assert not hasattr(Designation.objects.get(pk=sheet.pk), "coordination")


def test_the_same_twice_is_told_once() -> None:
    sheet = DesignationFactory()
    event = finished(event_for(sheet))
    facts = {"held_on": event.starts_on, "place": "Aula", "attended_by": "", "outcome": ""}

    for _ in range(2):
        actions.write_coordination(sheet, facts=facts, by=sheet.created_by, meeting=event.pk)

    assert Entry.objects.about(event).filter(verb="event.named").count() == 1


def test_a_sheet_names_one_event_for_each_part() -> None:
    sheet = DesignationFactory()
    first, second = finished(event_for(sheet)), finished(event_for(sheet))
    facts = {"held_on": first.starts_on, "place": "Aula", "attended_by": "", "outcome": ""}

    for event in (first, second):
        actions.write_coordination(sheet, facts=facts, by=sheet.created_by, meeting=event.pk)

    assert Occasion.objects.get().event == second
    by = {"designation": sheet, "part": "coordination", "named_by": sheet.created_by}
    with pytest.raises(IntegrityError), transaction.atomic():
        Occasion.objects.create(event=first, **by)
