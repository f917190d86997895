"""Everything by keyboard alone: reach it, see where one is, use it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browser.inspection import Traffic, inspect
from tests.factories import (
    DesignationFactory,
    JurisdictionFactory,
    NumberTemplateFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
)
from villages import messages
from villages.models import Designation

pytestmark = pytest.mark.browser

type Visit = Callable[..., Page]

_FOCUSED = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return {
    tag: one.tagName,
    text: (one.innerText || one.name || one.id || "").trim(),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    onScreen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.left < innerWidth,
    inMain: !!one.closest("main"),
  };
}"""


@pytest.fixture
def office(portal: str) -> Any:
    office = OfficeFactory()
    JurisdictionFactory(office=office)
    NumberTemplateFactory(office=office)
    RegionFactory(code="33.07.06.2009")
    return office


def focused(page: Page) -> dict[str, Any]:
    facts: dict[str, Any] = page.evaluate(_FOCUSED)
    return facts


def tab_until(page: Page, text: str, most: int = 30) -> None:
    """Press Tab until the thing with this text has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page)["text"].startswith(text):
            return
    raise AssertionError(f"{text!r} not reached")


def test_a_village_is_proposed_without_a_mouse(enter: Visit, office: Any) -> None:
    page = enter(UserFactory(staff_of=office))
    page.goto("/penetapan/usul/")

    page.keyboard.type("pakuncen", delay=20)
    expect(page.get_by_role("button", name="Usulkan Desa Pakuncen")).to_be_visible()
    tab_until(page, "Usulkan")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Desa Pakuncen")
    assert Designation.objects.count() == 1


def test_the_first_tab_skips_to_the_content(enter: Visit, office: Any) -> None:
    sheet = DesignationFactory(office=office, submitted=True)
    page = enter(UserFactory(head_of=office))
    page.goto(sheet.get_absolute_url())

    page.keyboard.press("Tab")
    skip = focused(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert skip["text"] == "Langsung ke isi"
    assert skip["onScreen"]
    assert focused(page)["inMain"]


def test_the_focus_can_always_be_seen(enter: Visit, office: Any) -> None:
    sheet = DesignationFactory(office=office, submitted=True)
    page = enter(UserFactory(head_of=office))
    page.goto(sheet.get_absolute_url())

    hidden, stops = [], 0
    page.keyboard.press("Tab")
    while (here := focused(page))["tag"] != "BODY" and stops < 60:
        stops += 1
        if here["outline"] < 2 or not here["onScreen"]:
            hidden.append(here)
        page.keyboard.press("Tab")

    assert stops > 15
    assert hidden == []


def test_errors_take_the_focus_and_lead_to_their_fields(enter: Visit, office: Any) -> None:
    sheet = DesignationFactory(office=office, submitted=True)
    page = enter(UserFactory(head_of=office))
    page.goto(f"{sheet.get_absolute_url()}kembalikan/")

    page.get_by_role("button", name="Kembalikan ke petugas").press("Enter")

    expect(page.locator(".error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Catatan untuk petugas")).to_be_focused()


def test_menus_open_and_close_by_keyboard(enter: Visit, office: Any) -> None:
    page = enter(UserFactory(staff_of=office, name="Ratri Wulandari"))
    page.goto("/")

    tab_until(page, "Ratri Wulandari")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Ganti sandi")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    expect(page.get_by_role("link", name="Ganti sandi")).to_be_hidden()
    assert focused(page)["text"].startswith("Ratri Wulandari")


def test_a_ready_text_is_copied_without_a_mouse(enter: Visit, office: Any, portal: str) -> None:
    waiting = DesignationFactory(office=office, submitted=True)
    person = UserFactory(staff_of=office)
    page = enter(person, permissions=["clipboard-read", "clipboard-write"], reduced_motion="reduce")
    traffic = Traffic(page, portal)
    page.goto(f"/penetapan/{waiting.pk}/")

    tab_until(page, "Ingatkan Kepala Kantor")
    page.keyboard.press("Enter")
    tab_until(page, "Salin teks")
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Tersalin")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == messages.reminder(waiting).replace(
        settings.PORTAL_URL, portal
    )
    assert inspect(page, traffic) == []
