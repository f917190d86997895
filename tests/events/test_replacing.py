"""A certificate with a wrong name: what strangers, its holder and the office read of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse

from certificates.models import Certificate
from events import actions
from events.actions import Person
from events.models import Event, Participation, Source
from tests.events.certified import certified
from tests.factories import report

pytestmark = pytest.mark.django_db

SITI, JOKO = Person("Siti Aminah", "Desa Tieng"), Person("Joko Santoso", "Polsek Kejajar")
BLAMED = ("Jangan menerima lembar ini", "siapa yang memakainya")
REPLACED = "ada sertifikat pengganti yang berlaku"
MADE = "Sertifikat penggantinya dibuatkan oleh"


@pytest.fixture
def event(office) -> Event:
    return certified(office, SITI, JOKO)


@pytest.fixture
def old(event) -> Participation:
    """Siti's certificate, revoked to be made anew."""
    order(event)
    its = event.attendees.get(name="Siti Aminah").participations.get()
    return revoke(its)


def order(event: Event) -> list[Certificate]:
    return actions.order_certificates(event, by=event.created_by)


def revoke(its: Participation, **said) -> Participation:
    actions.revoke_participation(its, reason="Nama salah tulis.", by=its.event.created_by, **said)
    return Participation.objects.select_related("certificate", "event").get(pk=its.pk)


def again(person: Person, event: Event):
    """The same person noted by another row of the list."""
    actions.attend(event, [person], source=Source.PAPER, by=event.created_by)
    return event.attendees.get(institution=person.institution)


def seen_by_strangers(its: Participation) -> str:
    page = Client().get(reverse("certificates:verify", args=[its.certificate.code]))
    return " ".join(page.content.decode().split())


def is_blamed(page: str) -> bool:
    return all(said in page for said in BLAMED) and "verdict-danger" in page


def test_a_name_that_is_being_mended_makes_nobody_a_suspect(old) -> None:
    page = seen_by_strangers(old)

    assert "</svg>DICABUT</h1>" in page
    assert "tidak berlaku lagi" in page
    assert MADE in page
    assert REPLACED not in page
    assert [it for it in (*BLAMED, "verdict-danger") if it in page] == []


def test_once_there_is_a_successor_the_old_one_is_replaced(event, old) -> None:
    siti = event.attendees.get(name="Siti Aminah")
    actions.change_attendee(siti, facts={"name": "Siti Aminatun"}, by=event.created_by)
    [paper] = order(event)

    page = seen_by_strangers(old)

    assert "</svg>DIGANTI</h1>" in page
    assert "<title>DIGANTI" in page
    assert "tidak berlaku lagi" in page
    assert REPLACED in page
    assert "SAH" not in page
    assert [it for it in (*BLAMED, "verdict-danger", MADE) if it in page] == []
    assert [it for it in (paper.code, "Aminatun", paper.number) if it in page] == []
    assert "</svg>SAH</h1>" in seen_by_strangers(paper.participation)


def test_what_is_revoked_for_cause_stays_revoked(event, old) -> None:
    order(event)
    siti = event.attendees.get(name="Siti Aminah")
    last = revoke(siti.participations.in_force().get(), unreplaced=True)

    assert is_blamed(seen_by_strangers(last))
    assert "</svg>DICABUT</h1>" in seen_by_strangers(last)
    # Neither is the one before it replaced by anything that is in force.
    assert is_blamed(seen_by_strangers(old))

    actions.take_in(siti, by=event.created_by)
    order(event)
    assert "</svg>DIGANTI</h1>" in seen_by_strangers(last)


def test_nothing_comes_for_whoever_is_on_the_event_no_more(event, old) -> None:
    by = event.created_by
    actions.drop_attendee(event.attendees.get(name="Siti Aminah"), reason="Keliru.", by=by)

    assert is_blamed(seen_by_strangers(old))


def test_nothing_comes_of_an_event_that_was_called_off(event, old) -> None:
    for its in event.participations.in_force():
        revoke(its)
    actions.reopen(event, by=event.created_by)
    assert not is_blamed(seen_by_strangers(old))

    actions.cancel(event, reason="Tidak jadi.", by=event.created_by)

    assert is_blamed(seen_by_strangers(old))


def test_a_speaker_gets_a_successor_as_well(event) -> None:
    order(event)
    old = revoke(event.contributors.get().participations.get())
    order(event)

    assert "</svg>DIGANTI</h1>" in seen_by_strangers(old)


def test_after_the_report_the_right_name_is_not_told_to_strangers(event) -> None:
    order(event)
    report(event)
    old = revoke(event.attendees.get(name="Siti Aminah").participations.get(),
                 mended_name="Siti Aminatun")  # fmt: skip
    order(event)

    page = seen_by_strangers(old)

    assert "</svg>DIGANTI</h1>" in page
    assert "Aminatun" not in page


@pytest.mark.parametrize("is_kept", [True, False])
def test_another_row_of_the_same_person_has_the_successor(event, old, is_kept: bool) -> None:
    siti = event.attendees.get(name="Siti Aminah")
    others = [again(Person("Siti Aminah", place), event) for place in ("Ds. Tieng", "Tieng")]
    rows = [siti, *others] if is_kept else [*others, siti]
    for kept, other in [*pairwise(rows)][::-1]:
        actions.merge(kept, other, by=event.created_by)
    order(event)

    assert "</svg>DIGANTI</h1>" in seen_by_strangers(old)

    for merge in event.merges.all():
        actions.undo_merge(merge, by=event.created_by)
    assert ("</svg>DIGANTI</h1>" in seen_by_strangers(old)) is is_kept


def test_a_namesake_is_no_successor(event, old) -> None:
    other = again(Person("Siti Aminah", "Desa Burat"), event)
    siti = event.attendees.get(institution="Desa Tieng")
    actions.keep_apart(siti, other, by=event.created_by)
    order(event)
    revoke(siti.participations.in_force().get())

    assert other.participations.in_force().exists()
    assert "</svg>DICABUT</h1>" in seen_by_strangers(old)
    assert MADE in seen_by_strangers(old)


def test_only_a_revoked_one_asks_what_came_after(event, old, django_assert_num_queries) -> None:
    order(event)
    valid = event.participations.in_force().select_related("certificate").first()

    with django_assert_num_queries(1):
        seen_by_strangers(valid)
    with django_assert_num_queries(3):  # the certificate, what came after it, the office
        seen_by_strangers(old)


# --- The holder's page -------------------------------------------------------------------------


def seen_by_holder(its: Participation) -> str:
    return " ".join(Client().get(its.get_absolute_url()).content.decode().split())


def leads_to(page: str, event: Event) -> list[Participation]:
    return [it for it in event.participations.all() if f'href="{it.get_absolute_url()}"' in page]


def test_the_old_link_leads_to_the_successor(event, old, django_assert_num_queries) -> None:
    before = seen_by_holder(old)
    siti = event.attendees.get(name="Siti Aminah")
    actions.change_attendee(siti, facts={"name": "Siti Aminatun"}, by=event.created_by)
    [paper] = order(event)
    with django_assert_num_queries(1):
        after = seen_by_holder(old)

    assert "Penggantinya dibuatkan oleh" in before
    assert leads_to(before, event) == []
    assert "Sertifikat penggantinya sudah ada" in after
    assert "Hubungi" not in after
    assert leads_to(after, event) == [paper.participation]
    assert "Siti Aminatun" in seen_by_holder(paper.participation)


def test_the_link_of_what_is_revoked_for_cause_leads_nowhere(event) -> None:
    order(event)
    old = revoke(event.attendees.get(name="Siti Aminah").participations.get(), unreplaced=True)
    order(event)

    page = seen_by_holder(old)

    assert "bila ada yang ingin Anda tanyakan" in page
    assert "enggantinya" not in page
    assert leads_to(page, event) == []


def test_the_link_leads_to_nobody_who_only_has_the_same_name(event, old) -> None:
    again(Person("Siti Aminah", "Desa Burat"), event)
    actions.drop_attendee(event.attendees.get(institution="Desa Tieng"), reason="Keliru.",
                          by=event.created_by)  # fmt: skip
    order(event)

    page = seen_by_holder(old)

    assert "Siti Aminah" in [it.name for it in event.participations.in_force()]
    assert "enggantinya" not in page
    assert leads_to(page, event) == []


def test_the_link_follows_who_was_merged_as_long_as_that_stands(event, old) -> None:
    other = again(Person("Siti Aminah", "Ds. Tieng"), event)
    merge = actions.merge(other, event.attendees.get(institution="Desa Tieng"), by=event.created_by)
    order(event)
    merged = seen_by_holder(old)
    actions.undo_merge(merge, by=event.created_by)

    assert leads_to(merged, event) == [other.participations.get()]
    assert leads_to(seen_by_holder(old), event) == []


# --- For the office ----------------------------------------------------------------------------


def test_the_office_reads_the_same_word(client, event, old) -> None:
    client.force_login(event.created_by)
    listed = reverse("events:certificates", args=[event.pk])
    record = old.certificate.get_absolute_url()

    before = [client.get(it).content.decode() for it in (listed, record)]
    order(event)
    after = [client.get(it).content.decode() for it in (listed, record)]

    assert ["</svg>Diganti</span>" in page for page in before] == [False, False]
    assert ["</svg>Diganti</span>" in page for page in after] == [True, True]
    assert "melihat jawaban DICABUT" in before[1]
    assert "melihat jawaban DIGANTI" in after[1]
