"""What does not go straight: returned, rejected, decided twice, revoked, refused, clicked twice."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from audit.models import Entry
from certificates.models import Certificate
from tests.factories import (
    DesignationFactory,
    NumberTemplateFactory,
    OfficeFactory,
    UserFactory,
)
from tests.worker_process import wait_for
from villages.models import Designation, Status

pytestmark = pytest.mark.browser

type Visit = Callable[..., Page]


@pytest.fixture
def office(portal: str) -> Any:
    """An office that can decide: it numbers its certificates."""
    office = OfficeFactory()
    NumberTemplateFactory(office=office)
    return office


@pytest.fixture
def staff(office: Any) -> User:
    return UserFactory(staff_of=office, name="Ratri Wulandari")


@pytest.fixture
def head(office: Any) -> User:
    return UserFactory(head_of=office, name="Bagus Prasetyo")


@pytest.fixture
def acting(office: Any) -> User:
    return UserFactory(head_of=office, head_of__acting_kind="plh", name="Citra Anjani")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def warnings(page: Page) -> Any:
    return page.locator("#pesan .tone-attention, #pesan .tone-danger")


def fill_in_decision(page: Page, sheet: Any, number: str = "W.13-0042 Tahun 2026") -> None:
    page.get_by_label("Nomor SK").fill(number)
    page.get_by_label("Tanggal SK").fill(sheet.office.today().isoformat())


def happened(sheet: Any, verb: str) -> int:
    return Entry.objects.about(sheet).filter(verb=f"designation.{verb}").count()


def test_a_returned_sheet_is_mended_and_approved(
    enter: Visit, office: Any, staff: User, head: User
) -> None:
    sheet = DesignationFactory(office=office, created_by=staff, submitted=True)

    desk = enter(head)
    desk.goto("/")
    follow(desk, "Periksa dan putuskan")
    follow(desk, "Kembalikan ke petugas")
    desk.get_by_label("Catatan untuk petugas").fill("Sebutkan jumlah warganya.")
    press(desk, "Kembalikan ke petugas")
    expect(desk.locator("#pesan")).to_contain_text("dikembalikan ke petugas")

    page = enter(staff)
    page.goto("/")
    expect(page.locator("main")).to_contain_text("Sebutkan jumlah warganya.")
    follow(page, "Lengkapi")
    expect(page.locator("main")).to_contain_text("Dikembalikan oleh Bagus Prasetyo")
    page.get_by_role("link", name="Kriteria").click()
    follow(page, "Kantong pekerja migran")
    page.get_by_label("Uraian").fill("Dua ratus warga bekerja di luar negeri.")
    press(page, "Simpan")
    follow(page, "Selesai, kembali ke usulan")
    follow(page, "Periksa dan ajukan")
    press(page, "Ajukan ke Kepala Kantor")
    expect(page.locator("#pesan")).to_contain_text("diajukan ke Kepala Kantor")

    desk.goto(sheet.get_absolute_url())
    expect(desk.locator("main")).to_contain_text("Dua ratus warga bekerja")
    fill_in_decision(desk, sheet)
    press(desk, "Periksa keputusan")
    press(desk, "Tetapkan desa")
    expect(desk.locator("#pesan")).to_contain_text("ditetapkan sebagai Desa Binaan Imigrasi")


def test_a_rejected_sheet_tells_its_preparers_why(
    enter: Visit, office: Any, staff: User, head: User
) -> None:
    sheet = DesignationFactory(office=office, created_by=staff, submitted=True)

    page = enter(head)
    page.goto(sheet.get_absolute_url())
    follow(page, "Tolak usulan")
    press(page, "Tolak usulan")
    expect(page.locator(".error-summary")).to_contain_text("Isi alasan")
    page.get_by_label("Alasan penolakan").fill("Di luar sasaran tahun ini.")
    press(page, "Tolak usulan")
    expect(page.locator("#pesan")).to_contain_text("ditolak")

    page = enter(staff)
    page.goto(sheet.get_absolute_url())
    expect(page.locator("main")).to_contain_text("Ditolak oleh Bagus Prasetyo")
    expect(page.locator("main")).to_contain_text("Di luar sasaran tahun ini.")
    expect(page.get_by_role("button", name="Periksa keputusan")).to_have_count(0)


def test_two_heads_press_at_once_and_one_decides(
    enter: Visit, office: Any, staff: User, head: User, acting: User
) -> None:
    sheet = DesignationFactory(office=office, created_by=staff, submitted=True)
    pages = [enter(head), enter(acting)]
    for page in pages:
        page.goto(sheet.get_absolute_url())
        fill_in_decision(page, sheet)
        page.get_by_label("Nama penanda tangan SK").fill("Bagus Prasetyo")
        press(page, "Periksa keputusan")
        expect(page.get_by_role("button", name="Tetapkan desa")).to_be_visible()
    # A clock instead of two clicks: once both are ready, both browsers press in the same moment.
    moment = time.time() * 1000 + 2_000
    for page in pages:
        page.evaluate(
            """moment => {
              const button = [...document.querySelectorAll("button")]
                .find(button => button.textContent.includes("Tetapkan desa"));
              setTimeout(() => button.click(), moment - Date.now());
            }""",
            moment,
        )

    for page in pages:
        expect(page.locator("#pesan .callout")).to_have_count(1, timeout=15_000)

    sheet.refresh_from_db()
    [winner, loser] = pages if sheet.decided_by == head else reversed(pages)
    assert Certificate.objects.count() == 1
    assert happened(sheet, "approved") == 1
    expect(warnings(winner)).to_have_count(0)
    told = f"sudah ditetapkan oleh {sheet.decided_by.name}, "
    expect(warnings(loser)).to_contain_text(told)
    expect(warnings(loser)).to_contain_text(re.compile(r"\d{4}, \d\d\.\d\d WIB"))


def test_a_revocation_takes_two_and_shows_to_the_whole_world(
    enter: Visit, office: Any, staff: User, head: User, acting: User
) -> None:
    sheet = DesignationFactory(office=office, created_by=staff, approved=True, approved__ready=True)

    page = enter(acting)
    page.goto(sheet.get_absolute_url())
    page.get_by_text("Mengakhiri atau mencabut penetapan").click()
    follow(page, "Usulkan pencabutan")
    page.get_by_label("Alasan pencabutan").fill("Surat kesediaan ternyata palsu.")
    press(page, "Sampaikan usul pencabutan")
    expect(page.locator("main")).to_contain_text("pejabat lain yang memutuskan")
    expect(page.get_by_role("link", name="Putuskan pencabutan")).to_have_count(0)
    answer = page.goto(f"{sheet.get_absolute_url()}cabut/")
    assert answer is not None
    assert answer.status == 403

    page = enter(head)
    page.goto(sheet.get_absolute_url())
    follow(page, "Putuskan pencabutan")
    page.get_by_label("Nomor SK pencabutan").fill("W.13-0099 Tahun 2026")
    page.get_by_label("Tanggal SK pencabutan").fill(office.today().isoformat())
    press(page, "Periksa pencabutan")
    press(page, "Cabut penetapan")
    expect(page.locator("#pesan")).to_contain_text("dicabut")
    page.goto(sheet.certificate.get_absolute_url())
    expect(page.locator("main")).to_contain_text("Sertifikat ini telah dicabut")

    stranger = enter(java_script_enabled=False)
    stranger.goto(f"/v/{sheet.certificate.code}")
    expect(stranger.get_by_role("heading", level=1)).to_contain_text("DICABUT")
    expect(stranger.locator("body")).not_to_contain_text("palsu")


def test_nobody_decides_what_they_prepared(enter: Visit, office: Any) -> None:
    both = UserFactory(staff_of=office, head_of=office)
    sheet = DesignationFactory(office=office, created_by=both, submitted=True)

    page = enter(both)
    page.goto(sheet.get_absolute_url())
    expect(page.locator("main")).to_contain_text("Anda ikut menyiapkan usulan ini")
    expect(page.get_by_role("button", name="Periksa keputusan")).to_have_count(0)

    [token] = [c["value"] for c in page.context.cookies() if c["name"] == "csrftoken"]
    for step in ["tetapkan", "kembalikan", "tolak"]:
        made_by_hand = page.context.request.post(
            f"{sheet.get_absolute_url()}{step}/",
            form={"csrfmiddlewaretoken": token, "reason": "x", "note": "x"},
        )
        assert made_by_hand.status == 403
        assert "Anda ikut menyiapkan usulan ini" in made_by_hand.text()
    sheet.refresh_from_db()
    assert sheet.status == Status.SUBMITTED


def test_the_number_of_the_decree_comes_later_and_orders_the_certificate(
    enter: Visit, office: Any, staff: User, head: User
) -> None:
    sheet = DesignationFactory(office=office, created_by=staff, submitted=True)

    page = enter(head)
    page.goto(sheet.get_absolute_url())
    press(page, "Periksa keputusan")
    press(page, "Tetapkan desa")
    expect(page.locator("main")).to_contain_text("Menunggu nomor SK")
    assert not Certificate.objects.exists()

    page = enter(staff)
    page.goto("/")
    follow(page, "Catat nomor SK")
    page.get_by_label("Nomor SK").fill("W.13-0042 Tahun 2026")
    page.get_by_label("Tanggal SK").fill(office.today().isoformat())
    press(page, "Periksa nomor SK")
    press(page, "Catat dan pesan sertifikat")
    certificate = Certificate.objects.get()
    expect(page.locator("#lembar-sertifikat")).to_contain_text(certificate.number)
    expect(page.locator("#lembar-sertifikat")).to_contain_text("sedang disiapkan")


def test_a_half_typed_form_is_not_left_by_a_link_unasked(
    enter: Visit, office: Any, staff: User
) -> None:
    sheet = DesignationFactory(office=office, created_by=staff)
    page, asked = enter(staff), []
    page.on("dialog", lambda question: (asked.append(question.type), question.dismiss()))
    form = f"{sheet.get_absolute_url()}koordinasi/"
    page.goto(sheet.get_absolute_url())

    page.goto(form)
    follow(page, "Penetapan")  # untouched: nobody asks
    page.goto(form)
    page.get_by_label("Tempat").press_sequentially("Aula Kecamatan Selomerto")
    page.get_by_role("link", name="Batal").click(no_wait_after=True)
    wait_for(lambda: asked == ["beforeunload"])
    expect(page.get_by_label("Tempat")).to_have_value("Aula Kecamatan Selomerto")
    press(page, "Simpan")  # refused, for want of the rest: still unsaved
    page.get_by_label("Tempat").click()
    page.get_by_role("link", name="Batal").click(no_wait_after=True)
    wait_for(lambda: asked == ["beforeunload"] * 2)


def test_a_double_click_submits_once(enter: Visit, office: Any, staff: User) -> None:
    sheet = DesignationFactory(office=office, created_by=staff, complete=True)

    page = enter(staff)
    page.goto(f"{sheet.get_absolute_url()}periksa/")
    page.get_by_role("button", name="Ajukan ke Kepala Kantor").dblclick()

    expect(page.locator("#pesan .callout")).to_have_count(1)
    expect(page.locator("#pesan")).to_contain_text("diajukan ke Kepala Kantor")
    expect(warnings(page)).to_have_count(0)
    assert happened(sheet, "submitted") == 1


def test_a_double_click_approves_once(enter: Visit, office: Any, staff: User, head: User) -> None:
    sheet = DesignationFactory(office=office, created_by=staff, submitted=True)

    page = enter(head)
    page.goto(sheet.get_absolute_url())
    fill_in_decision(page, sheet)
    press(page, "Periksa keputusan")
    page.get_by_role("button", name="Tetapkan desa").dblclick()

    expect(page.locator("#pesan .callout")).to_have_count(1)
    expect(page.locator("#pesan")).to_contain_text("ditetapkan")
    expect(warnings(page)).to_have_count(0)
    assert happened(sheet, "approved") == 1
    assert Certificate.objects.count() == 1


def test_a_second_tab_learns_what_was_done_in_the_first(
    enter: Visit, office: Any, staff: User, head: User
) -> None:
    sheet = DesignationFactory(office=office, created_by=staff, complete=True)
    page = enter(staff)
    page.goto(f"{sheet.get_absolute_url()}periksa/")
    tab = page.context.new_page()
    tab.goto(f"{sheet.get_absolute_url()}kesediaan/")

    press(page, "Ajukan ke Kepala Kantor")
    expect(page.locator("#pesan")).to_contain_text("diajukan")
    tab.get_by_label("Nama penanda tangan").fill("Orang Lain")
    press(tab, "Simpan")
    told = "Perubahan tidak disimpan: usulan ini sudah diajukan oleh Ratri Wulandari, "
    expect(warnings(tab)).to_contain_text(told)
    assert Designation.objects.get().consent.signatory_name != "Orang Lain"

    page = enter(head)
    page.goto(sheet.get_absolute_url())
    tab = page.context.new_page()
    tab.goto(f"{sheet.get_absolute_url()}tolak/")
    press(page, "Periksa keputusan")
    press(page, "Tetapkan desa")
    expect(page.locator("#pesan")).to_contain_text("ditetapkan")
    tab.get_by_label("Alasan penolakan").fill("Terlambat.")
    press(tab, "Tolak usulan")
    expect(warnings(tab)).to_contain_text("desa ini sudah ditetapkan oleh Bagus Prasetyo, ")
