"""Passwords: issued once, replaced by one's own, chosen anew after a mail."""

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import actions, links, tasks
from accounts.forms.sign_in import NIP_TYPED, VILLAGE_CODE_TYPED
from accounts.models import PasswordRequest, User
from audit.models import Entry
from desabinaan import health
from tests.factories import PASSWORD, OfficeFactory, UserFactory
from tests.mail_server import free_port, listening
from tests.notices import end_mail_pause
from tests.races import together

pytestmark = pytest.mark.django_db
CHANGE = "/sandi/ganti/"
OWN = "sandi-pilihan-sendiri"


def smtp(port: int) -> dict[str, Any]:
    backend = "django.core.mail.backends.smtp.EmailBackend"
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    return {"default": {"BACKEND": backend, "OPTIONS": options}}


def chosen(old: str, new: str = OWN) -> dict[str, str]:
    return {"oldpassword": old, "password1": new, "password2": new}


@pytest.mark.parametrize("address", ["/desa/", "/kantor-saya/", "/"])
def test_an_issued_password_opens_only_the_page_that_replaces_it(sign_in, address: str) -> None:
    user = UserFactory(staff_of=OfficeFactory(), must_change_password=True)

    response = sign_in(user).get(address)

    assert response["Location"] == CHANGE


def test_a_part_of_a_page_leads_there_too(sign_in) -> None:
    user = UserFactory(staff_of=OfficeFactory(), must_change_password=True)

    response = sign_in(user).get("/desa/", headers={"HX-Request": "true"})

    assert response["HX-Redirect"] == CHANGE


def test_the_change_page_shows_no_navigation_until_the_password_is_ones_own(sign_in) -> None:
    page = sign_in(UserFactory(must_change_password=True)).get(CHANGE).content.decode()

    assert "Sandi sekali pakai" in page
    assert 'aria-label="Utama"' not in page


def test_choosing_ones_own_password_is_remembered_and_opens_the_portal(sign_in) -> None:
    user = UserFactory(must_change_password=True)
    client = sign_in(user)

    response = client.post(CHANGE, chosen(PASSWORD))

    user.refresh_from_db()
    assert response["Location"] == reverse("reports:desk")
    assert not user.must_change_password
    assert user.check_password(OWN)
    assert Entry.objects.about(user).get().verb == "user.password_changed"


def test_the_issued_password_cannot_be_chosen_again(sign_in) -> None:
    user = UserFactory(must_change_password=True)

    response = sign_in(user).post(CHANGE, chosen(PASSWORD, PASSWORD))

    assert "password1" in response.context["form"].errors
    user.refresh_from_db()
    assert user.must_change_password


@pytest.mark.parametrize("weak", ["pendek", "password123", "1234567890"])
def test_a_weak_password_is_refused(sign_in, weak: str) -> None:
    response = sign_in(UserFactory()).post(CHANGE, chosen(PASSWORD, weak))

    assert "password1" in response.context["form"].errors


@pytest.mark.parametrize(
    ("weak", "words"),
    [
        ("pendek", "paling sedikit 10 tanda"),
        ("password123", "mudah ditebak"),
        ("3307062003", "mirip dengan NIP, kode desa, atau surel"),
        ("rahmat.h@example.id", "mirip dengan surel Anda"),
    ],
)
def test_rules_are_said_in_the_words_of_the_form(sign_in, weak: str, words: str) -> None:
    user = UserFactory(username="3307062003", email="rahmat.h@example.id")

    response = sign_in(user).post(CHANGE, chosen(PASSWORD, weak))

    said = " ".join(response.context["form"].errors["password1"])
    assert words in said
    assert "Kata sandi" not in said


def test_an_administrator_who_may_not_reset_it_is_not_sent_to_herself(sign_in) -> None:
    office = OfficeFactory()
    head, admin = UserFactory(head_of=office), UserFactory(admin_of=office)

    def refused(user: User) -> str:
        place = reverse("accounts:member_password", args=[office.code, head.pk])
        answer = sign_in(user).post(place)
        assert answer.status_code == 403
        return " ".join(answer.content.decode().split())

    of_admin, of_staff = refused(admin), refused(UserFactory(staff_of=office))

    assert "hubungi administrator nasional di Direktorat Jenderal Imigrasi" in of_admin
    assert "administrator kantor Anda" not in of_admin
    assert "hubungi administrator kantor Anda" in of_staff


def test_changing_the_password_ends_the_sessions_elsewhere() -> None:
    user, here, there = UserFactory(), Client(), Client()
    here.force_login(user)
    there.force_login(user)

    here.post(CHANGE, chosen(PASSWORD))

    assert here.get(CHANGE).status_code == 200
    assert there.get(CHANGE).status_code == 302


def test_an_issued_password_ends_every_session() -> None:
    user, client = UserFactory(), Client()
    client.force_login(user)

    issued = actions.issue_password(user, by=UserFactory())

    assert client.get(CHANGE).status_code == 302
    assert client.post("/masuk/", {"login": user.username, "password": issued}).status_code == 302


def test_asking_for_a_link_says_the_same_for_known_and_unknown_addresses(client: Client) -> None:
    UserFactory(email="siti@example.id")

    answers = []
    for address in ("siti@example.id", "tidak@ada.id"):
        response = client.post("/sandi/lupa/", {"email": address}, follow=True)
        answers.append((response.redirect_chain, response.content))

    assert answers[0] == answers[1]
    assert "sedang dikirim" in response.content.decode()


@pytest.mark.parametrize("typed", ["3307062003", "33.07.06.2003", " 3307062003-2 "])
def test_a_village_code_is_told_whom_to_ask(client: Client, typed: str) -> None:
    answer = client.post("/sandi/lupa/", {"email": typed})

    said = answer.context["form"].errors["email"]
    assert said == [VILLAGE_CODE_TYPED]
    assert "kantor imigrasi yang membina desa Anda" in answer.content.decode()


def test_a_nip_is_told_to_give_an_address(client: Client) -> None:
    answer = client.post("/sandi/lupa/", {"email": "19860926 201505 1 001"})

    assert answer.context["form"].errors["email"] == [NIP_TYPED]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker")
def test_a_link_asked_for_while_the_broker_is_down_is_owed(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    UserFactory(email="siti@example.id")

    client.post("/sandi/lupa/", {"email": "siti@example.id"})
    tasks.mail_reset_links()

    assert [letter.to for letter in mail.outbox] == [["siti@example.id"]]
    assert "The broker did not take accounts.tasks.mail_reset_links" in caplog.text
    assert "@" not in caplog.text


def test_a_link_asked_for_while_the_mail_server_is_down_leaves_when_it_is_back(
    client: Client, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    UserFactory(email="siti@example.id")
    port = free_port()
    settings.MAILERS = smtp(port)

    client.post("/sandi/lupa/", {"email": "SITI@example.id"})
    for address in ("siti@example.id", "tidak@ada.id", "lain@ada.id"):
        client.post("/sandi/lupa/", {"email": address})
        tasks.mail_reset_links()
    pauses = [health.mail_failed(), client.get("/readyz").json()["mail"]]
    with listening(port) as server:
        server.answers.set()
        tasks.mail_reset_links()  # not yet: the pause is not over
        taken_during_the_pause = list(server.taken)
        health.note_mail(leaves=True)
        for _ in range(2):
            tasks.mail_reset_links()

    assert pauses == [True, "ok"]  # however many asked, the server failed once
    assert taken_during_the_pause == []
    assert [letter["To"] for letter in server.taken] == ["siti@example.id"]
    assert not PasswordRequest.objects.exists()
    assert "example.id" not in caplog.text


def test_a_server_that_is_back_is_known_to_be_though_nothing_is_owed(settings: Any) -> None:
    port = free_port()
    settings.MAILERS = smtp(port)
    for _ in range(health.MAIL_FAILURES):
        health.note_mail(leaves=False)
        end_mail_pause()

    tasks.sweep_notices()
    still = health.mail_failed()
    end_mail_pause()
    with listening(port):
        tasks.sweep_notices()

    assert still
    assert not health.mail_failed()


def test_an_address_that_is_refused_is_asked_again_after_a_pause(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    UserFactory(email="siti@example.id")
    refused: list[object] = []

    def refuse(_self: EmailBackend, messages: list[object]) -> int:
        refused.extend(messages)
        raise SMTPRecipientsRefused({"siti@example.id": (450, b"later")})

    client.post("/sandi/lupa/", {"email": "siti@example.id"})
    with monkeypatch.context() as greylisting:
        greylisting.setattr(EmailBackend, "send_messages", refuse)
        for _ in range(2):
            tasks.mail_reset_links()
    PasswordRequest.objects.update(due_at=timezone.now())
    tasks.mail_reset_links()

    assert len(refused) == len(mail.outbox) == 1


def test_nobody_waits_for_a_link_longer_than_a_day() -> None:
    UserFactory(email="siti@example.id")
    long_ago = timezone.now() - timedelta(hours=25)
    PasswordRequest.objects.create(email="siti@example.id", asked_at=long_ago)

    tasks.mail_reset_links()

    assert mail.outbox == []
    assert not PasswordRequest.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_link() -> None:
    UserFactory(email="siti@example.id")
    links.ask("siti@example.id")

    together(tasks.mail_reset_links, tasks.mail_reset_links)

    assert len(mail.outbox) == 1


def test_the_link_survives_a_mail_scanner_and_works_once() -> None:
    user = UserFactory(email="siti@example.id", must_change_password=True)
    links.ask("Siti@Example.id")
    tasks.mail_reset_links()
    link = re.search(r"http://localhost:8000(\S+)", mail.outbox[0].body)
    assert link
    for _ in range(2):  # a scanner opens what it finds
        Client().get(link[1], follow=True)

    person = Client()
    form = person.get(link[1], follow=True)
    done = person.post(form.context["action_url"], {"password1": OWN, "password2": OWN})

    user.refresh_from_db()
    assert done["Location"] == reverse("account_reset_password_from_key_done")
    assert user.check_password(OWN)
    assert not user.must_change_password
    assert "tidak berlaku lagi" in Client().get(link[1], follow=True).content.decode()


@pytest.mark.parametrize("state", [{"is_active": False}, {"password": None}])
def test_no_link_goes_to_accounts_that_are_closed_or_never_had_a_password(state) -> None:
    UserFactory(email="siti@example.id", **state)

    links.ask("siti@example.id")
    tasks.mail_reset_links()

    assert mail.outbox == []
    assert not PasswordRequest.objects.exists()


def test_asking_too_often_for_one_address_is_stopped(client: Client) -> None:
    answers = [client.post("/sandi/lupa/", {"email": "a@b.id"}).status_code for _ in range(4)]

    assert answers == [302, 302, 302, 429]
    assert client.post("/sandi/lupa/", {"email": "lain@b.id"}).status_code == 302


def test_a_stranger_s_requests_keep_nobody_from_a_new_password(client: Client) -> None:
    user = UserFactory(email="siti@example.id")
    asked = {"email": user.email}
    for _ in range(4):
        client.post("/sandi/lupa/", asked, REMOTE_ADDR="203.0.113.9")
    known = Client(REMOTE_ADDR="203.0.113.9")
    known.post("/masuk/", {"login": user.email, "password": PASSWORD})
    known.post("/keluar/")

    elsewhere = client.post("/sandi/lupa/", asked)
    same_place_known_browser = known.post("/sandi/lupa/", asked)

    assert (elsewhere.status_code, same_place_known_browser.status_code) == (302, 302)


def test_what_a_router_sends_keeps_no_known_browser_from_a_new_password(settings) -> None:
    limits = {**settings.ACCOUNT_RATE_LIMITS, "reset_password_place": "2/m/key"}
    settings.ACCOUNT_RATE_LIMITS = limits
    user, own = UserFactory(email="siti@example.id"), Client()
    own.post("/masuk/", {"login": user.email, "password": PASSWORD})
    own.post("/keluar/")

    others = [f"tidak-{it}@ada.id" for it in range(3)]
    flood = [Client().post("/sandi/lupa/", {"email": it}).status_code for it in others]

    assert flood == [302, 302, 429]
    assert own.post("/sandi/lupa/", {"email": user.email}).status_code == 302


@pytest.mark.parametrize("other", ["A@B.ID", " a@b.id "])
def test_another_spelling_or_host_does_not_help_to_ask_more_often(other: str) -> None:
    for port in range(3):
        browser = Client(HTTP_HOST=f"localhost:{4000 + port}")
        browser.post("/sandi/lupa/", {"email": "a@b.id"})

    assert Client().post("/sandi/lupa/", {"email": other}).status_code == 429
