"""The main job, with every real part: propose, decide, draw, download, scan, verify."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from accounts.models import Office
from tests.browser import people
from tests.browser.conftest import PHONE
from tests.factories import small_pdf
from villages.models import Designation, Region, Village

pytestmark = [pytest.mark.browser, pytest.mark.worker]

type Visit = Callable[..., Page]


@pytest.fixture
def consent_scan(tmp_path: Path) -> Path:
    """A letter on the officer's disk."""
    path = tmp_path / "surat-kesediaan.pdf"
    path.write_bytes(small_pdf())
    return path


def test_pakuncen_is_designated_and_anyone_can_verify_it(
    visit: Visit, nation: None, worker: object, consent_scan: Path
) -> None:
    office = Office.objects.get(code="kanim-wonosobo")
    staff, head, admin = people.staff_of(office), people.head_of(office), people.admin_of(office)

    propose_pakuncen(visit(staff), consent_scan)
    official = people.official_of(Village.objects.get(), admin)
    certificate = decide(visit(head))
    content = download(visit(official, viewport=PHONE))

    address = read_qr(content)
    assert address.endswith(f"/v/{certificate}")
    stranger = visit(viewport=PHONE, java_script_enabled=False)
    stranger.goto(address)
    expect(stranger.get_by_role("heading", level=1)).to_contain_text("SAH")
    expect(stranger.locator("main")).to_contain_text("Pakuncen")


def propose_pakuncen(page: Page, consent_scan: Path) -> None:
    """Staff: from the national list to the head's desk."""
    page.goto("/penetapan/usul/")
    page.get_by_label("Nama atau kode desa").press_sequentially("pakun cen", delay=20)
    page.get_by_role("button", name="Usulkan Desa Pakuncen, Kecamatan Selomerto").click()

    page.get_by_role("link", name="Isi kriteria").click()
    page.get_by_role("link", name="Kantong pekerja migran").click()
    page.get_by_label("Uraian").fill("Sekitar dua ratus warga bekerja di luar negeri.")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_role("link", name="Selesai, kembali ke usulan").click()

    page.get_by_role("link", name="Koordinasi").click()
    page.get_by_label("Tanggal koordinasi").fill("2024-02-20")
    page.get_by_label("Tempat").fill("Aula Kecamatan Selomerto")
    page.get_by_role("button", name="Simpan").click()

    page.get_by_role("link", name="Isi kesediaan desa").click()
    page.get_by_label("Nomor surat kesediaan").fill("140/12/Pakuncen/2024")
    page.get_by_label("Tanggal surat").fill("2024-02-26")
    page.get_by_label("Nama penanda tangan").fill("Slamet Raharjo")
    page.get_by_label("Jabatan penanda tangan").fill("Kepala Desa Pakuncen")
    page.get_by_label("Pindaian surat").set_input_files(consent_scan)
    page.get_by_role("button", name="Simpan").click()

    page.get_by_role("link", name="Periksa dan ajukan").click()
    expect(page.locator("main")).to_contain_text("Sekitar dua ratus warga")
    page.get_by_role("button", name="Ajukan ke Kepala Kantor").click()
    expect(page.get_by_text("diajukan ke Kepala Kantor")).to_be_visible()
    assert Designation.objects.get().village.region == Region.objects.get(code="33.07.06.2009")


def decide(page: Page) -> str:
    """Head: decide with an SK number; the certificate appears without a reload."""
    page.get_by_role("link", name="Putuskan").click()
    page.get_by_label("Nomor SK").fill("W.13.IMI.IMI.7-0042-GR.03.05 Tahun 2024")
    page.get_by_label("Tanggal SK").fill("2024-03-04")
    page.get_by_role("button", name="Periksa keputusan").click()
    page.get_by_role("button", name="Tetapkan desa").click()
    page.evaluate("window.notReloaded = true")
    expect(page.get_by_role("link", name=re.compile("Unduh sertifikat"))).to_be_visible(
        timeout=30_000
    )
    assert page.evaluate("window.notReloaded") is True
    certificate = Designation.objects.get().certificate
    assert certificate is not None
    return certificate.code


def download(page: Page) -> bytes:
    """Village: from its desk to the file."""
    with page.expect_download() as caught:
        page.get_by_role("link", name=re.compile("Unduh sertifikat")).first.click()
    assert "pakuncen" in caught.value.suggested_filename
    return caught.value.path().read_bytes()


def read_qr(content: bytes) -> str:
    """What a phone reads from the printed page."""
    picture = pypdfium2.PdfDocument(io.BytesIO(content))[0].render(scale=2).to_pil()
    [code] = zxingcpp.read_barcodes(picture)
    return str(code.text)
