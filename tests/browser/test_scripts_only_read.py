"""htmx in a real browser: it shows what is asked for, and changes nothing, whatever it is told."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from certificates.models import NumberTemplate
from tests.factories import NumberTemplateFactory, OfficeFactory, UserFactory

pytestmark = pytest.mark.browser

# What a name with markup in it would have been: inside a form, with its token, without headers.
PLANTED = """
() => {
  const planted = document.createElement("i");
  planted.setAttribute("hx-trigger", "load");
  planted.setAttribute("hx-post", location.pathname);
  planted.setAttribute("hx-vals", '{"choose": "1", "pattern": "SALAH-{nomor}"}');
  planted.setAttribute("hx-request", '{"noHeaders": true}');
  document.querySelector("main form").append(planted);
  htmx.process(planted);
}
"""


def test_the_preview_follows_what_is_typed_and_nothing_planted_is_sent(
    enter: Callable[..., Page],
) -> None:
    office = OfficeFactory()
    NumberTemplateFactory(office=office, pattern="BENAR-{nomor}")
    page = enter(UserFactory(admin_of=office))
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.method))

    page.goto(f"/kantor/{office.code}/penomoran/designation/")
    page.evaluate(PLANTED)
    page.get_by_label("Pola nomor").fill("LAIN-{nomor}")

    expect(page.locator("#pratinjau")).to_contain_text("LAIN-1")
    assert "POST" not in sent
    assert NumberTemplate.objects.get(office=office).pattern == "BENAR-{nomor}"

    page.get_by_role("button", name="Gunakan pola ini").click()
    expect(page.locator("#pesan")).to_contain_text("Pola nomor dipilih")
    assert NumberTemplate.objects.get(office=office).pattern == "LAIN-{nomor}"
