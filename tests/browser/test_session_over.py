"""The session ended while a page was open: sign in, and be back where one wanted to go."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

import events.actions
from accounts.models import User
from tests.factories import (
    PASSWORD,
    DesignationFactory,
    EventFactory,
    JurisdictionFactory,
    NumberTemplateFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
    head_of,
)
from tests.worker_process import wait_for

pytestmark = pytest.mark.browser

type Visit = Callable[..., Page]


@pytest.fixture
def office(portal: str) -> Any:
    office = OfficeFactory()
    JurisdictionFactory(office=office)
    NumberTemplateFactory(office=office)
    RegionFactory(code="33.07.06.2009")
    return office


@pytest.fixture
def staff(office: Any) -> User:
    return UserFactory(staff_of=office)


def sign_in_again(page: Page, person: User) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk")
    page.get_by_label("NIP, kode desa, atau surel").fill(person.username)
    page.get_by_label("Sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()


def test_a_form_comes_back_after_signing_in(enter: Visit, office: Any, staff: User) -> None:
    sheet = DesignationFactory(office=office, created_by=staff)
    page = enter(staff)
    page.goto(f"{sheet.get_absolute_url()}koordinasi/")
    Session.objects.all().delete()

    page.get_by_label("Tempat").fill("Aula")
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("main")).to_contain_text("Sesi Anda berakhir. Isian Anda disimpan;")
    sign_in_again(page, staff)

    page.wait_for_url(f"**{sheet.get_absolute_url()}koordinasi/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Koordinasi")
    expect(page.get_by_label("Tempat")).to_have_value("Aula")
    expect(page.locator("#pesan")).to_have_text(
        "Isian Anda yang belum tersimpan ada lagi di bawah. Periksa isian, lalu tekan Simpan."
    )


def test_figures_that_grew_old_over_a_sign_in_are_not_reported(
    enter: Visit, office: Any, staff: User
) -> None:
    event = EventFactory(office=office, created_by=staff, went="finished")

    def comes(name: str) -> None:
        person = events.actions.Person(name, "Desa Tieng")
        events.actions.attend(event, [person], source="officer", by=staff)

    comes("Siti Aminah")
    page = enter(staff)
    address = f"{event.get_absolute_url()}laporan/"
    page.goto(address)
    Session.objects.all().delete()

    page.get_by_label("E. Penutup").fill("Sekian.")
    page.get_by_role("button", name="Simpan dahulu").click()
    comes("Joko Santoso")
    sign_in_again(page, staff)
    page.wait_for_url(f"**{address}")
    expect(page.get_by_label("E. Penutup")).to_have_value("Sekian.")
    page.get_by_role("button", name="Simpan dahulu").click()
    page.wait_for_url(f"**{event.get_absolute_url()}")
    page.goto(address)

    expect(page.get_by_label("C. Hasil yang dicapai")).to_have_value(re.compile("2 peserta"))
    expect(page.get_by_label("E. Penutup")).to_have_value("Sekian.")


SK = "W.13-0412 Tahun 2026"


def look_last(page: Page) -> None:
    """Fill in a decision, and look at it once more."""
    page.get_by_label("Nomor SK").first.fill(SK)
    page.get_by_label("Tanggal SK").fill("2026-01-05")
    page.get_by_label("Nama penanda tangan SK").fill("Hasan Basri")
    page.get_by_role("button", name="Periksa keputusan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa keputusan")


def test_what_a_last_look_holds_comes_back_on_the_page_before(enter: Visit, office: Any) -> None:
    sheet = DesignationFactory(office=office, submitted=True)
    head = head_of(office).user
    page = enter(head)
    page.goto(f"{sheet.get_absolute_url()}tetapkan/?dilihat={sheet.stamp}")
    look_last(page)
    Session.objects.all().delete()

    page.get_by_role("button", name="Tetapkan desa").click()
    expect(page.locator("main")).to_contain_text("Sesi Anda berakhir. Isian Anda disimpan;")
    sign_in_again(page, head)

    expect(page.locator("#pesan")).to_have_text(
        "Desa ini belum ditetapkan. Periksa isian, lalu tekan Periksa keputusan."
    )
    expect(page.get_by_label("Nomor SK").first).to_have_value(SK)
    expect(page.get_by_label("Nama penanda tangan SK")).to_have_value("Hasan Basri")


def test_the_villages_of_one_decision_come_back_with_it(enter: Visit, office: Any) -> None:
    sheets = [DesignationFactory(office=office, submitted=True) for _ in range(2)]
    head = head_of(office).user
    page = enter(head)
    page.goto("/penetapan/menunggu/")
    for sheet in sheets:
        page.get_by_label(str(sheet.village)).check()
    page.get_by_role("button", name="Lanjut ke SK").click()
    look_last(page)
    Session.objects.all().delete()

    page.get_by_role("button", name="Tetapkan 2 desa").click()
    sign_in_again(page, head)

    expect(page.locator("#pesan")).to_contain_text("Desa-desa ini belum ditetapkan.")
    expect(page.get_by_label("Nomor SK").first).to_have_value(SK)
    for sheet in sheets:
        expect(page.locator("main")).to_contain_text(sheet.village.region.name)


def test_what_one_person_typed_is_not_shown_to_the_next(
    enter: Visit, office: Any, staff: User
) -> None:
    sheet = DesignationFactory(office=office, created_by=staff)
    colleague = UserFactory(staff_of=office)
    page = enter(staff)
    page.goto(f"{sheet.get_absolute_url()}koordinasi/")
    Session.objects.all().delete()

    page.get_by_label("Tempat").fill("Aula")
    page.get_by_role("button", name="Simpan").click()
    sign_in_again(page, colleague)

    page.wait_for_url(f"**{sheet.get_absolute_url()}koordinasi/")
    expect(page.get_by_label("Tempat")).to_have_value("")
    wait_for(lambda: page.evaluate("sessionStorage.getItem('isian')") is None)


def test_what_was_saved_does_not_come_back(enter: Visit, office: Any, staff: User) -> None:
    sheet = DesignationFactory(office=office, created_by=staff)
    page = enter(staff)
    page.goto(f"{sheet.get_absolute_url()}koordinasi/")

    page.get_by_label("Tempat").fill("Aula")
    page.get_by_label("Tanggal").fill(office.today().isoformat())
    page.get_by_role("button", name="Simpan").click()

    expect(page.locator("#pesan")).to_contain_text("disimpan")
    wait_for(lambda: page.evaluate("sessionStorage.getItem('isian')") is None)


def test_a_button_without_a_page_leads_back_to_where_it_was(
    enter: Visit, office: Any, staff: User
) -> None:
    sheet = DesignationFactory(office=office, created_by=staff, complete=True)
    page = enter(staff)
    page.goto(f"{sheet.get_absolute_url()}periksa/")
    Session.objects.all().delete()

    page.get_by_role("button", name="Ajukan ke Kepala Kantor").click()
    sign_in_again(page, staff)

    page.wait_for_url(f"**{sheet.get_absolute_url()}periksa/")
    expect(page.get_by_role("button", name="Ajukan ke Kepala Kantor")).to_be_visible()


def test_a_page_that_waits_for_its_certificate_asks_to_sign_in(
    enter: Visit, office: Any, staff: User
) -> None:
    sheet = DesignationFactory(office=office, created_by=staff, approved=True)
    page = enter(staff)
    page.goto(sheet.get_absolute_url())
    Session.objects.all().delete()

    page.wait_for_url("**/masuk/?next=**")
    sign_in_again(page, staff)

    page.wait_for_url(f"**{sheet.get_absolute_url()}")
    expect(page.locator("#lembar-sertifikat")).to_contain_text("sedang disiapkan")


def test_a_search_while_typing_asks_to_sign_in(enter: Visit, office: Any, staff: User) -> None:
    page = enter(staff)
    page.goto("/penetapan/usul/")
    Session.objects.all().delete()

    page.get_by_label("Nama atau kode desa").press_sequentially("pakuncen")
    page.wait_for_url("**/masuk/?next=**")
    sign_in_again(page, staff)

    expect(page.get_by_role("button", name="Usulkan Desa Pakuncen")).to_be_visible()
