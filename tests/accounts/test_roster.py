"""The overview of roles: who serves where, until when, and who is missing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.browser.scene import with_second_factor
from tests.factories import (
    DirectorateFactory,
    MembershipFactory,
    OfficeFactory,
    RegionalOfficeFactory,
    UserFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/peran/"


@pytest.fixture
def office():
    return OfficeFactory(code="kanim-a")


@pytest.fixture
def nation():
    return UserFactory(admin_of=DirectorateFactory())


def names(answer) -> set[str]:
    return {membership.user.name for membership in answer.context["page"]}


def test_each_heap_holds_its_roles(sign_in, office, nation) -> None:
    today = office.today()
    soon, gone = today + timedelta(days=20), today - timedelta(days=1)
    people = {
        "live": MembershipFactory(office=office),
        "soon": MembershipFactory(office=office, ends_on=soon),
        "coming": MembershipFactory(office=office, starts_on=soon),
        "over": MembershipFactory(office=office, ends_on=gone),
        "acting": MembershipFactory(office=office, role="head", acting_kind="plh"),
    }
    browser = sign_in(nation)

    heaps = {
        term: names(browser.get(PAGE, {"keadaan": term, "kantor": "kanim-a"})) for term in people
    }

    def who(*terms: str) -> set[str]:
        return {people[term].user.name for term in terms}

    assert heaps["live"] == who("live", "soon", "acting")
    assert heaps["soon"] == who("soon", "acting")
    for term in ("coming", "over", "acting"):
        assert heaps[term] == who(term)


def test_a_role_counts_by_the_day_of_its_office(sign_in, nation, monkeypatch) -> None:
    from django.utils import timezone  # noqa: PLC0415 - patched below

    last = date(2026, 3, 1)
    east, west = OfficeFactory(timezone="Asia/Jayapura"), OfficeFactory()
    roles = [MembershipFactory(office=office, ends_on=last) for office in (east, west)]
    browser = sign_in(nation)
    late = timezone.datetime(2026, 3, 1, 16, tzinfo=timezone.UTC)
    monkeypatch.setattr(timezone, "now", lambda: late)  # the 2nd in Jayapura, the 1st in Jakarta

    over = names(browser.get(PAGE, {"keadaan": "over"}))

    assert over == {roles[0].user.name}


def test_offices_without_head_or_administrator_are_listed(sign_in, office, nation) -> None:
    led = OfficeFactory(code="kanim-b")
    MembershipFactory(office=led, role="head")
    MembershipFactory(office=office, role="admin")
    browser = sign_in(nation)

    def lacking(lack: str) -> list[str]:
        return [it.code for it in browser.get(PAGE, {"kurang": lack}).context["page"]]

    assert lacking("head") == ["kanim-a"]
    assert lacking("admin") == ["kanim-b"]
    desk = browser.get("/").content.decode()
    assert "/peran/?kurang=head" in desk
    assert "/peran/?kurang=admin" in desk


def test_heads_and_administrators_without_a_second_factor_are_found(
    sign_in, office, nation
) -> None:
    bare = MembershipFactory(office=office, role="head").user
    with_second_factor(MembershipFactory(office=office, role="admin").user)
    MembershipFactory(office=office)  # staff need none

    found = names(sign_in(nation).get(PAGE, {"keadaan": "unprotected"}))

    assert found == {bare.name, nation.name}


def test_an_administrator_sees_their_own_office_and_no_other(sign_in, office) -> None:
    admin = UserFactory(admin_of=office)
    elsewhere = OfficeFactory()
    MembershipFactory(user=admin, office=elsewhere)  # staff there: no business of theirs
    hidden = MembershipFactory(office=elsewhere).user

    shown = names(sign_in(admin).get(PAGE))

    assert admin.name in shown
    assert hidden.name not in shown
    assert all(
        membership.office == office for membership in sign_in(admin).get(PAGE).context["page"]
    )


def test_an_observer_sees_the_units_below_but_not_who_works_unprotected(sign_in, office) -> None:
    head = MembershipFactory(office=office, role="head").user
    strange = MembershipFactory(
        office=OfficeFactory(parent=RegionalOfficeFactory(code="kanwil-lain"))
    ).user
    browser = sign_in(UserFactory(observer_of=office.parent))

    answer = browser.get(PAGE)

    assert head.name in names(answer)
    assert strange.name not in names(answer)
    assert "faktor kedua" not in answer.content.decode()
    assert not names(browser.get(PAGE, {"keadaan": "unprotected"}))


def test_others_are_told_whose_page_it_is(sign_in, office) -> None:
    for person in (
        UserFactory(staff_of=office),
        UserFactory(head_of=office),
        UserFactory(village=VillageFactory()),
        UserFactory(admin_of=office, admin_of__ends_on=date(2024, 12, 31)),
    ):
        assert sign_in(person).get(PAGE).status_code == 403


def test_roles_are_searched_and_filtered(sign_in, nation) -> None:
    office = OfficeFactory(city="Cilacap")
    head = MembershipFactory(office=office, role="head", title="Kepala").user
    MembershipFactory(office=office)
    browser = sign_in(nation)

    assert names(browser.get(PAGE, {"q": "cilacap", "peran": "head"})) == {head.name}
    assert names(browser.get(PAGE, {"q": head.name.upper()})) == {head.name}
    assert "Tidak ada yang cocok" in browser.get(PAGE, {"q": "xyz"}).content.decode()


@pytest.mark.parametrize("text", ["\0", "%", "\\", "😀", "9" * 5000])
@pytest.mark.parametrize("field", ["q", "keadaan", "peran", "kantor", "kurang", "halaman"])
def test_the_overview_takes_whatever_is_asked(sign_in, nation, field, text) -> None:
    assert sign_in(nation).get(PAGE, {field: text}).status_code == 200
