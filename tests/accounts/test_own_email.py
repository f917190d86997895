"""The first address of an account is its owner's to note, once they use it."""

import pytest
from django.test import Client

from accounts import mailing
from accounts.models import User
from accounts.particulars import add_own_email
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from tests.factories import PASSWORD, OfficeFactory, UserFactory
from tests.races import together

pytestmark = pytest.mark.django_db
PAGE, INDEX, MINE = "/keamanan/surel/", "/keamanan/", "siti@kanim.example"


@pytest.fixture
def person() -> User:
    return UserFactory(staff_of=OfficeFactory())


def entered(person: User) -> Client:
    client = Client()
    client.post("/masuk/", {"login": person.username, "password": PASSWORD})
    return client


def test_the_owner_notes_it_and_is_told_there(person, mailoutbox) -> None:
    browser = entered(person)

    offered = browser.get(INDEX).content.decode()
    page = browser.get(PAGE)
    answer = browser.post(PAGE, {"email": "Siti@Kanim.example"})

    person.refresh_from_db()
    mailing.send_owed()
    assert PAGE in offered
    assert page.status_code == 200
    assert answer["Location"] == INDEX
    assert person.email == MINE
    entry = Entry.objects.about(person).get(verb="user.email_settled")
    assert (entry.by, entry.note) == (person, "")
    (mail,) = mailoutbox
    assert mail.to == [MINE]
    assert "surel akun Anda" in mail.body


def test_the_administrator_does_not_and_is_told_who_does(person) -> None:
    office = person.memberships.get().office
    browser = entered(UserFactory(admin_of=office))

    page = browser.get(f"/kantor/{office.code}/orang/{person.pk}/ubah/").content.decode()

    assert 'name="email"' not in page
    assert "ia mencatat surelnya sendiri di halaman Keamanan akun" in page


def test_the_password_comes_first(person) -> None:
    browser = Client()
    browser.force_login(person)

    answers = [browser.get(PAGE), browser.post(PAGE, {"email": MINE})]

    assert all(it["Location"].startswith("/keamanan/sandi/") for it in answers)
    assert not User.objects.filter(email=MINE).exists()


def test_an_address_that_is_noted_is_not_changed_here(person) -> None:
    User.objects.filter(pk=person.pk).update(email="lama@kanim.example")
    browser = entered(person)

    answer = browser.post(PAGE, {"email": MINE}, follow=True)

    person.refresh_from_db()
    assert person.email == "lama@kanim.example"
    assert "sudah tercatat" in answer.content.decode()
    assert PAGE not in answer.content.decode()


def test_an_address_of_another_is_refused_where_it_was_typed(person) -> None:
    UserFactory(email=MINE)

    answer = entered(person).post(PAGE, {"email": MINE})

    assert "Sudah ada akun" in str(answer.context["form"].errors["email"])


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_the_first_stands(person) -> None:
    addresses = [MINE, "lain@kanim.example"]

    came = together(*[lambda it=it: add_own_email(person, email=it) for it in addresses])

    person.refresh_from_db()
    (kept,) = [it.email for it in came if isinstance(it, User)]
    assert person.email == kept
    assert sum(isinstance(it, TransitionRefused) for it in came) == 1
