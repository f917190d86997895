"""The search among regions: what is found, in which order, and within which borders."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Office, User
from tests.factories import DesignationFactory, UserFactory, VillageFactory
from villages.models import Designation, Jurisdiction, Region, Village
from villages.models.region import search_key, typed_code

pytestmark = pytest.mark.usefixtures("nation")


def names(text: str) -> list[str]:
    return [region.name for region in Region.objects.villages().matching(text)]


@pytest.mark.parametrize(
    "text", ["dukuh dempok", "dukuhdempok", "Dukuh-Dempok", "  DUKUH  DEM", "dükuh"]
)
def test_case_spaces_and_punctuation_do_not_matter(text: str) -> None:
    assert names(text) == ["Dukuhdempok"]


def test_beginnings_come_first_then_words_then_any_part() -> None:
    assert names("pakuncen") == ["Pakuncen", "Kali Pakuncen", "Sumberpakuncen"]


@pytest.mark.parametrize("text", ["33.07.06.2009", "3307062009", " 33 07 06 2009 "])
def test_a_typed_code_finds_its_region(text: str) -> None:
    assert names(text) == ["Pakuncen"]


def test_part_of_a_code_finds_all_inside() -> None:
    assert len(names("330706")) == 4
    assert names("33.07.06.1") == ["Wonorejo"]


@pytest.mark.parametrize(
    "text", ["---", "%", "_", "\\", "\x00", "'; drop table", "x" * 5000, "zzz"]
)
def test_nonsense_finds_nothing(text: str) -> None:
    assert names(text) == []


def test_nothing_typed_hides_nothing() -> None:
    assert len(names("  ")) == Region.objects.villages().count()


def test_only_villages_of_today_are_offered() -> None:
    Region.objects.filter(name="Kali Pakuncen").update(retired_on="2026-01-01")

    assert names("pakuncen") == ["Pakuncen", "Sumberpakuncen"]
    assert names("selomerto") == []


def test_the_nearest_are_the_first_of_those_that_match() -> None:
    villages = Region.objects.villages()
    for text in ["pakuncen", "pa", "a", "3307", "33.07.06.2009", "", "--"]:
        for limit in (1, 2, 20):
            nearest = villages.nearest(text, limit)
            assert nearest == list(villages.matching(text)[:limit]), (text, limit)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("selomerto", ["Kali Pakuncen", "Pakuncen", "Sumberpakuncen", "Wonorejo"]),
        ("pakuncen, Kec. Selomerto", ["Kali Pakuncen", "Pakuncen", "Sumberpakuncen"]),
        ("wonorejo wonosobo", ["Wonorejo"]),
        ("Kelurahan Wonorejo, Kab. Wonosobo", ["Wonorejo"]),
        ("pakuncen wuluhan", []),
        ("kecamatan", []),
        ("x" * 5000, []),
    ],
)
def test_villages_and_sheets_are_found_by_where_they_lie(text: str, found: list[str]) -> None:
    sheets = [
        DesignationFactory(village=VillageFactory(region=region))
        for region in Region.objects.villages().filter(code__startswith="3")
    ]
    assert len(sheets) > len(found)

    villages = Village.objects.matching(text).order_by("region__name")
    designations = Designation.objects.matching(text).order_by("village__region__name")

    assert [it.region.name for it in villages] == found
    assert [it.village.region.name for it in designations] == found


def test_an_office_finds_only_what_it_serves(open_office: Callable[[str], Office]) -> None:
    wonosobo, jember = open_office("kanim-wonosobo"), open_office("kanim-jember")
    regency = Region.objects.get(code="33.07")
    Jurisdiction.objects.create(office=wonosobo, region=regency, is_confirmed=True)

    villages = Region.objects.villages()

    assert villages.within(wonosobo).matching("pakuncen").count() == 3
    assert not villages.within(wonosobo).matching("patutrejo").exists()
    assert not villages.within(jember).exists()


def test_an_office_may_serve_a_single_kecamatan(open_office: Callable[[str], Office]) -> None:
    office = open_office("kanim-jember")
    district = Region.objects.get(code="35.09.11")
    Jurisdiction.objects.create(office=office, region=district, is_confirmed=True)

    found = Region.objects.villages().within(office)

    assert [village.name for village in found] == ["Dukuhdempok"]


def test_the_directorate_finds_the_nation(ditjen: Office) -> None:
    villages = Region.objects.villages()

    assert villages.within(ditjen).count() == villages.count()


def test_a_search_takes_two_queries(
    open_office: Callable[[str], Office], django_assert_num_queries: Callable[..., object]
) -> None:
    office = open_office("kanim-wonosobo")
    regency = Region.objects.get(code="33.07")
    Jurisdiction.objects.create(office=office, region=regency)

    with django_assert_num_queries(2):  # the jurisdictions; the villages with their paths
        found = Region.objects.villages().within(office).with_path().matching("paku")
        assert [village.path for village in found]


def test_the_key_of_the_database_is_the_key_of_the_search() -> None:
    for region in Region.objects.all():
        assert region.search_key == search_key(region.name)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("33", "33"),
        ("33.07", "33.07"),
        ("330706", "33.07.06"),
        ("3307062009", "33.07.06.2009"),
        ("3", ""),
        ("13 Ulu", ""),
        ("33070620091", ""),
        ("...", ""),
        ("٣٣٠٧", ""),
    ],
)
def test_a_code_is_recognised_with_and_without_dots(text: str, code: str) -> None:
    assert typed_code(text) == code


@pytest.mark.parametrize("page", ["/desa/", "/penetapan/"])
def test_the_lists_find_a_kecamatan_and_only_ones_own_in_it(
    page: str, sign_in: Callable[[User], Client]
) -> None:
    mine, theirs = (
        DesignationFactory(village__region=Region.objects.get(code=code), submitted=True)
        for code in ("33.07.06.2009", "33.07.06.2010")
    )
    client = sign_in(UserFactory(staff_of=mine.office))

    for text in ("selomerto", "pakuncen selomerto", "Kec. Selomerto"):
        listed = client.get(page, {"q": text}).content.decode()
        assert str(mine.village) in listed
        assert str(theirs.village) not in listed
    assert str(mine.village) not in client.get(page, {"q": "wuluhan"}).content.decode()
    assert "Cari desa atau kecamatan" in listed
