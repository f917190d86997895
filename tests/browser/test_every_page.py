"""Every page, in every state, for everyone who may see it: nobody is shut out, nothing breaks."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page, TimeoutError

from tests.browser.conftest import DESK, PHONE
from tests.browser.inspection import Eyes, Traffic, inspect
from tests.browser.places import NOT_PAGES, PLACES, Place
from tests.browser.scene import Scene, build_scene

type Visit = Callable[..., Page]
type Judge = Callable[[Page, Traffic], list[str]]

WIDE: dict[str, Any] = {"viewport": DESK}
SMALL: dict[str, Any] = {"viewport": PHONE, "color_scheme": "dark"}

# Each page is judged wide once, each of its states on the phone: axe takes longer than the page.
FIRST = {place.name: place for place in reversed(PLACES)}

# Heaps of about the same size, each with a scene of its own: test processes share them out.
GROUPS: dict[str, Callable[[Place], bool]] = {
    "staff, of events": lambda place: place.who == "staff" and _is_of_events(place),
    "staff, of the rest": lambda place: place.who == "staff" and not _is_of_events(place),
    "everybody else": lambda place: place.who != "staff",
}


def _is_of_events(place: Place) -> bool:
    return place.name.startswith("events:")


def names_below(patterns: list[URLPattern | URLResolver], space: str = "") -> set[str]:
    names = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            names |= names_below(pattern.url_patterns, f"{space}{inner}")
        else:
            names.add(f"{space}{pattern.name}")
    return names


def test_no_address_is_forgotten() -> None:
    visited = {place.name for place in PLACES}

    assert visited | NOT_PAGES == names_below(get_resolver().url_patterns)
    assert visited & NOT_PAGES == set()
    assert all(sum(is_in(place) for is_in in GROUPS.values()) == 1 for place in PLACES)


@pytest.mark.browser
@pytest.mark.parametrize("group", GROUPS)
def test_every_page_is_open_to_everyone(group: str, enter: Visit, portal: str) -> None:
    scene = build_scene()

    wrong, eyes = [], Eyes()
    places = [place for place in PLACES if GROUPS[group](place)]
    for who in dict.fromkeys(place.who for place in places):
        desk, phone = (
            Looker(enter(scene.people.get(who), reduced_motion="reduce", **screen), portal, judge)
            for screen, judge in ((WIDE, eyes.inspect), (SMALL, eyes.inspect_on_a_phone))
        )
        for place in places:
            if place.who == who:
                looker = desk if place is FIRST[place.name] else phone
                if faults := looker.look_at(place, scene):
                    wrong.append(f"{place}: {'; '.join(faults)}")
        desk.page.context.close()
        phone.page.context.close()

    assert not wrong, "\n".join(wrong)


class Looker:
    """Somebody's browser, with what it heard and how its pages are judged."""

    def __init__(self, page: Page, portal: str, judge: Judge) -> None:
        self.page, self.traffic, self.judge = page, Traffic(page, portal), judge
        page.set_default_timeout(30_000)  # a password is hashed slowly, on a busy machine too

    def look_at(self, place: Place, scene: Scene) -> list[str]:
        """Go there, do what it takes, and name what is wrong."""
        self.traffic.forget()
        answer = self.page.goto(place.address(scene))
        if answer is None or answer.status != place.status:
            return [f"status {answer and answer.status}"]
        if place.press:
            self.traffic.forget()
            try:
                answer_form(self.page, place)
            except TimeoutError as missing:
                return [str(missing)]
        faults = self.judge(self.page, self.traffic)
        if place.press and not place.says and not self.page.locator(".error-summary").count():
            faults.append("no error summary")
        if place.says and place.says not in self.page.locator("body").inner_text():
            faults.append(f"does not say {place.says!r}")
        return faults


def answer_form(page: Page, place: Place) -> None:
    """Fill in what the place says, and press its button."""
    for label, text in place.fill.items():
        field = page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(\(boleh|$)"))
        if field.evaluate("field => field.localName") == "select":
            field.select_option(label=text)
        else:
            field.fill(text)
    with page.expect_navigation():
        page.get_by_role("button", name=place.press, exact=True).click()


@pytest.mark.browser
@pytest.mark.parametrize(
    "template", ["400.html", "403_csrf.html", "429.html", "500.html", "503.html", "507.html"]
)
def test_pages_for_bad_days_too(template: str, visit: Visit, portal: str) -> None:
    page = visit(reduced_motion="reduce")
    traffic = Traffic(page, portal)
    page.route("**/hari-buruk", lambda route: route.fulfill(body=render_to_string(template)))

    page.goto("/hari-buruk")

    assert inspect(page, traffic) == []


BROKEN = """<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title>
<h1>Satu</h1><h1>Dua</h1>
<img src="http://localhost:9/elsewhere.png"><script>throw new Error("aduh")</script>
<p style="width:2000px">panjang</p><p style="color:#bbb">pucat</p>"""


@pytest.mark.browser
def test_the_inspection_sees_what_is_wrong(visit: Visit, portal: str) -> None:
    page = visit()
    traffic = Traffic(page, portal)
    page.route(
        "**/rusak",
        lambda route: route.fulfill(body=BROKEN, content_type="text/html; charset=utf-8"),
    )

    page.goto("/rusak")
    faults = "\n".join(inspect(page, traffic))

    for fault in [
        "third party",
        "aduh",
        "2 h1",
        "language 'en'",
        "title",
        "too wide",
        "image-alt",
        "color-contrast",
    ]:
        assert fault in faults
