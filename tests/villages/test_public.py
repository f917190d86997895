"""What everybody may know of designated villages: without signing in, and of no person."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import DesignationFactory, OfficeFactory, RegionFactory, UserFactory
from villages import actions

pytestmark = pytest.mark.django_db
LIST = "/desa-binaan/"
GROUP = "https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv"


def designated(code: str = "33.07.06.2009", **stage):
    region = RegionFactory(code=code)
    return DesignationFactory(village__region=region, **(stage or {"approved": True}))


def page(sheet) -> str:
    return f"{LIST}{sheet.village.region.code}/"


def listed(query: str = "") -> str:
    return Client().get(LIST + query).content.decode()


def test_a_designated_village_is_listed_and_has_its_page() -> None:
    sheet = designated()

    shown = Client().get(page(sheet)).content.decode()

    assert page(sheet) in listed()
    for words in ("Desa Pakuncen", "Kecamatan Selomerto", str(sheet.office), sheet.office.address):
        assert words in shown
    assert f'print-only small">Alamat halaman ini: {settings.PORTAL_URL}{page(sheet)}<' in shown
    assert "<title>Daftar desa dan kelurahan – Desa Binaan Imigrasi</title>" in listed()
    for page_of_it in (shown, listed()):
        assert "Mengenali calo" in page_of_it
        assert "berizin (P3MI)" in page_of_it


@pytest.mark.parametrize("stage", ["complete", "submitted", "returned", "rejected", "withdrawn"])
def test_what_is_not_decided_is_nobodys_business(stage: str) -> None:
    sheet = designated(**{stage: True})

    assert Client().get(page(sheet)).status_code == 404
    assert page(sheet) not in listed()


@pytest.mark.parametrize(("stage", "words"), [("revoked", "dicabut"), ("ended", "berakhir")])
def test_what_is_over_leaves_the_list_and_its_page_says_so(stage: str, words: str) -> None:
    sheet = designated(**{stage: True})

    shown = Client().get(page(sheet)).content.decode()

    assert page(sheet) not in listed()
    assert "Tidak lagi menjadi Desa Binaan Imigrasi" in shown
    assert words in shown
    assert 'content="noindex, follow"' in shown
    assert 'name="description"' not in shown


def test_a_village_that_was_designated_again_stands() -> None:
    revoked = designated(revoked=True)
    DesignationFactory(village=revoked.village, office=revoked.office, approved=True)

    shown = Client().get(page(revoked)).content.decode()

    assert "Ditetapkan sebagai Desa Binaan Imigrasi sejak" in shown
    assert page(revoked) in listed()


@pytest.mark.parametrize(
    "text",
    ["pakuncen", "PAKUN CEN", "desa pakuncen", "Pakuncen, Wonosobo", "selomerto", "kab. wonosobo",
     "jawa tengah", "33.07.06", "3307062009", "Kec. Selomerto", "Kec.Selomerto",
     "Pakuncen,Wonosobo", "pakuncen/selomerto", "Provinsi Jawa Tengah", "prov. jawa tengah",
     "DS. PAKUNCEN", "kab.wonosobo (jawa tengah)", "pa-kun-cen"],
)  # fmt: skip
def test_it_is_found_by_name_place_or_code(text: str) -> None:
    sheet = designated()

    assert page(sheet) in listed(f"?q={text}")


@pytest.mark.parametrize("text", ["kudus", "pakuncen kudus", "%", "☃", "a" * 500, "\0"])
def test_anything_else_finds_nothing(text: str) -> None:
    designated()

    answer = Client().get(LIST, {"q": text})

    assert answer.status_code == 200
    assert "Tidak ada desa yang cocok" in answer.content.decode()


def test_the_list_is_narrowed_to_a_province_or_a_regency() -> None:
    here, there = designated("33.07.06.2009"), designated("35.09.11.2004")

    for place in ("33", "33.07"):
        shown = listed(f"?wilayah={place}")
        assert page(here) in shown
        assert page(there) not in shown
    assert 'value="33.07" selected' in listed("?wilayah=33.07")
    for nonsense in ("33.07.06", "3", "x", "33%"):
        assert page(there) in listed(f"?wilayah={nonsense}")


def test_no_person_and_nothing_of_the_office_alone_is_shown() -> None:
    sheet = designated()
    by = sheet.created_by
    actions.update_village(
        sheet.village, changes={"whatsapp_group": GROUP, "note": "Catatan dalam."}, by=by
    )
    head = {"role": "head", "name": "Slamet Riyanto", "phone": "0812-0000-0101"}
    actions.write_contact(sheet.village, facts=head, by=by)

    shown = listed() + Client().get(page(sheet)).content.decode()

    people = [by.name, sheet.decided_by.name, head["name"], head["phone"]]
    assert not [said for said in [*people, GROUP, "Catatan dalam."] if said in shown]


def test_both_pages_ask_little_and_may_be_kept_for_a_while() -> None:
    for number in range(30):
        designated(f"33.07.06.{2009 + number}")

    for address, most in ((f"{LIST}?q=wonosobo&wilayah=33.07&halaman=2", 3),
                          (f"{LIST}33.07.06.2010/", 1)):  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            answer = Client().get(address)
        assert answer.status_code == 200
        assert len(asked) <= most
        assert answer["Cache-Control"] == "public, max-age=300"
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies


def test_it_is_the_same_page_for_those_who_are_signed_in(sign_in) -> None:
    sheet = designated()
    browser = sign_in(UserFactory(staff_of=OfficeFactory()))

    assert browser.get(page(sheet)).content == Client().get(page(sheet)).content


def test_a_page_number_that_is_none_shows_the_nearest() -> None:
    sheet = designated()

    for number in ("0", "-1", "99", "x", "9" * 40):
        assert page(sheet) in listed(f"?halaman={number}")


def test_the_certificate_on_the_wall_leads_here_whether_it_holds_or_not() -> None:
    sheet, revoked = designated(), designated("33.07.06.2010", revoked=True)

    def behind_the_code(it) -> str:
        return Client().get(f"/v/{it.certificate.code}").content.decode()

    assert f'href="{page(sheet)}"' in behind_the_code(sheet)
    assert f'href="{page(revoked)}"' in behind_the_code(revoked)
    assert Client().get(page(revoked)).status_code == 200


def test_the_office_says_how_it_is_reached(sign_in) -> None:
    sheet = designated()
    profile = f"/kantor/{sheet.office.code}/profil/"
    browser = sign_in(UserFactory(admin_of=sheet.office))
    reached = {"phone": "(0286) 321 000", "whatsapp": "0811-1234-5678", "email": "k@example.go.id"}

    refused = browser.post(profile, {"phone": "tanya saja", "whatsapp": "123", "email": "k"})
    browser.post(profile, {"address": sheet.office.address, **reached})

    assert set(refused.context["form"].errors) == {"phone", "whatsapp", "email"}
    shown = Client().get(page(sheet)).content.decode()
    for link in ("tel:0286321000", "https://wa.me/6281112345678", "mailto:k@example.go.id"):
        assert f'href="{link}"' in shown


@pytest.mark.parametrize("address", ["%00/", "33.07%00/", "desa-pakuncen/"])
def test_what_is_no_code_of_a_region_is_not_found(address: str) -> None:
    assert Client().get(LIST + address).status_code == 404
