"""Who may know of a sheet, and who may do what with it."""

import pytest

from accounts.access import access_of
from accounts.models import User
from desabinaan.workflow import Denied
from tests.factories import (
    DesignationFactory,
    DirectorateFactory,
    NumberTemplateFactory,
    OfficeFactory,
    RegionalOfficeFactory,
    UserFactory,
    fill_in,
)
from villages import permissions
from villages.models import Designation, Document

pytestmark = pytest.mark.django_db


def sees(user: User, designation: Designation) -> bool:
    return Designation.objects.visible_to(access_of(user)).filter(pk=designation.pk).exists()


def test_the_office_and_those_above_see_the_sheet() -> None:
    designation = DesignationFactory()
    office = designation.office

    assert sees(UserFactory(staff_of=office), designation)
    assert sees(UserFactory(head_of=office), designation)
    assert sees(UserFactory(admin_of=office), designation)
    assert sees(UserFactory(observer_of=office.parent), designation)
    assert sees(UserFactory(admin_of=office.parent.parent), designation)


def test_other_offices_and_strangers_do_not_know_of_it() -> None:
    designation = DesignationFactory(approved=True)
    elsewhere = OfficeFactory()
    yesterday = designation.office.today().replace(year=2024)
    former = UserFactory(staff_of=designation.office, staff_of__ends_on=yesterday)

    assert not sees(UserFactory(staff_of=elsewhere), designation)
    assert not sees(UserFactory(head_of=elsewhere), designation)
    assert not sees(UserFactory(staff_of=designation.office.parent), designation)
    assert not sees(UserFactory(), designation)
    assert not sees(former, designation)


def test_the_village_sees_its_sheet_once_submitted() -> None:
    draft = DesignationFactory()
    submitted = DesignationFactory(submitted=True)

    assert not sees(UserFactory(village=draft.village), draft)
    assert sees(UserFactory(village=submitted.village), submitted)
    assert not sees(UserFactory(village=draft.village), submitted)


def test_the_village_sees_its_own_letter_and_no_evidence() -> None:
    designation = DesignationFactory(submitted=True)
    official = UserFactory(village=designation.village)

    seen = Document.objects.visible_to(access_of(official))

    assert [document.purpose for document in seen] == ["consent"]


def test_whoever_guides_the_village_reads_no_file_of_what_another_office_prepares() -> None:
    guided = DesignationFactory(approved=True)
    designation = DesignationFactory(village=guided.village, office=OfficeFactory())
    fill_in(designation)
    theirs = Document.objects.filter(designation=designation)
    readers = [
        UserFactory(staff_of=guided.village.office),
        guided.decided_by,
        UserFactory(village=guided.village),
    ]

    assert guided.village.office != designation.office
    assert theirs.exists()
    assert not [it for it in readers if theirs.visible_to(access_of(it)).exists()]


def test_an_ended_account_of_a_village_sees_nothing() -> None:
    designation = DesignationFactory(approved=True)
    yesterday = designation.office.today().replace(year=2024)
    former = UserFactory(village=designation.village, village__ends_on=yesterday)

    assert not sees(former, designation)


ROLES = ["staff", "head", "admin", "observer", "village", "stranger"]
MAY = {
    "can_prepare": {"staff"},
    "can_decide": {"head"},
    "can_approve": {"head"},
    "can_record_decree": {"staff", "head"},
    "can_write_ceremony": {"staff", "head"},
    "can_request_revocation": {"staff", "head"},
    "can_settle_revocation": {"head"},
    "can_end": {"head"},
    "can_read_sheet": {"staff", "head", "admin", "observer"},
}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_do_what_with_a_sheet(role: str) -> None:
    designation = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=designation.office)
    places = {
        "village": {"village": designation.village},
        "observer": {"observer_of": designation.office.parent},
        "stranger": {"staff_of": OfficeFactory(), "head_of": OfficeFactory()},
    }
    person = UserFactory(**places.get(role, {f"{role}_of": designation.office}))
    loaded = Designation.objects.with_page().get(pk=designation.pk)
    access = access_of(person)

    allowed = {name for name in MAY if getattr(permissions, name)(access, loaded)}

    assert allowed == {name for name, roles in MAY.items() if role in roles}


def test_a_refusal_says_what_it_takes() -> None:
    designation = DesignationFactory(submitted=True)
    staff = access_of(UserFactory(staff_of=designation.office))
    loaded = Designation.objects.with_page().get(pk=designation.pk)

    answer = permissions.can_decide(staff, loaded)

    assert isinstance(answer, Denied)
    assert answer.reason.startswith(f"Keputusan ada pada Kepala {designation.office}")


@pytest.mark.parametrize(
    ("kind", "may"),
    [
        ("immigration_office", True),
        ("regional", False),
        ("directorate", False),
        ("detention_house", False),
    ],
)
def test_villages_are_proposed_in_a_kanim_only(kind: str, may: bool) -> None:
    made = {"regional": RegionalOfficeFactory, "directorate": DirectorateFactory}
    office = made.get(kind, OfficeFactory)(kind=kind)
    access = access_of(UserFactory(staff_of=office))

    assert bool(permissions.can_propose(access)) is may


def test_a_head_who_prepared_the_sheet_may_not_decide() -> None:
    designation = DesignationFactory(submitted=True)
    head = UserFactory(head_of=designation.office)
    designation.preparers.add(head)
    loaded = Designation.objects.with_page().get(pk=designation.pk)

    answer = permissions.can_decide(access_of(head), loaded)

    assert isinstance(answer, Denied)
    assert "ikut menyiapkan" in answer.reason


def test_permissions_ask_the_database_nothing(django_assert_num_queries: object) -> None:
    designation = DesignationFactory(submitted=True)
    access = access_of(UserFactory(head_of=designation.office))
    loaded = Designation.objects.with_page().get(pk=designation.pk)

    with django_assert_num_queries(0):  # type: ignore[operator]
        for name in MAY:
            getattr(permissions, name)(access, loaded)
