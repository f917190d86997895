"""An administrator's people: added with a role, never above the administrator's own reach."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client

from accounts import actions
from accounts.models import Membership, Office, User
from accounts.permissions import roles_given_in
from audit.models import Entry
from tests.factories import (
    PASSWORD,
    AssignmentFactory,
    DirectorateFactory,
    MembershipFactory,
    OfficeFactory,
    OfficerFactory,
    RegionalOfficeFactory,
    UserFactory,
    VillageAccessFactory,
    VillageFactory,
)
from tests.races import together

pytestmark = pytest.mark.django_db
ADD = "/kantor/kanim-a/orang/tambah/"


@pytest.fixture
def office():
    return OfficeFactory(code="kanim-a")


@pytest.fixture
def admin(office):
    return UserFactory(admin_of=office)


def typed(office, **changed):
    facts = {
        "sign_in_name": "19860926 201505 1 001",
        "name": "Ratna Wulandari, S.H.",
        "email": "",
        "rank": "III/d",
        "role": "staff",
        "acting_kind": "definitive",
        "title": "Analis Keimigrasian",
        "starts_on": office.today().isoformat(),
        "ends_on": "",
    }
    return {**facts, **changed}


def test_somebody_new_gets_an_account_a_role_and_a_password_shown_once(
    client, sign_in, office, admin
) -> None:
    response = sign_in(admin).post(ADD, typed(office))

    user = User.objects.get(username="198609262015051001")
    password = response.context["password"]
    assert user.check_password(password)
    assert user.must_change_password
    assert Membership.objects.get(user=user).role == "staff"
    assert password in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert password not in client.get("/kantor/kanim-a/").content.decode()
    assert password not in str(dict(client.session))
    assert not Entry.objects.filter(data__icontains=password).exists()


def test_the_history_of_the_office_tells_who_gave_which_role(sign_in, office, admin) -> None:
    sign_in(admin).post(ADD, typed(office))

    entry = Entry.objects.about(office).get(verb="membership.started")
    assert entry.by == admin
    assert entry.note.startswith("Ratna Wulandari, S.H.: Analis Keimigrasian, sejak ")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sign_in_name", "123"),
        ("sign_in_name", "3307062009"),
        ("name", ""),
        ("role", "observer"),  # a Kanim observes nobody
        ("role", "national"),
        ("starts_on", "bukan tanggal"),
        ("ends_on", "2001-01-01"),
        ("acting_kind", "plh"),  # not for staff
    ],
)
def test_what_cannot_be_is_said_at_its_field(sign_in, office, admin, field, value) -> None:
    response = sign_in(admin).post(ADD, typed(office, **{field: value}))

    assert field in response.context["form"].errors
    assert not User.objects.filter(username="198609262015051001").exists()


def test_an_acting_head_needs_a_last_day(sign_in, office, admin) -> None:
    response = sign_in(admin).post(ADD, typed(office, role="head", acting_kind="plh"))

    assert "ends_on" in response.context["form"].errors


def test_an_acting_head_stands_beside_a_present_head(sign_in, office, admin) -> None:
    MembershipFactory(office=office, role="head")
    last = office.today() + timedelta(days=5)

    sign_in(admin).post(
        ADD, typed(office, role="head", acting_kind="plh", ends_on=last.isoformat())
    )

    acting = Membership.objects.get(acting_kind="plh")
    assert acting.ends_on == last


def test_a_second_head_at_the_same_time_is_refused_and_no_account_is_left(
    sign_in, office, admin
) -> None:
    MembershipFactory(office=office, role="head")

    response = sign_in(admin).post(ADD, typed(office, role="head"))

    assert "sudah memiliki kepala" in response.content.decode()
    assert not User.objects.filter(username="198609262015051001").exists()


def test_the_database_knows_one_head_of_an_office_at_a_time(office) -> None:
    MembershipFactory(office=office, role="head")

    with pytest.raises(IntegrityError, match="membership_one_head_at_a_time"):
        MembershipFactory(office=office, role="head")


def test_a_known_person_gets_the_role_after_a_page_that_names_nobody(
    client, sign_in, office, admin
) -> None:
    known = UserFactory(username="198609262015051001", name="Bagas Rahasia")
    yesterday = office.today() - timedelta(days=1)
    MembershipFactory(user=known, role="staff", ends_on=yesterday)  # left another office
    sign_in(admin)

    asked = client.post(ADD, typed(office)).content.decode()
    assert "Bagas Rahasia" not in asked
    assert "tidak cocok dengan nama" in asked
    assert not Membership.objects.filter(user=known, office=office).exists()

    done = client.post(ADD, typed(office, confirmed="1"))
    assert done["Location"] == "/kantor/kanim-a/"
    known.refresh_from_db()
    assert known.name == "Bagas Rahasia"
    assert known.check_password(PASSWORD)
    assert Membership.objects.filter(user=known, office=office).exists()


def places(elsewhere: Office, known: User, place: str) -> None:
    """Give somebody a place in another office."""
    tomorrow = elsewhere.today() + timedelta(days=1)
    match place:
        case "serves":
            MembershipFactory(user=known, office=elsewhere, role="staff")
        case "soon":
            MembershipFactory(user=known, office=elsewhere, role="staff", starts_on=tomorrow)
        case "awaited":
            by = UserFactory(admin_of=elsewhere)
            MembershipFactory(user=known, office=elsewhere, role="head", awaits=True, given_by=by)
        case "guides":
            OfficerFactory(user=known, office=elsewhere)


@pytest.mark.parametrize("place", ["serves", "soon", "awaited", "guides"])
@pytest.mark.parametrize("confirmed", [{}, {"confirmed": "1"}])
def test_who_serves_elsewhere_is_invited_and_answers_themselves(
    sign_in, office, admin, place, confirmed
) -> None:
    elsewhere = OfficeFactory(name="Kantor Imigrasi Rahasia")
    known = UserFactory(name="Bagas Rahasia", email="bagas@kantor.example")
    places(elsewhere, known, place)
    facts = typed(office, sign_in_name=known.email, name="Bu Bagas", **confirmed)

    answer = sign_in(admin).post(ADD, facts)

    page = answer.content.decode()
    assert not known.memberships.filter(office=office).exists()
    assert "sudah bertugas di tempat lain" in page
    assert "Rahasia" not in page
    assert known.username not in page
    assert 'action="/kantor/kanim-a/undang/"' in page
    filled = {name: answer.context["form"][name].value() for name in ("name", "email", "title")}
    assert filled == {"name": "Bu Bagas", "email": known.email, "title": facts["title"]}
    assert answer.context["form"]["role"].value() == "staff"


def test_a_number_leads_to_the_invitation_too_which_asks_for_the_address(
    sign_in, office, admin
) -> None:
    known = UserFactory(email="bagas@kantor.example", staff_of=OfficeFactory())

    answer = sign_in(admin).post(ADD, typed(office, sign_in_name=known.username))

    form = answer.context["form"]
    assert (form["username"].value(), form["email"].value()) == (known.username, "")
    assert known.email not in answer.content.decode()


def test_who_keeps_both_offices_or_the_nation_gives_the_role_as_before(sign_in, office) -> None:
    elsewhere = OfficeFactory()
    both = UserFactory(admin_of=office)
    MembershipFactory(user=both, office=elsewhere, role="admin")
    for by in (both, UserFactory(admin_of=DirectorateFactory())):
        known = UserFactory(staff_of=elsewhere)
        facts = typed(office, sign_in_name=known.username, confirmed="1")

        assert sign_in(by).post(ADD, facts).status_code == 302
        assert known.memberships.filter(office=office).exists()


def test_who_serves_here_already_gets_a_further_role_here(sign_in, office, admin) -> None:
    known = UserFactory(staff_of=office)
    MembershipFactory(user=known, role="staff")
    facts = typed(office, sign_in_name=known.username, role="admin", confirmed="1")

    sign_in(admin).post(ADD, facts)

    assert known.memberships.filter(office=office, role="admin").exists()


def test_a_known_address_is_found_in_any_spelling(sign_in, office, admin) -> None:
    UserFactory(email="ratna@example.id")

    page = sign_in(admin).post(ADD, typed(office, sign_in_name="Ratna@Example.id"))

    assert "Akun ini sudah ada" in page.content.decode()


def test_an_administrator_gives_themselves_no_role(sign_in, office, admin) -> None:
    response = sign_in(admin).post(
        ADD, typed(office, sign_in_name=admin.username, role="head", confirmed="1")
    )

    assert "sign_in_name" in response.context["form"].errors
    assert not Membership.objects.filter(user=admin, role="head").exists()


@pytest.mark.parametrize(
    "known", [{"username": "3307062009", "email": "desa@b.id"}, {"is_active": False}]
)
def test_a_village_or_closed_account_gets_no_office_role(sign_in, office, admin, known) -> None:
    UserFactory(**{"username": "198609262015051001", "email": "desa@b.id", **known})

    response = sign_in(admin).post(ADD, typed(office, sign_in_name="desa@b.id", confirmed="1"))

    assert "sign_in_name" in response.context["form"].errors


@pytest.mark.parametrize("ends_on", [None, "2021-01-01"])
def test_a_village_s_account_that_signs_in_by_address_gets_no_office_role(
    sign_in, office, admin, ends_on
) -> None:
    official = UserFactory(username="desa@pakuncen.example", email="desa@pakuncen.example")
    VillageAccessFactory(user=official, ends_on=ends_on)

    answer = sign_in(admin).post(
        ADD, typed(office, sign_in_name="desa@pakuncen.example", confirmed="1")
    )

    assert "akun desa" in answer.context["form"].errors["sign_in_name"][0]
    assert not official.memberships.exists()


def test_the_door_itself_refuses_a_village_s_account(office, admin) -> None:
    role = MembershipFactory.build(user=VillageAccessFactory().user, office=office)

    with pytest.raises(ValidationError, match="akun desa"):
        actions.start_membership(role, by=admin)


def test_a_kanwil_may_have_observers(sign_in) -> None:
    kanwil = RegionalOfficeFactory()
    admin = UserFactory(admin_of=kanwil)

    sign_in(admin).post(f"/kantor/{kanwil.code}/orang/tambah/", typed(kanwil, role="observer"))

    assert Membership.objects.filter(office=kanwil, role="observer").exists()


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        ("immigration_office", {"staff", "head", "admin"}),
        ("regional", {"observer", "admin"}),
        ("directorate", {"observer", "admin"}),
        ("detention_house", {"admin"}),
    ],
)
def test_only_a_kanim_prepares_and_decides(kind: str, roles: set[str]) -> None:
    assert set(roles_given_in(OfficeFactory.build(kind=kind, parent=None))) == roles


@pytest.mark.parametrize("role", ["staff", "head"])
def test_a_kanwil_gets_no_staff_and_no_head(sign_in, role) -> None:
    kanwil = RegionalOfficeFactory()
    admin = UserFactory(admin_of=kanwil)

    sign_in(admin).post(f"/kantor/{kanwil.code}/orang/tambah/", typed(kanwil, role=role))

    assert not Membership.objects.filter(office=kanwil, role=role).exists()


def test_a_kanwil_is_not_asked_for_a_head(sign_in) -> None:
    kanwil = RegionalOfficeFactory()
    client = sign_in(UserFactory(admin_of=kanwil))

    pages = [client.get(address).content.decode() for address in ("/", f"/kantor/{kanwil.code}/")]

    assert not [page for page in pages if "ada kepala" in page]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", ["staff", "head"])
def test_the_same_role_given_twice_at_once_is_given_once(role) -> None:
    office = OfficeFactory(code="kanim-a")
    by, person, other = UserFactory(admin_of=office), UserFactory(), UserFactory()
    people = [person, other if role == "head" else person] * 4

    def give(user):
        membership = Membership(user=user, office=office, role=role, starts_on=office.today())
        return actions.start_membership(membership, by=by)

    outcomes = together(*(lambda user=user: give(user) for user in people))

    refusals = [it for it in outcomes if isinstance(it, ValidationError)]
    assert (len(refusals), office.memberships.filter(role=role).count()) == (7, 1)
    assert Entry.objects.about(office).filter(verb="membership.started").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "email"),
    [("198609262015051001", "ratna@example.id"), ("ratna@example.id", "")],
    ids=["NIP", "address"],
)
def test_added_six_times_at_once_there_is_one_account_and_a_sentence_for_the_others(
    name, email
) -> None:
    office = OfficeFactory(code="kanim-a")
    browsers = [Client() for _ in range(6)]
    for browser in browsers:
        browser.force_login(UserFactory(admin_of=office))
    facts = typed(office, sign_in_name=name, email=email)

    answers = together(*(lambda it=it: it.post(ADD, facts) for it in browsers))

    assert [getattr(it, "status_code", it) for it in answers] == [200] * 6
    pages = [it.content.decode() for it in answers]  # the rest is noted for all threads in one
    others = [it for it in pages if "hanya tampil sekali" not in it]
    assert len(others) == 5
    assert all("Sudah ada akun dengan" in it for it in others)
    assert User.objects.filter(memberships__role="staff").count() == 1
    assert Entry.objects.about(office).filter(verb="membership.started").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "settle",
    [
        lambda it, by: actions.settle_email(it, email="ratna@example.id", by=by),
        lambda it, by: actions.settle_employment(
            it, nip="198609262015051001", employment="", rank="", by=by
        ),
    ],
    ids=["address", "number"],
)
def test_an_address_or_number_settled_for_two_people_at_once_is_one_person_s(settle) -> None:
    by, people = UserFactory(), UserFactory.create_batch(4)

    outcomes = together(*(lambda it=it: settle(it, by) for it in people))

    refused = [it for it in outcomes if not isinstance(it, User)]
    assert [type(it) for it in refused] == [ValidationError] * 3


# --- Roles end ----------------------------------------------------------------------------------


def end_url(membership) -> str:
    return f"/kantor/{membership.office.code}/peran/{membership.pk}/akhiri/"


def test_a_role_ends_on_its_last_day_with_a_reason(sign_in, office, admin) -> None:
    role = MembershipFactory(office=office)
    last = office.today() + timedelta(days=3)

    sign_in(admin).post(end_url(role), {"ends_on": last.isoformat(), "reason": "Mutasi"})

    role.refresh_from_db()
    assert role.ends_on == last
    assert "Mutasi" in Entry.objects.about(office).get(verb="membership.ended").note


def test_a_role_can_end_at_once_but_not_in_the_past(client, sign_in, office, admin) -> None:
    role = MembershipFactory(office=office)
    sign_in(admin)

    last_week = office.today() - timedelta(days=7)
    refused = client.post(end_url(role), {"ends_on": last_week.isoformat()})
    assert "ends_on" in refused.context["form"].errors

    yesterday = office.today() - timedelta(days=1)
    client.post(end_url(role), {"ends_on": yesterday.isoformat()})
    role.refresh_from_db()
    assert not role.is_live()


def test_a_role_noted_by_mistake_today_is_struck_out(sign_in, office, admin) -> None:
    role = MembershipFactory(office=office, role="head", starts_on=office.today())

    sign_in(admin).post(end_url(role), {"mistaken": "on", "ends_on": "", "reason": "Salah orang"})

    assert not Membership.objects.filter(pk=role.pk).exists()
    assert "Salah orang" in Entry.objects.about(office).get(verb="membership.cancelled").note


def test_a_role_that_has_counted_is_not_struck_out(sign_in, office, admin) -> None:
    role = MembershipFactory(office=office)

    sign_in(admin).post(end_url(role), {"mistaken": "on", "ends_on": ""})

    assert Membership.objects.filter(pk=role.pk, ends_on=None).exists()


def test_an_administrator_does_not_end_their_own_role(sign_in, office, admin) -> None:
    mine = admin.memberships.get()

    response = sign_in(admin).post(end_url(mine), {"ends_on": office.today().isoformat()})

    assert response.status_code == 403
    assert "administrator lain" in response.content.decode()


# --- New passwords ------------------------------------------------------------------------------


def password_url(office, person) -> str:
    return f"/kantor/{office.code}/orang/{person.pk}/sandi/"


def test_a_forgotten_password_is_replaced_and_shown_once(client, sign_in, office, admin) -> None:
    person = UserFactory(staff_of=office)
    sign_in(admin)

    assert client.get(password_url(office, person)).status_code == 200
    response = client.post(password_url(office, person))

    person.refresh_from_db()
    assert person.check_password(response.context["password"])
    assert person.must_change_password
    assert Entry.objects.about(office).filter(verb="office.password_issued").exists()


def test_nobody_gets_a_password_that_opens_another_office(sign_in, office, admin) -> None:
    person = UserFactory(staff_of=office)
    MembershipFactory(user=person, office=OfficeFactory(), role="staff")

    response = sign_in(admin).post(password_url(office, person))

    assert response.status_code == 403
    assert "kantor lain" in response.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_no_office_issues_a_password_that_opens_a_village(sign_in, office, admin) -> None:
    person = UserFactory(staff_of=office, village=VillageFactory())

    response = sign_in(admin).post(password_url(office, person))

    assert response.status_code == 403
    assert "halaman desanya" in response.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_national_administrator_is_out_of_reach_of_an_office(sign_in, office, admin) -> None:
    national = UserFactory(admin_of=DirectorateFactory(), staff_of=office)

    assert sign_in(admin).post(password_url(office, national)).status_code == 403


def test_the_national_administrator_helps_everybody(sign_in, office) -> None:
    national = UserFactory(admin_of=DirectorateFactory())
    person = UserFactory(staff_of=office, head_of=OfficeFactory())

    assert sign_in(national).post(password_url(office, person)).status_code == 200


def test_somebody_who_left_the_office_is_no_longer_found(sign_in, office, admin) -> None:
    yesterday = office.today() - timedelta(days=1)
    person = UserFactory(staff_of=office, staff_of__ends_on=yesterday)

    assert sign_in(admin).post(password_url(office, person)).status_code == 404


def test_ones_own_password_is_not_issued(sign_in, office, admin) -> None:
    assert sign_in(admin).post(password_url(office, admin)).status_code == 403


def test_a_pimpasa_of_another_office_is_out_of_reach(sign_in, office, admin) -> None:
    """A role in the office gives no power over an account that serves elsewhere."""
    guide = AssignmentFactory().officer.user
    MembershipFactory(user=guide, office=office, role="staff")
    browser = sign_in(admin)

    answers = [
        browser.post(f"/kantor/{office.code}/orang/{guide.pk}/{what}/")
        for what in ("sandi", "faktor-kedua")
    ]

    guide.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403, 403]
    assert "kantor lain" in answers[0].content.decode()
    assert guide.check_password(PASSWORD)


@pytest.mark.parametrize("place", ["serves", "soon", "guides", "left", "kept", "nowhere"])
def test_the_office_s_page_offers_a_new_password_where_it_may_be_issued(
    sign_in, office, admin, place
) -> None:
    elsewhere, person = OfficeFactory(), UserFactory(staff_of=office)
    places(elsewhere, person, place)
    if place == "left":
        MembershipFactory(user=person, office=elsewhere, role="staff", ends_on="2021-01-01")
    if place == "kept":
        MembershipFactory(user=person, office=elsewhere, role="staff")
        MembershipFactory(user=admin, office=elsewhere, role="admin")
    browser = sign_in(admin)

    page = browser.get("/kantor/kanim-a/").content.decode()
    answers = [
        browser.get(f"/kantor/kanim-a/orang/{person.pk}/{what}/").status_code
        for what in ("sandi", "faktor-kedua")
    ]

    offered = place in {"left", "kept", "nowhere"}
    assert answers == ([200, 200] if offered else [403, 403])
    assert (f"Sandi baru untuk {person.name}" in page) is offered
    assert (f"Faktor kedua {person.name}" in page) is offered
    assert f"Akhiri peran {person.name}" in page


def test_a_pimpasa_of_one_s_own_office_is_within_reach(sign_in, office, admin) -> None:
    guide = OfficerFactory(office=office, user=UserFactory(staff_of=office)).user

    assert sign_in(admin).post(password_url(office, guide)).status_code == 200


@pytest.mark.parametrize("role", ["head", "admin"])
@pytest.mark.parametrize("when", ["now", "before", "soon"])
def test_no_administrator_of_an_office_becomes_its_head(sign_in, office, admin, role, when) -> None:
    days = {"now": (-9, None), "before": (-9, -1), "soon": (3, None)}[when]
    starts_on, ends_on = (d and office.today() + timedelta(days=d) for d in days)
    person = UserFactory(staff_of=office)
    MembershipFactory(user=person, office=office, role=role, starts_on=starts_on, ends_on=ends_on)
    browser = sign_in(admin)

    page = browser.get(f"/kantor/{office.code}/").content.decode()
    answers = [
        browser.post(f"/kantor/{office.code}/orang/{person.pk}/{what}/")
        for what in ("sandi", "faktor-kedua")
    ]

    person.refresh_from_db()
    assert f"/orang/{person.pk}/sandi/" not in page
    assert f"/orang/{person.pk}/faktor-kedua/" not in page
    assert [answer.status_code for answer in answers] == [403, 403]
    assert "administrator nasional" in answers[0].content.decode()
    assert person.check_password(PASSWORD)


def test_a_national_administrator_is_helped_by_another_one(sign_in) -> None:
    ditjen = DirectorateFactory()
    one, other = UserFactory(admin_of=ditjen), UserFactory(admin_of=ditjen)
    browser = sign_in(one)

    assert browser.post(password_url(ditjen, other)).status_code == 200
    assert browser.post(password_url(ditjen, one)).status_code == 403
