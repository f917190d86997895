"""People enter themselves: led in by a code that changes or a PIN that is spoken, and once each."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions, entering
from events.actions import Person
from events.actions.check_in import Tried
from events.entering import poster_of
from events.models import CheckIn, Event
from events.models.check_in import WRONG_PINS
from tests.factories import EventFactory, OfficeFactory
from tests.races import together

pytestmark = pytest.mark.django_db

SLAMET = {"name": "Slamet Riyanto", "institution": "Desa Tieng", "title": "Warga"}


@pytest.fixture(autouse=True)
def _nobody_tried() -> None:
    cache.clear()


@pytest.fixture
def event(office) -> Event:
    return EventFactory(office=office)


@pytest.fixture
def door(event, staff) -> CheckIn:
    return actions.open_check_in(event, by=staff)


def address(door: CheckIn, name: str = "check_in") -> str:
    return reverse(f"events:{name}", args=[door.key])


def scan(door: CheckIn, phone: Client | None = None) -> tuple[Client, dict[str, str]]:
    """A phone before the screen, and what its form sends along."""
    phone = phone or Client(enforce_csrf_checks=True)
    page = phone.get(address(door), {"k": door.code()}).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    return phone, hidden


def by_pin(door: CheckIn, phone: Client, **sent: str) -> str:
    phone.get(address(door))
    return phone.post(address(door), SLAMET | sent, follow=True).content.decode()


def test_whoever_scans_the_screen_enters_themselves(door, event) -> None:
    phone, hidden = scan(door)

    page = phone.post(address(door), SLAMET | hidden | {"phone": "0812 0000 0001"}, follow=True)

    text = page.content.decode()
    person = event.attendees.get()
    assert (person.source, person.recorded_by, person.category) == ("self", None, "village")
    assert "Kehadiran Anda tercatat" in text
    assert Entry.objects.about(person).get().by is None


def entered(door: CheckIn, **sent: str) -> tuple[Client, str]:
    """A phone that entered somebody, and the page of thanks."""
    phone, hidden = scan(door)
    page = phone.post(address(door), SLAMET | hidden | sent, follow=True)
    return phone, page.content.decode()


def test_whoever_entered_themselves_reads_what_was_noted(door, event) -> None:
    actions.attend(event, [Person("SLAMET Riyanto", "Ds Burat")], source="officer",
                   by=event.created_by)  # fmt: skip

    _, new = entered(door, title="Kaur Keuangan", phone="0812 0000 0001")
    _, known = entered(door, name="slamet riyanto", institution="DS BURAT")

    assert "Slamet Riyanto" in new
    assert "Desa Tieng" in new
    assert [it for it in ("Kaur Keuangan", "0812", "0000 0001") if it in new] == []
    assert "SLAMET Riyanto" in known  # as it stands on the list, and would be printed
    assert "Ds Burat" in known
    assert "Keliru? Sampaikan kepada petugas sebelum sertifikat dibuat." in new


def test_what_was_noted_is_for_the_phone_that_sent_it(door, event) -> None:
    other = actions.open_check_in(EventFactory(office=event.office), by=door.opened_by)
    thanks = address(door, "checked_in")
    phone, _ = entered(door)
    cookie = phone.cookies["tercatat"]
    forger = Client()
    forger.cookies["tercatat"] = cookie.value[:-1] + ("a" if cookie.value[-1] != "a" else "b")

    again = phone.get(thanks)
    pages = {
        "another phone": Client().get(thanks),
        "a forged mark": forger.get(thanks),
        "another event": phone.get(address(other, "checked_in")),
    }

    assert "Slamet" in again.content.decode()
    assert "no-store" in again["Cache-Control"]
    assert cookie["path"] == thanks
    assert cookie["httponly"]
    assert 0 < cookie["max-age"] <= 3600
    for whose, page in pages.items():
        assert "Kehadiran Anda tercatat" in page.content.decode(), whose
        assert "Slamet" not in page.content.decode(), whose


def test_who_enters_the_next_person_reads_of_them_alone(door, event) -> None:
    phone, hidden = scan(door)
    phone.post(address(door), SLAMET | hidden)
    phone, hidden = scan(door, phone)

    page = phone.post(address(door), SLAMET | hidden | {"name": "Siti Aminah"}, follow=True)

    assert "Siti Aminah" in page.content.decode()
    assert "Slamet" not in page.content.decode()


def test_of_who_was_taken_off_nothing_is_read(door, event) -> None:
    phone, _ = entered(door)
    actions.drop_attendee(event.attendees.get(), reason="Keliru.", by=event.created_by)

    page = phone.get(address(door, "checked_in"))

    assert page.status_code == 200
    assert "Slamet" not in page.content.decode()


def test_a_name_too_long_to_compare_is_refused_at_the_door(door, event) -> None:
    phone, hidden = scan(door)
    sent = {"name": "\N{SQUARE RAD OVER S SQUARED}" * 120}

    page = phone.post(address(door), SLAMET | hidden | sent)

    assert "Terlalu panjang: tanda khusus" in page.content.decode()
    assert not event.attendees.exists()


@pytest.mark.parametrize("field", ["name", "institution", "title"])
@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("Budi \U00013000", "\U00013000"),
        (
            "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}a",
            "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}",
        ),
        (
            "Z" + "\N{COMBINING CIRCUMFLEX ACCENT}" * 100,
            "\N{LATIN CAPITAL LETTER Z WITH CIRCUMFLEX}",
        ),
    ],
)
def test_signs_that_no_paper_prints_are_refused_at_the_door(
    door, event, field, words, sign
) -> None:
    phone, hidden = scan(door)

    page = phone.post(address(door), SLAMET | hidden | {field: words})

    assert f"Tanda {sign} tidak dapat dicetak" in page.content.decode()
    assert not event.attendees.exists()


def test_the_page_says_what_the_event_is_and_nothing_of_people(door, event) -> None:
    actions.attend(event, [Person("Siti Aminah", "Desa Pakuncen")], source="officer",
                   by=event.created_by)  # fmt: skip
    answer = Client().get(address(door), {"k": door.code()})

    text = answer.content.decode()
    for said in (event.title, str(event.office), event.span, event.venue, "Nomor 27 Tahun 2022"):
        assert said in text
    unsaid = ("Siti", "Pakuncen", event.created_by.name, "<script")
    assert [it for it in unsaid if it in text] == []
    assert "no-store" in answer["Cache-Control"]


def test_the_code_lasts_its_minute_and_the_next(door) -> None:
    shown = datetime(2026, 3, 2, 2, 0, 30, tzinfo=UTC)
    code = door.code(shown)

    seconds = {after: door.shows(code, shown + timedelta(seconds=after)) for after in
               (-31, 0, 29, 60, 89, 90, 600)}  # fmt: skip

    assert seconds == {-31: False, 0: True, 29: True, 60: True, 89: True, 90: False, 600: False}
    assert not door.shows("", shown)
    assert not door.shows("\N{LATIN SMALL LETTER E WITH ACUTE}", shown)
    assert door.code(shown) != actions.open_check_in(EventFactory(), by=door.opened_by).code(shown)


def test_who_types_slowly_is_let_in_though_the_code_moved_on(door, event, monkeypatch) -> None:
    phone, hidden = scan(door)
    monkeypatch.setattr(CheckIn, "shows", lambda *_: False)

    phone.post(address(door), SLAMET | hidden)

    assert event.attendees.count() == 1


def test_a_ticket_is_of_one_device_and_one_event_and_grows_old(door, event, monkeypatch) -> None:
    phone, hidden = scan(door)
    other = Client()
    other.get(address(door))
    elsewhere = actions.open_check_in(EventFactory(), by=door.opened_by)

    other.post(address(door), SLAMET | hidden)
    phone.post(address(elsewhere), SLAMET | hidden)
    monkeypatch.setattr(entering, "TICKET_AGE", -1)
    phone.post(address(door), SLAMET | hidden)

    assert not event.attendees.exists()
    assert not elsewhere.event.attendees.exists()


def test_the_form_is_protected_without_an_account(door, event) -> None:
    phone, hidden = scan(door)
    del hidden["csrfmiddlewaretoken"]

    assert phone.post(address(door), SLAMET | hidden).status_code == 403
    assert not event.attendees.exists()


def test_the_spoken_pin_leads_in(door, event) -> None:
    page = Client().get(address(door)).content.decode()
    assert 'name="pin"' in page

    wrong = "0000" if door.pin != "0000" else "1111"
    assert "PIN tidak cocok" in by_pin(door, Client(), pin=wrong)
    assert not event.attendees.exists()
    assert "Kehadiran Anda tercatat" in by_pin(door, Client(), pin=door.pin)
    door.refresh_from_db()
    assert door.wrong_pins == 1


@pytest.mark.parametrize(
    ("starts", "leads_in"),
    [(59, True), (61, False), (-180 - 59, True), (-180 - 61, False)],
)
def test_the_sheet_leads_in_around_the_hours_of_the_event(office, staff, starts, leads_in) -> None:
    now = timezone.now()
    event = EventFactory(office=office, starts_at=now + timedelta(minutes=starts))
    door = actions.open_check_in(event, by=staff)

    assert door.takes_pin is leads_in
    if starts < 0:  # of today at least: else the day has not come
        assert Client().get(address(door)).status_code == (200 if leads_in else 410)
        by_pin(door, Client(), pin=door.pin)
        assert event.attendees.exists() is leads_in


class Passer:
    """Somebody who never guessed before."""

    may_guess = True
    guesses = 0

    def guessed(self) -> None:
        self.guesses += 1


def test_out_of_its_hours_or_shut_no_pin_is_compared(office, staff) -> None:
    late = timezone.now() - timedelta(minutes=180 + 61)
    over = actions.open_check_in(EventFactory(office=office, starts_at=late), by=staff)
    shut = actions.open_check_in(EventFactory(office=office), by=staff)
    actions.close_check_in(shut, by=staff)
    passer = Passer()

    for door in (over, shut):
        for pin in (door.pin, "0000" if door.pin != "0000" else "1111"):
            assert actions.try_pin(door, pin, guesser=passer) == Tried.CLOSED
        door.refresh_from_db()
        assert (door.wrong_pins, passer.guesses) == (0, 0)


def test_a_device_that_guesses_is_slowed_and_others_are_not(door) -> None:
    wrong = "0000" if door.pin != "0000" else "1111"
    phone = Client()

    said = [by_pin(door, phone, pin=wrong) for _ in range(11)]

    assert "Terlalu banyak percobaan" in said[-1]
    assert "Kehadiran Anda tercatat" in by_pin(door, Client(), pin=door.pin)


def test_a_pin_that_was_guessed_at_too_often_is_spent_until_it_is_changed(
    door, client, staff
) -> None:
    CheckIn.objects.update(wrong_pins=WRONG_PINS)
    assert "terlalu sering salah diisi" in by_pin(door, Client(), pin=door.pin)
    phone, hidden = scan(door)
    assert (
        phone.post(address(door), SLAMET | hidden).status_code == 302
    )  # the screen still leads in
    client.force_login(staff)

    client.post(reverse("events:check_in_set", args=[door.event_id]), {"pintu": "pin"})

    before = door.pin
    door.refresh_from_db()
    assert door.pin != before
    assert "PIN tidak cocok" in by_pin(door, Client(), pin=before)
    assert "Kehadiran Anda tercatat" in by_pin(door, Client(), pin=door.pin)


def test_the_door_is_opened_shut_and_opened_again(client, staff, event) -> None:
    client.force_login(staff)
    setting = reverse("events:check_in_set", args=[event.pk])
    screen = reverse("events:check_in_screen", args=[event.pk])
    sheet = reverse("events:check_in_sheet", args=[event.pk])

    assert "Buka daftar hadir mandiri" in client.get(screen).content.decode()
    assert client.get(sheet).status_code == 302
    client.post(setting, {"pintu": "buka"})
    client.post(setting, {"pintu": "buka"})
    door = CheckIn.objects.get()
    page = client.get(screen).content.decode()
    assert f"?k={door.code()}" in page
    assert door.pin in page
    assert '<meta http-equiv="refresh"' in page
    printed = client.get(sheet).content.decode()
    assert address(door) in printed
    assert f">{door.pin}<" not in printed
    client.post(setting, {"pintu": "tutup"})
    assert Client().get(address(door), {"k": door.code()}).status_code == 410
    client.post(setting, {"pintu": "buka"})
    assert Client().get(address(door), {"k": door.code()}).status_code == 200
    assert [it.verb.partition(".")[2] for it in Entry.objects.about(event)] == [
        "check_in_opened", "check_in_closed", "check_in_opened", "villages_added", "planned",
    ]  # fmt: skip


def within_a_minute[Found](door, ask: Callable[[], Found]) -> Found:
    """What came of it, asked again where the code changed meanwhile."""
    while True:
        code, found = door.code(), ask()
        if door.code() == code:
            return found


def test_the_screen_renews_its_code_alone(client, staff, door) -> None:
    client.force_login(staff)
    screen = reverse("events:check_in_screen", args=[door.event_id])

    def ask() -> tuple[str, str]:
        part = client.get(screen, headers={"hx-request": "true"}).content.decode()
        return part, door.code()

    part, code = within_a_minute(door, ask)

    assert part.strip().startswith('<section id="kode"')
    assert f"?k={code}" in part


def test_the_hall_sees_the_code_and_nothing_of_the_portal(client, staff, door) -> None:
    client.force_login(staff)
    screen = reverse("events:check_in_screen", args=[door.event_id])

    def ask() -> tuple[str, str, str]:
        whole, part = (
            client.get(screen, {"layar": "penuh"}, headers=headers).content.decode()
            for headers in ({}, {"hx-request": "true"})
        )
        return whole, part, poster_of(door, with_code=True).picture

    page, part, picture = within_a_minute(door, ask)

    for shown in (page, part):
        assert picture in shown
        assert f'hx-get="{screen}?layar=penuh"' in shown
        assert door.pin not in shown
    assert "Hapus isian palsu" not in page
    assert staff.name not in page


def test_nobody_enters_an_event_that_was_called_off(door, event, staff) -> None:
    phone, hidden = scan(door)
    actions.cancel(event, reason="Batal.", by=staff)

    assert phone.post(address(door), SLAMET | hidden).status_code == 410
    with pytest.raises(TransitionRefused):
        actions.enter(door, Person("Slamet", "Desa Tieng"))


def test_too_many_at_once_are_asked_to_wait(door, event, monkeypatch) -> None:
    monkeypatch.setattr("events.actions.check_in.MOST_WITHIN", 2)
    for name in ("Satu", "Dua"):
        actions.enter(door, Person(name, "Desa Tieng"))
    phone, hidden = scan(door)

    page = phone.post(address(door), SLAMET | hidden).content.decode()

    assert "Tunggu beberapa menit" in page
    assert event.attendees.count() == 2


@pytest.mark.django_db(transaction=True)
def test_three_hundred_behind_one_router_get_through_once_each() -> None:
    event = EventFactory(office=OfficeFactory())
    door = actions.open_check_in(event, by=event.created_by)

    def enter(number: int) -> int:
        phone, hidden = scan(door)  # every one from 127.0.0.1
        sent = SLAMET | hidden | {"name": f"Peserta {number % 300}"}
        return phone.post(address(door), sent).status_code

    steps = [lambda number=number: enter(number) for number in range(310)]  # ten of them twice
    answers = together(*steps, at_once=8)

    assert set(answers) == {302}
    assert event.attendees.count() == 300


def test_the_database_keeps_a_pin_of_four_digits(door) -> None:
    with pytest.raises(IntegrityError, match="check_in_pin_of_digits"), transaction.atomic():
        CheckIn.objects.update(pin="12a4")
