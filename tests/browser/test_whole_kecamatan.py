"""A whole kecamatan in one step: chosen with one press, decided, every certificate arrives."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import (
    DesignationFactory,
    NumberTemplateFactory,
    RegionFactory,
    UserFactory,
    VillageFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.worker]

type Visit = Callable[..., Page]

PATIENCE = 60
DRAWN = re.compile("3 sertifikat siap diunduh")


@pytest.fixture
def office(portal: str) -> Any:
    """An office with three sheets of Wuluhan on its head's desk, and one of elsewhere."""
    office = NumberTemplateFactory().office
    RegionFactory(code="35.09.11", name="Wuluhan")
    for code in ("35.09.11.2004", "35.09.11.2001", "35.09.11.2003", "35.09.12.2001"):
        village = VillageFactory(office=office, region=RegionFactory(code=code))
        DesignationFactory(office=office, village=village, submitted=True)
    return office


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_head_decides_on_a_whole_kecamatan(
    scripts: bool, enter: Visit, worker: object, office: Any
) -> None:
    page = enter(UserFactory(head_of=office), java_script_enabled=scripts)

    page.goto("/")
    page.get_by_role("link", name="Putuskan beberapa desa sekaligus").click()
    page.get_by_role("button", name="Pilih semua di Kecamatan Wuluhan").click()
    expect(page.locator("[name=usulan]:checked")).to_have_count(3)
    page.get_by_role("button", name="Lanjut ke SK").click()
    page.get_by_label("Nomor SK").fill("W.15-0042 Tahun 2026")
    page.get_by_label("Tanggal SK").fill(office.today().isoformat())
    page.get_by_role("button", name="Periksa keputusan").click()
    expect(page.locator("main")).to_contain_text("3 lembar, nomor 1/")
    page.get_by_role("button", name="Tetapkan 3 desa").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("W.15-0042 Tahun 2026")
    if scripts:
        page.evaluate("window.notReloaded = true")
        expect(page.get_by_text(DRAWN)).to_be_visible(timeout=PATIENCE * 1000)
        assert page.evaluate("window.notReloaded") is True
    else:
        reload_until_drawn(page)
    links = page.get_by_role("link", name=re.compile("Unduh sertifikat"))
    expect(links).to_have_count(3)
    with page.expect_download() as caught:
        links.first.click()
    assert caught.value.path().read_bytes().startswith(b"%PDF-1.7")


def reload_until_drawn(page: Page) -> None:
    """Press "Muat ulang" as somebody without scripts would."""
    deadline = time.monotonic() + PATIENCE
    while not page.get_by_text(DRAWN).count() and time.monotonic() < deadline:
        expect(page.locator("main")).to_contain_text("dari 3 sertifikat siap")
        with page.expect_navigation():
            page.get_by_role("link", name="Muat ulang").click()
        page.wait_for_timeout(400)
