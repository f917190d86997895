"""The village's account: given by the office's administrator, its password told once."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.actions import Person
from accounts.models import User
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    PASSWORD,
    MembershipFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
    VillageAccessFactory,
    VillageFactory,
)
from tests.races import together
from villages import actions
from villages.models import VillageAccess

pytestmark = pytest.mark.django_db
SECRETARY = {
    "handed_over": "password",
    "name": "Slamet Riyanto",
    "title": "Sekretaris Desa",
    "email": "",
}


@pytest.fixture
def village():
    return VillageFactory(region=RegionFactory(code="33.07.06.2009"))


@pytest.fixture
def browser(sign_in, village):
    return sign_in(UserFactory(admin_of=village.office))


def page(village) -> str:
    return f"/desa/{village.pk}/akun/"


def test_an_account_is_given_with_a_password_that_shows_once(browser, village) -> None:
    response = browser.post(page(village), SECRETARY)

    account = VillageAccess.objects.get(village=village)
    assert account.user.username == "3307062009"
    assert account.user.check_password(response.context["password"])
    assert "no-store" in response["Cache-Control"]
    assert response.context["password"] not in browser.get(page(village)).content.decode()
    assert Entry.objects.about(village).get(verb="village.account_given").note == "Slamet Riyanto"


def test_the_office_notes_an_address_for_who_had_none(browser, village, sign_in) -> None:
    account = VillageAccessFactory(village=village)
    told = sign_in(account.user).get("/pemberitahuan/").content.decode()
    browser = sign_in(UserFactory(admin_of=village.office))

    browser.post(f"/akun-desa/{account.pk}/surel/", {"email": "Desa@Example.ID"})
    browser.post(f"/akun-desa/{account.pk}/surel/", {"email": "desa@example.id"})  # twice

    user = User.objects.get(pk=account.user_id)
    assert "Mintalah administrator kantor imigrasi yang membina desa Anda" in told
    assert (user.email, user.username) == ("desa@example.id", account.user.username)
    (entry,) = Entry.objects.about(village).filter(verb="village.email_settled")
    assert entry.note == user.name
    assert not Entry.objects.filter(data__icontains="example.id").exists()


def test_who_signs_in_with_an_address_takes_the_new_one(browser, village) -> None:
    user = UserFactory(username="lama@example.id", email="lama@example.id")
    account = VillageAccessFactory(village=village, user=user)

    browser.post(f"/akun-desa/{account.pk}/surel/", {"email": "baru@example.id"})

    user.refresh_from_db()
    assert (user.username, user.email) == ("baru@example.id", "baru@example.id")


@pytest.mark.parametrize("email", ["ada@example.id", "bukan-surel", ""])
def test_an_address_that_is_anothers_or_none_is_refused(browser, village, email) -> None:
    UserFactory(email="ada@example.id")
    account = VillageAccessFactory(village=village)

    answer = browser.post(f"/akun-desa/{account.pk}/surel/", {"email": email})

    assert answer.context["form"].errors["email"]
    account.user.refresh_from_db()
    assert account.user.email == ""


def test_the_name_with_points_is_ones_own_or_not_told(browser, village) -> None:
    browser.post(page(village), SECRETARY)
    second = browser.post(page(village), {**SECRETARY, "name": "Tri Handayani"})
    named = VillageAccessFactory(village=village, user=UserFactory(username="desa@example.id"))
    by_address = browser.post(f"/akun-desa/{named.pk}/sandi/").content.decode()

    assert ">33.07.06.2009-2</span>" in second.content.decode()
    assert "33.07.06.2009" not in by_address


def test_the_address_to_sign_in_at_is_the_portals_own(browser, village, settings) -> None:
    settings.PORTAL_URL = "https://portal.example"

    issued = browser.post(page(village), SECRETARY).content.decode()

    assert '<span class="code">portal.example</span>' in issued
    assert "testserver" not in issued


def test_a_second_person_gets_a_name_of_their_own(browser, village) -> None:
    browser.post(page(village), SECRETARY)
    browser.post(page(village), {**SECRETARY, "name": "Tri Handayani"})

    names = set(VillageAccess.objects.values_list("user__username", flat=True))
    assert names == {"3307062009", "3307062009-2"}


def test_a_second_click_gives_no_second_account(browser, village) -> None:
    browser.post(page(village), SECRETARY)

    again = browser.post(page(village), SECRETARY)

    assert "name" in again.context["form"].errors
    assert VillageAccess.objects.count() == 1


def test_an_address_in_use_is_refused_at_its_field(browser, village) -> None:
    UserFactory(email="desa@example.id")

    response = browser.post(page(village), {**SECRETARY, "email": "Desa@example.id"})

    assert "email" in response.context["form"].errors
    assert not VillageAccess.objects.exists()


def test_a_forgotten_password_is_replaced(browser, village) -> None:
    account = VillageAccessFactory(village=village)

    assert browser.get(f"/akun-desa/{account.pk}/sandi/").status_code == 200
    response = browser.post(f"/akun-desa/{account.pk}/sandi/")

    account.user.refresh_from_db()
    assert account.user.check_password(response.context["password"])


def test_a_password_that_would_open_an_office_is_not_issued_here(browser, village) -> None:
    account = VillageAccessFactory(village=village)
    MembershipFactory(user=account.user)

    assert browser.post(f"/akun-desa/{account.pk}/sandi/").status_code == 403


def test_an_ended_account_sees_the_village_no_more(browser, sign_in, village) -> None:
    account = VillageAccessFactory(village=village)
    assert browser.get(f"/akun-desa/{account.pk}/akhiri/").status_code == 200

    browser.post(f"/akun-desa/{account.pk}/akhiri/")

    account.refresh_from_db()
    assert not account.is_live()
    assert sign_in(account.user).get(f"/desa/{village.pk}/").status_code == 404


def test_an_account_given_today_ends_at_once(browser, village) -> None:
    browser.post(page(village), SECRETARY)
    account = VillageAccess.objects.get(village=village)
    official = Client()
    official.force_login(account.user)
    User.objects.update(must_change_password=False)
    assert official.get(f"/desa/{village.pk}/").status_code == 200

    browser.post(f"/akun-desa/{account.pk}/akhiri/")

    assert official.get(f"/desa/{village.pk}/").status_code == 404
    assert Entry.objects.about(village).filter(verb="village.account_ended").count() == 1


def test_the_pages_of_an_ended_account_lead_back_with_a_sentence(browser, village) -> None:
    account = VillageAccessFactory(village=village)
    browser.post(f"/akun-desa/{account.pk}/akhiri/")

    for step in ("akhiri", "sandi"):
        for ask in (browser.get, browser.post):
            response = ask(f"/akun-desa/{account.pk}/{step}/", follow=True)
            assert response.request["PATH_INFO"] == page(village)
            assert f"Akun {account.user} sudah berakhir." in response.content.decode()
    account.user.refresh_from_db()
    assert account.user.check_password(PASSWORD)
    assert Entry.objects.about(village).count() == 1


def test_an_account_ended_meanwhile_gets_no_password(village) -> None:
    account = VillageAccessFactory(village=village)
    stale = VillageAccess.objects.with_page().get(pk=account.pk)
    actions.end_account(account, by=account.created_by)

    with pytest.raises(TransitionRefused):
        actions.issue_account_password(stale, by=account.created_by)
    with pytest.raises(TransitionRefused):
        actions.end_account(stale, by=account.created_by)


@pytest.mark.django_db(transaction=True)
def test_the_same_account_given_twice_at_once_is_given_once() -> None:
    village = VillageFactory()
    by, person = UserFactory(admin_of=village.office), Person("Slamet Riyanto")

    outcomes = together(
        *[lambda: actions.give_account(village, person=person, title="Sekretaris", by=by)] * 4
    )

    assert sum(isinstance(it, ValidationError) for it in outcomes) == 3
    assert village.accesses.count() == 1


@pytest.mark.django_db(transaction=True)
def test_accounts_of_several_people_at_once_get_names_of_their_own() -> None:
    village = VillageFactory()
    by = UserFactory(admin_of=village.office)
    people = [Person(name) for name in ("Slamet Riyanto", "Tri Handayani", "Joko Susilo")]

    outcomes = together(
        *(
            lambda person=person: actions.give_account(village, person=person, title="", by=by)
            for person in people
        )
    )

    code = village.region.code.replace(".", "")
    names = {access.user.username for access, _ in outcomes}
    assert names == {code, f"{code}-2", f"{code}-3"}


def test_the_page_is_the_administrators(sign_in, village) -> None:
    account = VillageAccessFactory(village=village)
    pages = [page(village), f"/akun-desa/{account.pk}/sandi/", f"/akun-desa/{account.pk}/akhiri/"]

    for address in pages:
        assert sign_in(UserFactory(staff_of=village.office)).get(address).status_code == 403
        assert sign_in(UserFactory(admin_of=OfficeFactory())).get(address).status_code == 404
