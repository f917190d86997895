"""A small telephone at twice the size: what anybody verifies, and a desk, still fit."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.factories import AssignmentFactory, DesignationFactory, NumberTemplateFactory, head_of

pytestmark = pytest.mark.browser

type Visit = Callable[..., Page]

HALF = {"width": 180, "height": 740}  # 360 px, in pixels that are twice as large
_TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_nothing_sticks_out_at_twice_the_size(visit: Visit, enter: Visit, portal: str) -> None:
    office = NumberTemplateFactory().office
    sheet = DesignationFactory(office=office, approved=True, approved__ready=True)
    DesignationFactory(office=office, submitted=True)
    DesignationFactory(office=office, revocation_requested=True)
    AssignmentFactory(village=sheet.village, officer__office=office)
    typed = ["/v/", "/v/?kode=12/W13.IMI.7/2026", "/v/ABCD-EFGH-JKLM"]
    ended = DesignationFactory(office=office, ended=True)
    public = [*typed, *(f"/v/{it.certificate.code}" for it in (sheet, ended))]
    stranger, head = visit(), enter(head_of(office).user)

    wide = {}
    for page, address in [*((stranger, it) for it in public), (head, "/")]:
        page.set_viewport_size(HALF)
        page.goto(f"{portal}{address}")
        wide[address] = page.evaluate(_TOO_WIDE)

    assert {address for address, by in wide.items() if by > 0} == set()
