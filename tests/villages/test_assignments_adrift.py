"""What becomes of who guides a village that is revoked, refused, ended, or never was designated."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    JurisdictionFactory,
    MembershipFactory,
    OfficeFactory,
    OfficerFactory,
    RegionFactory,
    UserFactory,
    VillageFactory,
    bring_in,
    head_of,
)
from villages import actions
from villages.models import Designation

SignIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db
STILL = "Penugasan PIMPASA di sini tidak ikut berakhir"


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def guided(**state) -> tuple[Designation, User]:
    """A sheet at this stage, and who guides its village."""
    sheet = DesignationFactory(**state)
    officer = OfficerFactory(office=sheet.office)
    AssignmentFactory(officer=officer, village=sheet.village, part="lead")
    return sheet, officer.user


@pytest.fixture
def struck() -> Designation:
    office = OfficeFactory()
    JurisdictionFactory(office=office, region=RegionFactory(code="33.07"))
    RegionFactory(code="33.07.06.2009", name="Pakuncen")
    staff = UserFactory(staff_of=office)
    actions.record_import(bring_in(office, "Pakuncen", by=staff), by=staff)
    sheet = Designation.objects.get(office=office)
    actions.strike_out(sheet, reason="Desa lain.", by=staff)
    sheet.refresh_from_db()
    return sheet


def test_the_last_look_before_a_revocation_names_who_still_guides(sign_in: SignIn) -> None:
    sheet, guide = guided(revocation_requested=True)
    alone = DesignationFactory(office=sheet.office, revocation_requested=True)
    client = sign_in(head_of(sheet.office).user)
    decree = {"decree_number": "CABUT-1", "decree_dated": sheet.office.today().isoformat()}

    page, other = (
        words(client.post(reverse("villages:revoke", args=[it.pk]), decree))
        for it in (sheet, alone)
    )

    assert "Periksa pencabutan" in page
    assert STILL in page
    assert guide.name in page
    assert f"petugas atau administrator {sheet.office.short_name}".lower() in page.lower()
    assert "Periksa pencabutan" in other
    assert STILL not in other


@pytest.mark.parametrize(
    ("step", "state"), [("reject", {"submitted": True}), ("end", {"approved": True})]
)
def test_so_do_the_pages_that_refuse_a_village_or_end_its_guidance(
    sign_in: SignIn, step: str, state: dict[str, bool]
) -> None:
    sheet, guide = guided(**state)
    page = words(
        sign_in(head_of(sheet.office).user).get(reverse(f"villages:{step}", args=[sheet.pk]))
    )

    assert STILL in page
    assert guide.name in page


@pytest.mark.parametrize("state", ["revoked", "rejected", "ended"])
def test_afterwards_the_village_says_that_somebody_is_still_assigned(
    sign_in: SignIn, state: str
) -> None:
    sheet, _ = guided(**{state: True})
    assignment = sheet.village.assignments.get()
    address = sheet.village.get_absolute_url()

    client = sign_in(UserFactory(staff_of=sheet.office))
    staff = words(client.get(address))
    village = words(sign_in(UserFactory(village=sheet.village)).get(address))
    yesterday = sheet.office.today() - timedelta(days=1)
    actions.end_assignment(
        assignment, ends_on=yesterday, by=UserFactory(staff_of=sheet.office), reason="Dicabut."
    )
    cleared = words(sign_in(UserFactory(staff_of=sheet.office)).get(address))

    said = f"desa ini kini berstatus {sheet.get_status_display().lower()}"
    assert said in staff
    assert reverse("villages:assignment_end", args=[assignment.pk]) in staff
    assert said not in village
    assert said not in cleared
    assert "belum memiliki PIMPASA" not in cleared  # none is wanted there


@pytest.mark.parametrize("state", ["revoked", "rejected", "ended"])
def test_the_desk_of_who_guides_it_does_not_call_it_theirs_to_guide(
    sign_in: SignIn, state: str
) -> None:
    sheet, guide = guided(**{state: True})
    MembershipFactory(user=guide, office=sheet.office, role="staff")
    desk = words(sign_in(guide).get("/"))

    assert "Desa binaan saya" not in desk
    assert "Penugasan lain" in desk
    assert f"Desa ini kini berstatus {sheet.get_status_display().lower()}" in desk
    assert "buat surat tugas" not in desk
    assert "Catat kepala desa" not in desk
    assert reverse("villages:assignment_end", args=[sheet.village.assignments.get().pk]) in desk


def test_what_they_guide_beside_it_stays_in_its_place(sign_in: SignIn) -> None:
    sheet, guide = guided(revoked=True)
    stands = DesignationFactory(office=sheet.office, approved=True)
    AssignmentFactory(officer=guide.officerships.get(), village=stands.village)
    desk = words(sign_in(guide).get("/"))
    page = words(
        sign_in(UserFactory(staff_of=sheet.office)).get(guide.officerships.get().get_absolute_url())
    )

    theirs, _, others = desk.partition("Penugasan lain")
    assert stands.village.full_name in theirs
    assert sheet.village.full_name in others
    assert sheet.village.full_name not in theirs
    assert "memegang 2 desa; 1 belum tercantum dalam surat tugas" in page
    assert "Penugasan ini belum diakhiri" in page


def test_whom_to_send_where_shows_what_stands_and_begins_with_what_lacks_somebody(
    sign_in: SignIn,
) -> None:
    office = OfficeFactory()
    kept = [DesignationFactory(office=office, **{state: True}).village for state in (
        "rejected", "ended", "revoked", "submitted",
    )]  # fmt: skip
    bare = VillageFactory(office=office)
    cared, lacking = [DesignationFactory(office=office, approved=True).village for _ in range(2)]
    AssignmentFactory(officer=OfficerFactory(office=office), village=cared)
    officer = OfficerFactory(office=office)
    client = sign_in(UserFactory(staff_of=office))

    answer = client.get(reverse("villages:officer_assign", args=[officer.pk]))

    offered = [village for village, _ in answer.context["villages"]]
    assert offered[:2] == [lacking, cared]
    assert set(offered[2:]) == {*kept, bare}
    page = words(answer)
    assert page.count("Tanpa PIMPASA") == 1
    for said in ("Ditolak", "Berakhir", "Dicabut", "Diajukan", "Belum diusulkan", "Ditetapkan"):
        assert said in page


def test_a_village_that_was_recorded_by_mistake_is_offered_as_such(
    sign_in: SignIn, struck: Designation
) -> None:
    officer = OfficerFactory(office=struck.office)
    client = sign_in(UserFactory(staff_of=struck.office))

    page = words(client.get(reverse("villages:officer_assign", args=[officer.pk])))

    assert struck.village.full_name in page
    assert "Salah catat" in page
    assert "Tanpa PIMPASA" not in page


@pytest.mark.parametrize(
    ("state", "said"),
    [("rejected", "tidak berstatus ditetapkan: ditolak."), ("approved", "")],
)
def test_from_the_village_whoever_is_sent_there_reads_where_it_stands(
    sign_in: SignIn, state: str, said: str
) -> None:
    sheet = DesignationFactory(**{state: True})
    OfficerFactory(office=sheet.office)
    client = sign_in(UserFactory(staff_of=sheet.office))

    page = words(client.get(reverse("villages:village_officers", args=[sheet.village_id])))

    assert said in page
    assert ("tidak berstatus" in page) is bool(said)
