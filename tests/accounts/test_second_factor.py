"""The second factor: set up with real codes, asked for, needed by some roles, reset when lost."""

import re
import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client, override_settings
from django.utils import timezone

from accounts import links, second_factor, second_factor_adapter, tasks
from accounts.access import access_of
from accounts.actions import choose_notices, confirm_membership, issue_member_password
from accounts.models import SignIn, User
from audit.models import Entry
from desabinaan import health
from tests.factories import (
    PASSWORD,
    DesignationFactory,
    DirectorateFactory,
    MembershipFactory,
    OfficeFactory,
    UserFactory,
    VillageAccessFactory,
)
from tests.notices import mailed, post_after

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
APP, INDEX, CODE = "/keamanan/aplikasi/", "/keamanan/", "/masuk/kode/"


def code_now(secret: str = SECRET, *, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def with_app(user: User) -> User:
    Authenticator.objects.create(user=user, type="totp", data={"secret": encrypt(SECRET)})
    return user


def enter(client: Client, user: User, **more: str):
    return client.post("/masuk/", {"login": user.username, "password": PASSWORD, **more})


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def long_here(office):
    """A head whose grace is over."""
    head = UserFactory(head_of=office)
    User.objects.filter(pk=head.pk).update(created_at=timezone.now() - timedelta(days=31))
    return head


# --- Setting up ----------------------------------------------------------------------------------


def test_an_app_is_set_up_by_its_first_code(client, office) -> None:
    user = UserFactory(staff_of=office)
    enter(client, user)

    page = client.get(APP)
    secret = page.context["form"].secret
    assert "<svg" in page.content.decode()
    assert "data:image" not in page.content.decode()
    assert page.context["totp_url"].startswith("otpauth://totp/")
    wrong = client.post(APP, {"code": "000000"})
    assert "tidak cocok" in wrong.content.decode()
    done = client.post(APP, {"code": code_now(secret)}, follow=True)

    stored = Authenticator.objects.get(user=user, type="totp")
    assert secret not in str(stored.data)
    assert decrypt(stored.data["secret"]) == secret
    codes = re.findall(r'class="code">([\d-]+)<', done.content.decode())
    assert len(codes) == 10


@pytest.mark.parametrize("page", [APP, "/keamanan/kunci/"])
def test_a_link_that_anybody_may_ask_for_bars_nobody_from_setting_up(client, office, page) -> None:
    user = UserFactory(head_of=office, email="kepala@kanim.example")
    links.ask("kepala@kanim.example")
    tasks.mail_reset_links()
    enter(client, user)

    answer = client.get(page)

    assert answer.status_code == 200
    assert not EmailAddress.objects.exists()


def test_the_code_that_set_the_app_up_does_not_sign_in_as_well(client, office) -> None:
    user = UserFactory(staff_of=office)
    enter(client, user)
    secret = client.get(APP).context["form"].secret
    code = code_now(secret)
    client.post(APP, {"code": f"{code[:3]} {code[3:]}"})

    over_the_shoulder = Client()
    enter(over_the_shoulder, user)
    answer = over_the_shoulder.post(CODE, {"code": code})
    enter(client, user)
    next_one = client.post(CODE, {"code": code_now(secret, steps=1)})

    assert Authenticator.objects.filter(user=user, type="totp").exists()
    assert "tidak cocok" in answer.content.decode()
    assert "_auth_user_id" not in over_the_shoulder.session
    assert next_one.status_code == 302


def test_setting_up_is_remembered_and_mailed(
    client, office, django_capture_on_commit_callbacks
) -> None:
    user = UserFactory(staff_of=office, email="ratna@kantor.example")
    enter(client, user)
    secret = client.get(APP).context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        client.post(APP, {"code": code_now(secret)})
    (letter,) = post_after(timedelta(0))

    assert Entry.objects.about(user).filter(verb="user.second_factor_added").count() == 1
    assert letter.to == ["ratna@kantor.example"]
    assert "Faktor kedua dipasang" in letter.body


def test_an_old_session_says_its_password_again_first(client, office) -> None:
    user = UserFactory(staff_of=office)
    client.force_login(user)

    asked = client.get(APP)
    assert asked["Location"].startswith("/keamanan/sandi/?next=")
    refused = client.post(asked["Location"], {"password": "salah-sandinya"})
    assert "tidak cocok" in refused.content.decode()
    client.post(asked["Location"], {"password": PASSWORD, "next": APP})

    assert client.get(APP).status_code == 200


# --- Signing in ----------------------------------------------------------------------------------


def test_the_code_is_asked_for_before_anything_opens(client, office) -> None:
    user = with_app(UserFactory(staff_of=office))

    asked = enter(client, user, next="/desa/")
    assert asked["Location"] == CODE
    assert client.get("/desa/")["Location"].startswith("/masuk/")
    refused = client.post(CODE, {"code": "000000"})
    assert "tidak cocok" in refused.content.decode()
    done = client.post(CODE, {"code": code_now()})

    assert done["Location"] == "/desa/"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_session_lasts_as_it_would_without_a_second_factor(client) -> None:
    village = with_app(VillageAccessFactory().user)
    enter(client, village, own="on")
    client.post(CODE, {"code": code_now()})
    assert client.session.get_expiry_age() == 30 * 24 * 3600

    shared = Client()
    enter(shared, village)
    shared.post(CODE, {"code": code_now(steps=1)})
    assert shared.session.get_expire_at_browser_close()


@pytest.mark.parametrize("again", ["{0}{1}", "{0}-{1}", " {0} {1}"])
def test_a_code_counts_once_even_while_the_clock_would_still_take_it(client, office, again) -> None:
    user = with_app(UserFactory(staff_of=office))
    code = code_now()
    enter(client, user)
    client.post(CODE, {"code": code})
    cache.delete(TOTP(Authenticator.objects.get(user=user))._get_used_cache_key(code))

    second = Client()
    enter(second, user)
    answer = second.post(CODE, {"code": again.format(code[:3], code[3:])})

    assert "tidak cocok" in answer.content.decode()


def test_a_recovery_code_opens_once(client, office) -> None:
    user = with_app(UserFactory(staff_of=office))
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    enter(client, user)
    assert client.post(CODE, {"code": code})["Location"] == "/"

    again = Client()
    enter(again, user)
    assert again.post(CODE, {"code": code}).status_code == 200


def test_guessing_codes_is_stopped(client, office) -> None:
    user = with_app(UserFactory(staff_of=office))
    enter(client, user)
    for _ in range(10):
        client.post(CODE, {"code": "000000"})

    answer = client.post(CODE, {"code": code_now()})

    assert "Terlalu banyak" in answer.content.decode()
    assert "_auth_user_id" not in client.session


# --- Needed by some roles ------------------------------------------------------------------------


def test_heads_and_administrators_need_one_and_others_do_not(office) -> None:
    day = office.today() + timedelta(days=30)
    needed = {
        "head": UserFactory(head_of=office),
        "admin": UserFactory(admin_of=office),
        "staff": UserFactory(staff_of=office),
        "observer": UserFactory(observer_of=office.parent),
        "village": VillageAccessFactory().user,
    }

    from_when = {
        who: access_of(User.objects.get(pk=user.pk)).needs_second_factor_from
        for who, user in needed.items()
    }

    nothing = {"staff": None, "observer": None, "village": None}
    assert from_when == {"head": day, "admin": day, **nothing}


def test_a_role_that_begins_later_has_its_own_time(office, long_here) -> None:
    later = office.today() - timedelta(days=3)
    elsewhere = UserFactory()
    User.objects.filter(pk=elsewhere.pk).update(created_at=timezone.now() - timedelta(days=400))
    MembershipFactory(user=elsewhere, office=OfficeFactory(), role="admin", starts_on=later)

    access = access_of(User.objects.get(pk=elsewhere.pk))

    assert access.needs_second_factor_from == later + timedelta(days=30)


@pytest.mark.parametrize("first", ["plh", "plt", "admin"])
def test_who_holds_power_for_some_days_ever_anew_needs_one_too(office, first) -> None:
    today = office.today()
    deputy = UserFactory(staff_of=office, created_at=timezone.now() - timedelta(days=400))
    past = {"starts_on": today - timedelta(days=60), "ends_on": today - timedelta(days=54)}
    kind = {"role": "admin"} if first == "admin" else {"role": "head", "acting_kind": first}
    MembershipFactory(user=deputy, office=office, **kind, **past)
    between = access_of(deputy).needs_second_factor_from
    MembershipFactory(
        user=deputy, office=office, role="head", acting_kind="plh",
        starts_on=today, ends_on=today + timedelta(days=6),
    )  # fmt: skip

    access = access_of(User.objects.get(pk=deputy.pk))

    assert between is None
    assert access.needs_second_factor_from == past["starts_on"] + timedelta(days=30)


def test_days_in_which_a_role_awaited_are_not_counted(office) -> None:
    today = office.today()
    deputy = UserFactory(created_at=timezone.now() - timedelta(days=400))
    admin, head = UserFactory(admin_of=office), UserFactory(head_of=office)
    role = MembershipFactory(
        user=deputy, office=office, role="head", acting_kind="plh", awaits=True, given_by=admin,
        starts_on=today - timedelta(days=40), ends_on=today + timedelta(days=6),
    )  # fmt: skip
    before = access_of(deputy).needs_second_factor_from

    confirm_membership(role, by=head)

    assert before is None
    assert access_of(deputy).needs_second_factor_from == today + timedelta(days=30)


def test_until_then_the_desk_reminds_and_everything_opens(client, office) -> None:
    client.force_login(UserFactory(head_of=office))

    assert "mewajibkan faktor kedua mulai" in client.get("/").content.decode()
    assert client.get("/desa/").status_code == 200


def test_after_it_only_the_page_that_sets_it_up_opens(client, office, long_here) -> None:
    enter(client, long_here)

    assert client.get("/desa/")["Location"] == INDEX
    assert client.post("/kantor-aktif/")["Location"] == INDEX
    assert client.get("/desa/", headers={"hx-request": "true"})["HX-Redirect"] == INDEX
    assert client.get(INDEX).status_code == 200

    secret = client.get(APP).context["form"].secret
    client.post(APP, {"code": code_now(secret)})
    assert client.get("/desa/").status_code == 200


def test_the_last_factor_of_such_a_role_stays(client, long_here) -> None:
    with_app(long_here)
    enter(client, long_here)
    client.post(CODE, {"code": code_now()})

    page = client.post("/keamanan/aplikasi/lepas/")

    assert "mewajibkan faktor kedua" in page.content.decode()
    assert second_factor.is_set_up(long_here)


def test_staff_may_take_theirs_off(client, office) -> None:
    user = with_app(UserFactory(staff_of=office))
    enter(client, user)
    client.post(CODE, {"code": code_now()})

    assert client.get("/keamanan/aplikasi/lepas/").status_code == 200
    client.post("/keamanan/aplikasi/lepas/")

    assert not second_factor.is_set_up(user)
    assert Entry.objects.about(user).filter(verb="user.second_factor_removed").exists()


# --- Lost ----------------------------------------------------------------------------------------


def reset_url(office, person) -> str:
    return f"/kantor/{office.code}/orang/{person.pk}/faktor-kedua/"


def test_an_administrator_takes_a_lost_one_off_and_every_session_ends(
    sign_in, office, django_capture_on_commit_callbacks
) -> None:
    person = with_app(UserFactory(staff_of=office, email="ratna@kantor.example"))
    theirs = Client()
    theirs.force_login(person)
    theirs.get("/")
    admin = UserFactory(admin_of=office)

    sign_in(admin).post(reset_url(office, person))

    assert not Authenticator.objects.filter(user=person).exists()
    assert not SignIn.objects.filter(user=person).exists()
    assert theirs.get("/")["Location"].startswith("/masuk/")
    entry = Entry.objects.about(office).get(verb="office.second_factor_reset")
    assert (entry.by, entry.note) == (admin, person.name)
    assert person.check_password(PASSWORD)


@pytest.mark.parametrize("noted", [True, False])
def test_a_reset_ends_a_session_that_asked_for_nothing_yet(sign_in, office, noted) -> None:
    head = with_app(UserFactory(head_of=office))
    unused = Client()
    unused.force_login(head)
    if not noted:
        SignIn.objects.filter(user=head).delete()

    sign_in(UserFactory(admin_of=DirectorateFactory())).post(reset_url(office, head))

    assert unused.get("/keamanan/aplikasi/")["Location"].startswith("/masuk/")


def test_whose_it_is_hears_of_it_by_mail_even_who_wants_none() -> None:
    person = UserFactory(email="kepala@kantor.example")
    choose_notices(person, pace="never", muted=[], by=person)

    second_factor.take_off(person, by=UserFactory())
    letters = post_after(timedelta(0))

    assert [letter.to for letter in letters] == [["kepala@kantor.example"]]
    assert "Administrator melepas faktor kedua" in letters[0].body
    assert "Keamanan akun Anda" in letters[0].subject
    assert post_after() == []


def test_an_alarm_waits_for_the_mail_server_and_then_leaves(monkeypatch) -> None:
    person = UserFactory(email="kepala@kantor.example")
    second_factor.take_off(person, by=UserFactory())

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", _no_server)
        during = post_after(timedelta(0))
    health.note_mail(leaves=True)

    assert during == []
    assert len(post_after(timedelta(0))) == 1


def test_an_alarm_leaves_at_once_and_keeps_no_other_mail_waiting(office) -> None:
    head = mailed(head_of=office)
    DesignationFactory(office=office, submitted=True)
    second_factor.tell(head, "user.recovery_codes_renewed")

    at_once, later = post_after(timedelta(0)), post_after()

    assert ["Kode cadangan" in letter.body for letter in at_once] == [True]
    assert [letter.subject.partition(":")[0] for letter in later] == ["Usulan menunggu keputusan"]


def _no_server(*_args, **_kwargs):
    raise ConnectionRefusedError


def test_nobody_resets_what_opens_another_office(sign_in, office) -> None:
    person = with_app(UserFactory(staff_of=office, head_of=OfficeFactory()))
    national = with_app(UserFactory(admin_of=DirectorateFactory(), staff_of=office))
    admin = UserFactory(admin_of=office)
    client = sign_in(admin)

    answers = [client.post(reset_url(office, who)).status_code for who in (person, national, admin)]

    assert answers == [403, 403, 403]
    assert Authenticator.objects.count() == 2


@pytest.mark.parametrize("reset", ["second factor", "password"])
def test_a_reset_ends_the_days_of_grace_of_the_roles_held_by_then(office, reset) -> None:
    head = UserFactory(head_of=office, head_of__starts_on=office.today())
    national = UserFactory(admin_of=DirectorateFactory())
    before = access_of(head).needs_second_factor_from

    if reset == "password":
        issue_member_password(head, office, by=national)
    else:
        second_factor.reset(head, office, by=national)

    assert before == office.today() + timedelta(days=30)
    again = access_of(User.objects.get(pk=head.pk))
    assert again.needs_second_factor_from == office.today()


def test_a_role_given_after_a_reset_has_its_days_of_grace(office) -> None:
    user = UserFactory(created_at=timezone.now() - timedelta(days=400))
    second_factor.reset(user, office, by=UserFactory())
    User.objects.filter(pk=user.pk).update(reset_at=timezone.now() - timedelta(days=2))
    MembershipFactory(user=user, office=office, role="head", starts_on=office.today())

    access = access_of(User.objects.get(pk=user.pk))

    assert access.needs_second_factor_from == office.today() + timedelta(days=30)


# --- The portal's key is another -----------------------------------------------------------------

KEY, ANOTHER_KEY = settings.SECRET_KEY, "q8Ze" * 16
LOST_KEY = "kunci portal telah berganti"


@pytest.fixture
def sealed_before(office):
    """Who has an app and recovery codes, both sealed by a key that was lost since."""
    user = with_app(UserFactory(staff_of=office))
    RecoveryCodes.activate(user)
    second_factor_adapter.tell_operator.cache_clear()
    with override_settings(SECRET_KEY=ANOTHER_KEY):
        yield user


def test_a_code_that_the_key_no_longer_checks_is_answered_in_a_sentence(
    client, sealed_before, caplog
) -> None:
    enter(client, sealed_before)

    answers = [client.post(CODE, {"code": code}) for code in (code_now(), "12345678")]

    for answer in answers:
        assert answer.status_code == 200
        said = answer.content.decode()
        assert LOST_KEY in said
        assert "administrator nasional" in said
    assert "_auth_user_id" not in client.session
    [line] = [it for it in caplog.records if it.levelname == "ERROR"]
    assert "SECRET_KEY_FALLBACKS" in line.getMessage()
    assert line.exc_info is None


def test_the_old_key_beside_the_new_one_opens_again(client, sealed_before) -> None:
    with override_settings(SECRET_KEY_FALLBACKS=[KEY]):
        enter(client, sealed_before)
        answer = client.post(CODE, {"code": code_now()})

    assert answer["Location"] == "/"


def test_pages_of_one_s_own_second_factor_say_what_the_key_no_longer_opens(
    client, sealed_before
) -> None:
    client.force_login(sealed_before)
    client.post("/keamanan/sandi/", {"password": PASSWORD})

    page = client.get(INDEX)
    codes = client.get("/keamanan/kode-cadangan/")

    assert page.content.decode().count("Tidak dapat diperiksa") == 2
    assert LOST_KEY in page.content.decode()
    assert codes["Location"] == INDEX
    assert client.get("/keamanan/aplikasi/lepas/").status_code == 200


def test_new_recovery_codes_open_beside_an_app_that_the_key_no_longer_checks(
    client, sealed_before
) -> None:
    client.force_login(sealed_before)
    client.post("/keamanan/sandi/", {"password": PASSWORD})
    fresh = "/keamanan/kode-cadangan/baru/"
    assert client.get(fresh).status_code == 200
    page = client.post(fresh, follow=True)
    codes = re.findall(r'class="code">([\d-]+)<', page.content.decode())

    elsewhere = Client()
    enter(elsewhere, sealed_before)
    refused = elsewhere.post(CODE, {"code": "000000"})
    done = elsewhere.post(CODE, {"code": codes[0]})
    again = Client()
    enter(again, sealed_before)
    second = again.post(CODE, {"code": codes[0]})

    assert LOST_KEY in refused.content.decode()
    assert done["Location"] == "/"
    assert LOST_KEY in second.content.decode()


def test_an_app_set_up_anew_opens_beside_codes_that_the_key_no_longer_checks(
    client, sealed_before
) -> None:
    Authenticator.objects.filter(user=sealed_before, type="totp").delete()
    with_app(sealed_before)
    enter(client, sealed_before)

    mistyped = client.post(CODE, {"code": "000000"})
    code = code_now()
    done = client.post(CODE, {"code": code})
    again = Client()
    enter(again, sealed_before)

    assert mistyped.status_code == 200
    assert done["Location"] == "/"
    assert "_auth_user_id" not in again.session
    assert again.post(CODE, {"code": code}).status_code == 200


MALFORMED = [
    "{}", "null", "[]", '"x"', "1", '{"id": 1}', "[" * 2000, r'"\ud800"', '{"response": []}',
    '{"response": {"clientDataJSON": 5}}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {}}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": '
    '{"clientDataJSON": "e30", "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YUEA"}}',
]  # fmt: skip


@pytest.mark.parametrize("answer", MALFORMED)
def test_a_passkey_that_no_browser_made_is_a_wrong_one(client: Client, answer: str) -> None:
    user = with_app(UserFactory())
    enter(client, user)

    to_enter = client.post(CODE, {"credential": answer})
    client.force_login(user)
    client.get("/keamanan/kunci/")
    to_add = client.post("/keamanan/kunci/", {"credential": answer, "name": "x"})

    assert [to_enter.status_code, to_add.status_code] in ([200, 200], [200, 302])
    assert Authenticator.objects.filter(type="webauthn").count() == 0
