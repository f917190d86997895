"""Whoever floods the door of an event from afar is bounded by their address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from events import actions
from events.actions import Person
from events.actions.check_in import MOST_WITHIN
from events.answering import Respondent
from events.entering import Visitor
from events.models import AnswerSheet, CheckIn, Event
from events.models.check_in import WRONG_PINS
from tests.events.test_answering import a_check, filled
from tests.events.test_answering import address as questions_of
from tests.events.test_check_in import SLAMET, address, scan
from tests.factories import EventFactory, OfficeFactory
from tests.races import together

pytestmark = pytest.mark.django_db

UNMARKED = 60  # of one address in ten minutes
FRESH = 400  # phones that one address shows an event for the first time, in ten minutes
LED_IN = 600  # whom the screen leads in from one address in ten minutes
GUESSES = 50  # of one address in an hour


@pytest.fixture(autouse=True)
def _nobody_tried() -> None:
    cache.clear()


@pytest.fixture
def event(office) -> Event:
    return EventFactory(office=office)


@pytest.fixture
def door(event, staff) -> CheckIn:
    return actions.open_check_in(event, by=staff)


def counts() -> int:
    """How many rows the limits take up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        return int(cursor.fetchone()[0])


def afar(place: int = 1) -> Client:
    """A phone that keeps nothing between two requests, at another address."""
    return Client(REMOTE_ADDR=f"203.0.113.{place}")


def wrong(door: CheckIn) -> str:
    return "0000" if door.pin != "0000" else "1111"


def guess(door: CheckIn, phone: Client, pin: str, *, forgets: bool = True) -> str:
    if forgets:
        phone.cookies.clear()
    return phone.post(address(door), SLAMET | {"pin": pin}, follow=True).content.decode()


def test_who_keeps_no_cookie_is_counted_by_the_address(door, event) -> None:
    for number in range(UNMARKED + 1):
        sent = SLAMET | {"pin": door.pin, "name": f"Palsu {number}"}
        answer = afar().post(address(door), sent)

    assert answer.status_code == 429
    assert event.attendees.count() == UNMARKED
    assert counts() == 1
    assert afar(2).post(address(door), SLAMET | {"pin": door.pin}).status_code == 302


def test_a_phone_that_opened_the_form_is_not_counted_with_its_neighbours(door, event) -> None:
    for number in range(UNMARKED + 1):
        afar().post(address(door), SLAMET | {"pin": door.pin, "name": f"Palsu {number}"})
    phone, hidden = scan(door, afar())

    assert phone.post(address(door), SLAMET | hidden).status_code == 302


def test_keys_that_lead_nowhere_take_up_one_row_an_address() -> None:
    answers = [afar().get(f"/p/tidakada{number:04}/").status_code for number in range(70)]

    assert (set(answers[:UNMARKED]), set(answers[UNMARKED:])) == ({404}, {429})
    assert counts() == 1
    assert afar(2).get("/p/tidakada0000/").status_code == 404


def test_who_keeps_no_cookie_sends_few_sheets(event) -> None:
    check = a_check(event)
    page = afar().get(questions_of(check)).content.decode()
    sent = filled(check, page, 1, 1)

    answers = [afar().post(questions_of(check), sent).status_code for _ in range(UNMARKED + 1)]

    assert answers[-1] == 429
    assert AnswerSheet.objects.count() == UNMARKED
    assert counts() == 2  # of who opens the page there, and of who sends without a mark


def test_an_address_that_guesses_spends_no_pin_of_the_hall(door, event) -> None:
    phone = afar()
    for _ in range(GUESSES):
        door.wrong_pins += "PIN tidak cocok" in guess(door, phone, wrong(door))
    more = [guess(door, phone, wrong(door)), guess(door, phone, door.pin)]
    phone.get(address(door))
    more.append(guess(door, phone, door.pin, forgets=False))  # nor by a phone with a mark

    assert all("Terlalu banyak percobaan" in it for it in more)
    assert not event.attendees.exists()
    assert door.wrong_pins == GUESSES == CheckIn.objects.get().wrong_pins
    assert "Kehadiran Anda tercatat" in guess(door, afar(2), door.pin)


def test_the_screen_leads_in_from_where_too_many_guessed(door) -> None:
    phone = afar()
    for _ in range(GUESSES + 1):
        guess(door, phone, wrong(door))
    phone, hidden = scan(door, phone)

    assert phone.post(address(door), SLAMET | hidden).status_code == 302


def test_a_device_that_guesses_too_often_is_not_even_compared(door, event) -> None:
    phone = Client()
    phone.get(address(door))
    for _ in range(10):
        guess(door, phone, wrong(door), forgets=False)

    assert "Terlalu banyak percobaan" in guess(door, phone, door.pin, forgets=False)
    assert not event.attendees.exists()


@pytest.mark.parametrize("known", [True, False])
def test_one_glance_at_the_screen_leads_in_a_hall_and_no_flood(
    door, event, monkeypatch, known
) -> None:
    monkeypatch.setitem(Visitor.FRESH, "check_in_fresh", "3/10m/key")
    marked, sent = scan(door, afar())
    for _ in range(2):
        scan(door, afar())

    phone, hidden = (marked, sent) if known else scan(door, afar())
    answer = phone.post(address(door), SLAMET | hidden)

    assert answer.status_code == (302 if known else 200)
    assert event.attendees.exists() is known
    if not known:  # who gets no mark any more gets in by the spoken PIN
        assert "hadir" not in phone.cookies
        assert 'name="pin"' in answer.content.decode()
        assert phone.post(address(door), SLAMET | hidden | {"pin": door.pin}).status_code == 302
    assert scan(door, afar(2))[1]["tiket"]
    assert [
        {"check_in_fresh": "3/10m/key"},
        {"knowledge_fresh": f"{FRESH}/10m/key"},
    ] == [Visitor.FRESH, Respondent.FRESH]


def test_marks_are_counted_by_the_event_and_the_address(door) -> None:
    for _ in range(5):
        scan(door, afar())
    elsewhere = actions.open_check_in(EventFactory(office=door.event.office), by=door.opened_by)
    scan(elsewhere, afar())
    scan(door, afar(2))

    assert counts() == 3
    phone, hidden = scan(door, afar(2))
    phone.get(address(door))
    assert counts() == 3
    phone.post(address(door), SLAMET | hidden)
    assert counts() == 5  # the phone, and whom the screen leads in from there


def test_a_few_phones_cannot_shut_the_door_for_a_hall(door, event, monkeypatch) -> None:
    assert {"check_in_led": f"{LED_IN}/10m/key"} == Visitor.LED_IN
    assert LED_IN < MOST_WITHIN
    monkeypatch.setitem(Visitor.LED_IN, "check_in_led", "3/10m/key")
    phone, hidden = scan(door, afar())
    for number in range(4):
        sent = SLAMET | hidden | {"name": f"Palsu {number}"}
        answer = phone.post(address(door), sent)

    said = answer.content.decode()
    assert event.attendees.count() == 3
    assert "Terlalu banyak isian dari jaringan ini" in said
    assert 'name="pin"' in said
    assert 'value="Palsu 3"' in said
    assert phone.post(address(door), sent | {"pin": door.pin}).status_code == 302
    other, hidden = scan(door, afar(2))
    assert other.post(address(door), SLAMET | hidden).status_code == 302


def test_outside_the_hours_of_the_sheet_who_gets_no_mark_is_sent_to_an_officer(
    office, staff, monkeypatch
) -> None:
    monkeypatch.setitem(Visitor.FRESH, "check_in_fresh", "1/10m/key")
    event = EventFactory(office=office, starts_at=timezone.now() - timedelta(hours=12))
    door = actions.open_check_in(event, by=staff)
    scan(door, afar())

    page = afar().get(address(door), {"k": door.code()})

    assert page.status_code == 410
    assert "Terlalu banyak ponsel dari jaringan ini" in page.content.decode()


def test_when_too_many_came_at_once_the_pin_leads_in_who_is_there(door, event, monkeypatch) -> None:
    monkeypatch.setattr("events.actions.check_in.MOST_WITHIN", 2)
    monkeypatch.setattr("events.actions.check_in.MORE_BY_PIN", 1)
    for name in ("Satu", "Dua"):
        actions.enter(door, Person(name, "Desa Tieng"))
    phone, hidden = scan(door)

    said = phone.post(address(door), SLAMET | hidden).content.decode()

    assert "Terlalu banyak isian sekaligus" in said
    assert 'name="pin"' in said
    by_pin = SLAMET | hidden | {"pin": door.pin}
    assert phone.post(address(door), by_pin).status_code == 302
    assert event.attendees.count() == 3
    full = phone.post(address(door), by_pin | {"name": "Budi"}).content.decode()
    assert "Terlalu banyak isian sekaligus" in full


@pytest.mark.django_db(transaction=True)
def test_twenty_who_guess_at_once_have_one_guess_left() -> None:
    event = EventFactory(office=OfficeFactory())
    door = actions.open_check_in(event, by=event.created_by)
    CheckIn.objects.update(wrong_pins=WRONG_PINS - 1)

    def step(place: int) -> str:
        return guess(door, afar(place), wrong(door))

    said = together(*(lambda place=place: step(place) for place in range(20)), at_once=8)

    assert sum("PIN tidak cocok" in it for it in said) == 1
    assert sum("terlalu sering salah diisi" in it for it in said) == 19
    assert CheckIn.objects.get().wrong_pins == WRONG_PINS


@pytest.mark.django_db(transaction=True)
def test_of_twelve_who_look_at_once_no_more_are_led_in_than_may(monkeypatch) -> None:
    monkeypatch.setitem(Visitor.FRESH, "check_in_fresh", "3/10m/key")
    event = EventFactory(office=OfficeFactory())
    door = actions.open_check_in(event, by=event.created_by)

    told = together(*(lambda: scan(door, afar())[1]["tiket"] for _ in range(12)), at_once=6)

    assert sum(map(bool, told)) == 3
