"""The minutes of an event, its questions and answers: written, ordered, taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

import audit.actions
from accounts.models import User
from desabinaan.editing import Seen, set_values, unless_overtaken
from desabinaan.ordering import STEP, moved, put
from desabinaan.workflow import TransitionRefused
from events.actions.planning import held
from events.models import Event, Minutes, Question

MOST_QUESTIONS = 60


@transaction.atomic
def write_minutes(
    event: Event,
    *,
    facts: dict[str, Any],
    by: User,
    seen: Seen | None = None,
    at: datetime | None = None,
) -> Minutes:
    """Write the minutes, or mend them; history keeps who did, and the text that stood before.

    Raises TransitionRefused once the event is settled.
    """
    event = held(event)
    minutes = Minutes.objects.filter(event=event).first()
    unless_overtaken(minutes, seen)
    before = minutes.text if minutes else ""
    if minutes is None:
        minutes = Minutes(event=event, **facts)
    elif not set_values(minutes, facts):
        return minutes
    minutes.save()
    audit.actions.record("event.minutes_written", event, by=by, at=at, before=before)
    return minutes


@transaction.atomic
def write_question(  # noqa: PLR0913 - what was asked, by whom it is noted, and when
    event: Event,
    *,
    facts: dict[str, Any],
    by: User,
    item: Question | None = None,
    seen: Seen | None = None,
    at: datetime | None = None,
) -> Question:
    """Add a question at the end, or mend one; the same again at the end is the same.

    Raises TransitionRefused once the event is settled, or beyond MOST_QUESTIONS.
    """
    event = held(event)
    if item is None:
        rows = list(event.questions.all())
        if rows and all(getattr(rows[-1], name) == value for name, value in facts.items()):
            return rows[-1]
        if len(rows) >= MOST_QUESTIONS:
            raise TransitionRefused(f"Paling banyak {MOST_QUESTIONS} pertanyaan.")
        last = rows[-1].position if rows else 0
        item = Question(event=event, position=last + STEP, **facts)
    else:
        item = Question.objects.lock(item.pk)
        unless_overtaken(item, seen)
        if not set_values(item, facts):
            return item
    item.save()
    audit.actions.record("event.question_written", event, by=by, at=at, note=_said(item))
    return item


@transaction.atomic
def drop_question(item: Question, *, by: User) -> None:
    """Take a question off; one that somebody took off already is no error."""
    event = held(item.event)
    dropped, _ = event.questions.filter(pk=item.pk).delete()
    if dropped:
        audit.actions.record("event.question_dropped", event, by=by, note=_said(item))


@transaction.atomic
def move_question(item: Question, *, up: bool, by: User) -> None:
    """One place up or down; at either end nothing happens."""
    event = held(item.event)
    rows = list(event.questions.all())
    if moved(rows, item.pk, up=up):
        put(rows)
        audit.actions.record("event.questions_ordered", event, by=by)


def _said(item: Question) -> str:
    return f"{item.asked_by}: {item.text}"
