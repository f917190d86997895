"""How an event of the demo is told: by whom, who was invited, who came, what was said there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from events.models import Source
from villages.meetings import Part

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who did what there; titles as reported, names invented."""

    contribution: str
    name: str
    title: str
    institution: str
    on_behalf_of: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Guest:
    """An institution and whoever is invited from there; where, by the code of a region."""

    kind: str
    title: str
    institution: str
    name: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody who came uninvited, and by which way onto the list."""

    name: str
    institution: str
    title: str
    source: Source = Source.PAPER


@dataclass(frozen=True, slots=True)
class Documented:
    """How it went: what was said, asked and agreed, and what its photo shows."""

    minutes: str
    taken_by: str
    caption: str
    figures: int  # in the photo
    asked: tuple[tuple[str, str, str], ...] = ()  # by whom, what, the answer
    to_do: str = ""
    slides: dict[str, tuple[str, ...]] = field(default_factory=dict)  # of talks, by their topic


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """An event: by whom, what, when, where, for whom; and how far it came."""

    office: str
    kind: str
    title: str
    on: date
    venue: str
    regions: tuple[str, ...] = ()  # villages or kecamatan, by their codes
    starts: time = time(9)
    ends: time = time(12)
    days: int = 1
    section: str = ""
    audience: str = ""
    basis: str = ""
    went: str = "finished"  # "", "started", "finished", or why it was called off
    staff: str = "staff 1"
    planned: timedelta = 7 * DAY  # so long before
    people: tuple[Somebody, ...] = ()
    was: Part | None = None  # to the sheets of its villages
    is_by_invitation: bool = False
    guests: tuple[Guest, ...] = ()
    invites_heads: bool = True  # of its villages, too
    represented: dict[str, str] = field(default_factory=dict)  # who is invited, who came instead
    came: tuple[Came, ...] = ()
    documented: Documented | None = None
    witnesses: tuple[tuple[str, str], ...] = ()  # of its official record, where it has one
    is_checked: bool = False  # what those who came knew
    has_certificates: bool = False  # of attendance

    @property
    def is_over(self) -> bool:
        """Whether it was held to its end."""
        return self.went == "finished"
