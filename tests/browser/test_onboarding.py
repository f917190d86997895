"""How an office begins: with a table of what it has, or with nothing at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.actions import choose_password
from accounts.models import Office, Role, User
from tests.browser import people
from tests.browser.conftest import PASSWORD
from tests.browser.test_main_job import decide, propose_pakuncen
from tests.factories import (
    DirectorateFactory,
    JurisdictionFactory,
    OfficeFactory,
    RegionFactory,
    small_pdf,
)
from tests.spreadsheets import xlsx
from tests.villages.dirty_table import dirty_table, edition
from villages import regions
from villages.models import Region

pytestmark = pytest.mark.browser

type Visit = Callable[..., Page]


def test_sixty_dirty_rows_become_the_coverage_of_the_recap(enter: Visit, tmp_path: Path) -> None:
    (tmp_path / "wilayah.csv").write_text(edition())
    regions.take_over(regions.read_edition(tmp_path / "wilayah.csv"), on=date(2025, 7, 1))
    office = JurisdictionFactory(region=Region.objects.get(code="33.07")).office
    table = tmp_path / "desa binaan.xlsx"
    table.write_bytes(xlsx(dirty_table()))
    page = enter(people.admin_of(office))

    page.goto("/")
    page.get_by_role("link", name="Desa pertama").click()
    page.get_by_label("Berkas XLSX atau CSV").set_input_files(table)
    page.get_by_role("button", name="Unggah dan periksa").click()
    page.get_by_role("button", name="Periksa setiap baris").click()
    expect(page.get_by_text("10 baris meragukan")).to_be_visible()
    page.get_by_role("link", name="Selesaikan yang meragukan").click()
    settle_doubtful(page)
    page.get_by_role("link", name="Periksa dan catat").click()
    page.get_by_role("button", name="Catat 53 desa").click()
    expect(page.get_by_text("53 desa dicatat oleh Citra Anjani")).to_be_visible()

    page.get_by_role("link", name="Rekap").click()
    coverage = "53 dari 76 desa dan kelurahan ditetapkan (69,7 persen)"
    expect(page.locator("main")).to_contain_text(coverage)
    page.goto("/desa-binaan/")
    expect(page.locator("main .count")).to_have_text("0 desa")

    head = enter(people.head_of(office))
    head.goto("/")
    head.get_by_role("link", name=re.compile("^Periksa dan benarkan")).click()
    head.get_by_role("button", name="Benarkan 53 desa").click()
    expect(head.locator("h1")).to_have_text("Periksa pembenaran")
    head.get_by_role("button", name="Benarkan 53 desa").click()
    expect(head.locator("main")).to_contain_text("Dibenarkan oleh Bagus Prasetyo")
    head.goto("/desa-binaan/")
    expect(head.locator("main .count")).to_contain_text("53 desa")


def settle_doubtful(page: Page) -> None:
    """Take the first suggestion of every doubtful row; leave out the one that has none."""
    rows = re.compile(r"/impor/baris/\d+/")
    while rows.search(page.url):
        here = page.url
        offered = page.get_by_role("button", name=re.compile("^Ini desanya"))
        (offered.first if offered.count() else page.get_by_text("Lewati baris ini")).click()
        page.wait_for_url(lambda url, here=here: url != here)


@pytest.mark.worker
def test_a_newcomer_office_goes_from_empty_to_its_first_certificate(
    visit: Visit, enter: Visit, worker: object, tmp_path: Path
) -> None:
    RegionFactory(code="33.07.06.2009", name="Pakuncen")
    office = OfficeFactory()
    national = people.person("198001012005011001", "Dewi Lestari", DirectorateFactory(), Role.ADMIN)
    scan = tmp_path / "surat-kesediaan.pdf"
    scan.write_bytes(small_pdf())

    admin = open_office(enter(national), office)
    staff, head = complete_office(begin(visit(), *admin))
    propose_pakuncen(enter(with_own_password(staff)), scan)
    page = enter(with_own_password(head))
    page.goto("/")
    certificate = decide(page)

    assert certificate


def open_office(page: Page, office: Office) -> tuple[str, str]:
    """National administrator: from the desk to the office, its jurisdiction, its administrator."""
    page.goto("/")
    page.get_by_role("link", name="Daftar kantor").click()
    page.get_by_role("link", name=office.name).click()
    page.get_by_role("link", name="Lihat wilayah kerja").click()
    page.get_by_label("Kabupaten, kota, atau kecamatan").fill("wonosobo")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("button", name="Tambahkan Kabupaten Wonosobo").click()
    page.get_by_role("link", name=office.short_name).click()
    page.get_by_role("link", name="Tambah tanpa surel").click()
    return add(page, "199001012015051003", "Citra Anjani", "Administrator")


def complete_office(page: Page) -> tuple[str, str]:
    """Its administrator: what the desk asks for, one after the other."""
    tasks = page.get_by_role("listitem")
    expect(tasks.filter(has_text="Wilayah kerja")).to_contain_text("Lengkap")
    page.get_by_role("link", name="Pola nomor sertifikat", exact=True).click()
    page.get_by_label("Pola nomor").fill("DBI-{nomor}/{romawi}/{tahun}")
    page.get_by_role("button", name="Gunakan pola ini").click()
    page.get_by_role("link", name="Meja kerja").click()
    page.get_by_role("link", name="Petugas", exact=True).click()
    staff, _ = add(page, "198803142010121001", "Ratri Wulandari")
    page.get_by_role("link", name="Meja kerja").click()
    page.get_by_role("link", name="Kepala Kantor", exact=True).click()
    head, _ = add(page, "197509172000031002", "Bagus Prasetyo")
    page.get_by_role("link", name="Meja kerja").click()
    expect(tasks.filter(has_text="Kepala Kantor")).to_contain_text("Lengkap")
    return staff, head


def add(page: Page, number: str, name: str, role: str = "") -> tuple[str, str]:
    """Open an account in the office; the name and the password that the page tells once."""
    page.get_by_label("NIP atau surel").fill(number)
    page.get_by_label("Nama lengkap").fill(name)
    if role:
        page.get_by_role("radio", name=re.compile(f"^{role}")).check()
    page.get_by_role("button", name="Tambahkan").click(timeout=30_000)  # hashing is slow
    page.locator("main .code").first.wait_for(timeout=30_000)  # the next page is another
    told = page.locator("main .code").all_inner_texts()
    page.get_by_role("link", name="Sudah dicatat, kembali ke kantor").click()
    return number, told[-1]


def with_own_password(number: str) -> User:
    """The others do as the administrator did; once is enough to see."""
    user = User.objects.get(username=number)
    choose_password(user, PASSWORD)
    return user


def begin(page: Page, number: str, issued: str) -> Page:
    """Somebody new: in with what they were told, and on with a password of their own."""
    page.set_default_timeout(30_000)
    page.goto("/masuk/")
    page.get_by_label("NIP, kode desa, atau surel").fill(number)
    page.get_by_label("Sandi", exact=True).fill(issued)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_label("Sandi sekali pakai").fill(issued)
    page.get_by_label("Sandi baru", exact=True).fill(PASSWORD)
    page.get_by_label("Sandi baru, sekali lagi").fill(PASSWORD)
    page.get_by_role("button", name="Simpan sandi baru").click()
    page.get_by_role("heading", name="Meja kerja").wait_for()
    return page
