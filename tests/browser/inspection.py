"""What every page promises, looked at in the browser: usable by all, whole, quiet and light."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE

AXE_SCRIPT = Axe().axe_script
AXE = {"resultTypes": ["violations"], "preload": False, "iframes": False}

# Contrast takes axe four times as long as all its other rules. It is looked at where words stand
# in something that they have not stood in yet: the style sheet tells no more apart. A page that was
# looked at whole before, in another state, is looked at again where such a thing is new in it.
_FRESH = """seen => {
  const silent = new Set(["id", "for", "name", "value", "href", "action", "title"])
  const named = one => one ? [one.localName, one.getAttribute("class"), one.getAttribute("type"),
    ...one.getAttributeNames().filter(name => !silent.has(name)).sort()].join(" ") : ""
  const place = one => [one, one.parentElement, one.parentElement?.parentElement]
    .map(named).join(" < ")
  const speaks = one => one.matches("input, select, textarea, button")
    || [...one.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.data.trim())
  const known = new Set(seen), fresh = new Map()
  for (const one of document.body.querySelectorAll("*"))
    if (speaks(one) && one.checkVisibility() && !known.has(place(one))) fresh.set(place(one), one)
  window.fresh = [...fresh.values()]
  return [...fresh.keys()]
}"""
_LOOK = """async options => {
  const plain = {...options, rules: {"color-contrast": {enabled: false}}}
  const found = (await axe.run(plain)).violations
  if (window.fresh.length) {
    const contrast = {...options, runOnly: ["color-contrast"]}
    found.push(...(await axe.run({include: window.fresh}, contrast)).violations)
  }
  return found
}"""

_FACTS = """() => ({
  headings: document.querySelectorAll("h1").length,
  language: document.documentElement.lang,
  title: document.title,
  twins: [...document.querySelectorAll("[id]")].map(one => one.id)
    .filter((id, place, all) => all.indexOf(id) !== place),
})"""

_OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Traffic:
    """What the page asks for and complains of while it loads. (tests/test_budgets.py weighs it.)"""

    def __init__(self, page: Page, home: str) -> None:
        self.home = home
        self.forget()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self._see)

    def forget(self) -> None:
        """Begin anew: the next page."""
        self.faults: list[str] = []

    def _hear(self, message: Any) -> None:
        # The browser names the page's own 403 or 404 an error; its status is checked elsewhere.
        if message.type == "error" and "status of 4" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _see(self, request: Any) -> None:
        if not request.url.startswith((f"{self.home}/", "data:", "blob:")):
            self.faults.append(f"third party: {request.url}")


class Eyes:
    """Somebody who looks at pages in both widths and schemes, and knows what they have seen."""

    def __init__(self) -> None:
        self._by_day: set[str] = set()
        self._at_night: set[str] = set()

    def inspect(self, page: Page, traffic: Traffic) -> list[str]:
        """Everything that is wrong with the page that is open, in both widths and both schemes."""
        found = [*traffic.faults, *_faults(page), *violations(page, self._by_day)]
        with on_a_phone_at_night(page):
            return found + self._faults_on_a_phone(page, again=False)

    def inspect_on_a_phone(self, page: Page, traffic: Traffic) -> list[str]:
        """The same of a page that is open small and dark, where somebody saw it wide before."""
        return [*traffic.faults, *_faults(page), *self._faults_on_a_phone(page, again=True)]

    def _faults_on_a_phone(self, page: Page, *, again: bool) -> list[str]:
        overflow = page.evaluate(_OVERFLOW)
        found = [f"{overflow} px too wide for a phone"] if overflow > 0 else []
        at_night = violations(page, self._at_night, again=again)
        return found + [f"phone, dark: {fault}" for fault in at_night]


def inspect(page: Page, traffic: Traffic) -> list[str]:
    """What somebody finds wrong who sees the portal for the first time."""
    return Eyes().inspect(page, traffic)


def _faults(page: Page) -> list[str]:
    """What is wrong with the page at any width."""
    found = []
    facts = page.evaluate(_FACTS)
    if facts["headings"] != 1:
        found.append(f"{facts['headings']} h1")
    if facts["twins"]:
        found.append(f"ids used twice: {facts['twins']}")
    if facts["language"] != "id":
        found.append(f"language {facts['language']!r}")
    if not facts["title"].endswith(" – Desa Binaan Imigrasi"):
        found.append(f"title {facts['title']!r}")
    return found


@contextmanager
def on_a_phone_at_night(page: Page) -> Iterator[None]:
    """The same page, 360 px wide and in dark colours."""
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    yield
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")


def violations(page: Page, seen: set[str], *, again: bool = False) -> list[str]:
    """What axe finds against accessibility, with where it stands; `seen` grows."""
    fresh = page.evaluate(_FRESH, list(seen))
    seen.update(fresh)
    if again and not fresh:
        return []
    if not page.evaluate("'axe' in window"):  # half a megabyte: not for every page that opens
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_LOOK, AXE)
    return [
        f"{rule['id']}: {node['target'][0]} {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in found
        for node in rule["nodes"][:2]
    ]
