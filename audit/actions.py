"""The one door to history: called inside the transaction of the change that it remembers."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone

from audit import verbs
from audit.models import Entry

if TYPE_CHECKING:
    from accounts.models import User  # by name only: history knows nobody


def record(
    verb: str,
    subject: models.Model,
    *,
    by: "User | None",
    note: str = "",
    at: datetime | None = None,
    **data: object,
) -> Entry:
    """Remember what `by` did to `subject`; `at` is when it happened, if not just now.

    Raises KeyError for a verb that nobody registered, and refuses to run outside a transaction:
    a change and its memory stand or fall together.
    """
    verbs.phrase(verb)
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{verb}: history is written in the transaction of the change")
    return Entry.objects.create(
        verb=verb, subject=subject, by=by, note=note, data=data, at=at or timezone.now()
    )


def record_all(
    verb: str,
    noted: Iterable[tuple[models.Model, str]],
    *,
    by: "User | None",
    at: datetime | None = None,
    data: Callable[[Any], dict[str, object]] = lambda _subject: {},
) -> None:
    """Remember one thing that `by` did to many subjects, each with its note; in few queries."""
    verbs.phrase(verb)
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{verb}: history is written in the transaction of the change")
    moment = at or timezone.now()
    entries = [
        Entry(verb=verb, subject=it, by=by, note=note, at=moment, data=data(it))
        for it, note in noted
    ]
    Entry.objects.bulk_create(entries, batch_size=1_000)
