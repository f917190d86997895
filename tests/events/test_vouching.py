"""Of whom an officer said a word, whatever it was and whenever, a flood takes nobody away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from itertools import permutations

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from events import actions
from events.actions import Person
from events.models import Attendee, Event, Source
from tests.events.certified import certified
from tests.factories import EventFactory, MembershipFactory
from tests.races import just_before
from tests.spreadsheets import text, upload

pytestmark = pytest.mark.django_db

SITI = Person("Siti Aminah", "Desa Tieng", phone="0812 0000 0001")
TABLE = [["Nama", "Desa", "No HP"], ["SITI AMINAH", "Desa Tieng", "081200000001"]]


@pytest.fixture
def event(office) -> Event:
    return EventFactory(office=office)


def enter(event: Event, person: Person = SITI) -> Attendee:
    noted = actions.attend(event, [person], source=Source.SELF, by=None)
    return [*noted.new, *noted.known][0]


def clear(event: Event) -> int:
    """Everybody ticked, whether or not the page would list them."""
    between = timezone.now() - timedelta(hours=1), timezone.now() + timedelta(minutes=1)
    chosen, by = event.attendees.values_list("pk", flat=True), event.created_by
    return actions.drop_self_entered(
        event, between=between, chosen=list(chosen), reason="Palsu.", by=by
    )


def ticked(siti: Attendee) -> None:
    facts = {"kind": "village", "institution": "Desa Tieng", "region": None}
    facts |= {"person": "Siti Aminah", "title": "Kader"}
    guest = actions.invite(siti.event, facts=facts, by=siti.event.created_by)
    actions.note_invited(guest, by=siti.event.created_by)


def noted_again(siti: Attendee) -> None:
    actions.attend(siti.event, [SITI], source=Source.OFFICER, by=siti.event.created_by)


def imported(siti: Attendee) -> None:
    by = siti.event.created_by
    actions.import_attendees(siti.event, [SITI], file="lembar.csv", by=by)


def mended(siti: Attendee) -> None:
    actions.change_attendee(siti, facts={"title": "Kader"}, by=siti.event.created_by)


def said_to_be_two(siti: Attendee) -> None:
    other = enter(siti.event, Person("Siti Aminah", "Desa Burat"))
    actions.keep_apart(other, siti, by=siti.event.created_by)
    Attendee.objects.filter(pk=other.pk).update(at=timezone.now() - timedelta(days=1))


def merged(siti: Attendee) -> None:
    [other] = actions.attend(
        siti.event,
        [Person("Siti Aminah", "Desa Burat")],
        source=Source.PAPER,
        by=siti.event.created_by,
    ).new
    actions.merge(other, siti, by=siti.event.created_by)


WORDS = [ticked, noted_again, imported, mended, said_to_be_two, merged]


@pytest.mark.parametrize("word", WORDS)
def test_of_whom_an_officer_said_a_word_stays(event, word: Callable[[Attendee], None]) -> None:
    siti = enter(event)
    enter(event, Person("Palsu", "Desa Tieng"))

    word(siti)

    assert clear(event) == 1
    assert siti in event.attendees.all()
    assert not event.attendees.filter(name="Palsu").exists()


def test_who_was_excluded_stays_with_what_was_said(office) -> None:
    event = certified(office)
    siti, false = enter(event), enter(event, Person("Palsu", "Desa Tieng"))

    actions.exclude(siti, reason="Hanya mengantar.", by=event.created_by)

    assert clear(event) == 1
    assert siti in event.attendees.all()
    assert false not in event.attendees.all()
    assert siti.exclusions.get().reason == "Hanya mengantar."


def test_what_stays_is_the_same_in_any_order(event) -> None:
    by = event.created_by
    steps = [
        lambda: enter(event),
        lambda: actions.attend(event, [SITI], source=Source.OFFICER, by=by),
        lambda: actions.attend(event, [SITI], source=Source.PAPER, by=by),
    ]
    left = set()
    for order in permutations(steps):
        with transaction.atomic():
            for step in order:
                step()
            clear(event)
            left.add(tuple(event.attendees.values_list("name_key", "phone_digits")))
            transaction.set_rollback(True)

    assert left == {(("sitiaminah", "81200000001"),)}


def test_who_is_vouched_for_is_counted_as_staying_and_remembered(client, staff, event) -> None:
    siti = enter(event)
    enter(event, Person("Palsu", "Desa Tieng"))
    actions.attend(event, [SITI], source=Source.PAPER, by=staff)
    actions.attend(event, [SITI], source=Source.PAPER, by=event.created_by)
    client.force_login(staff)
    now = event.local(siti.at)
    asked = {f"{it}_day": f"{now:%Y-%m-%d}" for it in ("since", "until")}
    asked |= dict.fromkeys(("since", "until"), f"{now:%H:%M}")
    asked["until"] = f"{now + timedelta(minutes=1):%H:%M}"

    page = client.get(reverse("events:check_in_clear", args=[event.pk]), asked).content.decode()

    assert "1 orang mengisi sendiri pada waktu itu" in page
    assert "Palsu" in page
    assert "1 orang tetap" in page
    siti.refresh_from_db()
    assert (siti.source, siti.vouched_by) == ("self", staff)  # the first who did
    assert [it.verb for it in Entry.objects.about(siti)] == ["attendee.vouched", "attendee.noted"]


def test_a_table_whose_names_all_stand_there_is_their_proof(client, staff, event) -> None:
    siti = enter(event)
    client.force_login(staff)
    importing = reverse("events:attendance_import", args=[event.pk])

    shown = client.post(importing, {"file": upload(text(TABLE).encode(), "lembar.csv")})
    for _ in range(2):
        sent = {"isi": shown.context["sealed"]}
        told = client.post(importing, sent, follow=True).content.decode()

    assert "Semua sudah ada; catat sebagai terverifikasi lembar" in shown.content.decode()
    assert "0 orang dimasukkan" not in told
    assert "sudah ada dalam daftar" in told
    siti.refresh_from_db()
    assert siti.vouched_by == staff
    assert clear(event) == 0
    [entry] = Entry.objects.about(event).filter(verb="event.attendees_imported")
    assert entry.note == "lembar.csv: 0 orang baru, 1 isian mandiri terverifikasi"


def identified(siti: Attendee) -> None:
    by = siti.event.created_by
    facts = {"kind": "village", "institution": "Desa Burat", "region": None}
    guest = actions.invite(siti.event, facts=facts | {"person": "", "title": "Kader"}, by=by)
    actions.identify(siti, guest, by=by)


@pytest.mark.parametrize("word", [mended, ticked, noted_again, imported, identified])
def test_words_that_were_said_before_they_were_kept_are_read_from_the_history(
    event, word: Callable[[Attendee], None]
) -> None:
    siti, own = enter(event), enter(event, Person("Budi", "Desa Tieng"))
    word(siti)
    Attendee.objects.update(vouched_by=None)

    with connection.cursor() as cursor:
        cursor.execute(import_module("events.migrations.0040_attendee_vouched_by").KNOWN)

    assert dict(event.attendees.values_list("pk", "vouched_by")) == {
        siti.pk: event.created_by_id,
        own.pk: None,
    }


@pytest.mark.django_db(transaction=True)
def test_a_word_at_the_same_time_comes_first() -> None:
    event = EventFactory(office=MembershipFactory(role="staff").office)
    siti = enter(event)

    cleared = just_before(lambda: noted_again(siti), lambda: clear(event))

    assert siti in event.attendees.all()
    assert cleared == 0
