"""After a restore: numbers that are out already are written down, and never given again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from django.db import transaction

import audit.actions
from accounts.models import Office, User
from certificates import kinds, register
from certificates.given import Given
from certificates.models import NumberTemplate, RegisterEntry
from desabinaan.workflow import TransitionRefused


@dataclass(frozen=True, slots=True)
class Moved:
    """A register that goes on beyond what is out: from its last number to the highest."""

    template: NumberTemplate
    year: int
    before: int
    after: int
    unknown: int  # of the numbers between, those that stand on nothing that was found


@dataclass(frozen=True, slots=True)
class Skipped:
    """What became of numbers that are out."""

    written: list[RegisterEntry] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    doubled: list[tuple[Given, RegisterEntry]] = field(default_factory=list)  # on another paper


@transaction.atomic
def skip_given(given: Iterable[Given], *, by: User) -> Skipped:
    """Write numbers that are out into their registers by hand, and move those on beyond them.

    What a register has already stays as it is; twice is once. Where one of them stands on another
    paper by now, that is told, for a person to look at.
    """
    by_year: dict[tuple[int, int], list[Given]] = {}
    for it in given:
        by_year.setdefault((it.office.pk, it.dated.year), []).append(it)
    done = Skipped()
    for (_, year), numbers in sorted(by_year.items(), key=lambda its: its[0]):
        _skip_in(numbers[0].office, year, numbers, done, by=by)
    return done


def _skip_in(office: Office, year: int, given: list[Given], done: Skipped, *, by: User) -> None:
    """The numbers of one office and year."""
    templates = list(
        NumberTemplate.objects.filter(office=office).select_related("office").order_by("kind")
    )
    next_ones = {it.kind: register.next_serial(it, year) for it in templates}  # held from here on
    there = _in_register(office, year, given)
    fresh: dict[str, Given] = {}
    for it in given:
        entry = there.get(it.number.upper())
        if entry is None:
            fresh.setdefault(it.number.upper(), it)
        elif not it.is_on(entry):
            done.doubled.append((it, entry))
    found = {number: _serials(templates, it) for number, it in fresh.items()}
    entries = [_entry(it, found[number], by=by) for number, it in fresh.items()]
    _write(entries, by=by)
    done.written.extend(entries)
    for template in templates:
        serials = {
            found[entry.number.upper()][template.kind]: entry
            for entry in entries
            if found[entry.number.upper()].get(template.kind, 0) >= next_ones[template.kind]
        }
        # Where kinds share a pattern, numbers between may be on papers of the other one: then this
        # register gave none of them, and is refused all of them by name.
        if serials:
            with suppress(TransitionRefused), transaction.atomic():
                done.moved.append(_moved(template, year, serials, by=by))


def _in_register(office: Office, year: int, given: list[Given]) -> dict[str, RegisterEntry]:
    entries = RegisterEntry.objects.filter(office=office, year=year, skips=None).with_page()
    return {it.number.upper(): it for it in entries.numbered({it.number for it in given})}


def _serials(templates: Iterable[NumberTemplate], it: Given) -> dict[str, int]:
    """By kind of paper, the serial that its pattern finds in the number."""
    found = {its.kind: register.serial_of(its, it.number, it.dated) for its in templates}
    return {kind: serial for kind, serial in found.items() if serial}


def _entry(it: Given, serials: Mapping[str, int], *, by: User) -> RegisterEntry:
    """The number as it is written by hand, in the register whose pattern it has."""
    return RegisterEntry(
        office=it.office,
        kind=next(iter(serials), kinds.OTHER),
        year=it.dated.year,
        number=it.number,
        dated=it.dated,
        subject=it.subject,
        written_by=by,
    )


def _write(entries: list[RegisterEntry], *, by: User) -> None:
    if entries:
        register.enter_all(entries)
        noted = [(entry, f"{entry}: {entry.subject}") for entry in entries]
        audit.actions.record_all("number.written", noted, by=by)


def _moved(
    template: NumberTemplate, year: int, given: Mapping[int, RegisterEntry], *, by: User
) -> Moved:
    skipped = register.skip_to(template, given, by=by)
    before = (skipped[0].serial or 1) - 1
    return Moved(template, year, before, max(given), len(skipped) - len(given))
