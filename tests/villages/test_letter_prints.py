"""What the last look at a surat tugas showed is what is printed, whoever changes it since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

import accounts.actions
from accounts.models import Office, User
from certificates.models import Letter, RegisterEntry
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    MembershipFactory,
    NumberTemplateFactory,
    OfficeFactory,
    OfficerFactory,
    UserFactory,
    VillageFactory,
)
from tests.looks import a_letter, confirmed, offered, read_of
from villages import actions
from villages.assignment_letters import ASSIGNMENT_LETTER, LetterPrints, LetterWords
from villages.models import Assignment, Region, Village
from villages.papers import signer_of

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]
type Change = Callable[[Assignment], None]

AGAIN = "Belum dibuat: yang akan tercetak berubah sesudah Anda memeriksanya ({}). Bacalah sekali"


def save_profile(office: Office, **changes: Any) -> None:
    """The administrator settles what the office's papers print."""
    accounts.actions.change_profile(office, changes=changes, by=UserFactory(admin_of=office))


def another_city(held: Assignment) -> None:
    Office.objects.filter(pk=held.officer.office_id).update(city="Temanggung")


def another_address(held: Assignment) -> None:
    save_profile(held.officer.office, address="Jalan Lain 9")


def another_emblem(held: Assignment) -> None:
    save_profile(held.officer.office, emblem=ContentFile(b"lambang lain", name="lain.png"))


def another_name_of_the_head(held: Assignment) -> None:
    head = held.officer.office.memberships.get(role="head").user
    User.objects.filter(pk=head.pk).update(name="Ratna Wulandari")


def another_word_of_the_village(held: Assignment) -> None:
    Village.objects.filter(pk=held.village_id).update(local_term="Nagari")


def another_name_of_the_village(held: Assignment) -> None:
    """An edition of the list of regions."""
    Region.objects.filter(pk=held.village.region_id).update(name="Sindumaju Wetan")


def another_name_of_the_officer(held: Assignment) -> None:
    User.objects.filter(pk=held.officer.user_id).update(name="Sekar Ayu")


CHANGES = [
    (another_city, "kop atau alamat kantor, tanggal atau tempat", "Temanggung"),
    (another_address, "kop atau alamat kantor", "Jalan Lain 9"),
    (another_emblem, "lambang kantor", "Lambang Kantor Imigrasi"),
    (another_name_of_the_head, "penanda tangan", "Ratna Wulandari"),
    (another_word_of_the_village, "desa atau penugasannya", "Nagari"),
    (another_name_of_the_village, "desa atau penugasannya", "Sindumaju Wetan"),
    (another_name_of_the_officer, "petugas", "Sekar Ayu"),
]


@pytest.mark.parametrize(("change", "part", "words"), CHANGES)
def test_what_changed_since_the_look_is_looked_at_before_it_is_printed(
    change: Change, part: str, words: str, sign_in: SignIn
) -> None:
    person, address, typed = a_letter()
    browser = sign_in(person)
    read = confirmed(browser, address, typed)
    change(Assignment.objects.get())

    look = browser.post(address, read)
    ordered = Letter.objects.exists()
    done = browser.post(address, {**read, **read_of(look)})

    assert AGAIN.format(part) in look.content.decode()
    assert words in look.content.decode()
    assert not ordered
    letter = Letter.objects.get()
    assert done["Location"] == letter.get_absolute_url()
    assert words in str(letter.facts) or change is another_emblem
    assert bool(letter.facts["emblem"]) == (change is another_emblem)


def test_a_village_that_stands_designated_no_longer_is_looked_at_once_more(
    sign_in: SignIn,
) -> None:
    person, address, typed = a_letter()
    held = Assignment.objects.get()
    sheet = DesignationFactory(village=held.village, office=held.village.office, approved=True)
    browser = sign_in(person)
    read = confirmed(browser, address, typed)
    actions.end(sheet, note="Selesai.", head=sheet.decided_as, by=sheet.decided_by)

    look = browser.post(address, read).content.decode()

    assert AGAIN.format("desa atau penugasannya") in look
    assert f"{held.village} tidak berstatus ditetapkan: berakhir." in look
    assert not Letter.objects.exists()


def test_what_nobody_changed_is_ordered_by_the_press(sign_in: SignIn) -> None:
    person, address, typed = a_letter()
    browser = sign_in(person)

    done = browser.post(address, confirmed(browser, address, typed))

    assert done["Location"] == Letter.objects.get().get_absolute_url()


def test_officers_of_one_name_are_printed_in_the_order_in_which_they_were_read(
    sign_in: SignIn,
) -> None:
    office = OfficeFactory()
    NumberTemplateFactory(office=office, kind=ASSIGNMENT_LETTER.key)
    head = MembershipFactory(office=office, role="head").user
    first, second = (OfficerFactory(office=office, user__name="Siti Aminah") for _ in range(2))
    near, far = sorted(
        (VillageFactory(office=office) for _ in range(2)), key=lambda it: it.region.code
    )
    for officer, village in ((second, far), (first, far), (first, near), (second, near)):
        AssignmentFactory(officer=officer, village=village)
    browser, address = sign_in(head), reverse("villages:assignment_letter")

    done = browser.post(address, confirmed(browser, address, offered(browser, address)))

    assert done["Location"] == Letter.objects.get().get_absolute_url()


@pytest.mark.parametrize("said", [{}, {"tercetak": "abc"}, {"tercetak": "a-b-c-d-e-f-g"}])
def test_a_page_that_does_not_say_what_it_showed_has_shown_nothing(
    said: dict[str, str], sign_in: SignIn
) -> None:
    person, address, typed = a_letter()

    look = sign_in(person).post(address, {**typed, **said, "confirmed": "1"})

    assert read_of(look)
    assert "Bacalah sekali lagi" in look.content.decode()
    assert not Letter.objects.exists()


def words_of(office: Office) -> LetterWords:
    head = office.memberships.get(role="head")
    day = office.today()
    return LetterWords(["bahwa"], ["SE"], ["membina"], [], day, day, None, signer_of(head), head)


@pytest.mark.parametrize(
    ("change", "part"), [(another_address, "kop"), (another_word_of_the_village, "desa")]
)
def test_what_changes_in_the_last_moment_stops_the_order(change: Change, part: str) -> None:
    person, _, _ = a_letter()
    held = list(Assignment.objects.with_list().with_standing())
    office = held[0].officer.office
    words = words_of(office)
    read = LetterPrints(office, held, words).stamp
    change(held[0])

    with pytest.raises(TransitionRefused, match=rf"Belum dibuat: .*\({part}"):
        actions.order_assignment_letter(office, held, words, by=person, printed=read)

    assert not RegisterEntry.objects.exists()


def test_no_word_of_the_letter_is_outside_of_what_was_read() -> None:
    a_letter()
    held = list(Assignment.objects.with_list().with_standing())
    office = held[0].officer.office
    words = words_of(office)
    read = LetterPrints(office, held, words).stamp

    for other in (
        {"considering": ["bahwa lain"]},
        {"bases": ["SE lain"]},
        {"duties": ["melapor"]},
        {"copies": ["Camat"]},
        {"ends_on": office.today()},
    ):
        told = LetterPrints(office, held, replace(words, **other)).changes(read)
        assert "(isi surat)" in told
