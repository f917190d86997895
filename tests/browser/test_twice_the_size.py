"""A small telephone at twice the size: what anybody verifies, and a desk, still fit."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.factories import AssignmentFactory, DesignationFactory, NumberTemplateFactory, head_of

pytestmark = pytest.mark.browser

type Visit = Callable[..., Page]

HALF = {"width": 180, "height": 740}  # 360 px, in pixels that are twice as large
# Words of the verdict that do not stand on one line: a torn word says nothing in five seconds.
_TORN = """() => [...document.querySelectorAll(".verdict h1")].flatMap(title => {
  const text = [...title.childNodes].find(node => node.nodeType === 3 && node.data.trim())
  return [...text.data.matchAll(/\\S+/g)].filter(word => {
    const range = document.createRange()
    range.setStart(text, word.index)
    range.setEnd(text, word.index + word[0].length)
    return new Set([...range.getClientRects()].map(box => box.top)).size > 1
  }).map(word => word[0])
})"""
_TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_nothing_sticks_out_at_twice_the_size(visit: Visit, enter: Visit, portal: str) -> None:
    office = NumberTemplateFactory().office
    sheet = DesignationFactory(office=office, approved=True, approved__ready=True)
    DesignationFactory(office=office, submitted=True)
    DesignationFactory(office=office, revocation_requested=True)
    AssignmentFactory(village=sheet.village, officer__office=office)
    sheet_page = f"/sertifikat/{sheet.certificate.code}/"
    typed = ["/v/", "/v/?kode=12/W13.IMI.7/2026", "/v/ABCD-EFGH-JKLM"]
    ended = DesignationFactory(office=office, ended=True)
    public = [*typed, *(f"/v/{it.certificate.code}" for it in (sheet, ended))]
    stranger, head = visit(), enter(head_of(office).user)

    wide = {}
    for page, address in [*((stranger, it) for it in public), (head, "/"), (head, sheet_page)]:
        page.set_viewport_size(HALF)
        page.goto(f"{portal}{address}")
        wide[address] = page.evaluate(_TOO_WIDE)

    assert {address for address, by in wide.items() if by > 0} == set()


@pytest.mark.parametrize("width", [321, 340, 360])
def test_a_verdict_is_torn_on_no_telephone(visit: Visit, portal: str, width: int) -> None:
    sheets = [DesignationFactory(**{stage: True}) for stage in ("revoked", "ended")]
    codes = [*(it.certificate.code for it in sheets), "ABCD-EFGH-JKLM", "ABC"]
    page = visit(viewport={"width": width, "height": 740})

    torn = {}
    for code in codes:
        page.goto(f"{portal}/v/{code}")
        torn[code] = [*page.evaluate(_TORN), page.evaluate(_TOO_WIDE)]

    assert torn == {code: [0] for code in codes}
