"""Events at which an office coordinated, or a village was honoured, lent by the app above.

A sheet says of both in its own words, and may name the event from which they were taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models.expressions import Combinable

if TYPE_CHECKING:
    from accounts.access import Access
    from accounts.models import User
    from villages.models import Designation
    from villages.models.sheet import Ceremony, Coordination

    type Held = Coordination | Ceremony


class Part(StrEnum):
    """What of a sheet an event was."""

    COORDINATION = "coordination"
    CEREMONY = "ceremony"


@dataclass(frozen=True, slots=True)
class Meeting:
    """An event as a sheet takes it over: its day and place, and what else the part says of it."""

    pk: int
    title: str
    held_on: date
    place: str
    said: Mapping[str, Any]

    @property
    def facts(self) -> dict[str, Any]:
        """What the part's form is filled with; of what it does not say, the form keeps its own."""
        told = {"held_on": self.held_on, "place": self.place, **self.said}
        return {name: value for name, value in told.items() if value}


def _none(_access: Access, _sheet: Designation, _part: Part) -> list[Meeting]:
    return []


def _nothing(_sheet: Designation, _part: Part, _meeting: int, _by: User) -> bool:
    return False


def _kept(_sheet: Designation, _part: Part, _by: User) -> None:
    return None


def _bare() -> dict[str, Combinable]:
    return {}


@dataclass(frozen=True, slots=True)
class MeetingSide:
    """What the app above knows: which events a sheet may name, which it names, and how to name one
    or to let go of it.

    `named_events` are what a sheet is loaded with: `coordination_event` and `ceremony_event`.
    """

    found: Callable[[Access, Designation, Part], list[Meeting]] = _none
    name: Callable[[Designation, Part, int, User], bool] = _nothing
    let_go: Callable[[Designation, Part, User], None] = _kept
    named_events: Callable[[], dict[str, Combinable]] = _bare


_side = MeetingSide()


def provide_meetings(side: MeetingSide) -> None:
    """Let the app above say which events there are; called once, when it is ready."""
    global _side  # noqa: PLW0603 - registered once, when the app above is ready
    _side = side


def meetings_for(access: Access, sheet: Designation, part: Part) -> list[Meeting]:
    """The events of the sheet's office for its village that were held, the latest first."""
    return _side.found(access, sheet, part)


def name_meeting(sheet: Designation, part: Part, meeting: int, *, by: User) -> bool:
    """Keep which event this part of the sheet was; in the transaction that writes the part.

    Whether that is another one than before.
    Raises TransitionRefused for an event that was not held, or not for this village.
    """
    return _side.name(sheet, part, meeting, by)


def unless_the_same(
    sheet: Designation, part: Part, earlier: Held | None, facts: Mapping[str, Any], *, by: User
) -> None:
    """Let go of the event where the part is written anew, with another day or place."""
    if earlier and any(getattr(earlier, it) != facts.get(it) for it in ("held_on", "place")):
        _side.let_go(sheet, part, by)


def named_events() -> dict[str, Combinable]:
    """What a sheet is loaded with."""
    return _side.named_events()
