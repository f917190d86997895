"""Who entered themselves has a share of their own, and whoever did not come is taken off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.actions import Person
from events.models import Attendee, CheckIn, Event, Merge, Source
from tests.events.certified import certified
from tests.factories import EventFactory, OfficeFactory
from tests.races import just_before

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(office) -> Event:
    return EventFactory(office=office)


@pytest.fixture
def door(event, staff) -> CheckIn:
    return actions.open_check_in(event, by=staff)


def test_who_entered_themselves_never_takes_the_place_of_whom_an_officer_notes(
    door, event, staff, monkeypatch
) -> None:
    monkeypatch.setattr("events.actions.attendance.MOST_SELF_ENTERED", 2)
    monkeypatch.setattr("events.actions.attendance.MOST_ATTENDEES", 2)
    for name in ("Satu", "Dua"):
        actions.enter(door, Person(name, "Desa Tieng"))

    with pytest.raises(TransitionRefused, match="penuh"):
        actions.enter(door, Person("Tiga", "Desa Tieng"))
    for name in ("Empat", "Lima"):
        actions.attend(event, [Person(name, "Desa Tieng")], source=Source.OFFICER, by=staff)
    with pytest.raises(TransitionRefused, match="Paling banyak 2 peserta"):
        actions.attend(event, [Person("Enam", "Desa Tieng")], source=Source.PAPER, by=staff)

    assert event.attendees.count() == 4


def enter_at(door: CheckIn, name: str, minutes_ago: int) -> Attendee:
    person = actions.enter(door, Person(name, "Desa Tieng")).new[0]
    at = timezone.now() - timedelta(minutes=minutes_ago)
    Attendee.objects.filter(pk=person.pk).update(at=at)
    person.refresh_from_db()
    return person


def asked(event: Event, first: Attendee, last: Attendee) -> dict[str, str]:
    """The minutes of both, by the clock of the office."""
    since, until = event.local(first.at), event.local(last.at)
    return {
        "since_day": f"{since:%Y-%m-%d}",
        "since": f"{since:%H:%M}",
        "until_day": f"{until:%Y-%m-%d}",
        "until": f"{until:%H:%M}",
    }


def test_all_who_entered_themselves_between_two_times_are_taken_off_at_once(
    client, staff, door, event
) -> None:
    early = enter_at(door, "Awal", 90)
    first, last = enter_at(door, "Palsu Satu", 60), enter_at(door, "Palsu Dua", 50)
    enter_at(door, "Akhir", 20)
    actions.attend(event, [Person("Siti", "Desa Tieng")], source=Source.OFFICER, by=staff)
    Attendee.objects.filter(name="Siti").update(at=first.at)
    client.force_login(staff)
    page = reverse("events:check_in_clear", args=[event.pk], query=asked(event, first, last))

    both = {"pilih": [first.pk, last.pk]}
    listed = client.get(page).content.decode()
    assert all(f'value="{pk}" checked' in listed for pk in both["pilih"])
    assert all(word in listed for word in ("Palsu Satu", "Palsu Dua", "Desa Tieng"))
    assert "Awal" not in listed
    unsaid = client.post(page, {"pilih": [last.pk], "reason": ""}).content.decode()
    assert "Isi alasan" in unsaid
    assert (f'value="{first.pk}">' in unsaid, f'value="{last.pk}" checked' in unsaid) == (True,) * 2
    told = client.post(page, {**both, "reason": "Isian palsu."}, follow=True)

    assert "2 orang yang mengisi sendiri dihapus" in told.content.decode()
    assert sorted(event.attendees.values_list("name", flat=True)) == ["Akhir", "Awal", "Siti"]
    entry = Entry.objects.about(event).filter(verb="event.self_entered_dropped").get()
    assert (entry.by, "2 orang" in entry.note, "Isian palsu." in entry.note) == (staff, True, True)
    assert early in event.attendees.all()


def test_who_is_not_ticked_stays_and_so_does_who_came_since(client, staff, door, event) -> None:
    first, last = enter_at(door, "Palsu Satu", 60), enter_at(door, "Palsu Dua", 50)
    enter_at(door, "Datang Kemudian", 55)
    outside = enter_at(door, "Lain", 10)
    client.force_login(staff)
    page = reverse("events:check_in_clear", args=[event.pk], query=asked(event, first, last))
    ticked = {"pilih": [first.pk, outside.pk], "after": last.pk, "through": last.pk}

    client.post(page, {**ticked, "whole": "1", "reason": "Isian palsu."})

    kept = sorted(event.attendees.values_list("name", flat=True))
    assert kept == ["Datang Kemudian", "Lain", "Palsu Dua"]
    told = client.post(page, {"reason": "Isian palsu."}, follow=True)  # nobody ticked
    assert "Tidak ada isian yang dihapus" in told.content.decode()
    assert event.attendees.count() == 3


def test_of_a_flood_the_first_are_listed_and_the_rest_is_counted(
    client, staff, door, event, monkeypatch
) -> None:
    monkeypatch.setattr("events.clearing.LISTED", 2)
    people = [enter_at(door, f"Palsu {n}", 60 - n) for n in range(6)]
    client.force_login(staff)
    page = reverse("events:check_in_clear", args=[event.pk], query=asked(event, *people[::5]))

    shown = client.get(page)
    ends = {"after": people[1].pk, "through": people[5].pk, "reason": "Isian palsu."}
    for name in ("after", "through"):
        assert f'name="{name}" value="{ends[name]}"' in shown.content.decode()
    assert "4 orang lain pada waktu itu" in shown.content.decode()
    assert "Palsu 2" not in shown.content.decode()
    on = client.post(page, {**ends, "pilih": [people[0].pk]}, follow=True)
    assert "Palsu 2" in on.content.decode()
    enter_at(door, "Datang Kemudian", 58)
    client.post(page, {**ends, "pilih": [], "whole": "1"})

    assert sorted(event.attendees.values_list("name", flat=True)) == ["Datang Kemudian", "Palsu 1"]


def test_who_was_compared_stays_when_the_others_are_taken_off(staff, door, event) -> None:
    first, second = enter_at(door, "Slamet Riyanto", 60), enter_at(door, "Slamet Riyadi", 55)
    apart, other = enter_at(door, "Slamet Riyana", 54), enter_at(door, "Slamet Riyandi", 53)
    false = enter_at(door, "Palsu", 52)
    actions.merge(first, second, by=staff)
    actions.keep_apart(apart, other, by=staff)

    since, until = first.at, timezone.now()
    number = actions.drop_self_entered(
        event,
        between=(since, until),
        chosen=[it.pk for it in (first, second, apart, other, false)],
        reason="Palsu.",
        by=staff,
    )

    assert number == 1
    assert set(event.attendees.all()) == {first, second, apart, other}
    assert false not in event.attendees.all()
    assert Merge.objects.count() == 2


def test_who_has_a_certificate_stays_as_well(office) -> None:
    event = certified(office, Person("Siti Aminah", "Desa Ampel"))
    Attendee.objects.update(source=Source.SELF, recorded_by=None)
    siti = event.attendees.get()
    actions.order_certificates(event, by=event.created_by)
    false = Attendee.objects.create(
        event=event, name="Palsu", institution="Desa Ampel", category="village", source="self"
    )

    span = siti.at, timezone.now() + timedelta(minutes=1)
    number = actions.drop_self_entered(
        event, between=span, chosen=[siti.pk, false.pk], reason="Palsu.", by=event.created_by
    )

    assert number == 1
    assert false not in event.attendees.all()
    assert event.attendees.get() == siti


def test_the_screen_leads_there_and_nobody_is_found_where_nobody_came(client, staff, door) -> None:
    client.force_login(staff)
    screen = client.get(reverse("events:check_in_screen", args=[door.event_id]))
    page = reverse("events:check_in_clear", args=[door.event_id])
    day = {"since_day": "2026-03-02", "until_day": "2026-03-02"}

    assert page in screen.content.decode()
    first = client.get(page).content.decode()
    assert "Belum ada yang mengisi sendiri" in first
    assert first.count(f'value="{door.event.starts_on:%Y-%m-%d}"') == 2
    backwards = client.get(page, day | {"since": "10:00", "until": "09:00"}).content.decode()
    assert "Jam akhir tidak boleh sebelum jam awal" in backwards
    nobody = client.get(page, day | {"since": "09:00", "until": "09:00"}).content.decode()
    assert "Tidak ada isian yang dapat dihapus" in nobody


@pytest.mark.django_db(transaction=True)
def test_two_who_take_them_off_at_once_do_it_once() -> None:
    event = EventFactory(office=OfficeFactory())
    by = event.created_by
    door = actions.open_check_in(event, by=by)
    first, last = enter_at(door, "Palsu Satu", 60), enter_at(door, "Palsu Dua", 50)
    between = first.at, last.at + timedelta(minutes=1)

    def take_off() -> int:
        return actions.drop_self_entered(
            event, between=between, chosen=[first.pk, last.pk], reason="Palsu.", by=by
        )

    assert just_before(take_off, take_off) == 0
    assert Entry.objects.filter(verb="event.self_entered_dropped").count() == 1
