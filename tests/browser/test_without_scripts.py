"""The main job with JavaScript switched off: everything works, only by reloading."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import (
    JurisdictionFactory,
    NumberTemplateFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
    small_pdf,
)

pytestmark = [pytest.mark.browser, pytest.mark.worker]

type Visit = Callable[..., Page]

PATIENCE = 40


@pytest.fixture
def office(portal: str) -> Any:
    """An office in whose jurisdiction Pakuncen lies."""
    office = OfficeFactory()
    JurisdictionFactory(office=office)
    NumberTemplateFactory(office=office)
    RegionFactory(code="33.07.06.2009")
    return office


def test_the_main_job_needs_no_script(
    enter: Visit, worker: object, office: Any, tmp_path: Path
) -> None:
    page = enter(UserFactory(staff_of=office), java_script_enabled=False)

    sheet = propose(page, tmp_path / "surat.pdf")
    page = enter(UserFactory(head_of=office), java_script_enabled=False)
    page.goto(sheet)
    page.get_by_label("Nomor SK").fill("W.13-0042 Tahun 2026")
    page.get_by_label("Tanggal SK").fill(office.today().isoformat())
    page.get_by_role("button", name="Periksa keputusan").click()
    page.get_by_role("button", name="Tetapkan desa").click()

    link = reload_until_drawn(page)
    with page.expect_download() as caught:
        link.click()
    assert caught.value.path().read_bytes().startswith(b"%PDF-1.7")


def propose(page: Page, scan: Path) -> str:
    """Find the village with the search button, fill the sheet in, submit it; its address."""
    scan.write_bytes(small_pdf())
    page.goto("/")
    page.get_by_role("link", name="Usulkan desa").first.click()
    page.get_by_label("Nama atau kode desa").fill("pakun cen")
    page.get_by_role("button", name="Cari").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Usulkan Desa Pakuncen").click()
    sheet = page.url

    page.get_by_role("link", name="Isi kriteria").click()
    page.get_by_role("link", name="Kantong pekerja migran").click()
    page.get_by_label("Uraian").fill("Dua ratus warga bekerja di luar negeri.")
    page.get_by_label("Berkas bukti").set_input_files(scan)
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_role("link", name="Selesai, kembali ke usulan").click()

    page.get_by_role("link", name="Isi kesediaan desa").click()
    page.get_by_label("Nomor surat kesediaan").fill("140/12/2026")
    page.get_by_label("Tanggal surat").fill("2026-02-26")
    page.get_by_label("Nama penanda tangan").fill("Slamet Raharjo")
    page.get_by_label("Jabatan penanda tangan").fill("Kepala Desa Pakuncen")
    page.get_by_label("Pindaian surat").set_input_files(scan)
    page.get_by_role("button", name="Simpan").click()

    page.get_by_role("link", name="Periksa dan ajukan").click()
    page.get_by_role("button", name="Ajukan ke Kepala Kantor").click()
    expect(page.locator("#pesan")).to_contain_text("diajukan ke Kepala Kantor")
    return sheet


def reload_until_drawn(page: Page) -> Any:
    """Press "Muat ulang" as somebody without scripts would."""
    ready = page.get_by_role("link", name=re.compile("Unduh sertifikat"))
    deadline = time.monotonic() + PATIENCE
    while not ready.count() and time.monotonic() < deadline:
        expect(page.locator("main")).to_contain_text("sedang disiapkan")
        with page.expect_navigation():
            page.get_by_role("link", name="Muat ulang").click()
        page.wait_for_timeout(400)
    return ready.first
