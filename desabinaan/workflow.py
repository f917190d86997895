"""Transitions as data, and the two ways to say no: the wrong moment, the wrong person."""

from dataclasses import dataclass
from typing import Literal, Protocol


class HasStatus(Protocol):
    """A record that stands somewhere, and can say in a sentence how it got there."""

    status: str

    def standing(self) -> str:
        """Who did what and when, as the record stands now."""
        ...


class TransitionRefused(Exception):
    """The step is not open now; the message says who did what and when."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Transition:
    """One permitted step: from any of `sources`, to exactly one `target`."""

    label: str
    sources: frozenset[str]
    target: str

    def is_open(self, record: HasStatus) -> bool:
        """Whether the record stands where this step may start."""
        return record.status in self.sources

    def apply(self, record: HasStatus) -> None:
        """Move the record, unsaved, or refuse."""
        if not self.is_open(record):
            raise TransitionRefused(self.refusal(record))
        record.status = self.target

    def refusal(self, record: HasStatus) -> str:
        """Why the step is not open: who did what and when."""
        return f"“{self.label}” tidak dapat dilakukan: {record.standing()}"


@dataclass(frozen=True, slots=True)
class Denied:
    """A falsy answer that says why: what role it takes, or what is missing."""

    reason: str

    def __bool__(self) -> Literal[False]:
        return False


type Answer = bool | Denied  # what every predicate in permissions.py returns
