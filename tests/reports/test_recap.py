"""The recap counts what its viewer may know of, region by region, and leaves as a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.access import access_of
from accounts.models import User
from reports.recap import Recap, recap_of
from tests.factories import (
    DesignationFactory,
    DirectorateFactory,
    JurisdictionFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
    VillageAccessFactory,
    VillageFactory,
)
from villages.models import Designation, Region

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]


def of(user: User, code: str = "") -> Recap:
    return recap_of(access_of(user), Region.objects.get(code=code) if code else None)


def counted(recap: Recap) -> dict[str, tuple[int, int, int]]:
    return {row.region.code: (row.villages, row.designated, row.under_way) for row in recap.rows}


def sheet_in(code: str, **stage: object) -> Designation:
    return DesignationFactory(village=VillageFactory(region=RegionFactory(code=code)), **stage)


def test_an_office_sees_the_regencies_that_it_serves_or_works_in() -> None:
    office = OfficeFactory()
    JurisdictionFactory(office=office)  # 33.07
    RegionFactory(code="33.07.06.2009")
    RegionFactory(code="33.07.06.2010")
    sheet_in("33.07.06.2009", office=office, approved=True)
    sheet_in("33.05.01.2015", office=office)

    recap = of(UserFactory(staff_of=office))

    assert counted(recap) == {"33.05": (1, 0, 1), "33.07": (2, 1, 0)}
    assert recap.total is not None
    assert (recap.total.villages, recap.total.designated, recap.total.under_way) == (3, 1, 1)


def test_a_regency_opens_into_its_districts() -> None:
    office = OfficeFactory()
    sheet_in("33.07.06.2009", office=office, approved=True)
    sheet_in("33.07.07.2001", office=office, submitted=True)
    sheet_in("33.05.01.2015", office=office, submitted=True)

    recap = of(UserFactory(staff_of=office), "33.07")

    assert counted(recap) == {"33.07.06": (1, 1, 0), "33.07.07": (1, 0, 1)}
    assert not recap.opens_further


def test_the_nation_sees_provinces_and_everybody_s_sheets() -> None:
    sheet_in("33.07.06.2009", approved=True)
    sheet_in("63.02.15.2002", approved=True)

    recap = of(UserFactory(observer_of=DirectorateFactory()))

    assert counted(recap) == {"33": (1, 1, 0), "63": (1, 1, 0)}


def test_other_offices_sheets_are_not_counted() -> None:
    office = OfficeFactory()
    JurisdictionFactory(office=office)
    sheet_in("33.07.06.2009", approved=True)

    recap = of(UserFactory(staff_of=office))

    assert counted(recap) == {"33.07": (1, 0, 0)}


@pytest.mark.parametrize(("days", "middle"), [([1, 2, 30], 2), ([4], 4), ([], None)])
def test_half_of_the_sheets_are_decided_within_the_median(
    days: list[int], middle: int | None
) -> None:
    office = OfficeFactory()
    for each in days:
        sheet = DesignationFactory(office=office, rejected=True)
        proposed = sheet.decided_at - timedelta(days=each)
        Designation.objects.filter(pk=sheet.pk).update(submitted_at=proposed)

    waiting = of(UserFactory(staff_of=office)).waiting

    assert (waiting.decided, waiting.days) == (len(days), middle)


def test_what_was_decided_long_ago_says_nothing_of_today() -> None:
    sheet = DesignationFactory(rejected=True)
    later = timezone.now() + timedelta(days=400)

    recap = Recap(access_of(UserFactory(staff_of=sheet.office)), None, later)

    assert recap.waiting.decided == 0


def test_the_spreadsheet_says_the_same_and_computes_nothing(sign_in: SignIn) -> None:
    office = OfficeFactory()
    sheet = sheet_in("33.07.06.2009", office=office, approved=True, approved__number="=1+1")

    answer = sign_in(UserFactory(staff_of=office)).get(reverse("reports:recap_download"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))

    coverage = list(book["Cakupan"].values)
    assert coverage[1] == ("33.07", "Kabupaten Wonosobo", 1, 1, 100, 0)
    [_, row] = book["Usulan dan penetapan"].values
    assert row[0] == "33.07.06.2009"
    assert row[6] == "Ditetapkan"
    assert row[8] == f"'{sheet.decree.number}"
    assert {cell.data_type for line in book["Usulan dan penetapan"] for cell in line} <= set("snd")
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["reports:recap", "reports:recap_download"])
def test_a_village_has_no_recap(name: str, sign_in: SignIn) -> None:
    assert sign_in(VillageAccessFactory().user).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("code", ["99", "33.07.06", "33.07.06.2009", "' OR 1=1"])
def test_only_provinces_and_regencies_open(code: str, sign_in: SignIn) -> None:
    RegionFactory(code="33.07.06.2009")
    client = sign_in(UserFactory(staff_of=OfficeFactory()))

    assert client.get(reverse("reports:recap"), {"wilayah": code}).status_code == 404
