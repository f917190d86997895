"""What an event taught: how much those who came knew before and after, and of nobody by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, Func, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, JSONObject

from events.models import AnswerSheet, Event, KnowledgeCheck, KnowledgeQuestion, Phase

# Fewer sheets say nothing of a hall, and too much of whoever sent them.
FEWEST_SHEETS = 3


def with_gain[Found: QuerySet[Any]](events: Found) -> Found:
    """With all of it, in the same query."""
    return events.annotate(told_knowledge=_told())


def _told() -> Subquery:
    """The check that counts: its questions, and how many sheets answer each of them rightly."""
    sheets = AnswerSheet.objects.filter(knowledge_check=OuterRef("pk"))
    asked = KnowledgeQuestion.objects.filter(knowledge_check=OuterRef("pk"))
    question = JSONObject(text="text", choices="choices", right="right", rightly=_rightly())
    told = JSONObject(
        open_phase="open_phase",
        sheets=Subquery(_by_phase(sheets, Q())),
        questions=ArraySubquery(asked.order_by("position", "pk").values(told=question)),
    )
    live = KnowledgeCheck.objects.live().filter(event=OuterRef("pk"))
    return Subquery(live.values(told=told))


def _rightly() -> Subquery:
    """Of a question: the sheets that chose the right answer, by phase."""
    sheets = AnswerSheet.objects.filter(knowledge_check=OuterRef("knowledge_check"))
    chosen = Func(
        F("answers"),
        Cast(OuterRef("pk"), TextField()),
        function="jsonb_extract_path_text",
        output_field=TextField(),
    )
    is_right = Q(chosen=Cast(OuterRef("right"), TextField()))
    return Subquery(_by_phase(sheets.alias(chosen=chosen), is_right))


def _by_phase(sheets: QuerySet[AnswerSheet], which: Q) -> QuerySet[AnswerSheet, Any]:
    """How many of the sheets of one check there are in each phase; none where there is none."""
    numbers = {phase: Count("pk", filter=Q(which, phase=phase)) for phase in Phase.values}
    return sheets.order_by().values("knowledge_check").values(told=JSONObject(**numbers))


@dataclass(frozen=True, slots=True)
class Known:
    """How much was known in a phase: of how many sheets, and how many in a hundred were right."""

    sheets: int
    percent: int | None  # not told of too few sheets, nor while more may come
    is_open: bool  # more may come

    @property
    def is_too_few(self) -> bool:
        """Whether somebody answered, but so few that nothing is told of it."""
        return 0 < self.sheets < FEWEST_SHEETS


@dataclass(frozen=True, slots=True)
class QuestionGain:
    """What was asked, the right answer, and how many in a hundred gave it in each phase."""

    text: str
    right: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Gain:
    """How much those who came know more after the event than before it."""

    before: Known
    after: Known
    questions: tuple[QuestionGain, ...]

    @classmethod
    def of(cls, event: Event) -> Gain | None:
        """Of an event `with_gain`, else in one query; None where it has no check."""
        told = (
            event.told_knowledge
            if hasattr(event, "told_knowledge")
            else with_gain(Event.objects.filter(pk=event.pk)).get().told_knowledge
        )
        return _gain(told, is_settled=event.is_settled) if told else None

    @property
    def points(self) -> int | None:
        """The gain in percentage points, as whoever subtracts the told percents finds it."""
        if self.before.percent is None or self.after.percent is None:
            return None
        return self.after.percent - self.before.percent

    @property
    def has_sheets(self) -> bool:
        """Whether anybody answered."""
        return bool(self.before.sheets or self.after.sheets)

    @property
    def tells_percents(self) -> bool:
        """Whether there is a percent to show."""
        return self.before.percent is not None or self.after.percent is not None

    @property
    def is_open(self) -> bool:
        """Whether people answer now."""
        return self.before.is_open or self.after.is_open

    @property
    def is_fixed(self) -> bool:
        """Whether its questions no longer change: people answer, or did."""
        return self.is_open or self.has_sheets

    @property
    def open_phase(self) -> Phase | None:
        """The phase in which people answer now."""
        if self.is_open:
            return Phase.BEFORE if self.before.is_open else Phase.AFTER
        return None


def _gain(told: dict[str, Any], *, is_settled: bool) -> Gain:
    open_phase = "" if is_settled else told["open_phase"]
    sheets = told["sheets"] or dict.fromkeys(Phase.values, 0)
    # While more may come, whoever looks twice would see what the next sheet said.
    told_of = {
        phase: number if number >= FEWEST_SHEETS and phase != open_phase else 0
        for phase, number in sheets.items()
    }
    rightly = [it["rightly"] or {} for it in told["questions"]]
    known = {
        phase: Known(
            sheets[phase],
            _percent(sum(it.get(phase, 0) for it in rightly), told_of[phase] * len(rightly)),
            phase == open_phase,
        )
        for phase in Phase.values
    }
    questions = tuple(
        QuestionGain(
            it["text"],
            it["choices"][it["right"] - 1],
            *(_percent(right.get(phase, 0), told_of[phase]) for phase in Phase.values),
        )
        for it, right in zip(told["questions"], rightly, strict=True)
    )
    return Gain(known[Phase.BEFORE], known[Phase.AFTER], questions)


def _percent(part: int, whole: int) -> int | None:
    return (200 * part + whole) // (2 * whole) if whole else None
