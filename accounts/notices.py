"""Telling people: the one door through which the verbs of every app say that something is news.

An app above lends its kinds of notice, as with history's verbs: what it is called, whom it
concerns, and how each matter stands when the mail is written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models, transaction

from accounts.models import Notice, Office

if TYPE_CHECKING:
    from accounts.access import Access


@dataclass(frozen=True, slots=True)
class Matter:
    """How something stands now that people are to be told of, and who they are today."""

    office: Office | None  # whose matter it is: its morning is theirs; None for a person's own
    readers: frozenset[int]
    name: str
    words: str
    path: str
    is_ripe: bool = True  # else it is not news yet, and waits


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of news, lent by the app whose verbs tell it.

    `matters` is asked for many subjects at once, in a number of queries that their number does not
    change; whatever it leaves out is settled, and nobody is told of it any more.
    """

    key: str  # namespaced, like a verb of history
    title: str  # "Usulan menunggu keputusan": heading and subject
    meaning: str  # what the person who chooses should know of it
    concerns: Callable[[Access], bool]
    matters: Callable[[Collection[int]], Mapping[int, Matter]]
    lasts: timedelta = timedelta(days=14)  # afterwards it is no news: the desk shows it
    again: timedelta | None = None  # whoever was told hears of it again, while it stands
    first_after: timedelta = timedelta(0)
    only_mornings: bool = False
    is_alarm: bool = False  # of one's own account: told at once, and nobody is spared it
    covers: str = ""  # a kind that says no more than this one, of the same subject


_KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Make kinds of notice known; called when the app that tells them is ready."""
    _KINDS.update({kind.key: kind for kind in kinds})


def get(key: str) -> Kind:
    """The kind of that key; unknown keys are a programming error."""
    return _KINDS[key]


def every() -> tuple[Kind, ...]:
    """All kinds, in the order of their registration."""
    return tuple(_KINDS.values())


def tell(kind: str, subject: models.Model, *, at: datetime | None = None) -> None:
    """Have everybody whom it concerns told by mail, once the change stands."""
    tell_all(kind, [subject], at=at)


def tell_all(kind: str, subjects: Iterable[models.Model], *, at: datetime | None = None) -> None:
    """The same of several subjects, in one statement.

    What is written down after the fact, with an `at` of its own, is no news. Refuses to run outside
    a transaction: a change and its notice stand or fall together.
    """
    known = get(kind)
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{kind}: a notice is written in the transaction of the change")
    if at is None:
        Notice.objects.bulk_create(
            [Notice(kind=known.key, subject_id=subject.pk) for subject in subjects]
        )
