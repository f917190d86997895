"""Transitions as data, and the two ways to say no: the wrong moment, the wrong person."""

from dataclasses import dataclass
from typing import Any, Literal, Protocol

from django.db.models import QuerySet
from django.http import Http404


class Stands(Protocol):
    """A record that stands somewhere, and can say in a sentence how it got there."""

    def standing(self) -> str:
        """Who did what and when, as the record stands now."""
        ...


class TransitionRefused(Exception):
    """The step is not open now; the message says who did what and when."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Gone(TransitionRefused, Http404):
    """The record went while this step waited for it: said as a refusal, or else a 404."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One permitted step: from any of `sources`, to exactly one `target`.

    It is the only thing that moves a record; where a record is born is its maker's to say.
    """

    label: str
    sources: frozenset[str]
    target: str
    field: Literal["status", "outcome"] = "status"

    def is_open(self, record: Stands) -> bool:
        """Whether the record stands where this step may start."""
        return getattr(record, self.field) in self.sources

    def apply(self, record: Stands) -> None:
        """Move the record, unsaved, or refuse."""
        if not self.is_open(record):
            raise TransitionRefused(self.refusal(record))
        setattr(record, self.field, self.target)

    def apply_all(self, records: QuerySet[Any], **also: Any) -> int:
        """Move those that stand where this step may start, in one query; how many those were."""
        starting = records.filter(**{f"{self.field}__in": self.sources})
        return starting.update(**{self.field: self.target}, **also)

    def refusal(self, record: Stands) -> str:
        """Why the step is not open: who did what and when."""
        return f"“{self.label}” tidak dapat dilakukan: {record.standing()}"


@dataclass(frozen=True, slots=True)
class Denied:
    """A falsy answer that says why: what role it takes, or what is missing."""

    reason: str

    def __bool__(self) -> Literal[False]:
        return False


type Answer = bool | Denied  # what every predicate in permissions.py returns
