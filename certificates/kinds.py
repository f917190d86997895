"""Kinds of paper: what an app above lends to this one, which may not import it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from accounts.access import Access
    from certificates.models import Certificate


@dataclass(frozen=True, slots=True)
class Proof:
    """What the live records say of a printed paper: whether it still holds, and what to add."""

    holds: bool
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """What the ordering app tells about its papers."""

    key: str
    label: str
    template: str  # drawn by WeasyPrint
    public_template: str  # the facts as the verification page shows them
    holders: Callable[[Access], Q]  # who may download, besides the office that issued
    proof: Callable[[Certificate], Proof]  # the live chain in one query, beside the facts


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind of paper known; called when the ordering app is ready."""
    _KINDS[kind.key] = kind


def get(key: str) -> Kind:
    """The kind of that key; unknown keys are a programming error."""
    return _KINDS[key]


def every() -> tuple[Kind, ...]:
    """All kinds, in the order of their registration."""
    return tuple(_KINDS.values())
