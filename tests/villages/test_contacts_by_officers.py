"""A PIMPASA notes who speaks for the villages that they guide today, and nothing else of them."""

from datetime import date

import pytest
from django.test import Client

from audit.models import Entry
from tests.factories import AssignmentFactory, VillageFactory
from villages import actions
from villages.models import Assignment, VillageContact

pytestmark = pytest.mark.django_db


@pytest.fixture
def held() -> Assignment:
    return AssignmentFactory()


@pytest.fixture
def browser(held: Assignment) -> Client:
    """Of an officer without any role in the office."""
    client = Client()
    client.force_login(held.officer.user)
    return client


def test_they_note_the_head_and_a_contact_and_end_a_term(held: Assignment, browser: Client) -> None:
    where = f"/desa/{held.village_id}/"
    head = {"name": "Slamet Riyanto", "title": "Kepala Desa", "since": "2024-01-08"}
    secretary = {"role": "secretary", "name": "Retno Asih", "phone": "0812-0000-0101"}

    browser.post(f"{where}ganti-kepala/", head)
    browser.post(f"{where}kontak/tambah/", secretary)
    page = browser.get(where).content.decode()
    kept = VillageContact.objects.get(role="secretary")
    browser.post(f"/kontak/{kept.pk}/akhiri/", {"until": "2026-03-02"})

    kept.refresh_from_db()
    assert "Slamet Riyanto" in page
    assert "0812-0000-0101" in page
    assert kept.until == date(2026, 3, 2)
    written = Entry.objects.about(held.village).filter(by=held.officer.user)
    assert set(written.values_list("verb", flat=True)) == {
        "village.head_changed", "village.contact_written", "village.contact_ended",
    }  # fmt: skip


def test_the_page_offers_the_contacts_and_no_other_change(
    held: Assignment, browser: Client
) -> None:
    page = browser.get(f"/desa/{held.village_id}/").content.decode()

    assert f"/desa/{held.village_id}/ganti-kepala/" in page
    assert f"/desa/{held.village_id}/kontak/tambah/" in page
    for other in ("ubah/", "letak/", "akun/", "pimpasa/"):
        assert f"/desa/{held.village_id}/{other}" not in page
        assert browser.post(f"/desa/{held.village_id}/{other}").status_code == 403


def test_of_a_village_that_they_do_not_guide_they_note_nothing(browser: Client) -> None:
    other = VillageFactory()

    answer = browser.post(f"/desa/{other.pk}/kontak/tambah/", {"role": "other", "name": "Siapa"})

    assert answer.status_code == 404
    assert not VillageContact.objects.exists()


def test_once_the_assignment_is_over_so_is_the_right(held: Assignment, browser: Client) -> None:
    actions.end_assignment(held, ends_on=date(2026, 3, 2), by=held.officer.user)

    assert browser.get(f"/desa/{held.village_id}/kontak/tambah/").status_code == 404
