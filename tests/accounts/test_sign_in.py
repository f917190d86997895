"""Signing in and out: names as people write them, calm refusals, sessions that fit the place."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, ScryptPasswordHasher
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts import actions
from accounts.actions import Person
from desabinaan.settings import PASSWORD_HASHERS
from tests.factories import (
    PASSWORD,
    MembershipFactory,
    OfficeFactory,
    UserFactory,
    VillageAccessFactory,
)

pytestmark = pytest.mark.django_db
SIGN_IN = "/masuk/"


def enter(client: Client, login: str, password: str = PASSWORD, **more: str):
    return client.post(SIGN_IN, {"login": login, "password": password, **more})


def _at(place: int) -> Client:
    return Client(REMOTE_ADDR=f"203.0.113.{place}")


def _said(answer) -> list[str]:
    """What the page says of a refused sign-in."""
    return answer.context["form"].non_field_errors()


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("198609262015051001", "19860926 201505 1 001"),
        ("3307062009", "33.07.06.2009"),
        ("ratna@example.id", " Ratna@Example.ID "),
    ],
)
def test_names_are_taken_as_people_write_them(client: Client, stored: str, typed: str) -> None:
    user = UserFactory(username=stored, email=stored if "@" in stored else "")

    response = enter(client, typed)

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_person_with_a_nip_also_signs_in_with_their_address(client: Client) -> None:
    UserFactory(username="198609262015051001", email="bagas@example.id")

    assert enter(client, "BAGAS@example.id").status_code == 302


def test_wrong_name_and_wrong_password_read_the_same(client: Client) -> None:
    UserFactory(username="198609262015051001")

    known = enter(client, "198609262015051001", "salah-sandinya")
    unknown = enter(client, "198609262015051009", "salah-sandinya")
    address = enter(client, "tidak@ada.id", "salah-sandinya")

    assert _said(known) == _said(unknown) == _said(address)
    assert "tidak cocok" in known.content.decode()


def test_after_signing_in_people_go_where_they_wanted(client: Client) -> None:
    user = UserFactory()

    assert enter(client, user.username, next="/desa/")["Location"] == "/desa/"


@pytest.mark.parametrize(
    "target",
    [
        "https://jahat.example/", "//jahat.example/", "javascript:1",
        "http://localhost/desa/", "//localhost/desa/",  # another name of this portal
        "//[x", "http://[::1", "https://]", "http://\u2100.com", "//\ufb00\uff20x",
    ],
)  # fmt: skip
def test_a_foreign_address_after_signing_in_is_not_followed(client: Client, target: str) -> None:
    user = UserFactory()

    assert enter(client, user.username, next=target)["Location"] == reverse("reports:desk")


def test_what_is_asked_for_with_tls_is_not_followed_without(client: Client) -> None:
    user, wanted = UserFactory(), {"next": "http://testserver/desa/"}

    answer = client.post(
        "/masuk/", {"login": user.username, "password": PASSWORD, **wanted}, secure=True
    )

    assert answer["Location"] == reverse("reports:desk")


@pytest.mark.parametrize("page", ["/masuk/", "/sandi/lupa/", "/sandi/lupa/terkirim/"])
def test_a_page_that_leads_on_bears_an_address_that_is_none(client: Client, page: str) -> None:
    assert client.get(page, {"next": "//[x"}).status_code == 200


def test_an_office_session_ends_after_eight_idle_hours(client: Client) -> None:
    user = UserFactory(staff_of=OfficeFactory())

    enter(client, user.username, own="on")

    assert client.session.get_expiry_age() == 8 * 3600
    assert not client.session.get_expire_at_browser_close()


def test_a_village_stays_signed_in_for_a_month_on_its_own_phone(client: Client) -> None:
    user = VillageAccessFactory().user

    enter(client, user.username, own="on")

    assert client.session.get_expiry_age() == 30 * 24 * 3600


def test_unless_it_is_ones_own_device_the_session_ends_with_the_browser(client: Client) -> None:
    user = VillageAccessFactory().user

    response = enter(client, user.username)

    assert client.session.get_expire_at_browser_close()
    assert response.cookies["sessionid"]["max-age"] == ""


def test_guessing_is_stopped_for_one_account_and_not_for_its_neighbours(client: Client) -> None:
    attacked, neighbour = UserFactory(), UserFactory()
    for _ in range(10):
        enter(client, attacked.username, "salah-sandinya")

    refused = enter(client, attacked.username)
    other = enter(Client(), neighbour.username)

    assert "Terlalu banyak percobaan" in refused.content.decode()
    assert "_auth_user_id" not in client.session
    assert other.status_code == 302


def test_another_port_in_the_address_buys_no_further_guesses() -> None:
    user = UserFactory()
    for port in range(4000, 4010):
        enter(Client(HTTP_HOST=f"localhost:{port}"), user.username, "salah-sandinya")

    refused = enter(Client(HTTP_HOST="127.0.0.1:4010"), user.username)

    assert "Terlalu banyak" in refused.content.decode()


def test_a_stranger_s_guesses_keep_nobody_out_of_a_browser_that_is_new(client: Client) -> None:
    village = VillageAccessFactory().user
    stranger = _at(9)

    for _ in range(11):
        refused = enter(stranger, village.username, "salah-sandinya")

    assert "Terlalu banyak" in refused.content.decode()
    assert enter(client, village.username).status_code == 302


@pytest.mark.parametrize("name", ["3307062009", "3307062999"], ids=["known", "unknown"])
def test_one_name_is_not_guessed_from_everywhere_at_once(name: str) -> None:
    UserFactory(username="3307062009")

    guesses = [enter(_at(guess // 10), name, "salah-sandinya") for guess in range(25)]
    refused = enter(_at(3), name)

    assert not any("Terlalu banyak" in it.content.decode() for it in guesses)
    assert "Terlalu banyak" in refused.content.decode()
    assert enter(_at(3), UserFactory().username).status_code == 302


def test_what_is_refused_in_one_place_does_not_count_anywhere_else() -> None:
    user = UserFactory()

    for _ in range(30):
        enter(_at(1), user.username, "salah-sandinya")

    assert enter(_at(2), user.username).status_code == 302


def test_a_right_password_counts_neither_here_nor_anywhere(client: Client) -> None:
    user = UserFactory()

    for _ in range(26):
        client.cookies.clear()
        assert enter(client, user.username).status_code == 302


def test_guesses_from_everywhere_do_not_reach_a_browser_that_once_signed_in() -> None:
    user, own = UserFactory(), Client()
    enter(own, user.username)
    own.post("/keluar/")

    for guess in range(26):
        refused = enter(_at(guess // 10), user.username, "salah-sandinya")

    assert "Terlalu banyak" in refused.content.decode()
    assert enter(own, user.username).status_code == 302


def test_a_name_is_counted_however_it_is_typed(client: Client) -> None:
    UserFactory(username="198609262015051001", email="bagas@example.id")
    for guess in range(10):
        name = ["198609262015051001", "19860926 201505 1 001"][guess % 2]
        enter(client, name, "salah-sandinya")

    assert "Terlalu banyak" in enter(client, "19860926.201505.1.001").content.decode()


@pytest.mark.parametrize(
    ("guessed", "asked"),
    [
        ("198609262015051001", "bagas@example.id"),
        ("bagas@example.id", "198609262015051001"),
        ("3307062009", "desa@example.id"),
    ],
)
def test_a_lockout_under_one_name_does_not_tell_which_other_name_is_the_same_person(
    guessed: str, asked: str
) -> None:
    UserFactory(username="198609262015051001", email="bagas@example.id")
    UserFactory(username="3307062009", email="desa@example.id")
    stranger = Client()
    for _ in range(11):
        refused = enter(stranger, guessed, "salah-sandinya")

    of_the_person = [enter(stranger, asked, "salah-sandinya") for _ in range(11)]
    of_nobody = [enter(stranger, "tidak@ada.id", "salah-sandinya") for _ in range(11)]

    assert "Terlalu banyak" in refused.content.decode()
    assert [_said(it) for it in of_the_person] == [_said(it) for it in of_nobody]


def test_who_is_locked_out_under_one_name_is_told_so_and_enters_by_the_other() -> None:
    UserFactory(username="198609262015051001", email="bagas@example.id")
    for _ in range(11):
        enter(Client(), "198609262015051001", "salah-sandinya")

    by_number = enter(Client(), "198609262015051001")
    by_address = enter(Client(), "bagas@example.id")

    assert "Tunggu lima menit" in by_number.content.decode()
    assert by_address.status_code == 302


def test_an_unknown_name_is_counted_like_a_known_one(client: Client) -> None:
    for _ in range(10):
        enter(client, "tidak@ada.id", "salah-sandinya")

    assert "Terlalu banyak" in enter(client, "Tidak@ada.id").content.decode()


def _who_may_be_guessed_at() -> dict[str, str]:
    """Names of every kind of account, and of nobody."""
    UserFactory(username="198609262015051001", email="bagas@example.id")
    never = UserFactory(password=None)
    return {
        "by NIP": "198609262015051001",
        "by address": "bagas@example.id",
        "village": VillageAccessFactory().user.username,
        "issued": UserFactory(must_change_password=True).username,
        "closed": UserFactory(is_active=False).username,
        "never had a password": never.username,
        "no such NIP": "198609262015051009",
        "no such address": "tidak@ada.id",
        "no such village": "3307062999",
        "misshapen": "bukan-nama",
    }


def test_a_wrong_password_costs_one_hash_whoever_it_is_and_nobody_just_as_much(
    settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    names = _who_may_be_guessed_at()
    worked: list[str] = []
    for kind in (ScryptPasswordHasher, PBKDF2PasswordHasher):
        once = kind.encode
        noted = lambda it, *given, once=once: worked.append(it.algorithm) or once(it, *given)  # noqa: E731
        monkeypatch.setattr(kind, "encode", noted)

    costs = {}
    for who, name in names.items():
        enter(Client(), name, "salah-sandinya")
        costs[who] = worked.copy()
        worked.clear()

    assert costs == {who: ["scrypt"] for who in names}


def test_one_browser_is_known_by_whichever_name_its_owner_uses() -> None:
    user = UserFactory(username="198609262015051001", email="bagas@example.id")
    own, stranger = Client(), Client()
    enter(own, user.username)
    own.post("/keluar/")
    for _ in range(11):
        enter(stranger, user.username, "salah-sandinya")

    assert enter(own, user.email).status_code == 302


def test_a_browser_that_once_signed_in_is_not_locked_out_by_guessing_elsewhere() -> None:
    user, own, stranger = UserFactory(), Client(), Client()
    enter(own, user.username)
    own.post("/keluar/")
    for _ in range(11):
        enter(stranger, user.username, "salah-sandinya")

    assert "Terlalu banyak" in enter(stranger, user.username).content.decode()
    assert enter(own, user.username).status_code == 302


def _few(settings, **limits: str) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, **limits}


def test_what_a_router_sends_does_not_close_signing_in_to_browsers_that_are_known(settings) -> None:
    _few(settings, login_place="3/m/key")
    user, other, own = UserFactory(), UserFactory(), Client()
    enter(own, user.username)
    own.post("/keluar/")

    flood = [enter(Client(), "tidak@ada.id", "salah-sandinya").status_code for _ in range(4)]

    assert flood[-1] == 429
    assert enter(Client(), user.username).status_code == 429
    assert enter(own, other.username).status_code == 429
    assert enter(own, user.username).status_code == 302


def test_a_browser_that_is_known_does_not_flood_either(settings) -> None:
    _few(settings, login_place="3/m/key")
    user, own = UserFactory(), Client()
    enter(own, user.username)
    own.post("/keluar/")

    flood = [enter(own, user.username, "salah-sandinya").status_code for _ in range(4)]

    assert flood == [200, 200, 200, 429]
    assert enter(Client(), user.username).status_code == 302


def test_the_device_cookie_names_nobody(client: Client) -> None:
    user = UserFactory()

    cookie = enter(client, user.username).cookies["peramban"]

    assert user.username not in cookie.value
    assert cookie["httponly"]


def test_a_forged_device_cookie_buys_no_further_guesses(client: Client) -> None:
    user = UserFactory()
    for guess in range(11):
        client.cookies["peramban"] = f"palsu-{guess}"
        enter(client, user.username, "salah-sandinya")

    assert "Terlalu banyak" in enter(client, user.username).content.decode()


def test_failed_attempts_are_counted_where_every_process_sees_them(client: Client) -> None:
    enter(client, UserFactory().username, "salah-sandinya")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache WHERE cache_key LIKE '%login_failed:%'")
        here = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM cache WHERE cache_key LIKE '%login_failed_anywhere:%'")
        assert (here, cursor.fetchone()) == ((1,), (1,))
    assert caches["default"]._table == "cache"


def test_a_deactivated_account_is_told_so_only_with_the_right_password(client: Client) -> None:
    user = UserFactory(is_active=False)

    assert enter(client, user.username)["Location"] == reverse("account_inactive")
    assert "tidak cocok" in enter(client, user.username, "salah-sandinya").content.decode()


def test_deactivating_signs_a_person_out(sign_in) -> None:
    user = UserFactory(staff_of=OfficeFactory())
    client = sign_in(user)

    user.is_active = False
    user.save()

    assert client.get("/sandi/ganti/").status_code == 302


def test_nobody_signs_up(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/daftar/").status_code == 404


def test_signing_out_takes_a_button_not_a_link(sign_in) -> None:
    client = sign_in(UserFactory())

    shown = client.get("/keluar/")
    assert shown.status_code == 200
    assert "_auth_user_id" in client.session

    assert client.post("/keluar/")["Location"] == f"{SIGN_IN}?berakhir=keluar"
    assert "_auth_user_id" not in client.session


def test_who_signed_out_is_told_so_once_and_no_session_is_said_to_have_ended(sign_in) -> None:
    client = sign_in(UserFactory())

    left = client.post("/keluar/", follow=True).content.decode()
    back = client.get("/", follow=True).content.decode()

    assert "Anda sudah keluar." in left
    assert not client.cookies["sessionid"].value
    assert "Sesi Anda berakhir" not in back
    assert "Anda sudah keluar." not in back


@pytest.mark.parametrize("of_another", ["/desa/{}/", "/desa/{}/akun/"], ids=["404", "403"])
def test_a_page_of_who_sat_there_before_leads_to_the_desk(client: Client, of_another: str) -> None:
    one, other = VillageAccessFactory(), VillageAccessFactory()
    mine = other if "akun" in of_another else one
    page = of_another.format(mine.village_id)

    shown = client.post(
        SIGN_IN, {"login": other.user.username, "password": PASSWORD, "next": page}, follow=True
    )

    assert shown.redirect_chain[-1] == ("/", 302)
    assert "tidak terbuka untuk akun ini" in shown.content.decode()
    assert client.get(f"/desa/{one.village_id}/ubah/").status_code in (403, 404)


def test_a_page_that_is_not_there_is_said_to_be_missing_to_who_is_at_work(sign_in) -> None:
    client = sign_in(UserFactory())

    assert client.get("/desa/999999/").status_code == 404


def test_nothing_seen_while_signed_in_stays_in_the_browser(sign_in) -> None:
    user = UserFactory(admin_of=OfficeFactory(code="kanim-a"))

    response = sign_in(user).get("/kantor/kanim-a/")

    assert "no-store" in response["Cache-Control"]


def test_a_role_that_ends_meanwhile_opens_nothing_to_the_session_that_is_open(sign_in) -> None:
    office = OfficeFactory(code="kanim-a")
    user = UserFactory(admin_of=office, staff_of=OfficeFactory())
    client = sign_in(user)
    client.post("/kantor-aktif/", {"office": office.pk})
    assert client.get("/kantor/kanim-a/").status_code == 200

    user.memberships.filter(office=office).update(ends_on=office.today() - timedelta(days=1))

    assert client.get("/kantor/kanim-a/").status_code == 404
    assert client.post("/kantor/kanim-a/profil/", {"address": "x"}).status_code == 404
    assert client.post("/kantor-aktif/", {"office": office.pk}).status_code == 404


def test_a_role_still_to_come_opens_nothing_yet(sign_in) -> None:
    office = OfficeFactory(code="kanim-a")
    tomorrow = office.today() + timedelta(days=1)
    role = MembershipFactory(office=office, role="admin", starts_on=tomorrow)

    assert sign_in(role.user).get("/kantor/kanim-a/").status_code == 404


def test_a_role_that_is_over_opens_nothing(sign_in) -> None:
    office = OfficeFactory(code="kanim-a")
    yesterday = timezone.localdate() - timedelta(days=1)
    user = UserFactory(admin_of=office, admin_of__ends_on=yesterday)

    assert sign_in(user).get("/kantor/kanim-a/").status_code == 404


@pytest.mark.parametrize(
    "write",
    [
        str,
        str.upper,
        lambda issued: issued.replace("-", ""),
        lambda issued: issued.replace("-", " "),
        lambda issued: f" {issued.capitalize()} ",
    ],
    ids=["as issued", "capitals", "in one", "with blanks", "by a phone"],
)
def test_an_issued_password_opens_however_it_was_written_down(
    write: object, client: Client
) -> None:
    person, issued = actions.create_user(Person("Sulastri", "3307062009"), by=None)

    typed = write(issued)  # type: ignore[operator]
    answer = client.post("/masuk/", {"login": person.username, "password": typed})
    client.post(
        "/sandi/ganti/",
        {"oldpassword": typed, "password1": "sawah-di-lereng-7", "password2": "sawah-di-lereng-7"},
    )

    person.refresh_from_db()
    assert answer.status_code == 302
    assert person.check_password("sawah-di-lereng-7")


def test_who_posts_after_the_session_ended_is_told_so(client: Client) -> None:
    button = client.post("/penetapan/7/ajukan/", follow=True)
    form = client.post("/desa/7/ubah/", {"address": "Jalan Baru", "isian": "1"}, follow=True)

    assert "Sesi Anda berakhir. Masuk untuk melanjutkan." in button.content.decode()
    assert "Isian Anda disimpan; masuk untuk melanjutkan." in form.content.decode()


def test_a_stranger_had_no_session_that_could_end(client: Client) -> None:
    page = client.get("/penetapan/", follow=True)

    assert "Sesi Anda berakhir" not in page.content.decode()


def test_a_session_that_somebody_ended_is_told_by_the_next_page(sign_in) -> None:
    client = sign_in(UserFactory(staff_of=OfficeFactory()))
    client.get("/")
    Session.objects.all().delete()

    page = client.get("/penetapan/", follow=True)

    assert "Sesi Anda berakhir. Masuk untuk melanjutkan." in page.content.decode()
