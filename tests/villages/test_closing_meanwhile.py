"""An office gets its day to close while something is on its way in: a sentence, and nothing of it.

Each step begins while the closing is not committed yet, so that no page could have said it before.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, Office, User
from audit.models import Entry
from tests.factories import (
    DirectorateFactory,
    JurisdictionFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
    VillageFactory,
    bring_in,
)
from tests.races import just_before
from tests.villages.test_officer_pages import NEW
from villages import actions
from villages.models import Designation, Import, Officer, Region, Village

pytestmark = pytest.mark.django_db(transaction=True)

type SignIn = Callable[[User], Client]

BASIS = "Keputusan Menteri Nomor 7 Tahun 2026"
VERBS = ("village.registered", "village.guided_by", "village.moved", "designation.proposed",
         "import.recorded", "officer.appointed", "membership.started", "user.created",
         "user.entered")  # fmt: skip


@pytest.fixture
def nation() -> User:
    return UserFactory(admin_of=DirectorateFactory())


@pytest.fixture
def office() -> Office:
    """An office that serves Kabupaten Wonosobo; whoever works there leaves today."""
    office: Office = JurisdictionFactory(office__code="kanim-lama").office
    return office


@pytest.fixture
def staff(office: Office) -> User:
    return UserFactory(staff_of=office, staff_of__ends_on=office.today())


def unknown() -> Region:
    """A village that the portal does not know."""
    return RegionFactory(code="33.07.06.2009", name="Pakuncen")


def elsewhere() -> Region:
    """One that another office has begun with, and of which it keeps nothing yet."""
    region: Region = VillageFactory(region=unknown()).region
    return region


def while_it_closes(office: Office, nation: User, press: Callable[[], Any]) -> HttpResponse:
    """What the page answers to a press that waited for the closing of the office."""
    day = office.today() + timedelta(days=30)
    answer = just_before(
        lambda: actions.close_office(office, on=day, basis=BASIS, by=nation), press
    )
    assert isinstance(answer, HttpResponse), answer
    office.refresh_from_db()
    assert office.closed_on == day
    return answer


def nothing_happened() -> bool:
    return not Entry.objects.filter(verb__in=VERBS).exists()


@pytest.mark.parametrize("found", [unknown, elsewhere])
def test_no_village_is_proposed(
    sign_in: SignIn, office: Office, nation: User, staff: User, found: Callable[[], Region]
) -> None:
    region = found()
    client = sign_in(staff)
    address = reverse("villages:propose")

    answer = while_it_closes(office, nation, lambda: client.post(address, {"region": region.pk}))

    page = answer.content.decode()
    assert f"{office} ditutup sejak" in page
    assert "tidak menambah desa binaan" in page
    assert not Village.objects.filter(office=office).exists()
    assert not Designation.objects.exists()
    assert nothing_happened()


@pytest.mark.parametrize("found", [unknown, elsewhere])
def test_no_table_is_recorded(
    sign_in: SignIn, office: Office, nation: User, staff: User, found: Callable[[], Region]
) -> None:
    batch = bring_in(office, found().name, by=staff)
    client = sign_in(staff)
    address = reverse("villages:import_record", args=[batch.pk])

    answer = while_it_closes(office, nation, lambda: client.post(address, follow=True))

    assert f"{office} ditutup sejak" in answer.content.decode()
    assert Import.objects.get().status == batch.status
    assert batch.rows.get().is_matched
    assert not Village.objects.filter(office=office).exists()
    assert not Designation.objects.exists()
    assert nothing_happened()


def test_nobody_is_appointed(sign_in: SignIn, office: Office, nation: User, staff: User) -> None:
    client = sign_in(staff)
    people = User.objects.count()

    answer = while_it_closes(office, nation, lambda: client.post("/pimpasa/tambah/", NEW))

    assert f"{office} ditutup sejak" in str(answer.context["form"].errors["ends_on"])
    assert not Officer.objects.exists()
    assert User.objects.count() == people
    assert nothing_happened()


def test_nobody_gets_a_role(sign_in: SignIn, office: Office, nation: User) -> None:
    client = sign_in(nation)
    people, roles = User.objects.count(), Membership.objects.count()
    typed = {
        "sign_in_name": "19860926 201505 1 001",
        "name": "Ratna Wulandari, S.H.",
        "role": "staff",
        "acting_kind": "definitive",
        "starts_on": office.today().isoformat(),
    }

    answer = while_it_closes(
        office, nation, lambda: client.post("/kantor/kanim-lama/orang/tambah/", typed)
    )

    assert f"{office} ditutup sejak" in str(answer.context["form"].errors["ends_on"])
    assert (User.objects.count(), Membership.objects.count()) == (people, roles)
    assert nothing_happened()


def test_no_village_is_moved_there(sign_in: SignIn, office: Office, nation: User) -> None:
    village = VillageFactory(office=OfficeFactory())
    client = sign_in(nation)
    address = f"/desa/{village.pk}/alihkan/?kantor={office.code}"

    answer = while_it_closes(
        office, nation, lambda: client.post(address, {"basis": BASIS}, follow=True)
    )

    assert f"{office} ditutup" in answer.content.decode()
    assert not Village.objects.filter(office=office).exists()
    assert nothing_happened()


def test_no_region_is_received_there(sign_in: SignIn, nation: User) -> None:
    village, office = VillageFactory(region=unknown()), OfficeFactory()
    client = sign_in(nation)
    address = f"{reverse('villages:office_receive', args=[office.code])}?wilayah=33.07"

    answer = while_it_closes(
        office, nation, lambda: client.post(address, {"basis": BASIS}, follow=True)
    )

    assert f"{office} ditutup" in answer.content.decode()
    village.refresh_from_db()
    assert village.office != office
    assert not office.jurisdictions.exists()
    assert nothing_happened()
