"""The last look at certificates once the event was reported: who waits, and under which name."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.actions import Person
from events.candidates import Candidates, Why
from events.models import Event, Merge, Source
from tests.events.certified import certified
from tests.factories import EventFactory, report

pytestmark = pytest.mark.django_db

SITI, AGAIN = Person("Siti Aminah", "Desa Tieng"), Person("Siti Aminah", "Ds. Tieng")
JOKO = Person("Joko Santoso", "Polsek Kejajar")


def check_address(event: Event) -> str:
    return reverse("events:certificates_check", args=[event.pk])


def order(event: Event) -> list[str]:
    ordered = actions.order_certificates(event, by=event.created_by)
    return sorted(it.facts["name"] for it in ordered)


# --- Who may be somebody else ------------------------------------------------------------------


@pytest.fixture
def doubtful(office) -> Event:
    """Reported, with two rows of which nobody said whether they are one person."""
    return certified(office, SITI, AGAIN, JOKO, reported=True)


def pair(event: Event) -> dict[str, int]:
    first, second = event.attendees.filter(name="Siti Aminah").order_by("pk")
    return {"first": first.pk, "second": second.pk}


def test_a_pair_that_nobody_judged_waits_after_the_report_too(client, doubtful) -> None:
    client.force_login(doubtful.created_by)

    look = client.get(check_address(doubtful)).content.decode()
    waiting = client.get(f"{check_address(doubtful)}?tampil=mirip").content.decode()

    assert order(doubtful) == ["Joko Santoso", "Yoga Prasetya"]
    assert "Mirip orang lain (2)" in look
    assert "2 orang" in look.split("Mungkin satu orang", 1)[0]
    assert waiting.count(reverse("events:alike", args=[doubtful.pk])) >= 2
    assert "Siti Aminah" in waiting


def test_two_people_are_said_after_the_report_and_both_get_one(client, doubtful) -> None:
    client.force_login(doubtful.created_by)
    address = reverse("events:alike", args=[doubtful.pk])

    page = client.get(address).content.decode()
    for _ in range(2):  # a second click
        client.post(address, pair(doubtful))

    assert "Satu orang, pakai" not in page
    assert "Dua orang" in page
    assert [it.is_one for it in Merge.objects.all()] == [False]
    told = Entry.objects.about(doubtful).filter(verb="event.attendees_apart")
    assert told.count() == 1
    assert order(doubtful).count("Siti Aminah") == 2


def test_one_of_a_pair_is_excluded_and_the_other_gets_one(client, doubtful) -> None:
    client.force_login(doubtful.created_by)
    second = doubtful.attendees.get(institution="Ds. Tieng")
    address = reverse("events:attendee_exclude", args=[second.pk])

    page = client.get(reverse("events:alike", args=[doubtful.pk])).content.decode()
    client.post(address, {"reason": "Tercatat dua kali."})

    assert address in page
    after = client.get(reverse("events:alike", args=[doubtful.pk])).content.decode()
    assert "Tidak ada yang perlu diperiksa" in after
    assert order(doubtful).count("Siti Aminah") == 1


def test_whoever_was_struck_out_does_not_come_back_by_another_row(office) -> None:
    event = certified(office, SITI)
    by = event.created_by
    order(event)
    its = event.participations.get(attendee__name="Siti Aminah")
    actions.revoke_participation(its, reason="Tidak hadir.", unreplaced=True, by=by)
    actions.attend(event, [AGAIN], source=Source.PAPER, by=by)
    report(event)
    event.refresh_from_db()

    assert order(event) == []
    assert [it.why for it in Candidates.of(event).all][1:] == [Why.UNREPLACED, Why.ALIKE]


def test_after_the_report_nobody_is_merged_and_two_people_are_unsaid(client, doubtful) -> None:
    by = doubtful.created_by
    client.force_login(by)
    address = reverse("events:alike", args=[doubtful.pk])
    client.post(address, {**pair(doubtful), "keep": pair(doubtful)["first"]})
    assert not Merge.objects.exists()

    client.post(address, pair(doubtful))
    client.post(reverse("events:merge_undo", args=[Merge.objects.get().pk]))

    assert not Merge.objects.exists()
    assert "Siti Aminah" not in order(doubtful)


def test_what_was_merged_before_the_report_stays_merged(client, office) -> None:
    event = certified(office, SITI, AGAIN)
    by = event.created_by
    first, second = event.attendees.order_by("pk")
    said = actions.merge(first, second, by=by)
    report(event)
    client.force_login(by)

    page = client.get(reverse("events:alike", args=[event.pk])).content.decode()

    assert "digabungkan ke" in page
    assert reverse("events:merge_undo", args=[said.pk]) not in page
    with pytest.raises(TransitionRefused, match="tidak dapat diubah lagi"):
        actions.undo_merge(said, by=by)


def test_of_what_was_called_off_nothing_is_said_any_more(client, office) -> None:
    event = EventFactory(office=office)
    by = event.created_by
    first, second = actions.attend(event, [SITI, AGAIN], source=Source.PAPER, by=by).new
    actions.cancel(event, reason="Hujan.", by=by)
    client.force_login(by)

    page = client.get(reverse("events:alike", args=[event.pk]))

    assert page["Location"] == event.get_absolute_url()
    with pytest.raises(TransitionRefused, match="tidak dapat diubah lagi"):
        actions.keep_apart(first, second, by=by)


def test_the_database_says_two_people_of_what_was_reported_and_nothing_else(doubtful) -> None:
    first, second = doubtful.attendees.filter(name="Siti Aminah").order_by("pk")
    told = {"event": doubtful, "kept": first, "other": second, "by": doubtful.created_by}

    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        Merge.objects.create(is_one=True, **told)
    said = Merge.objects.create(is_one=False, **told)
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        Merge.objects.filter(pk=said.pk).update(is_one=True)
    said.delete()
