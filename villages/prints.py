"""What papers would print, as a last look shows it: none is ordered unread.

The stamp has one digest for each part, so that whoever looked hears what is another by now.
"""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from accounts.models import Membership, Office
from certificates import misprints
from desabinaan import formats
from desabinaan.workflow import TransitionRefused
from villages import papers
from villages.models import Decree, Designation
from villages.models.decree import STAMP_DIGITS

SHOWN = "tercetak"
PRINTED_DAY = "tanggal yang tercetak"
LETTERHEAD, EMBLEM = "kop atau alamat kantor", "lambang kantor"
SIGNER, DATE_AND_PLACE = "penanda tangan", "tanggal atau tempat"
UNREAD = "halaman tadi tidak memperlihatkan yang akan tercetak. Bacalah sekali lagi."


class Look(ABC):
    """What a last look shows of papers to come, and how the next request knows it again."""

    @cached_property
    def stamp(self) -> str:
        """Which prints a page shows, for whoever orders or decides them to say."""
        return "-".join(self._parts().values())

    def changes(self, seen: str | None) -> str:
        """What is otherwise than the page showed, in words; None where nobody looked before."""
        if seen is None or seen == self.stamp:
            return ""
        parts, known = self._parts(), seen.split("-")
        if len(known) != len(parts):
            return UNREAD
        compared = zip(parts.items(), known, strict=True)
        changed = ", ".join(part for (part, now), was in compared if was != now)
        return (
            f"yang akan tercetak berubah sesudah Anda memeriksanya ({changed}). "
            "Bacalah sekali lagi."
        )

    @property
    @abstractmethod
    def misprints(self) -> list[str]:
        """Which words no typeface has, and who mends them: until then nothing can be ordered."""

    def refuse_unread(self, seen: str | None, undone: str) -> None:
        """Refuse what would print something else than the person read; its rows are held."""
        if words := self.changes(seen):
            raise TransitionRefused(f"{undone}: {words}")

    @abstractmethod
    def _parts(self) -> dict[str, str]:
        """A digest of each part that people tell apart, always in this order."""


@dataclass(frozen=True)
class Prints(Look):
    """The certificates of an office's sheets under one decree, if they were ordered today."""

    office: Office
    decree: Decree
    sheets: Sequence[Designation]
    head: Membership | None = None  # who decides now; else whoever answers for each sheet already
    signs: str = ""

    @cached_property
    def dated(self) -> date:
        """The date that they would bear."""
        return papers.printed_date(self.decree, self.office.today())

    @cached_property
    def signers(self) -> list[tuple[papers.Signer, list[Designation]]]:
        """Who would sign, and the certificates of which villages."""
        found: list[tuple[papers.Signer, list[Designation]]] = []
        for sheet, (role, signs) in zip(self.sheets, self._signing, strict=True):
            signer = papers.signer_under(self.decree, role, signs)
            theirs = next((sheets for known, sheets in found if known == signer), None)
            if theirs is None:
                found.append((signer, [sheet]))
            else:
                theirs.append(sheet)
        return found

    @cached_property
    def doubts(self) -> list[str]:
        """Who would be printed as head, or sign the SK as one, on a day on which they are none."""
        printed = {
            role for role, signs in self._signing if papers.signs_as_head(self.decree, role, signs)
        }
        found = not_in_office(printed, self.dated, PRINTED_DAY)
        if self.decree.dated:
            found += not_in_office(self._signers_of_decree, self.decree.dated, "tanggal SK")
        return found

    @cached_property
    def misprints(self) -> list[str]:
        """The same of all the certificates."""
        facts = {
            "village": [papers.village_facts(sheet.village) for sheet in self.sheets],
            "office": papers.office_facts(self.office),
            "decree": papers.decree_facts(self.decree),
            "place": self.office.city,
            "signer": [signer for signer, _ in self.signers],
        }
        return misprints.found(facts, papers.DESIGNATION.sources)

    @property
    def _signers_of_decree(self) -> set[Membership]:
        """Who decides and signed the SK too; of recorded ones nobody here knows who led then."""
        signing = zip(self.sheets, self._signing, strict=True)
        roles = {role for sheet, (role, _) in signing if not sheet.is_recorded}
        return {role for role in roles if self.decree.is_signed_by(role.user.name)}

    @property
    def _signing(self) -> Iterator[tuple[Membership, str]]:
        for sheet in self.sheets:
            role = self.head or sheet.decided_as or sheet.certified_as
            if role is None:
                raise ValueError("a certificate needs somebody who answers for it")
            yield role, self.signs if self.head else sheet.signs

    def _parts(self) -> dict[str, str]:
        villages = [papers.village_facts(sheet.village) for sheet in self.sheets]
        signers = [[signer, [it.pk for it in sheets]] for signer, sheets in self.signers]
        return {
            "isi SK": self.decree.stamp,
            "nama, letak, atau daftar desa": digest(villages),
            LETTERHEAD: digest(papers.office_facts(self.office)),
            EMBLEM: digest(papers.emblem_of(self.office)),  # named after what is in the file
            SIGNER: digest([signers, self.doubts]),
            DATE_AND_PLACE: digest([self.dated.isoformat(), self.office.city]),
        }


def not_in_office(roles: Collection[Membership], day: date, which: str) -> list[str]:
    """Who of these heads is none on that day, nor has another such role then; one query at most.

    `which` says what day it is, within a sentence: "tanggal SK".
    """
    absent = [role for role in roles if not role.counts_on(day)]
    if not absent:
        return []
    there = Membership.objects.on(day).heads().filter(user__in=[it.user_id for it in absent])
    held = set(there.values_list("user", "office", "acting_kind"))
    return [
        _not_then(role, day, which)
        for role in sorted(absent, key=lambda role: role.pk)
        if (role.user_id, role.office_id, role.acting_kind) not in held
    ]


def _not_then(role: Membership, day: date, which: str) -> str:
    signer = papers.signer_of(role)
    post = " ".join(filter(None, [signer["acting"], signer["title"]]))
    said = f"{signer['name']} bukan {post} pada {which}, {formats.long_date(day)}"
    if role.starts_on > day:
        return f"{said}: perannya baru mulai {formats.long_date(role.starts_on)}."
    if role.ends_on and role.ends_on < day:
        return f"{said}: perannya berakhir {formats.long_date(role.ends_on)}."
    return f"{said}: perannya belum dibenarkan."


def digest(said: Any) -> str:
    """A short mark of what a part says."""
    told = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:STAMP_DIGITS]
