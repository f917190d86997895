"""What a row of the table says, tidied; and what it would have to say to be recorded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from desabinaan import formats, legibility, typefaces
from desabinaan.fields import EARLIEST
from villages.models import SignerLevel
from villages.models.region import search_key

BRACKETS = frozenset("<>")  # part of no name; a browser could take them for its own
# An XLSX day that was copied as a bare number; of our century, and not a year.
SERIAL = range(36_526, 73_051)
SERIAL_ZERO = date(1899, 12, 30)
MONTHS = {
    **{month.lower(): number for number, month in enumerate(formats.MONTHS, 1)},
    **{month.lower()[:3]: number for number, month in enumerate(formats.MONTHS, 1)},
    **{"agt": 8, "ags": 8, "agst": 8, "sept": 9, "nopember": 11, "nop": 11, "pebruari": 2},
    **{"may": 5, "aug": 8, "oct": 10, "dec": 12, "january": 1, "february": 2, "march": 3},
}
NAMED_DAY = re.compile(r"(?:\w+,\s*)?(\d{1,2})[\s.\-/]+([A-Za-z]+)\.?[\s.\-/,]+(\d{2}|\d{4})")
PLAIN_DAY = re.compile(r"(\d{1,2})[.\-/\s]+(\d{1,2})[.\-/\s]+(\d{2}|\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")

# How long a thing may be, as its column in the database; the rest is refused, never cut.
LONGEST = {
    **{"decree_number": 100, "decree_title": 250, "signer_name": 120},
    **{"head_name": 120, "head_title": 80, "secretary_name": 120},
}
LONGEST_PHONE = 20
LOST_ZERO = re.compile(r"8\d{8,11}")  # of a mobile number that was typed as a figure
PRINTED = {
    "decree_number": "Nomor SK",
    "decree_title": "Perihal SK",
    "signer_name": "Nama penanda tangan SK",
}
OFFICER_PRINTED = {"officer_name": "Nama PIMPASA", "officer_decree_number": "Nomor SK PIMPASA"}
NEEDED = {
    "decree_number": "Nomor SK kosong.",
    "decree_title": "Perihal SK kosong.",
    "signer_name": "Penanda tangan SK kosong.",
}
DAYS = {
    "decree_dated": "Tanggal SK",
    "ceremony_on": "Tanggal pengukuhan",
    "head_since": "Awal masa jabatan kepala desa",
    "head_until": "Akhir masa jabatan kepala desa",
}
# What is wrong with these costs the row its PIMPASA, not its village.
OFFICER_DAYS = {
    "officer_since": "Tanggal mulai PIMPASA",
    "officer_decree_dated": "Tanggal SK PIMPASA",
}
MAY_COME = {"head_until"}
SUM = re.compile(r"(sub)?(jumlah|total)(desa|kelurahan|seluruhnya|keseluruhan)*")
NUMBERING = re.compile(r"\(?\d{1,2}\)?\.?")  # "(1)", "(2)": columns that are counted
LEAST_FILLED = 3  # cells of a row that forgot its village's name; a signature has fewer
EXAMPLE_MARK = "CONTOH"  # begins the remark of the template's example row


@dataclass(frozen=True, slots=True)
class Facts:
    """One row: where the village lies, its decree, who speaks for it and who guides it."""

    name: str
    kind: str
    district: str
    regency: str
    code: str
    decree_number: str
    decree_dated: date | None
    decree_title: str
    signer_level: str
    signer_name: str
    ceremony_on: date | None
    head_name: str
    head_phone: str
    officer_name: str
    officer_nip: str
    note: str
    head_title: str = ""
    head_since: date | None = None
    head_until: date | None = None
    secretary_name: str = ""
    secretary_phone: str = ""
    officer_rank: str = ""
    officer_since: date | None = None
    officer_decree_number: str = ""
    officer_decree_dated: date | None = None

    @property
    def names_an_officer(self) -> bool:
        """Whether it says who guides the village."""
        return bool(search_key(self.officer_name) or search_key(self.officer_nip))

    @property
    def is_example(self) -> bool:
        """Whether this is the example that the template brings."""
        return self.note.upper().startswith(EXAMPLE_MARK)

    @property
    def wording(self) -> tuple[str, ...]:
        """What the decree says besides its number and year: the same on every row of one decree."""
        dated = self.decree_dated.isoformat() if self.decree_dated else ""
        return dated, self.decree_title, self.signer_level, self.signer_name


@dataclass(frozen=True, slots=True)
class Reading:
    """A row's facts, and what keeps them from being recorded, each in a sentence."""

    facts: Facts
    problems: tuple[str, ...]
    officer_problems: tuple[str, ...] = ()


def is_about_a_village(cells: Mapping[str, str]) -> bool:
    """Whether a row is one of the table, and not its sum, its signature or a line of figures."""
    filled = [cell for cell in cells.values() if cell]
    named = search_key(cells.get("name", ""))
    if not named and not cells.get("code"):
        return len(filled) >= LEAST_FILLED
    if SUM.fullmatch(named):
        return False
    return bool(cells.get("code")) or not all(NUMBERING.fullmatch(cell) for cell in filled)


def read(cells: Mapping[str, str], otherwise: Mapping[str, str], *, today: date) -> Reading:
    """What the cells say; an empty one about the decree says what was said for the whole file."""
    said = {key: legibility.line(value or otherwise.get(key, "")) for key, value in cells.items()}
    typed = {name: said.pop(name, "") for name in (*DAYS, *OFFICER_DAYS)}
    level = level_of(said["signer_name"], otherwise.get("signer_level", ""))
    for name in ("head_phone", "secretary_phone"):
        said[name] = phone_of(said[name])
    for name in ("decree_number", "officer_decree_number"):
        said[name] = legibility.number(said[name])
    said["decree_title"] = legibility.subject(said["decree_title"])
    days = {name: day_of(text) for name, text in typed.items()}
    told: dict[str, Any] = {**said, **days, "signer_level": level}
    facts = Facts(**told)
    problems = (*_problems(facts), *_wrong_days(facts, typed, today, DAYS))
    return Reading(facts, problems, tuple(_officer_problems(facts, typed, today)))


def day_of(text: str) -> date | None:
    """The day that somebody wrote, in any of the ways that people write one; None if none."""
    text = text.strip()
    if text.isdecimal() and int(text) in SERIAL:
        return SERIAL_ZERO + timedelta(days=int(text))
    if iso := ISO_DAY.fullmatch(text):
        year, month, day = map(int, iso.groups())
    elif named := NAMED_DAY.fullmatch(text):
        month = MONTHS.get(named[2].lower(), 0)
        year, day = int(named[3]), int(named[1])
    elif plain := PLAIN_DAY.fullmatch(text):
        day, month, year = map(int, plain.groups())
    else:
        return None
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None


def phone_of(text: str) -> str:
    """The number as it is dialled: a spreadsheet that took it for a figure dropped its zero."""
    return f"0{text}" if LOST_ZERO.fullmatch(text) else text


def level_of(signer: str, otherwise: str) -> str:
    """Who signed, by the office that the signer's title names; else as said for the file."""
    key = search_key(signer)
    if "kantorwilayah" in key or "kanwil" in key or "kadiv" in key:
        return SignerLevel.REGIONAL
    if "direkturjenderal" in key or "dirjen" in key:
        return SignerLevel.DIRECTORATE
    return otherwise or SignerLevel.OFFICE


def _problems(facts: Facts) -> list[str]:
    found = []
    if not search_key(facts.name) and not facts.code:
        found.append("Nama desa kosong.")
    found += [sentence for name, sentence in NEEDED.items() if not getattr(facts, name)]
    for name, longest in LONGEST.items():
        if len(getattr(facts, name)) > longest:
            found.append(f"{_label(name)} terlalu panjang; paling banyak {longest} huruf.")
    if max(len(facts.head_phone), len(facts.secretary_phone)) > LONGEST_PHONE:
        found.append("Telepon terlalu panjang; tulis satu nomor saja.")
    if facts.head_since and facts.head_until and facts.head_until < facts.head_since:
        found.append("Masa jabatan kepala desa berakhir sebelum dimulai.")
    return found + _unprintable_in(facts, PRINTED)


def _unprintable_in(facts: Facts, labels: Mapping[str, str]) -> list[str]:
    found = []
    for name, label in labels.items():
        its = getattr(facts, name)
        missing = _unprintable(its) or "".join(BRACKETS.intersection(its))
        if missing:
            found.append(f"{label} memuat tanda yang tidak dapat dicetak: {' '.join(missing)}.")
    return found


@lru_cache(maxsize=1_000)  # one decree stands on many rows
def _unprintable(text: str) -> str:
    return typefaces.unprintable(text)


def _officer_problems(facts: Facts, typed: Mapping[str, str], today: date) -> list[str]:
    """What keeps the officer of the row from being assigned; the village does not mind."""
    if not facts.names_an_officer:
        return []
    found = _wrong_days(facts, typed, today, OFFICER_DAYS) + _unprintable_in(facts, OFFICER_PRINTED)
    if len(facts.officer_decree_number) > LONGEST["decree_number"]:
        found.append("Nomor SK PIMPASA terlalu panjang; paling banyak 100 huruf.")
    if facts.officer_decree_number and not typed["officer_decree_dated"]:
        found.append("Tanggal SK PIMPASA kosong.")
    return found


def _wrong_days(
    facts: Facts, typed: Mapping[str, str], today: date, labels: Mapping[str, str]
) -> list[str]:
    found = []
    for name, label in labels.items():
        day = getattr(facts, name)
        if day is None and typed[name]:
            found.append(f"{label} “{typed[name]}” tidak terbaca; tulis seperti 7 Maret 2024.")
        elif day is None and name == "decree_dated":
            found.append("Tanggal SK kosong.")
        elif day and (day < EARLIEST or (day > today and name not in MAY_COME)):
            found.append(f"{label} {formats.long_date(day)} tidak mungkin; periksa tahunnya.")
    return found


def _label(name: str) -> str:
    others = {
        "head_name": "Nama kepala desa",
        "head_title": "Jabatan kepala desa",
        "secretary_name": "Nama sekretaris desa",
    }
    return {**PRINTED, **others}[name]
