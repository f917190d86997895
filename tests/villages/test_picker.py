"""The picker, as people type: with the word before the name, with the place, almost right."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Office
from tests.factories import JurisdictionFactory, OfficeFactory, RegionFactory
from villages import picker

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """An office that serves the regency of one village."""
    village = RegionFactory(name="Wonolelo")
    office = OfficeFactory()
    JurisdictionFactory(office=office, region=village.regency)
    return office


@pytest.mark.parametrize("typed", ["wonolelo", "Desa Wonolelo", "desa wono lelo", "kel. Wonolelo"])
def test_the_word_before_the_name_is_not_part_of_it(office: Office, typed: str) -> None:
    found = picker.search(office, typed)

    assert [each.region.name for each in found.candidates] == ["Wonolelo"]
    assert not found.is_guess


@pytest.mark.parametrize(
    "word",
    ["Desa", "Kute", "Gampong", "Distrik", "Kapanewon", "Kemantren", "Kalurahan", "Kec", "ds."],
)
def test_every_local_word_is_known(office: Office, word: str) -> None:
    found = picker.search(office, f"{word} Wonolelo")

    assert [each.region.name for each in found.candidates] == ["Wonolelo"]
    assert not found.is_guess


def test_a_name_that_begins_with_such_a_word_comes_first(office: Office) -> None:
    RegionFactory(name="Lintang")
    RegionFactory(name="Kute Lintang")

    found = picker.search(office, "Kute Lintang")

    assert [each.region.name for each in found.candidates] == ["Kute Lintang", "Lintang"]


def test_the_place_may_be_named_too(office: Office) -> None:
    district = picker.search(office, "wonolelo").candidates[0].region.district

    for typed in (f"Wonolelo {district.name}", f"desa wono lelo, {district.name}"):
        found = picker.search(office, typed)

        assert [each.region.name for each in found.candidates] == ["Wonolelo"]
        assert not found.is_guess


def test_a_code_names_its_village(office: Office) -> None:
    code = picker.search(office, "wonolelo").candidates[0].region.code

    for typed in (code, code.replace(".", ""), f" {code} ", code[:8]):
        found = picker.search(office, typed)

        assert [each.region.code for each in found.candidates] == [code]
        assert not found.is_guess


@pytest.mark.parametrize("typed", ["Wonolela", "wonlelo", "Wonolelloo"])
def test_almost_right_is_offered_as_a_guess(office: Office, typed: str) -> None:
    found = picker.search(office, typed)

    assert [each.region.name for each in found.candidates] == ["Wonolelo"]
    assert found.is_guess


@pytest.mark.parametrize(
    "typed",
    ["wonlelo {kec}", "Wonlelo, {kab}", "desa wonolela kec {kec} kab. {kab}", "wonlelo keca"],
)
def test_almost_right_is_offered_where_its_place_is_named_too(office: Office, typed: str) -> None:
    here = picker.search(office, "wonolelo").candidates[0].region

    found = picker.search(office, typed.format(kec=here.district.name, kab=here.regency.name))

    assert [each.region.name for each in found.candidates] == ["Wonolelo"]
    assert found.is_guess


def test_those_in_the_place_that_was_named_are_guessed_first(office: Office) -> None:
    here = picker.search(office, "wonolelo").candidates[0].region
    RegionFactory(code="33.07.13", name="Kejajar")
    there = RegionFactory(code="33.07.13.2001", name="Wonolela")

    for typed, first in [("wonlelo kejajar", there), (f"wonlela {here.district.name}", here)]:
        found = picker.search(office, typed)

        assert {each.region for each in found.candidates} == {here, there}
        assert found.candidates[0].region == first


def test_a_name_in_a_place_where_it_is_not_is_a_guess(office: Office) -> None:
    found = picker.search(office, "wonolelo kejajar")

    assert [each.region.name for each in found.candidates] == ["Wonolelo"]
    assert found.is_guess


def test_something_else_finds_nothing(office: Office) -> None:
    for typed in ("Pakuncen", "Pakuncen Selomerto", "Pakuncen, Wonolelo"):
        assert picker.search(office, typed).candidates == []


def test_what_nobody_types_asks_the_database_little(office: Office) -> None:
    with CaptureQueriesContext(connection) as asked:
        found = picker.search(office, "qz " * 20_000)

    assert found.candidates == []
    assert len(asked) <= 6  # the jurisdictions; by name, by place; every name, and none of them
    assert max(len(query["sql"]) for query in asked) < 10_000
