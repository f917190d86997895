"""The promises of the look: readable in both schemes, few bytes, no colour without a name."""

import re

import brotli
import pytest
from django.conf import settings

CSS = settings.BASE_DIR / "static" / "css" / "portal.css"
TONES = ["neutral", "progress", "attention", "success", "danger", "gold"]
PAIRS = [
    *((ink, ground) for ink in ["ink", "muted", "link"] for ground in ["paper", "surface"]),
    *((ink, "sunken") for ink in ["ink", "link"]),
    *((tone, f"{tone}-ground") for tone in TONES),
    *(("ink", f"{tone}-ground") for tone in TONES),
    ("link", "progress-ground"),
    ("danger", "surface"),
    ("danger", "paper"),
    ("gold", "paper"),
    ("on-primary", "primary"),
    ("on-primary", "primary-hover"),
    *(
        (ink, bar)
        for ink in ["on-masthead", "masthead-muted"]
        for bar in ["masthead", "navigation"]
    ),
    *(
        ("on-solid", f"solid-{tone}")
        for tone in ["neutral", "progress", "attention", "success", "danger"]
    ),
]
EDGES = [("edge", "surface"), ("edge", "paper"), ("focus", "paper"), ("focus", "surface")]


def schemes() -> dict[str, dict[str, str]]:
    css = CSS.read_text()
    light, dark = css.split("@layer base {")[0].split("prefers-color-scheme: dark")
    colours = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part)) for part in (light, dark)]
    return {"light": colours[0], "dark": colours[0] | colours[1]}


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_ink_can_be_read_on_its_ground(scheme: str) -> None:
    colours = schemes()[scheme]

    weak = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in PAIRS}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_and_focus_can_be_seen(scheme: str) -> None:
    colours = schemes()[scheme]

    weak = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in EDGES}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


def test_components_use_tokens_not_colours_of_their_own() -> None:
    components = CSS.read_text().split("@layer base {")[1].split("@media print")[0]

    assert re.findall(r"#[0-9a-f]{3,8}\b", components) == []


def test_the_style_fits_its_budget_and_asks_nobody_else() -> None:
    css = CSS.read_bytes()

    assert len(brotli.compress(css)) <= 11 * 1024
    assert b"url(" not in css
    assert b"@import" not in css
