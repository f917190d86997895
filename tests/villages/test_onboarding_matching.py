"""How an office writes a village, and which one of the national list it means."""

import dataclasses

import pytest

from tests.villages.conftest import OpenOffice, WriteEdition
from villages import regions
from villages.models import Jurisdiction, Region
from villages.onboarding import matching
from villages.onboarding.facts import Facts, day_of, level_of
from villages.onboarding.gazetteer import Gazetteer

EDITION = """\
code,name,level,kind
12,Sumatera Utara,1,provinsi
12.05,Kabupaten Langkat,2,kabupaten
12.05.03,Babalan,3,kecamatan
12.05.03.2001,Sei Limbat,4,desa
12.05.03.2002,Sungai Ular,4,desa
12.05.03.2003,Panca Tunggal II,4,desa
12.05.03.2004,Panca Tunggal III,4,desa
12.05.03.1005,Pelawi Utara,4,kelurahan
12.05.03.2006,Tanjung Pura,4,desa
12.05.04,Salapian,3,kecamatan
12.05.04.2001,Lau Tepu,4,desa
12.05.04.2002,Sukamaju,4,desa
12.05.04.2003,Kampung Baru,4,desa
12.05.05,Selesai,3,kecamatan
12.05.05.2001,Sukamaju,4,desa
12.05.05.1002,Terjun,4,kelurahan
12.05.05.2003,Terjun,4,desa
12.75,Kota Binjai,2,kota
12.75.01,Binjai Utara,3,kecamatan
12.75.01.1001,Kebun Lada,4,kelurahan
12.75.01.1002,Pelawi Utara,4,kelurahan
11,Aceh,1,provinsi
11.05,Kabupaten Aceh Barat,2,kabupaten
11.05.07,Pante Ceureumen,3,kecamatan
11.05.07.2001,Gampong Drien,4,desa
33,Jawa Tengah,1,provinsi
33.07,Kabupaten Wonosobo,2,kabupaten
33.07.06,Selomerto,3,kecamatan
33.07.06.2009,Pakuncen,4,desa
"""
NOTHING = {field.name: "" for field in dataclasses.fields(Facts)}


@pytest.fixture
def gazetteer(write_edition: WriteEdition, open_office: OpenOffice) -> Gazetteer:
    from datetime import date  # noqa: PLC0415

    regions.take_over(regions.read_edition(write_edition(EDITION)), on=date(2025, 7, 1))
    office = open_office("kanim-medan")
    for code in ("12.05", "12.75", "11.05"):
        Jurisdiction.objects.create(office=office, region=Region.objects.get(code=code))
    return Gazetteer.of(office)


def find(gazetteer: Gazetteer, name: str, district: str = "", **more: str) -> matching.Match:
    said = Facts(**{**NOTHING, "name": name, "district": district, **more})
    return matching.match(said, gazetteer, matching.outside([said.code], gazetteer))


@pytest.mark.parametrize(
    ("name", "district", "regency", "code"),
    [
        ("Sei Limbat", "Babalan", "Langkat", "12.05.03.2001"),
        ("DESA  SUNGAI LIMBAT", "Kec. Babalan", "Kab. Langkat", "12.05.03.2001"),
        ("Sei Ular", "Kecamatan Babalan", "", "12.05.03.2002"),
        ("Ds. Sungai-Ular", "babalan", "Kabupaten Langkat", "12.05.03.2002"),
        ("Panca Tunggal 2", "Babalan", "", "12.05.03.2003"),
        ("Panca Tunggal III", "Babalan", "", "12.05.03.2004"),
        ("Tj. Pura", "Babalan", "", "12.05.03.2006"),
        ("Desa Kelurahan Pelawi Utara", "Babalan", "", "12.05.03.1005"),
        ("Pelawi Utara", "", "Kota Binjai", "12.75.01.1002"),
        ("Pelawi Utara", "Binjai Utara", "Binjai", "12.75.01.1002"),
        ("Lau Tepu", "", "", "12.05.04.2001"),
        ("Desa Lau Tepu, Kec. Salapian, Kab. Langkat", "", "", "12.05.04.2001"),
        ("Sukamaju (Salapian)", "Salapian", "", "12.05.04.2002"),
        ("Desa Kampung Baru", "Salapian", "", "12.05.04.2003"),
        ("Kp. Baru", "Salapian", "", "12.05.04.2003"),
        ("Drien", "Pante Ceureumen", "Aceh Barat", "11.05.07.2001"),
        ("Gampong Drien", "", "", "11.05.07.2001"),
    ],
)
def test_a_sure_row_finds_its_village(
    name: str, district: str, regency: str, code: str, gazetteer: Gazetteer
) -> None:
    found = find(gazetteer, name, district, regency=regency)

    assert found.spot is not None, found
    assert found.spot.code == code


def test_desa_and_kelurahan_of_one_name_are_told_apart_by_their_kind(gazetteer: Gazetteer) -> None:
    desa = find(gazetteer, "Terjun", "Selesai", kind="Desa").spot
    kelurahan = find(gazetteer, "Terjun", "Selesai", kind="Kel.").spot

    assert desa is not None
    assert kelurahan is not None
    assert (desa.code, kelurahan.code) == ("12.05.05.2003", "12.05.05.1002")


@pytest.mark.parametrize(
    ("name", "district", "first", "reason"),
    [
        ("Sukamaju", "", "12.05.04.2002", "Ada 2 yang bernama"),
        ("Terjun", "Selesai", "12.05.05.1002", "Ada 2 yang bernama"),
        ("Lau Tepu", "Babalan", "12.05.04.2001", "tidak ada di kecamatan itu"),
        ("Lau Tepo", "Salapian", "12.05.04.2001", "Tidak ada yang bernama"),
        ("Laut Tepu", "", "12.05.04.2001", "Tidak ada yang bernama"),
        ("Lau Tepu", "Salapiann", "12.05.04.2001", "Kecamatan “Salapiann” tidak ada"),
        ("Lau Tepu", "Padang Tualang", "12.05.04.2001", "Kecamatan “Padang Tualang” tidak ada"),
    ],
)
def test_a_doubtful_row_gets_ranked_suggestions(
    name: str, district: str, first: str, reason: str, gazetteer: Gazetteer
) -> None:
    found = find(gazetteer, name, district)

    assert found.spot is None
    assert not found.is_refused
    assert reason in found.reason
    assert found.suggestions[0].code == first


def test_nothing_alike_is_doubtful_without_a_suggestion(gazetteer: Gazetteer) -> None:
    found = find(gazetteer, "Xyz Qwerty", "Babalan")

    assert not found.suggestions
    assert not found.is_refused
    assert "Tidak ada desa yang mirip" in found.reason


@pytest.mark.parametrize("name", ["Kecamatan Babalan", "Salapian", "Kec. Selesai"])
def test_a_kecamatan_is_not_a_village(name: str, gazetteer: Gazetteer) -> None:
    found = find(gazetteer, name)

    assert found.is_refused
    assert "adalah kecamatan" in found.reason


def test_another_regency_is_refused(gazetteer: Gazetteer) -> None:
    found = find(gazetteer, "Pakuncen", "Selomerto", regency="Kabupaten Wonosobo")

    assert found.is_refused
    assert "tidak ada di wilayah kerja" in found.reason


@pytest.mark.parametrize("code", ["12.05.04.2001", "1205042001", " 12.05.04.2001 "])
def test_a_code_says_it_all(code: str, gazetteer: Gazetteer) -> None:
    found = find(gazetteer, "", code=code)

    assert found.spot is not None
    assert found.spot.code == "12.05.04.2001"


def test_a_code_and_a_name_that_disagree_are_doubtful(gazetteer: Gazetteer) -> None:
    found = find(gazetteer, "Sei Limbat", code="12.05.04.2001")

    assert found.spot is None
    assert [spot.code for spot in found.suggestions] == ["12.05.04.2001", "12.05.03.2001"]


def test_a_code_with_a_slightly_misspelt_name_is_sure(gazetteer: Gazetteer) -> None:
    found = find(gazetteer, "Lau Teppu", code="12.05.04.2001")

    assert found.spot is not None


def test_a_code_outside_the_jurisdiction_is_refused_with_its_place(gazetteer: Gazetteer) -> None:
    found = find(gazetteer, "Pakuncen", code="33.07.06.2009")

    assert found.is_refused
    assert "Desa Pakuncen, Kecamatan Selomerto" in found.reason


def test_a_code_of_a_kecamatan_is_refused(gazetteer: Gazetteer) -> None:
    assert find(gazetteer, "", code="12.05.04").is_refused


def test_an_unknown_code_leaves_the_name_doubtful(gazetteer: Gazetteer) -> None:
    found = find(gazetteer, "Lau Tepu", "Salapian", code="12.05.04.2999")

    assert "Kode wilayah tidak dikenal" in found.reason
    assert found.suggestions[0].code == "12.05.04.2001"


@pytest.mark.parametrize(
    "written",
    ["2024-03-07", "7 Maret 2024", "07/03/2024", "7-3-24", "07.03.2024", "Kamis, 7 Mar 2024",
     "7-Mar-24", "45358", "2024-03-07 00:00:00"],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(written: str) -> None:
    day = day_of(written)

    assert day is not None
    assert day.isoformat() == "2024-03-07"


@pytest.mark.parametrize("written", ["", "2024", "31/02/2024", "03/25/2024", "Maret 2024", "abc"])
def test_what_is_no_day_is_not_guessed(written: str) -> None:
    assert day_of(written) is None


@pytest.mark.parametrize(
    ("signer", "level"),
    [
        ("Ratna Wulandari", "office"),
        ("Kepala Kantor Wilayah Jawa Tengah", "regional"),
        ("Kakanwil", "regional"),
        ("Direktur Jenderal Imigrasi", "directorate"),
    ],
)
def test_the_signer_s_title_says_at_which_level_it_was_signed(signer: str, level: str) -> None:
    assert level_of(signer, "") == level
