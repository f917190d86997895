"""The agenda of an event in a browser: ordered by dragging, and by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

import events.actions
from tests.factories import EventFactory, UserFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def event():
    event = EventFactory()
    for title in ("Satu", "Dua", "Tiga"):
        facts = {"title": title, "minutes": 10, "led_by": ""}
        events.actions.write_item(event, facts=facts, by=event.created_by)
    return event


def titles(page: Page) -> list[str]:
    return page.locator("[data-reorder] .queue-title").all_inner_texts()


def test_items_are_dragged_into_their_order(event, enter: Callable[..., Page]) -> None:
    page = enter(UserFactory(staff_of=event.office))
    page.goto(reverse("events:agenda", args=[event.pk]))
    third, first = page.get_by_text("Tiga", exact=True), page.get_by_text("Satu", exact=True)

    with page.expect_navigation():
        third.drag_to(first, target_position={"x": 5, "y": 2})

    assert titles(page) == ["Tiga", "Satu", "Dua"]
    assert page.locator("[data-reorder] .muted").all_inner_texts()[0].endswith("10 menit")


def test_items_are_ordered_by_keyboard_alone(event, enter: Callable[..., Page]) -> None:
    page = enter(UserFactory(staff_of=event.office))
    page.goto(reverse("events:agenda", args=[event.pk]))

    page.get_by_role("button", name="Naikkan Tiga").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert titles(page) == ["Satu", "Tiga", "Dua"]
    # The page opens where the item is: the next press of Tab is on its buttons.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Naikkan Tiga"


def test_a_drag_ended_by_escape_changes_nothing(event, enter: Callable[..., Page]) -> None:
    page = enter(UserFactory(staff_of=event.office))
    page.goto(reverse("events:agenda", args=[event.pk]))
    third, first = page.get_by_text("Tiga", exact=True), page.get_by_text("Satu", exact=True)
    sent = []
    page.on("request", lambda request: sent.append(request.method))

    third.hover()
    page.mouse.down()
    first.hover(position={"x": 5, "y": 2})
    first.hover(position={"x": 6, "y": 2})
    under_way = titles(page)
    page.keyboard.press("Escape")
    page.mouse.up()
    page.wait_for_timeout(500)

    assert under_way == ["Tiga", "Satu", "Dua"]
    assert titles(page) == ["Satu", "Dua", "Tiga"]
    assert "POST" not in sent
