"""Kinds of paper: each under a key of its own, and none without its templates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.checks import run_checks

from certificates import kinds
from reports.exports import RECAP
from tests.factories import NOTE
from villages.models.designation import PAPER

CERTIFICATE = kinds.get(PAPER)


@pytest.mark.parametrize(
    ("register", "kind"),
    [
        (kinds.register, CERTIFICATE),
        (kinds.register, replace(CERTIFICATE, key=NOTE.key)),
        (kinds.register_letter, NOTE),
        (kinds.register_letter, replace(NOTE, key=PAPER)),
        (kinds.register_letter, replace(NOTE, key=kinds.OTHER)),
        (kinds.register_export, RECAP),
    ],
)
def test_no_kind_replaces_another(register: Callable[[Any], None], kind: Any) -> None:
    before = (kinds.every(), kinds.letters(), kinds.export(RECAP.key))

    with pytest.raises(ValueError, match=f"there is a kind '{kind.key}' already"):
        register(kind)

    assert before == (kinds.every(), kinds.letters(), kinds.export(RECAP.key))


def refused() -> list[str]:
    return [it.msg for it in run_checks(tags=["templates"]) if it.id == "certificates.E001"]


def test_every_kind_of_the_portal_has_its_templates() -> None:
    assert refused() == []


@pytest.mark.parametrize("field", ["template", "public_template"])
def test_a_certificate_without_its_template_is_noticed(monkeypatch, field: str) -> None:
    lacking = replace(CERTIFICATE, **{field: "villages/pdf/none.html"})
    monkeypatch.setitem(kinds._KINDS, PAPER, lacking)

    assert refused() == [
        f"The kind of paper '{PAPER}' names the template 'villages/pdf/none.html', "
        "which is not there."
    ]


@pytest.mark.parametrize("field", ["template", "page_template"])
def test_a_letter_without_its_template_is_noticed(monkeypatch, field: str) -> None:
    lacking = replace(NOTE, **{field: "villages/pdf/none.html"})
    monkeypatch.setitem(kinds._LETTERS, NOTE.key, lacking)

    (said,) = refused()
    assert f"'{NOTE.key}'" in said
