"""Where a person is signed in: listed in words, ended from afar."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models.functions import Now
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts import sessions
from accounts.models import SignIn, User
from audit.models import Entry
from tests.factories import UserFactory, VillageAccessFactory

pytestmark = pytest.mark.django_db
PHONE = (
    "Mozilla/5.0 (Linux; Android 10; SM-A105F) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0.0.0 Mobile Safari/537.36"
)


def browser(user, agent: str = PHONE) -> Client:
    client = Client(headers={"user-agent": agent})
    client.force_login(user)
    client.get("/keamanan/")
    return client


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Chrome di Android"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/126 Safari/537.36 Edg/126",
            "Edge di Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) Version/17.5 Safari/604.1", "Safari di iPhone"),
        (
            "Mozilla/5.0 (Linux; Android 9) SamsungBrowser/25 Chrome/121",
            "Samsung Internet di Android",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Firefox/127.0", "Firefox di Linux"),
        ("", "Perangkat lain"),
        ("curl/8.0", "Perangkat lain"),
    ],
)
def test_browsers_are_named_as_people_know_them(agent, words) -> None:
    assert sessions.words_for(agent) == words


def test_the_page_lists_the_browsers_of_oneself_alone() -> None:
    user = VillageAccessFactory().user
    mine = browser(user)
    browser(user, "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Firefox/127.0")
    browser(UserFactory(), "Mozilla/5.0 (iPhone) Safari/604.1")

    page = mine.get("/keamanan/").content.decode()

    assert "Chrome di Android" in page
    assert "Firefox di Linux" in page
    assert "iPhone" not in page
    assert page.count("Perangkat ini") == 1


def test_one_browser_is_ended_and_the_others_go_on() -> None:
    user = UserFactory()
    mine, lost = browser(user), browser(user)
    its = SignIn.objects.get(session_key=lost.session.session_key)

    mine.post(f"/keamanan/perangkat/{its.pk}/keluarkan/")

    assert lost.get("/")["Location"].startswith("/masuk/")
    assert mine.get("/").status_code == 200
    assert Entry.objects.about(user).get(verb="user.sessions_ended").note == "Chrome di Android"


def test_all_others_are_ended_at_once() -> None:
    user, other = UserFactory(), browser(UserFactory())
    mine, *lost = [browser(user) for _ in range(3)]

    mine.post("/keamanan/perangkat/keluarkan/")

    assert {it.get("/").status_code for it in lost} == {302}
    assert [mine.get("/").status_code, other.get("/").status_code] == [200, 200]


def test_a_browser_that_signed_in_and_asked_for_nothing_more_is_listed_and_ended_too() -> None:
    user = UserFactory()
    mine = browser(user)
    unused = Client()
    unused.force_login(user)

    listed = SignIn.objects.filter(session_key=unused.session.session_key).exists()
    mine.post("/keamanan/perangkat/keluarkan/")

    assert listed
    assert unused.get("/")["Location"].startswith("/masuk/")
    assert mine.get("/").status_code == 200


def test_ending_all_others_reaches_what_no_list_shows_and_a_copy_of_ones_own_cookie() -> None:
    user = UserFactory()
    mine, unlisted, copy = browser(user), browser(user), Client()
    copy.cookies["sessionid"] = mine.session.session_key
    SignIn.objects.filter(session_key=unlisted.session.session_key).delete()

    mine.post("/keamanan/perangkat/keluarkan/")

    assert {it.get("/").status_code for it in (unlisted, copy)} == {302}
    assert mine.get("/").status_code == 200
    assert SignIn.objects.get(user=user).session_key == mine.session.session_key


def test_whoever_signs_in_where_another_was_signed_in_is_listed_at_once() -> None:
    former, user = UserFactory(), UserFactory()
    client = browser(former)

    client.force_login(user)

    assert SignIn.objects.get(session_key=client.session.session_key).user == user


def test_a_stranger_s_browser_is_not_found() -> None:
    theirs = SignIn.objects.get(session_key=browser(UserFactory()).session.session_key)

    answer = browser(UserFactory()).post(f"/keamanan/perangkat/{theirs.pk}/keluarkan/")

    assert answer.status_code == 404
    assert Session.objects.filter(session_key=theirs.session_key).exists()


def test_a_session_that_changes_its_key_is_listed_under_the_new_one() -> None:
    user = UserFactory()
    client = browser(user)
    session = client.session
    session.cycle_key()
    client.cookies["sessionid"] = session.session_key

    client.get("/")

    assert SignIn.objects.filter(session_key=session.session_key).exists()


def test_what_is_over_is_forgotten() -> None:
    user = UserFactory()
    old, new = browser(user), browser(user)
    past = timezone.now() - timedelta(seconds=1)
    Session.objects.filter(session_key=old.session.session_key).update(expire_date=past)

    sessions.tidy()

    assert SignIn.objects.get().session_key == new.session.session_key
    assert Session.objects.get().session_key == new.session.session_key


def test_pages_asked_for_at_once_after_signing_in_note_one_session() -> None:
    user = UserFactory()
    client = Client()
    client.force_login(user)
    request = RequestFactory().get("/")
    request.session = client.session
    sessions.note(request, user)
    # Another page was on its way already when the database wrote down since when.
    SignIn.objects.update(since=Now() + timedelta(seconds=1), seen_at=Now() + timedelta(seconds=1))

    sessions.note(request, user)

    noted = SignIn.objects.get(user=user, session_key=request.session.session_key)
    assert noted.seen_at == noted.since


def test_a_session_that_ran_out_is_none(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get("/").status_code == 200

    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert client.get("/").status_code == 302


@pytest.mark.parametrize("key", ['"\\000' + "a" * 31 + '"', "'" * 32, "-4611686018427387904"])
def test_a_cookie_that_is_no_key_is_no_session(client: Client, key: str) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = key

    assert client.get("/", headers={"cookie": f"sessionid={key}"}).status_code == 302


def test_whoever_may_sign_in_no_more_is_nobody_at_once(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    assert client.get("/").wsgi_request.user == user

    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/").status_code == 302
