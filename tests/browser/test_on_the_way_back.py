"""Back; and what native inputs leave out: days in words, files by name, a chosen decree."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.test_unhappy_ways import fill_in_decision, press
from tests.factories import (
    DesignationFactory,
    NumberTemplateFactory,
    OfficeFactory,
    UserFactory,
    small_pdf,
)

pytestmark = pytest.mark.browser

type Visit = Callable[..., Page]


@pytest.fixture
def office(portal: str) -> Any:
    office = OfficeFactory()
    NumberTemplateFactory(office=office)
    return office


@pytest.fixture
def head(office: Any) -> User:
    return UserFactory(head_of=office, name="Bagus Prasetyo")


def test_back_after_the_decision_shows_what_was_decided(
    enter: Visit, office: Any, head: User
) -> None:
    sheet = DesignationFactory(office=office, submitted=True)
    page = enter(head)
    page.set_default_timeout(30_000)
    page.goto(sheet.get_absolute_url())
    fill_in_decision(page, sheet)
    press(page, "Periksa keputusan")
    press(page, "Tetapkan desa")
    expect(page.locator("#pesan")).to_contain_text("ditetapkan sebagai Desa Binaan Imigrasi")

    page.go_back()

    expect(page.get_by_role("heading", level=1)).to_contain_text(str(sheet.village))
    expect(page.locator("main")).to_contain_text("Bagus Prasetyo")
    expect(page.get_by_role("button", name="Periksa keputusan")).to_have_count(0)


def test_back_to_a_form_that_was_refused_shows_the_form(
    enter: Visit, office: Any, head: User
) -> None:
    sheet = DesignationFactory(office=office, submitted=True)
    page = enter(head)
    page.goto(f"{sheet.get_absolute_url()}tolak/")
    press(page, "Tolak usulan")
    expect(page.get_by_role("alert")).to_contain_text("Isi alasan")
    page.goto("/")

    page.go_back()

    expect(page.get_by_label("Alasan penolakan")).to_be_visible()


def test_back_from_the_last_look_keeps_number_and_date(
    enter: Visit, office: Any, head: User
) -> None:
    sheet = DesignationFactory(office=office, submitted=True)
    page = enter(head)
    page.goto(sheet.get_absolute_url())
    fill_in_decision(page, sheet, number="W.13-0042 Tahun 2026")
    press(page, "Periksa keputusan")
    expect(page.locator("main")).to_contain_text("Yang Anda tetapkan")

    page.go_back()

    expect(page.get_by_label("Nomor SK", exact=False).first).to_have_value("W.13-0042 Tahun 2026")
    expect(page.get_by_label("Tanggal SK")).to_have_value(office.today().isoformat())


def test_a_chosen_day_stands_beneath_in_words(enter: Visit, office: Any) -> None:
    sheet = DesignationFactory(office=office)
    page = enter(sheet.created_by)
    page.goto(f"{sheet.get_absolute_url()}koordinasi/")
    day = page.get_by_label("Tanggal koordinasi")

    day.fill("2026-04-03")

    expect(page.locator(".spelled")).to_have_text("3 April 2026")
    expect(day).to_have_accessible_description("3 April 2026")


def test_a_file_is_chosen_by_an_indonesian_button_and_named(
    enter: Visit, office: Any, tmp_path: Path
) -> None:
    sheet = DesignationFactory(office=office)
    scan = tmp_path / "surat kesediaan.pdf"
    scan.write_bytes(small_pdf())
    page = enter(sheet.created_by)
    page.goto(f"{sheet.get_absolute_url()}kesediaan/")
    expect(page.locator(".file-name")).to_have_text("Belum ada berkas yang dipilih")

    with page.expect_file_chooser() as chooser:
        page.locator(".file-pick").get_by_text("Pilih berkas").click(force=True)
    chooser.value.set_files(scan)
    expect(page.locator(".file-name")).to_have_text("surat kesediaan.pdf")
    press(page, "Simpan")

    expect(page.locator("#id_scan_lost")).to_contain_text(
        "surat kesediaan.pdf belum tersimpan. Pilih lagi berkasnya."
    )
    page.get_by_label("Jabatan penanda tangan").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Pindaian surat")).to_be_focused()


def test_a_recorded_decree_says_everything_and_asks_for_nothing_more(
    enter: Visit, office: Any, head: User
) -> None:
    earlier = DesignationFactory(office=office, approved=True)
    sheet = DesignationFactory(office=office, submitted=True)
    page = enter(head)
    page.goto(sheet.get_absolute_url())
    page.get_by_label("Nomor SK", exact=False).first.fill("W.13-1")

    page.get_by_label("SK", exact=True).select_option(str(earlier.decree.pk))

    expect(page.get_by_label("Tentang")).to_be_hidden()
    shown = page.locator(f'[data-while="decree={earlier.decree.pk}"]')
    expect(shown).to_contain_text(earlier.decree.signer_name)
    press(page, "Periksa keputusan")
    expect(page.locator("main")).to_contain_text("Yang Anda tetapkan")
    expect(page.locator("main")).to_contain_text(earlier.decree.number)
