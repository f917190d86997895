"""Activation cards: a QR code that names the card, a code that opens it once."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from accounts import actions, cards
from accounts.cards import WrongCode
from accounts.models import ActivationCard, SignIn, User
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from tests.factories import PASSWORD, UserFactory, VillageAccessFactory
from tests.races import together
from villages.actions import issue_account_card

pytestmark = pytest.mark.django_db
CHOSEN = {"password1": "sepeda-biru-di-gunung", "password2": "sepeda-biru-di-gunung"}


@pytest.fixture
def account():
    return VillageAccessFactory()


@pytest.fixture
def admin(account):
    return UserFactory(admin_of=account.village.office)


def again(card):
    return ActivationCard.objects.get(pk=card.pk)


def address(card) -> str:
    return f"/aktivasi/{card.key}/"


def test_the_office_prints_a_card_once(client, sign_in, account, admin, settings) -> None:
    settings.PORTAL_URL = "https://portal.example/"
    sign_in(admin)
    assert client.get(f"/akun-desa/{account.pk}/kartu/").status_code == 200
    assert not ActivationCard.objects.exists()

    answer = client.post(f"/akun-desa/{account.pk}/kartu/")

    card, code = ActivationCard.objects.get(), answer.context["code"]
    page = answer.content.decode()
    assert code in page
    assert "masuk di portal.example dengan" in page  # whatever Host the office came by
    assert "portal.example/aktivasi/" in page
    assert "testserver" not in page
    assert "<svg" in page
    assert "viewBox" in page  # paper shrinks it; without, it would be cut off
    assert cards.address_of(card) == f"https://portal.example{address(card)}"
    assert "no-store" in answer["Cache-Control"]
    assert code.replace("-", "") not in str(ActivationCard.objects.values_list().get())
    assert not Entry.objects.filter(data__icontains=code).exists()
    assert not User.objects.get(pk=account.user_id).has_usable_password()
    assert Entry.objects.about(account.village).filter(verb="village.card_issued").exists()


def test_a_new_account_comes_with_its_card(client, sign_in, account, admin) -> None:
    sign_in(admin)
    facts = {"name": "Wagiman", "title": "Kaur Umum", "handed_over": "card"}

    answer = client.post(f"/desa/{account.village_id}/akun/", facts)

    card = ActivationCard.objects.get(user__name="Wagiman")
    assert card.opens_with(cards.tidy_code(answer.context["code"]))


@pytest.mark.parametrize("method", ["get", "head"])
def test_scanning_does_nothing(client, account, admin, method) -> None:
    card, _ = cards.issue(account.user, by=admin)

    answers = [getattr(client, method)(address(card)) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {200}
    assert (again(card).status, again(card).wrong_tries) == ("waiting", 0)
    assert account.user.name not in answers[0].content.decode()


def test_the_code_opens_the_account_with_a_password_of_ones_own(client, account, admin) -> None:
    card, code = cards.issue(account.user, by=admin)

    answer = client.post(address(card), {"code": f" {code.lower()} ", "own": "on", **CHOSEN})

    user = User.objects.get(pk=account.user_id)
    assert answer["Location"] == "/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.session.get_expiry_age() == 30 * 24 * 3600
    assert user.check_password(CHOSEN["password1"])
    assert not user.must_change_password
    assert Entry.objects.about(user).get(verb="user.card_used").by == user
    assert SignIn.objects.get(user=user).session_key == client.session.session_key
    assert Client().get(address(card)).status_code == 410


def test_strangers_do_not_lock_out_the_phone_on_which_the_card_was_used(
    client, account, admin
) -> None:
    card, code = cards.issue(account.user, by=admin)
    client.post(address(card), {"code": code, **CHOSEN})
    client.post("/keluar/")
    own = {"login": account.user.username, "password": CHOSEN["password1"]}

    for _ in range(11):
        Client().post("/masuk/", {**own, "password": "salah-sandinya"})

    assert "Terlalu banyak" in Client().post("/masuk/", own).content.decode()
    assert client.post("/masuk/", own).status_code == 302


def test_whoever_holds_a_card_finds_the_way_from_signing_in(client) -> None:
    assert 'href="/aktivasi/"' in client.get("/masuk/").content.decode()


def test_on_a_shared_computer_the_session_ends_with_the_browser(client, account, admin) -> None:
    card, code = cards.issue(account.user, by=admin)

    client.post(address(card), {"code": code, **CHOSEN})

    assert client.session.get_expire_at_browser_close()


def test_without_a_camera_name_and_code_open_the_account(client, account, admin) -> None:
    card, code = cards.issue(account.user, by=admin)
    assert 'name="name"' in client.get("/aktivasi/").content.decode()

    typed = {"name": f" {account.user.username} ", "code": code.lower(), **CHOSEN}
    answer = client.post("/aktivasi/", typed)

    assert answer["Location"] == "/"
    assert client.session["_auth_user_id"] == str(account.user_id)
    assert again(card).status == "used"


def test_a_name_that_no_database_holds_is_an_unknown_name(client) -> None:
    answer = client.post("/aktivasi/", {"name": "\0", "code": "AAAA-AAAA", **CHOSEN})

    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_guessing_by_name_is_slow_uses_up_no_card_and_tells_nothing(client, account, admin) -> None:
    card, code = cards.issue(account.user, by=admin)
    guess = {"code": "AAAA-AAAA", **CHOSEN}

    known = client.post("/aktivasi/", {"name": account.user.username, **guess})
    unknown = client.post("/aktivasi/", {"name": "3399999999", **guess})
    own_name = {"password1": account.user.name + "12345", "password2": account.user.name + "12345"}
    person = client.post(
        "/aktivasi/", {"name": account.user.username, "code": "AAAA-AAAA", **own_name}
    )
    for _ in range(8):
        client.post("/aktivasi/", {"name": account.user.username, **guess})
    late = client.post("/aktivasi/", {"name": account.user.username, "code": code, **CHOSEN})

    assert known.context["form"].errors == unknown.context["form"].errors
    assert set(person.context["form"].errors) == {"code"}
    assert late.status_code == 429
    assert again(card).wrong_tries == 0
    assert Client().post(address(card), {"code": code, **CHOSEN})["Location"] == "/"


def test_a_stranger_s_guesses_keep_nobody_from_their_card(client, account, admin) -> None:
    _, code = cards.issue(account.user, by=admin)
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    guess = {"name": account.user.username, "code": "AAAA-AAAA", **CHOSEN}

    statuses = [stranger.post("/aktivasi/", guess).status_code for _ in range(11)]
    answer = client.post("/aktivasi/", {**guess, "code": code})

    assert statuses[-1] == 429
    assert answer["Location"] == "/"


def test_one_name_is_not_guessed_from_everywhere_at_once(client, account, admin, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "activate_anywhere": "2/h/key"}
    cards.issue(account.user, by=admin)
    guess = {"name": account.user.username, "code": "AAAA-AAAA", **CHOSEN}

    statuses = [
        client.post("/aktivasi/", guess, REMOTE_ADDR=f"203.0.113.{place}").status_code
        for place in range(3)
    ]

    assert statuses == [200, 200, 429]


def test_what_a_router_sends_keeps_no_known_browser_from_its_card(account, admin, settings) -> None:
    limits = {**settings.ACCOUNT_RATE_LIMITS, "activate_place": "2/m/key"}
    settings.ACCOUNT_RATE_LIMITS = limits
    own, (card, code) = Client(), cards.issue(account.user, by=admin)
    own.post(address(card), {"code": code, **CHOSEN})
    own.post("/keluar/")
    _, code = cards.issue(account.user, by=admin)

    guess = {"code": "AAAA-AAAA", **CHOSEN}
    names = ["3399999991", "3399999992", "3399999993"]
    flood = [Client().post("/aktivasi/", {"name": it, **guess}).status_code for it in names]

    assert flood == [200, 200, 429]
    typed = {**guess, "name": account.user.username, "code": code}
    assert own.post("/aktivasi/", typed).status_code == 302


def test_a_code_opens_by_its_own_name_only(client, account, admin) -> None:
    cards.issue(account.user, by=admin)
    _, its_code = cards.issue(UserFactory(), by=admin)

    answer = client.post("/aktivasi/", {"name": account.user.username, "code": its_code, **CHOSEN})

    assert "tidak cocok" in answer.context["form"].errors["code"][0]


def test_the_name_to_sign_in_with_is_said_and_kept_with_the_password(
    client, account, admin
) -> None:
    card, code = cards.issue(account.user, by=admin)
    kept = f'value="{account.user.username}" autocomplete="username"'
    assert kept in client.get(address(card)).content.decode()

    page = client.post(address(card), {"code": code, **CHOSEN}, follow=True).content.decode()

    assert f"Nama masuk Anda: {account.user.username}" in page
    assert kept in client.get("/sandi/ganti/").content.decode()


def test_a_card_takes_a_second_factor_off_and_history_tells(account, admin) -> None:
    Authenticator.objects.create(user=account.user, type=Authenticator.Type.TOTP, data={})

    issue_account_card(account, by=admin)

    assert not Authenticator.objects.filter(user=account.user).exists()
    assert Entry.objects.about(account.user).get(verb="user.second_factor_reset").by == admin
    assert Entry.objects.about(account.village).filter(verb="village.second_factor_reset").exists()


def test_where_there_is_none_history_speaks_of_none(account, admin) -> None:
    issue_account_card(account, by=admin)

    assert not Entry.objects.filter(verb__endswith="second_factor_reset").exists()


def test_a_weak_password_spends_nothing(client, account, admin) -> None:
    card, code = cards.issue(account.user, by=admin)

    answer = client.post(address(card), {"code": code, "password1": "abc", "password2": "abc"})

    assert "password1" in answer.context["form"].errors
    assert again(card).is_open


def test_wrong_codes_are_counted_on_the_card_whoever_tries(account, admin) -> None:
    card, code = cards.issue(account.user, by=admin)
    other, its_code = cards.issue(UserFactory(), by=admin)
    for tried in range(10):
        answer = Client().post(address(card), {"code": "AAAA-AAAA", **CHOSEN})
        left = 9 - tried
        assert (f"Tersisa {left} percobaan" if left else "kartu baru") in answer.content.decode()

    assert Client().post(address(card), {"code": code, **CHOSEN}).status_code == 410
    assert Client().post(address(other), {"code": its_code, **CHOSEN}).status_code == 302
    assert not User.objects.get(pk=account.user_id).has_usable_password()


@pytest.mark.parametrize("over", ["newer card", "one-time password", "ended", "expired"])
def test_a_card_that_is_over_opens_nothing(client, sign_in, account, admin, over) -> None:
    card, code = cards.issue(account.user, by=admin)
    if over == "newer card":
        cards.issue(account.user, by=admin)
    elif over == "one-time password":
        actions.issue_password(account.user, by=admin)
    elif over == "ended":
        sign_in(admin).post(f"/akun-desa/{account.pk}/akhiri/")
    else:
        later = timezone.now() + timedelta(days=30, seconds=1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("accounts.models.card.timezone.now", lambda: later)
            assert not card.is_open
            with pytest.raises(TransitionRefused):
                cards.use(card, code=code, password=CHOSEN["password1"])
        return

    assert Client().post(address(card), {"code": code, **CHOSEN}).status_code == 410
    with pytest.raises(TransitionRefused):
        cards.use(card, code=code, password=CHOSEN["password1"])


def test_a_new_card_voids_what_waits_and_leaves_what_was_used(account, admin) -> None:
    used, code = issue_account_card(account, by=admin)
    cards.use(used, code=code, password=PASSWORD)
    waiting, _ = issue_account_card(account, by=admin)

    issue_account_card(account, by=admin)

    assert again(used).status == "used"
    assert again(waiting).status == "voided"


def test_a_card_ends_the_old_password_and_its_sessions(client, account, admin) -> None:
    client.force_login(account.user)
    assert client.get("/").status_code == 200

    cards.issue(account.user, by=admin)

    assert client.get("/")["Location"].startswith("/masuk/")
    assert not User.objects.get(pk=account.user_id).check_password(PASSWORD)


@pytest.mark.django_db(transaction=True)
def test_used_twice_at_once_it_opens_once() -> None:
    user = UserFactory()
    card, code = cards.issue(user, by=UserFactory())

    def use():
        return cards.use(card, code=code, password=CHOSEN["password1"])

    outcomes = together(*[use] * 4)

    assert sum(isinstance(it, User) for it in outcomes) == 1
    assert Entry.objects.about(user).filter(verb="user.card_used").count() == 1


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_are_all_counted() -> None:
    card, _ = cards.issue(UserFactory(), by=UserFactory())

    outcomes = together(*[lambda: cards.check(card, "AAAA")] * 6)

    assert all(isinstance(it, WrongCode) for it in outcomes)
    assert again(card).wrong_tries == 6


@pytest.mark.parametrize(
    ("changed", "promise"),
    [
        ({"status": "used"}, "card_settled_at_some_time"),
        ({"wrong_tries": 11}, "card_tries_are_few"),
        ({"code_hash": "x"}, "card_opens_once"),
        ({"expires_at": timezone.now() + timedelta(days=99)}, "card_opens_once"),
    ],
)
def test_the_database_refuses_what_cannot_be(changed, promise) -> None:
    card, _ = cards.issue(UserFactory(), by=UserFactory())

    with pytest.raises(IntegrityError) as refused:
        ActivationCard.objects.filter(pk=card.pk).update(**changed)

    assert refused.value.__cause__.diag.constraint_name == promise
