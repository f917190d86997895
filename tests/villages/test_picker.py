"""The picker, as people type: with the word before the name, with the place, almost right."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Office, User
from tests.factories import JurisdictionFactory, OfficeFactory, RegionFactory, UserFactory
from villages import picker

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]


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


@pytest.mark.parametrize("typed", ["Dieng Wetan", "Desa Dieng Wetan", "dieng lor wetan"])
def test_a_name_with_a_word_too_many_is_found_before_what_looks_alike(
    office: Office, typed: str
) -> None:
    regency = picker.search(office, "wonolelo").candidates[0].region.regency
    RegionFactory(code=f"{regency.code}.71.2001", name="Dlisen Wetan")
    RegionFactory(code=f"{regency.code}.71.2002", name="Dieng")

    found = picker.search(office, typed)

    assert found.candidates[0].region.name == "Dieng"
    assert found.is_guess


def test_a_slip_of_one_letter_comes_before_the_first_word_alone(office: Office) -> None:
    regency = picker.search(office, "wonolelo").candidates[0].region.regency
    RegionFactory(code=f"{regency.code}.71.2001", name="Karang")
    RegionFactory(code=f"{regency.code}.71.2002", name="Karanganyar")

    found = picker.search(office, "Karang Anjar")

    assert [each.region.name for each in found.candidates] == ["Karanganyar", "Karang"]


def test_the_place_that_was_named_is_offered_after_a_village_in_it(office: Office) -> None:
    here = picker.search(office, "wonolelo").candidates[0].region
    RegionFactory(code=f"{here.regency.code}.71.2001", name=here.district.name)

    found = picker.search(office, f"wonlelo {here.district.name}")

    names = [each.region.name for each in found.candidates]
    assert names == ["Wonolelo", here.district.name]


def test_beneath_guesses_it_is_said_whom_to_ask(office: Office, sign_in: SignIn) -> None:
    client = sign_in(UserFactory(staff_of=office))

    def page(typed: str) -> str:
        return client.get(reverse("villages:propose"), {"q": typed}).content.decode()

    assert "di luar wilayah kerja kantor Anda?" in page("wonolelo cilacap")
    assert "di luar wilayah kerja kantor Anda?" in page("qzqz")
    assert "di luar wilayah kerja kantor Anda?" not in page("wonolelo")


def test_something_else_finds_nothing(office: Office) -> None:
    for typed in ("Pakuncen", "Pakuncen Selomerto", "Pakuncen, Wonolelo"):
        assert picker.search(office, typed).candidates == []


def test_what_nobody_types_asks_the_database_little(office: Office) -> None:
    with CaptureQueriesContext(connection) as asked:
        found = picker.search(office, "qz " * 20_000)

    assert found.candidates == []
    assert len(asked) <= 6  # the jurisdictions; by name, by place; every name, and none of them
    assert max(len(query["sql"]) for query in asked) < 10_000
