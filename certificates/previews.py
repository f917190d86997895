"""What an office's next numbers would be under a pattern: shown before it chooses, never saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.models import Office
from certificates import kinds
from certificates.models import NumberSequence, NumberTemplate, RegisterEntry
from certificates.register import render_number


@dataclass(frozen=True, slots=True)
class Preview:
    """The next two numbers, the first of next year, and what to mind."""

    given: int
    numbers: tuple[str, str]
    next_year: int
    first_of_next_year: str
    repeats: bool
    taken: bool
    same_as: str  # another kind of the office that would give the very same numbers


def preview_of(template: NumberTemplate) -> Preview:
    """The numbers that the office would give today, after those it has given this year."""
    today = template.office.today()
    given = _given(template.office, template.kind, today.year)
    numbers = tuple(render_number(template, given + step, today) for step in (1, 2))
    entries = RegisterEntry.objects.filter(office=template.office, year=today.year)
    return Preview(
        given=given,
        numbers=(numbers[0], numbers[1]),
        next_year=today.year + 1,
        first_of_next_year=render_number(template, 1, date(today.year + 1, 1, 2)),
        repeats="{tahun}" not in template.pattern,
        taken=entries.numbered(numbers).exists(),
        same_as=_same_as(template, today),
    )


@dataclass(frozen=True, slots=True)
class Forecast:
    """The numbers that papers ordered now would take, unless another paper is ordered before."""

    first: str
    last: str
    taken: str  # one of them that somebody wrote into the register by hand


def forecast(office: Office, kind: str, dated: date, count: int) -> Forecast | None:
    """Which numbers so many papers of that date would take; none where no pattern was chosen."""
    template = NumberTemplate.objects.filter(office=office, kind=kind).first()
    if template is None or not count:
        return None
    given = _given(office, kind, dated.year)
    numbers = [render_number(template, given + step, dated) for step in range(1, count + 1)]
    written = RegisterEntry.objects.filter(office=office, year=dated.year).numbered(numbers)
    taken = written.values_list("number", flat=True).first()
    return Forecast(numbers[0], numbers[-1], taken or "")


def _given(office: Office, kind: str, year: int) -> int:
    """How many numbers of that register have been given."""
    sequence = NumberSequence.objects.filter(office=office, kind=kind, year=year).first()
    return sequence.last_value if sequence else 0


def _same_as(template: NumberTemplate, today: date) -> str:
    others = NumberTemplate.objects.filter(office=template.office).exclude(kind=template.kind)
    mine = render_number(template, 1, today).upper()
    labels = kinds.numbered()
    same = (it.kind for it in others if render_number(it, 1, today).upper() == mine)
    return next((labels[kind] for kind in same if kind in labels), "")


@dataclass(frozen=True, slots=True)
class Numbering:
    """How one kind of an office's papers is numbered, and how far its numbers have come."""

    kind: str
    label: str
    template: NumberTemplate | None
    last: int
    next_number: str


def numbering_of(office: Office) -> list[Numbering]:
    """Every kind that takes a number, with its pattern if one was chosen; two queries."""
    today = office.today()
    templates = {it.kind: it for it in NumberTemplate.objects.filter(office=office)}
    counted = NumberSequence.objects.filter(office=office, year=today.year)
    last = dict(counted.values_list("kind", "last_value"))
    return [
        Numbering(
            kind=kind,
            label=label,
            template=template,
            last=last.get(kind, 0),
            next_number=render_number(template, last.get(kind, 0) + 1, today) if template else "",
        )
        for kind, label in kinds.numbered().items()
        for template in [templates.get(kind)]
    ]
