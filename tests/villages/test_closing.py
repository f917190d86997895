"""An office closes when nothing is left there; what it issued stays, and it may open again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts import actions as people
from accounts import invitations
from accounts.models import Membership, Office
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DesignationFactory,
    DirectorateFactory,
    InvitationFactory,
    JurisdictionFactory,
    MembershipFactory,
    OfficeFactory,
    OfficerFactory,
    RegionFactory,
    UserFactory,
    VillageFactory,
    draw_now,
)
from tests.races import just_before, together
from villages import actions, jurisdictions
from villages.jurisdictions import Claim
from villages.models import Officer, Region, Village
from villages.models.jurisdiction import claims_on

pytestmark = pytest.mark.django_db
BASIS = "Keputusan Menteri Nomor 7 Tahun 2026"


@pytest.fixture
def nation():
    return UserFactory(admin_of=DirectorateFactory())


@pytest.fixture
def office():
    return OfficeFactory(code="kanim-lama")


def close(office: Office, nation, days: int = 0) -> Office:
    day = office.today() + timedelta(days=days)
    return actions.close_office(office, on=day, basis=BASIS, by=nation)


def ended(sheet) -> None:
    """Everybody of the sheet's office has left."""
    yesterday = sheet.office.today() - timedelta(days=1)
    Membership.objects.filter(office=sheet.office).update(ends_on=yesterday)


def test_an_office_with_a_day_to_close_proposes_no_village() -> None:
    office = OfficeFactory()
    Office.objects.filter(pk=office.pk).update(closed_on=office.today() + timedelta(days=30))

    with pytest.raises(TransitionRefused) as refusal:
        actions.propose(RegionFactory(), office=office, by=UserFactory())

    assert "ditutup sejak" in refusal.value.message


def test_an_empty_office_closes_and_its_paper_stays_genuine(nation) -> None:
    two_days_ago = timezone.now() - timedelta(days=2)
    sheet = DesignationFactory(approved=True, approved__at=two_days_ago)
    draw_now(sheet.certificate)
    actions.move_village(sheet.village, to=OfficeFactory(), basis=BASIS, by=nation)
    ended(sheet)

    closed = close(sheet.office, nation)

    assert closed.is_closed
    assert "SAH" in Client().get(f"/v/{sheet.certificate.code}").content.decode()
    for subject in (closed, closed.parent):
        entry = Entry.objects.about(subject).get(verb="office.closed")
        assert (entry.by, BASIS in entry.note) == (nation, True)


def test_closing_twice_is_closing_once(nation, office) -> None:
    for _ in range(2):
        close(office, nation)

    assert Entry.objects.about(office).filter(verb="office.closed").count() == 1


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (lambda office: VillageFactory(office=office), "1 desa dibina"),
        (lambda office: MembershipFactory(office=office), "1 peran masih berlaku"),
        (lambda office: OfficerFactory(office=office), "1 PIMPASA masih bertugas"),
        (
            lambda office: DesignationFactory(office=office, village=VillageFactory()),
            "1 usulan belum diputuskan",
        ),
    ],
)
def test_whatever_is_left_keeps_it_open_and_says_so(sign_in, nation, office, left, words) -> None:
    left(office)
    asked = {"on": f"{office.today():%Y-%m-%d}", "basis": BASIS}

    answer = sign_in(nation).post("/kantor/kanim-lama/tutup/", asked)

    office.refresh_from_db()
    assert office.closed_on is None
    page = answer.content.decode()
    assert words in page
    assert "belum dapat ditutup" in page
    with pytest.raises(IntegrityError):
        Office.objects.filter(pk=office.pk).update(closed_on=office.today())


def test_the_page_leads_to_where_the_villages_are_moved(sign_in, nation, office) -> None:
    village = VillageFactory(office=office)

    page = sign_in(nation).get("/kantor/kanim-lama/tutup/").content.decode()

    assert f"/desa/{village.pk}/alihkan/" in page
    assert "Terima desa dari kantor lain" in page


def test_an_office_with_units_and_the_ditjen_stay_open(nation, office) -> None:
    with pytest.raises(TransitionRefused, match="1 unit di bawahnya"):
        close(office.parent, nation)
    with pytest.raises(TransitionRefused, match="tidak dapat ditutup"):
        close(office.parent.parent, nation)


def test_a_role_that_ends_the_day_before_lets_it_close_later(nation, office) -> None:
    MembershipFactory(office=office, ends_on=office.today() + timedelta(days=9))

    with pytest.raises(TransitionRefused, match="1 peran"):
        close(office, nation, days=9)

    assert not close(office, nation, days=10).is_closed  # not yet


def test_a_closed_office_takes_in_nobody_and_nothing(sign_in, nation, office) -> None:
    invitation = InvitationFactory(office=office, invited_by=nation)
    region = RegionFactory(code="33.07")
    village = VillageFactory()
    close(office, nation)

    invitation.refresh_from_db()
    assert invitation.status == "withdrawn"
    role = Membership(user=UserFactory(), office=office, role="staff", starts_on=office.today())
    with pytest.raises(ValidationError, match="ditutup sejak"):
        people.start_membership(role, by=nation)
    asked = InvitationFactory.build(office=Office.objects.get(pk=office.pk), invited_by=nation)
    with pytest.raises(ValidationError, match="ditutup"):
        invitations.invite(asked, by=nation)
    for step in (
        lambda: actions.settle_jurisdiction(office, region, by=nation),
        lambda: actions.move_village(village, to=office, basis=BASIS, by=nation),
        lambda: actions.move_region(region, to=office, basis=BASIS, by=nation),
    ):
        with pytest.raises(TransitionRefused, match="ditutup"):
            step()
    assert "Kantor yang ditutup" in sign_in(nation).get("/kantor/kanim-lama/").content.decode()


def test_the_database_lets_nothing_into_a_closed_office(nation, office) -> None:
    village, officer = VillageFactory(), OfficerFactory()
    close(office, nation)

    with pytest.raises(IntegrityError, match="no village"), transaction.atomic():
        Village.objects.filter(pk=village.pk).update(office=office)
    with pytest.raises(IntegrityError, match="no officer"), transaction.atomic():
        Officer.objects.filter(pk=officer.pk).update(office=office)
    with pytest.raises(IntegrityError, match="begins no sheet"):
        DesignationFactory(office=office, village=village, created_by=nation)


def test_its_regions_are_anybodys_again_and_an_import_does_not_give_them_back(
    nation, office
) -> None:
    region = RegionFactory(code="33.07")
    other = JurisdictionFactory(region=region).office
    actions.settle_jurisdiction(office, region, by=nation)
    assert claims_on(region) == [office]

    close(office, nation)

    assert claims_on(region) == [other]
    jurisdictions.take_over([Claim("kanim-lama", "33.07", "whole", "2025", "koran")])
    assert claims_on(region) == [other]
    assert not Region.objects.villages().within(office).exists()
    actions.settle_jurisdiction(other, region, by=nation)  # no confirmed claim is in the way


def test_a_closing_is_taken_back(sign_in, nation, office) -> None:
    close(office, nation)

    sign_in(nation).post("/kantor/kanim-lama/buka/", {"basis": "Salah kantor"})

    office.refresh_from_db()
    assert office.closed_on is None
    assert Entry.objects.about(office).filter(verb="office.reopened").exists()
    MembershipFactory(office=office)


def test_below_a_closed_unit_nothing_opens_again(nation, office) -> None:
    close(office, nation)
    close(office.parent, nation)

    with pytest.raises(TransitionRefused, match="pindahkan"):
        actions.reopen_office(office, basis=BASIS, by=nation)


def test_an_office_closes_no_later_than_the_unit_above(nation, office) -> None:
    close(office, nation)
    close(office.parent, nation, days=10)

    with pytest.raises(TransitionRefused, match="ditutup paling lambat hari itu"):
        close(office, nation, days=11)

    office.refresh_from_db()
    assert office.closed_on == office.today()


@pytest.mark.django_db(transaction=True)
def test_an_office_that_closes_while_a_village_arrives_does_not_do_both() -> None:
    nation = UserFactory(admin_of=DirectorateFactory())
    office, village = OfficeFactory(), VillageFactory()

    outcomes = together(
        lambda: close(office, nation),
        lambda: actions.move_village(village, to=office, basis=BASIS, by=nation),
    )

    office.refresh_from_db()
    village.refresh_from_db()
    assert (office.closed_on is None) == (village.office == office), outcomes


@pytest.mark.django_db(transaction=True)
def test_an_office_closes_although_an_invitation_is_settled_in_that_moment() -> None:
    nation, office = UserFactory(admin_of=DirectorateFactory()), OfficeFactory()
    invitation = InvitationFactory(office=office, invited_by=nation)

    outcome = just_before(
        lambda: invitations.withdraw(invitation, by=nation),
        lambda: close(office, nation),
    )

    assert outcome == office
    assert Entry.objects.about(office).filter(verb="invitation.withdrawn").count() == 1


# --- Opening, step by step -----------------------------------------------------------------------


def test_the_steps_show_what_is_done(sign_in, nation, office) -> None:
    browser = sign_in(nation)
    setup = browser.get("/kantor/kanim-lama/langkah/").context["setup"]
    assert not setup.is_complete
    assert not any(setup.found.values())

    JurisdictionFactory(office=office)
    InvitationFactory(office=office, role="admin", invited_by=nation)
    page = browser.get("/kantor/kanim-lama/langkah/")

    assert page.context["setup"].found["has_area"]
    assert "Sudah diundang" in page.content.decode()


def test_the_office_s_own_administrator_sees_the_steps_that_are_theirs(sign_in, office) -> None:
    page = sign_in(UserFactory(admin_of=office)).get("/kantor/kanim-lama/langkah/")

    assert "penomoran/designation/" in page.content.decode()
    assert "terima-desa/" not in page.content.decode()
