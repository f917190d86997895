"""How regions are called: their path, their local words, their short names."""

from collections.abc import Callable

import pytest

from villages import regions
from villages.edition_file import tidied
from villages.models import Region
from villages.models.region import search_key

type Find = Callable[[str], Region]


def test_the_path_names_everything_around_a_village(region: Find) -> None:
    pakuncen = region("33.07.06.2009")

    assert pakuncen.path == "Kecamatan Selomerto, Kabupaten Wonosobo, Jawa Tengah"
    assert pakuncen.district.code == "33.07.06"
    assert pakuncen.regency.name == "Kabupaten Wonosobo"
    assert pakuncen.province.name == "Jawa Tengah"


def test_the_path_needs_no_query_of_its_own(
    region: Find, django_assert_num_queries: Callable[..., object]
) -> None:
    pakuncen = region("33.07.06.2009")

    with django_assert_num_queries(0):
        assert pakuncen.path
        assert pakuncen.province


def test_a_province_lies_in_no_regency(region: Find) -> None:
    java = region("33")

    assert java.province == java
    with pytest.raises(LookupError, match="Jawa Tengah"):
        _ = java.regency


@pytest.mark.parametrize(
    ("code", "full_name"),
    [
        ("33.07.06.2009", "Desa Pakuncen"),
        ("33.07.06.1001", "Kelurahan Wonorejo"),
        ("11.05.07.2001", "Gampong Drien"),
        ("13.12.01.2001", "Nagari Ujung Gading"),
        ("13.09.01.2001", "Desa Saumanganya"),  # Mentawai is not Minangkabau
        ("34.71.01.1001", "Kelurahan Kricak"),
        ("91.71.01.2001", "Kampung Kayobatu"),
        ("33.07.06", "Kecamatan Selomerto"),
        ("34.71.01", "Kemantren Tegalrejo"),
        ("91.71.01", "Distrik Jayapura Utara"),
        ("33.07", "Kabupaten Wonosobo"),
        ("34", "Daerah Istimewa Yogyakarta"),
    ],
)
def test_a_region_carries_its_local_word_once(region: Find, code: str, full_name: str) -> None:
    assert region(code).full_name == full_name


def test_a_word_is_dropped_only_before_a_name_that_stays(region: Find) -> None:
    drien = region("11.05.07.2001")

    assert drien.short_name == "Drien"
    assert drien.name_after("Desa") == "Gampong Drien"
    assert Region(name="Gampong").name_after("Gampong") == "Gampong"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("wonokromo", "Wonokromo"),
        ("Mesjid baro", "Mesjid Baro"),
        ("Leme-leme darat", "Leme-leme Darat"),
        ("Ngaru (bawah)", "Ngaru (Bawah)"),
        ('Pamola"an', "Pamola'an"),
        ('T"Singa', "T'Singa"),
        ("Teuw*", "Teuw"),
        ("ie Leubeue", "Ie Leubeue"),  # a first word is large, however short
        ("dan", "Dan"),
        ("*", ""),
        # Small on purpose: particles, what is said twice, and what may be the end of a word.
        ("Kabupaten Pangkajene dan Kepulauan", "Kabupaten Pangkajene dan Kepulauan"),
        ("2 x 11 Kayu Tanam", "2 x 11 Kayu Tanam"),
        ("Oro-oro Ombo", "Oro-oro Ombo"),
        ("Iker - iker Geger", "Iker - iker Geger"),
        ("Hoku- hoku Gam", "Hoku- hoku Gam"),
        ("Baji pa'mai", "Baji Pa'mai"),
        ("Apa an", "Apa an"),
        ("Deme i", "Deme i"),
        ("We'a-we'a", "We'a-we'a"),
        ("DESA", "DESA"),
    ],
)
def test_slips_of_the_national_list_are_put_right(written: str, name: str) -> None:
    assert tidied(written) == name
    assert tidied(name) == name
    assert search_key(name) == search_key(written)


def test_the_packaged_list_is_read_without_its_slips() -> None:
    names = {row.code: row.name for row in regions.read_edition()}

    assert names["33.07.11.2015"] == "Wonokromo"
    assert names["35.27.04.2013"] == "Pamola'an"
    assert not [name for name in names.values() if name[:1].islower() or {'"', "*"} & set(name)]
