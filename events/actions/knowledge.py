"""The knowledge check of an event: its questions, when people answer, their sheets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

import audit.actions
from accounts.models import User
from desabinaan import formats
from desabinaan.editing import Seen, set_values, unless_overtaken
from desabinaan.ordering import STEP, moved, put
from desabinaan.workflow import TransitionRefused
from events.actions.check_in import KEY_SIGNS
from events.actions.planning import held
from events.knowledge_questions import READY_QUESTIONS
from events.models import AnswerSheet, Event, KnowledgeCheck, KnowledgeQuestion, Phase
from events.models.knowledge import KEY_LENGTH, MOST_KNOWLEDGE_QUESTIONS

MOST_SHEETS = 1_000  # of a phase; a full hall is a third of it


@transaction.atomic
def write_knowledge_question(
    event: Event,
    *,
    facts: dict[str, Any],
    by: User,
    item: KnowledgeQuestion | None = None,
    seen: Seen | None = None,
) -> KnowledgeQuestion:
    """Add a question at the end of the event's check, or mend one; the same again is the same.

    Raises TransitionRefused once people answer, the event is settled, or there are ten.
    """
    check = _unanswered(held(event))
    if item is None:
        check = check or _begun(event)
        rows = list(check.questions.all())
        if rows and all(getattr(rows[-1], name) == value for name, value in facts.items()):
            return rows[-1]
        if len(rows) >= MOST_KNOWLEDGE_QUESTIONS:
            raise TransitionRefused(f"Paling banyak {MOST_KNOWLEDGE_QUESTIONS} pertanyaan.")
        last = rows[-1].position if rows else 0
        item = KnowledgeQuestion(knowledge_check=check, position=last + STEP, **facts)
    else:
        item = KnowledgeQuestion.objects.lock(item.pk)
        if check is None or item.knowledge_check_id != check.pk:
            raise TransitionRefused("Cek pengetahuan ini sudah ditarik.")
        unless_overtaken(item, seen)
        if not set_values(item, facts):
            return item
    item.save()
    audit.actions.record("event.knowledge_written", event, by=by, note=item.text)
    return item


@transaction.atomic
def drop_knowledge_question(item: KnowledgeQuestion, *, by: User) -> None:
    """Take a question off; one that somebody took off already is no error."""
    event = held(item.event)
    check = _unanswered(event)
    if check and check.questions.filter(pk=item.pk).delete()[0]:
        audit.actions.record("event.knowledge_dropped", event, by=by, note=item.text)


@transaction.atomic
def move_knowledge_question(item: KnowledgeQuestion, *, up: bool, by: User) -> None:
    """One place up or down; at either end nothing happens."""
    event = held(item.event)
    check = _unanswered(event)
    rows = list(check.questions.all()) if check else []
    if moved(rows, item.pk, up=up):
        put(rows)
        audit.actions.record("event.knowledge_ordered", event, by=by)


@transaction.atomic
def take_ready_questions(event: Event, *, by: User, at: datetime | None = None) -> int:
    """The questions on safe migration that are there already; how many. Only where none are."""
    event = held(event)
    check = _unanswered(event) or _begun(event)
    if check.questions.exists():
        return 0
    KnowledgeQuestion.objects.bulk_create(
        KnowledgeQuestion(
            knowledge_check=check,
            position=place * STEP,
            text=ready.text,
            choices=list(ready.choices),
            right=ready.right,
        )
        for place, ready in enumerate(READY_QUESTIONS, 1)
    )
    audit.actions.record("event.knowledge_taken", event, by=by, at=at)
    return len(READY_QUESTIONS)


@transaction.atomic
def open_phase(event: Event, phase: Phase, *, by: User, at: datetime | None = None) -> None:
    """People answer for this phase from now on, and for no other.

    Raises TransitionRefused where nothing is asked, or once the event is settled.
    """
    event = held(event)
    check = live_check(event)
    if check is None or not check.questions.exists():
        raise TransitionRefused("Tulis pertanyaannya dahulu.")
    if check.open_phase != phase:
        check.open_phase = phase
        check.save(update_fields=["open_phase"])
        audit.actions.record("event.knowledge_opened", event, by=by, note=phase.label, at=at)


@transaction.atomic
def close_phase(event: Event, *, by: User, at: datetime | None = None) -> None:
    """Nobody answers any more, until a phase is opened again."""
    event = held(event)
    check = live_check(event)
    if check and check.open_phase:
        phase, check.open_phase = Phase(check.open_phase), ""
        check.save(update_fields=["open_phase"])
        audit.actions.record("event.knowledge_closed", event, by=by, note=phase.label, at=at)


@transaction.atomic
def withdraw_check(event: Event, *, reason: str, by: User) -> None:
    """The check and all its sheets count no more, for good; another one may be begun.

    Nothing of it is deleted. Raises TransitionRefused once the event is settled.
    """
    event = held(event)
    check = live_check(event)
    if check is None:
        return
    check.open_phase = ""
    check.withdrawn_at, check.withdrawn_by, check.withdrawn_because = timezone.now(), by, reason
    stamps = ["withdrawn_at", "withdrawn_by", "withdrawn_because"]
    check.save(update_fields=["open_phase", *stamps])
    note = f"{formats.number(check.sheets.count())} lembar. {reason}"
    audit.actions.record("event.knowledge_withdrawn", event, by=by, note=note)


@transaction.atomic
def answer(
    check: KnowledgeCheck,
    phase: str,
    answers: Mapping[int, int],
    *,
    sheet_id: UUID,
    at: datetime | None = None,
) -> None:
    """Store a sheet of the open phase; the same sheet sent again is one, as it came first.

    No line of history tells of it: its moment would tell whose it is. Raises TransitionRefused
    where another phase is open or none, the event is settled, or beyond MOST_SHEETS.
    """
    event = held(check.event)
    check = KnowledgeCheck.objects.lock(check.pk)
    if AnswerSheet.objects.filter(pk=sheet_id).exists():
        return
    if check.open_phase != phase or not check.takes_answers:
        raise TransitionRefused("Cek pengetahuan ini sudah ditutup. Bertanyalah kepada petugas.")
    if check.sheets.filter(phase=phase).count() >= MOST_SHEETS:
        raise TransitionRefused("Terlalu banyak lembar jawaban. Bertanyalah kepada petugas.")
    AnswerSheet.objects.create(
        id=sheet_id,
        knowledge_check=check,
        phase=phase,
        answers={str(key): choice for key, choice in answers.items()},
        answered_on=event.office.day_of(at or timezone.now()),
    )


def live_check(event: Event) -> KnowledgeCheck | None:
    """The check that counts, as far as the event has one."""
    return KnowledgeCheck.objects.live().filter(event=event).first()


def _unanswered(event: Event) -> KnowledgeCheck | None:
    """The check that counts, while its questions may change; hold the event first."""
    check = live_check(event)
    if check and check.open_phase:
        raise TransitionRefused("Cek pengetahuan sedang dibuka. Tutup dahulu, lalu ubah.")
    if check and check.sheets.exists():
        raise TransitionRefused(
            "Pertanyaan sudah dijawab dan tidak berubah lagi. Tarik cek ini bila keliru."
        )
    return check


def _begun(event: Event) -> KnowledgeCheck:
    key = get_random_string(KEY_LENGTH, KEY_SIGNS)
    return KnowledgeCheck.objects.create(event=event, key=key)
