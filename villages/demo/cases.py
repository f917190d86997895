"""How a case is told: in dates. `villages.demo.telling` makes it happen by the portal's actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Coordinated:
    """The coordination that came before."""

    on: date
    place: str
    attended_by: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Consented:
    """The village's letter."""

    on: date
    signed_by: str
    serial: int
    title: str = "Kepala Desa"


@dataclass(frozen=True, slots=True)
class Decided:
    """What the head decided, and when: `step` names the action."""

    step: str  # "approve", "reject", "return"
    on: date
    said: str = ""
    decree: str = ""  # empty: the number has yet to come
    decree_on: date | None = None
    title: str = ""
    level: str = "office"
    signer: str = ""  # of the decree, where it is not the head
    by: str = "head 1"


@dataclass(frozen=True, slots=True)
class Honoured:
    """The ceremony."""

    on: date
    place: str
    opened_by: str
    presented_by: str
    received_by: str


@dataclass(frozen=True, slots=True)
class Closed:
    """How it came to an end, or may: a request, its confirmation, or the end of the term."""

    reason: str
    asked_on: date | None = None
    confirmed_on: date | None = None
    decree: str = ""
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One sheet, from the day it was begun."""

    office: str
    region: str
    begun: date
    findings: dict[str, str] = field(default_factory=dict)
    staff: str = "staff 1"
    evidence: bool = False
    coordinated: Coordinated | None = None
    consented: Consented | None = None
    submitted: date | None = None
    decided: Decided | None = None
    honoured: Honoured | None = None
    closed: Closed | None = None

    @property
    def decided_on(self) -> date:
        """For the order in which the register gave its numbers."""
        return self.decided.on if self.decided else date.max
