"""What an office's next numbers would be under a pattern: shown before it chooses, never saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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


def preview_of(template: NumberTemplate) -> Preview:
    """The numbers that the office would give today, after those it has given this year."""
    today = template.office.today()
    mine = {"office": template.office, "kind": template.kind}
    last = NumberSequence.objects.filter(**mine, year=today.year).first()
    given = last.last_value if last else 0
    numbers = tuple(render_number(template, given + step, today) for step in (1, 2))
    entries = RegisterEntry.objects.filter(office=template.office, year=today.year)
    return Preview(
        given=given,
        numbers=(numbers[0], numbers[1]),
        next_year=today.year + 1,
        first_of_next_year=render_number(template, 1, date(today.year + 1, 1, 2)),
        repeats="{tahun}" not in template.pattern,
        taken=entries.filter(number__in=numbers).exists(),
    )
