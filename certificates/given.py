"""Numbers that are out though no row knows them: those of after the dump that was restored."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from accounts.models import Office
from certificates.models import RegisterEntry
from desabinaan import formats, legibility
from desabinaan.files import Stray

NUMBERED = re.compile(r"Nomor (?P<number>.+?)(?:, kode (?P<code>[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}))?")
UNTITLED = "Surat yang sudah tercetak"
LONGEST_NUMBER = RegisterEntry._meta.get_field("number").max_length or 0
LONGEST_SUBJECT = RegisterEntry._meta.get_field("subject").max_length or 0


@dataclass(frozen=True, slots=True)
class Given:
    """A number that stands on paper: whose, of which day, and on what."""

    office: Office
    dated: date
    number: str
    subject: str
    source: str  # where that is read
    code: str = ""  # of a certificate

    def is_on(self, entry: RegisterEntry) -> bool:
        """Whether the register has the number on this very certificate, or on no paper at all."""
        if entry.paper is None:
            return True
        return bool(self.code) and self.code == formats.grouped(getattr(entry.paper, "code", ""))


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What somebody must look at: a paper or a line of which the portal cannot tell whose it is."""

    source: str
    why: str


def of_papers(strays: Iterable[Stray]) -> Iterator[Given | Unplaced]:
    """The numbers of the papers that no row names; what bears none has taken none."""
    offices = _by_name()
    for stray in strays:
        said = NUMBERED.fullmatch(stray.subject)
        if not stray.dated or not said:  # none of the portal's, or a draft
            continue
        its = offices.get(legibility.line(stray.office), [])
        day = _day(stray.dated)
        if len(its) != 1:
            yield Unplaced(str(stray), f"{len(its)} offices are called {stray.office}")
        elif day is None:
            yield Unplaced(str(stray), f"{stray.dated} is no day")
        else:
            number, code = said["number"], said["code"] or ""
            yield _given(its[0], day, number, stray.title, stray.name, code)


def of_lines(lines: Iterable[str]) -> Iterator[Given | Unplaced]:
    """What offices tell of sheets whose files are lost: code of the office; day; number; subject.

    With semicolons, a line for each: `KANIM-WONOSOBO;2026-11-27;12/DBI/2026;Sertifikat Pakuncen`.
    """
    offices = {office.code.lower(): office for office in Office.objects.all()}
    for place, row in enumerate(csv.reader(lines, delimiter=";"), 1):
        code, day, number, subject = ([legibility.line(it) for it in row] + [""] * 4)[:4]
        if not any(row):
            continue
        source, dated = f"line {place}", _day(day.replace("-", ""))
        if code.lower() not in offices:
            yield Unplaced(source, f"no office has the code {code}")
        elif dated is None:
            yield Unplaced(source, f"{day} is no day, as in 2026-11-27")
        elif not number or len(number) > LONGEST_NUMBER:
            yield Unplaced(source, "there is no number")
        else:
            yield _given(offices[code.lower()], dated, number, subject, source)


def _given(  # noqa: PLR0913, PLR0917 - what a register says of a number, and where it is read
    office: Office, dated: date, number: str, subject: str, source: str, code: str = ""
) -> Given:
    subject = (subject or UNTITLED)[:LONGEST_SUBJECT].rstrip()
    return Given(office, dated, legibility.line(number), subject, source, code)


def _by_name() -> dict[str, list[Office]]:
    offices: dict[str, list[Office]] = {}
    for office in Office.objects.all():
        offices.setdefault(legibility.line(office.name), []).append(office)
    return offices


def _day(digits: str) -> date | None:
    try:
        return date.fromisoformat(digits) if len(digits) == 8 else None
    except ValueError:
        return None
