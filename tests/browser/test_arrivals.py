"""The officer's phone at the door: who is noted, invited or not, and that one sees it was noted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from events import actions
from tests.browser.conftest import PHONE
from tests.factories import EventFactory, OfficeFactory, UserFactory


@pytest.mark.browser
def test_whoever_notes_sees_that_it_was_noted(enter: Callable[..., Page], portal: str) -> None:
    staff = UserFactory(staff_of=OfficeFactory())
    event = EventFactory(office=staff.memberships.get().office)
    facts = {"kind": "district", "institution": "Kecamatan", "title": "Camat", "region": None}
    actions.invite(event, facts=facts | {"person": "Budi Hartono"}, by=staff)
    page = enter(staff, viewport=PHONE, reduced_motion="reduce")
    page.goto(f"{event.get_absolute_url()}hadir/")

    page.get_by_label("Nama", exact=True).fill("Siti Aminah")
    page.get_by_label("Instansi atau desa").first.fill("Desa Ampel")
    told(page, "Catat hadir", "Siti Aminah dicatat hadir.")
    told(page, "Hadir Budi Hartono, Camat", "Budi Hartono dicatat hadir.")

    assert event.attendees.count() == 2


@pytest.mark.browser
@pytest.mark.parametrize("with_scripts", [True, False])
def test_whoever_ticks_stands_at_the_next_one(
    enter: Callable[..., Page], portal: str, with_scripts: bool
) -> None:
    staff = UserFactory(staff_of=OfficeFactory())
    event = EventFactory(office=staff.memberships.get().office)
    facts = {"kind": "district", "institution": "Kecamatan", "region": None}
    for number in range(8):
        its = {"title": f"Staf {number}", "person": f"Orang {number}"}
        actions.invite(event, facts=facts | its, by=staff)
    page = enter(staff, viewport=PHONE, java_script_enabled=with_scripts, reduced_motion="reduce")
    page.goto(f"{event.get_absolute_url()}hadir/")

    told(page, "P hadir, perempuan, Orang 5", "Orang 5 dicatat hadir.")
    expect(page.get_by_role("button", name="Hadir Orang 6, Staf 6")).to_be_in_viewport()
    told(page, "Batal mencatat Orang 5", "Orang 5 tidak jadi dicatat hadir.")
    expect(page.get_by_role("button", name="Hadir Orang 5, Staf 5")).to_be_in_viewport()

    assert event.attendees.count() == 0


def told(page: Page, button: str, words: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()
    message = page.locator("#pesan .callout")
    expect(message).to_be_in_viewport()
    page.wait_for_timeout(400)  # it is taken out and put in again, to be heard
    expect(message).to_have_text(words)
    expect(message).to_be_in_viewport(timeout=1)
