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
from tests.factories import (
    DesignationFactory,
    EventFactory,
    UserFactory,
    VillageFactory,
    report,
)
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
    assert ceremony.received_by == "Kepala Desa Gendang Timburu"
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
    running = EventFactory(office=office, regions=[region], went="started")
    off = EventFactory(office=office, regions=[region], went="cancelled")
    other = EventFactory(office=office, went="finished", regions=[VillageFactory().region])
    elsewhere = EventFactory(regions=[region], went="finished")
    held = finished(event_for(sheet))
    client.force_login(sheet.created_by)
    access = client.get("/").wsgi_request.access

    assert [it.pk for it in meetings_for(access, sheet, Part.COORDINATION)] == [held.pk]
    facts = {"held_on": held.starts_on, "place": "Aula", "attended_by": "", "outcome": ""}
    for wrong in (coming, running, off, other, elsewhere):
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


def facts_of(event: Event, **more):
    return {"held_on": event.starts_on, "place": "Aula", "attended_by": "", "outcome": ""} | more


def test_what_a_sheet_names_stays_as_it_was(client) -> None:
    sheet = DesignationFactory()
    event, by = finished(event_for(sheet)), sheet.created_by
    other = VillageFactory(office=sheet.office).region
    events.add_villages(event, other, by=by)
    actions.write_coordination(sheet, facts=facts_of(event), by=by, meeting=event.pk)
    day = timedelta(days=1)
    moved = {"starts_at": event.starts_at - day, "ends_at": event.ends_at - day}

    for refused in (
        lambda: events.reopen(event, by=by),
        lambda: events.change(event, facts=moved, by=by),
        lambda: events.drop_villages(event, sheet.village.region, by=by),
        lambda: events.drop_villages(event, sheet.village.region.parent, by=by),
    ):
        with pytest.raises(TransitionRefused, match=f"tercatat pada usulan {sheet.village}"):
            refused()

    assert events.change(event, facts={"venue": "Aula lain"}, by=by).venue == "Aula lain"
    assert events.drop_villages(event, other, by=by) == 1
    client.force_login(by)
    assert ">Buka kembali<" not in client.get(event.get_absolute_url()).content.decode()


def test_the_database_keeps_what_a_sheet_names() -> None:
    sheet = DesignationFactory()
    event, by = finished(event_for(sheet)), sheet.created_by
    other = VillageFactory(office=sheet.office).region
    events.add_villages(event, other, by=by)
    actions.write_coordination(sheet, facts=facts_of(event), by=by, meeting=event.pk)
    row, days = Event.objects.filter(pk=event.pk), timedelta(days=40)
    moved = {"starts_at": event.starts_at - days, "ends_at": event.ends_at - days}

    for refused in (
        lambda: row.update(status="planned"),
        lambda: row.update(status="running"),
        lambda: row.update(status="cancelled", status_note="Tidak jadi."),
        lambda: row.update(**moved),
    ):
        with pytest.raises(IntegrityError, match="names was held"), transaction.atomic():
            refused()
    with pytest.raises(IntegrityError, match="for the village"), transaction.atomic():
        event.villages.all().delete()

    assert row.update(starts_at=event.starts_at + timedelta(minutes=1)) == 1
    assert event.villages.filter(region=other).delete()[0] == 1
    assert report(event).event_letter.event == event


def test_the_database_lets_a_sheet_name_only_what_its_office_held_for_its_village() -> None:
    sheet = DesignationFactory()
    office, its = sheet.office, [sheet.village.region]
    by = {"designation": sheet, "part": "coordination", "named_by": sheet.created_by}
    wrong = (
        EventFactory(regions=its, went="finished"),
        EventFactory(office=office, went="finished", regions=[VillageFactory().region]),
        EventFactory(office=office, regions=its),
        EventFactory(office=office, regions=its, went="started"),
        EventFactory(office=office, regions=its, went="cancelled"),
    )

    for event in wrong:
        with pytest.raises(IntegrityError, match="held for its village"), transaction.atomic():
            Occasion.objects.create(event=event, **by)
    named = Occasion.objects.create(event=finished(event_for(sheet)), **by)
    for event in wrong:
        with pytest.raises(IntegrityError, match="held for its village"), transaction.atomic():
            Occasion.objects.filter(pk=named.pk).update(event=event)


def test_another_event_with_the_same_words_is_news_on_the_sheet() -> None:
    sheet = DesignationFactory(complete=True)
    one, two = finished(event_for(sheet)), finished(event_for(sheet))
    facts = facts_of(one)
    actions.write_coordination(sheet, facts=facts, by=sheet.created_by, meeting=one.pk)
    seen = Entry.objects.about(sheet).first().pk

    colleague = UserFactory(staff_of=sheet.office)
    actions.write_coordination(sheet, facts=facts, by=colleague, meeting=two.pk)

    assert Entry.objects.about(sheet).first().by == colleague
    with pytest.raises(TransitionRefused):
        actions.submit(sheet, by=sheet.created_by, seen=seen)


@pytest.mark.parametrize("part", ["coordination", "ceremony"])
def test_other_words_by_hand_let_go_of_the_event(part: str) -> None:
    sheet = DesignationFactory(approved=part == "ceremony")
    event, by = finished(event_for(sheet)), UserFactory(staff_of=sheet.office)
    write = getattr(actions, f"write_{part}")
    facts = {"held_on": event.starts_on, "place": "Aula"}
    write(sheet, facts=facts, by=by, meeting=event.pk)

    write(sheet, facts=facts, by=by)
    kept = Occasion.objects.exists()
    write(sheet, facts=facts | {"place": "Rumah makan"}, by=by)

    assert kept
    assert not Occasion.objects.exists()
    assert Entry.objects.about(event).first().verb == "event.let_go"


def test_the_database_freezes_what_a_sheet_names() -> None:
    sheet = DesignationFactory(complete=True)
    event, by = finished(event_for(sheet)), sheet.created_by
    actions.write_coordination(sheet, facts=facts_of(event), by=by, meeting=event.pk)
    early = {"event": event, "designation": sheet, "part": "ceremony", "named_by": by}
    with pytest.raises(IntegrityError), transaction.atomic():
        Occasion.objects.create(**early)

    actions.submit(sheet, by=by)

    named = Occasion.objects.get()
    for refused in (
        named.delete,
        lambda: Occasion.objects.update(event=finished(event_for(sheet))),
        lambda: Occasion.objects.create(**early | {"part": "coordination"}),
    ):
        with pytest.raises(IntegrityError, match="keeps the event"), transaction.atomic():
            refused()
    Occasion.objects.create(**early)


def test_what_an_event_does_not_say_stays_as_it_was_written(client) -> None:
    sheet = DesignationFactory()
    event = events.finish(
        EventFactory(office=sheet.office, regions=[sheet.village.region]), by=sheet.created_by
    )
    facts = facts_of(event, attended_by="Camat, Kapolsek")
    actions.write_coordination(sheet, facts=facts, by=sheet.created_by)
    client.force_login(sheet.created_by)

    address = reverse("villages:coordination", args=[sheet.pk])
    form = client.get(address, {"kegiatan": event.pk}).context["form"]

    assert form["attended_by"].value() == "Camat, Kapolsek"
    assert form["place"].value() == event.venue


def test_institutions_that_find_no_room_are_left_out_whole(client) -> None:
    sheet = DesignationFactory()
    event = EventFactory(office=sheet.office, regions=[sheet.village.region], went="finished")
    names = [f"Dinas {n} " + "a" * 140 for n in range(1, 20)]
    for name in names:
        its = {"contribution": "speaker", "name": "N", "title": "T", "institution": name}
        its |= {"on_behalf_of": "", "topic": ""}
        events.write_contributor(event, facts=its, by=event.created_by)
    client.force_login(sheet.created_by)
    access = client.get("/").wsgi_request.access

    [meeting] = meetings_for(access, sheet, Part.COORDINATION)

    told = meeting.said["attended_by"].split(", ")
    assert told == names[: len(told)]
    assert 0 < len(told) < len(names)
