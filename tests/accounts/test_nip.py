"""The NIP: what it says of a civil servant, and what the database lets nobody write."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts import actions, nip
from accounts.actions import Person
from accounts.models import User
from audit.models import Entry
from tests.factories import UserFactory

TODAY = date(2026, 11, 22)
RIGHT = "198609262015051001"


def test_the_number_of_a_civil_servant_says_what_it_should() -> None:
    assert nip.wrong_with_pns(RIGHT, TODAY) == ""


@pytest.mark.parametrize(
    ("digits", "complaint"),
    [
        ("198613262015051001", "tanggal lahir"),  # month 13
        ("198602302015051001", "tanggal lahir"),  # 30 February
        ("198609262015131001", "CPNS"),  # month 13
        ("198609262030051001", "CPNS"),  # not yet
        ("198609261999051001", "CPNS"),  # twelve years old
        ("198609262015053001", "laki-laki"),
        ("198609262015051000", "nomor urut"),
    ],
)
def test_each_part_of_the_number_is_checked(digits: str, complaint: str) -> None:
    assert complaint in nip.wrong_with_pns(digits, TODAY)


def test_a_number_is_read_however_it_was_written_down() -> None:
    assert nip.tidy("19860926 201505 1.001") == RIGHT
    assert nip.is_shaped(RIGHT)
    assert not nip.is_shaped("1986092620150510\u06601")  # an Arabic zero


SERVICE = [
    ("pns", "198613262015051001", ""),
    ("pns", "198609262015053001", ""),
    ("pns", "198609262015051000", ""),
    ("pns", "ratri@example.go.id", ""),
    ("pppk", "3307062009", ""),
    ("tni", RIGHT, ""),
    ("pns", RIGHT, "IX"),
    ("pppk", RIGHT, "III/a"),
    ("", RIGHT, "IX"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("employment", "username", "rank"), SERVICE)
def test_the_database_refuses_what_does_not_fit(employment: str, username: str, rank: str) -> None:
    user = UserFactory()
    change = {"employment": employment, "username": username, "rank": rank}

    with pytest.raises(IntegrityError, match=r"user_(employ|rank)"), transaction.atomic():
        User.objects.filter(pk=user.pk).update(**change)


@pytest.mark.django_db
def test_what_the_database_cannot_know_of_a_calendar_the_check_does() -> None:
    user = UserFactory()
    feb_30 = "198602302015051001"

    User.objects.filter(pk=user.pk).update(employment="pns", username=feb_30)

    assert nip.wrong_with_pns(feb_30, TODAY)
    assert connection.is_usable()


@pytest.mark.django_db
def test_a_person_may_be_noted_without_a_way_in() -> None:
    admin = UserFactory()

    person = Person("Bayu Kusuma", RIGHT, rank="II/d", employment="pns")
    user = actions.enter_person(person, by=admin)

    assert not user.has_usable_password()
    assert (user.nip, user.get_rank_display()) == (RIGHT, "Pengatur Tk. I (II/d)")
    assert Entry.objects.about(user).get().verb == "user.entered"


@pytest.mark.django_db
def test_whoever_signed_in_by_mail_keeps_doing_so_once_the_number_is_known() -> None:
    user = UserFactory(username="ratri@example.go.id", email="ratri@example.go.id")

    actions.settle_employment(user, nip=RIGHT, employment="pppk", rank="IX", by=user)

    assert User.objects.with_sign_in_name("ratri@example.go.id") == user
    assert User.objects.with_sign_in_name(RIGHT) == user


@pytest.mark.django_db
def test_a_number_belongs_to_one_person() -> None:
    UserFactory(username=RIGHT)
    other = UserFactory(username="lain@example.go.id", email="lain@example.go.id")

    with pytest.raises(ValidationError):
        actions.settle_employment(other, nip=RIGHT, employment="pns", rank="", by=other)
