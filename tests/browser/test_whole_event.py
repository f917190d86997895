"""C3 whole, with every real part: a kecamatan is invited, comes in three ways, is reported on and
certified, from the plan to the filed report."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

import events.actions
from accounts.models import Office, User
from events.invitation_letters import INVITATION
from events.models import Event
from events.participation import PARTICIPANT, SPEAKER
from events.report import REPORT
from tests.browser.conftest import PHONE
from tests.factories import (
    JurisdictionFactory,
    MembershipFactory,
    NumberTemplateFactory,
    RegionFactory,
    UserFactory,
)
from tests.spreadsheets import xlsx

pytestmark = [pytest.mark.browser, pytest.mark.worker]

type Visit = Callable[..., Page]

TITLE = "Sosialisasi Desa Binaan Imigrasi Kecamatan Wuluhan"
VILLAGES = ("Ampel", "Dukuhdempok", "Glundengan", "Kesilir", "Lojejer", "Tamansari", "Tanjungrejo")
INSTITUTIONS = (
    ("district", "Kecamatan Wuluhan", "Camat Wuluhan"),
    ("police", "Polsek Wuluhan", "Kapolsek Wuluhan"),
    ("army", "Koramil Wuluhan", "Danramil Wuluhan"),
    ("manpower", "Dinas Tenaga Kerja", "Kepala Dinas Tenaga Kerja"),
    ("migrant_protection", "BP3MI Jawa Timur", "Kepala BP3MI"),
    ("social_security", "BPJS Ketenagakerjaan", "Kepala BPJS Ketenagakerjaan"),
    ("ngo", "Migrant CARE", "Ketua Migrant CARE"),
    ("press", "Radio Wuluhan", "Pemimpin redaksi"),
    ("religious_affairs", "KUA Wuluhan", "Kepala KUA"),
    ("school", "SMK Wuluhan", "Kepala SMK"),
    ("community", "PKK Wuluhan", "Ketua PKK"),
    ("community", "Karang Taruna Wuluhan", "Ketua Karang Taruna"),
)
DRAWN = 60_000  # milliseconds that a worker may take on a busy machine


@pytest.fixture
def office(portal: str) -> Office:
    """Jember, with a head, numbers for its papers, an address book, and the kecamatan."""
    office = JurisdictionFactory(region=RegionFactory(code="35.09", name="Jember")).office
    RegionFactory(code="35.09.11", name="Wuluhan")
    for place, name in enumerate(VILLAGES, 1):
        RegionFactory(code=f"35.09.11.200{place}", name=name)
    MembershipFactory(office=office, role="head", user__name="Suryadarma Ismoyo")
    for kind in (INVITATION, REPORT, PARTICIPANT, SPEAKER):
        pattern = f"{{nomor}}/{kind.key[:3].upper()}/{{tahun}}"
        NumberTemplateFactory(office=office, kind=kind.key, pattern=pattern)
    return office


@pytest.fixture
def staff(office: Office) -> User:
    staff = UserFactory(staff_of=office)
    for kind, institution, title in INSTITUTIONS:
        facts = {"kind": kind, "institution": institution, "title": title, "person": ""}
        facts |= {"phone": "", "region_id": None}
        events.actions.write_institution(office, facts=facts, by=staff)
    return staff


def test_wuluhan_is_planned_held_reported_and_certified(
    staff: User, enter: Visit, visit: Visit, worker: object, tmp_path: Path
) -> None:
    page = enter(staff)
    event = plan(page)
    say_who_does_what(page, event)
    invite(page, event)

    press(page, event, "Mulai kegiatan")
    come_by_the_officers_phone(page, event)
    come_by_ones_own_phone(page, visit(viewport=PHONE, java_script_enabled=False), event)
    come_on_paper(page, event, tmp_path)
    merge_who_is_one(page, event)
    press(page, event, "Nyatakan selesai")

    certify(page, event)
    given_to_whoever_has_no_account(page, visit(viewport=PHONE, java_script_enabled=False), event)
    report(page, event)
    event.refresh_from_db()
    assert event.status == "reported"


def press(page: Page, event: Event, button: str) -> None:
    page.goto(event.get_absolute_url())
    with page.expect_navigation():
        page.get_by_role("button", name=button).first.click()


def plan(page: Page) -> Event:
    """The event, for all villages of the kecamatan in one step, with the usual agenda."""
    page.goto("/kegiatan/rencana/")
    page.get_by_label("Jenis").select_option(label="Sosialisasi")
    page.get_by_label("Nama kegiatan").fill(TITLE)
    page.get_by_label("Mulai pukul").fill("00:00")
    page.get_by_label("Selesai pukul").fill("23:59")  # the day on which this runs, at any hour
    page.get_by_label("Tempat").fill("Sebuah hotel di Jember")
    page.get_by_role("button", name="Simpan dan pilih desa").click()
    expect(page.locator("h1")).to_contain_text("Desa sasaran")
    event = Event.objects.get()

    page.get_by_label("Nama desa atau kecamatan").fill("wuluhan")
    page.get_by_role("button", name="Tambah seluruh 7 desa").click()
    expect(page.locator("#pesan")).to_contain_text("7 desa di Kecamatan Wuluhan ditambahkan")
    page.goto(f"{event.get_absolute_url()}acara/")
    page.get_by_role("button", name="Pakai susunan acara baku").click()
    expect(page.locator("[data-reorder]")).to_contain_text("Paparan narasumber")
    return event


def say_who_does_what(page: Page, event: Event) -> None:
    """Opened on behalf of the head; two speakers, one from the office, one head of a village."""
    people = (
        ("Pembuka acara", "Hartini", "Kepala Subbagian Tata Usaha", "Kepala Kantor", ""),
        ("Narasumber", "Yoga Prasetya", "Kasubsi", "", "Berangkat kerja secara aman"),
        ("Narasumber", "Miftahul Arifin", "Kepala Desa", "", "Desa Peduli Buruh Migran"),
    )
    for part, name, title, behalf, topic in people:
        page.goto(f"{event.get_absolute_url()}pengisi/tambah/")
        page.get_by_label("Sebagai").select_option(label=part)
        page.get_by_label("Nama", exact=True).fill(name)
        page.get_by_label("Jabatan").fill(title)
        page.get_by_label("Instansi atau desa").fill("Kantor Imigrasi Jember")
        page.get_by_label("Atas nama").fill(behalf)
        page.get_by_label("Judul materi").fill(topic)
        with page.expect_navigation():
            page.get_by_role("button", name="Simpan").click()
    assert event.contributors.count() == 3


def invite(page: Page, event: Event) -> None:
    """Seven heads and twelve institutions, in one letter under a number of the register."""
    page.goto(f"{event.get_absolute_url()}undangan/")
    with page.expect_navigation():
        page.get_by_role("button", name="Undang kepala 7 desa sasaran").click()
    page.get_by_role("link", name="Pilih dari buku alamat").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Undang semua 12 alamat ini").click()
    assert event.invitees.count() == 19
    page.goto(f"{event.get_absolute_url()}undangan/buat-surat/")
    page.get_by_role("button", name="Periksa surat").click()
    page.get_by_role("button", name="Buat 1 surat undangan").click()
    assert "DAFTAR UNDANGAN" in words_of(download(page, "Unduh (PDF)"))


def come_by_the_officers_phone(page: Page, event: Event) -> None:
    page.goto(f"{event.get_absolute_url()}hadir/")
    page.get_by_label("Nama", exact=True).fill("Siti Aminah")
    page.get_by_label("Instansi atau desa").first.fill("Desa Ampel")
    with page.expect_navigation():
        page.get_by_role("button", name="Catat hadir").click()
    expect(page.locator("#pesan .callout")).to_be_in_viewport()
    assert event.attendees.count() == 1


def come_by_ones_own_phone(page: Page, phone: Page, event: Event) -> None:
    """By the code on the screen, on a phone without scripts; the officer's guest again."""
    page.goto(f"{event.get_absolute_url()}hadir/kode/")
    with page.expect_navigation():
        page.get_by_role("button", name="Buka daftar hadir mandiri").click()
    address = page.locator("#kode .code").inner_text()
    for name, institution in (("SITI AMINAH", "desa ampel"), ("Joko Santoso", "BP3MI Jawa Timur")):
        phone.goto(address)
        phone.get_by_label("Nama", exact=True).fill(name)
        phone.get_by_label("Instansi atau desa").fill(institution)
        phone.get_by_label("Jabatan").fill("Warga")
        with phone.expect_navigation():
            phone.get_by_role("button", name="Saya hadir").click()
        expect(phone.locator("main")).to_contain_text("Terima kasih")
    assert event.attendees.count() == 2


def come_on_paper(page: Page, event: Event, tmp_path: Path) -> None:
    """The sheet as a PDF to be signed; its names typed into a table; who was there, again."""
    page.goto(f"{event.get_absolute_url()}hadir/cetak/")
    page.get_by_role("button", name="Buat PDF").click()
    assert "Tanda tangan" in words_of(download(page, "Unduh (PDF)"))
    table = tmp_path / "daftar-hadir.xlsx"
    people = [[f"Warga {name}", f"Desa {name}", "Warga"] for name in VILLAGES]
    again = [["Siti Aminah", "Desa Ampel", ""], ["Joko Santosa", "BP3MI Jawa Timur", "Staf"]]
    table.write_bytes(xlsx([["Nama", "Instansi/Desa", "Jabatan"], *people, *again]))
    page.goto(f"{event.get_absolute_url()}hadir/berkas/")
    page.locator("input[type=file]").set_input_files(table)
    page.get_by_role("button", name="Baca berkas").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Masukkan 8 orang").click()
    assert event.attendees.count() == 10


def merge_who_is_one(page: Page, event: Event) -> None:
    page.goto(f"{event.get_absolute_url()}hadir/mirip/")
    with page.expect_navigation():
        page.get_by_role("button", name="Satu orang, pakai yang kedua").first.click()
    assert event.attendees.present().count() == 9


def certify(page: Page, event: Event) -> None:
    """By the usual rule: nine who came and two who spoke; drawn while the page is looked at."""
    page.goto(event.get_absolute_url())
    page.get_by_role("link", name="Buat sertifikat peserta dan narasumber").click()
    page.get_by_role("link", name="Tentukan penerima").click()
    page.get_by_role("button", name="Simpan dan periksa").click()
    page.get_by_role("button", name="Pesan 11 sertifikat").click()
    archive = page.get_by_role("button", name="11 berkas dalam satu ZIP")
    expect(archive).to_be_visible(timeout=DRAWN)
    archive.click()
    expect(page.get_by_role("link", name=re.compile("^Unduh"))).to_be_visible(timeout=DRAWN)
    with zipfile.ZipFile(io.BytesIO(download(page, re.compile("^Unduh")))) as packed:
        assert len(packed.namelist()) == 11


def given_to_whoever_has_no_account(page: Page, phone: Page, event: Event) -> None:
    page.goto(f"{event.get_absolute_url()}sertifikat/")
    link = page.get_by_role("link", name="Tautan pribadi Siti Aminah")
    phone.goto(link.get_attribute("href") or "")
    expect(phone.locator("main")).to_contain_text("Siti Aminah")
    assert "Siti Aminah" in words_of(download(phone, "Unduh sertifikat"))


def report(page: Page, event: Event) -> None:
    """From the proposal to the filed report, which tells of what the event itself knows."""
    page.goto(event.get_absolute_url())
    page.get_by_role("link", name="Susun laporan").click()
    expect(page.get_by_label("C. Hasil yang dicapai")).to_have_value(re.compile("9 peserta"))
    page.get_by_role("button", name="Simpan, lanjut ke penanda tangan").click()
    page.get_by_role("button", name="Periksa laporan").click()
    page.get_by_role("button", name="Buat laporan").click()
    words = words_of(download(page, "Unduh (PDF)"))
    for told in (TITLE.upper(), "Miftahul Arifin", "BP3MI Jawa Timur", "E. Penutup"):
        assert told in words


def download(page: Page, link: str | re.Pattern[str]) -> bytes:
    """The file behind the link, once the worker has made it."""
    there = page.get_by_role("link", name=link).first
    expect(there).to_be_visible(timeout=DRAWN)
    with page.expect_download() as caught:
        there.click()
    return caught.value.path().read_bytes()


def words_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())
