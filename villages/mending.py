"""What was changed since the head sent a sheet or a table back, as its history tells it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from audit.models import Entry
from villages.actions.numbering import LABELS

RETURNED = "designation.returned"
CHANGES = {
    "designation.finding_written",
    "designation.finding_dropped",
    "designation.document_attached",
    "designation.document_removed",
    "designation.coordination_written",
    "designation.consent_written",
}


PARTS = {
    "findings": {
        "designation.finding_written",
        "designation.finding_dropped",
        "designation.document_attached",
        "designation.document_removed",
    },
    "coordination": {"designation.coordination_written"},
    "consent": {"designation.consent_written"},
}
SENT_BACK = "import.sent_back"
CORRECTED = "import.decree_corrected"
REPAIRS = {CORRECTED, "import.village_struck_out"}
# As `told_changes` words it: what it was, and what it became.
_VALUE = "“[^”]*”|[^“;]+?"
CHANGE = re.compile(rf"({'|'.join(LABELS.values())}): ({_VALUE}) menjadi ({_VALUE})(?=; |$)")
NUMBER = LABELS["number"]


def mended(entries: Iterable[Entry]) -> list[Entry]:
    """The changes of a sheet after its latest return, of a history that begins with the latest."""
    return _since(RETURNED, entries, CHANGES)


def repaired(entries: Iterable[Entry]) -> list[Entry]:
    """The same of a recorded table."""
    return _since(SENT_BACK, entries, REPAIRS)


def _since(step: str, entries: Iterable[Entry], verbs: set[str]) -> list[Entry]:
    since = takewhile(lambda entry: entry.verb != step, entries)
    return [entry for entry in since if entry.verb in verbs]


def untouched(entries: Iterable[Entry]) -> dict[str, bool]:
    """Of each part of a sheet, whether nobody changed it since it went back."""
    verbs = {entry.verb for entry in mended(entries)}
    return {part: not its & verbs for part, its in PARTS.items()}


class Correction:
    """One SK over all its corrections: what it said before the first, and says after the last."""

    def __init__(self, number: str) -> None:
        self.number = number
        self.said: dict[str, tuple[str, str]] = {}

    def take(self, changes: Iterable[tuple[str, str, str]]) -> None:
        """One more correction of it."""
        for label, was, now in changes:
            self.said[label] = (self.said.get(label, (was, now))[0], now)
            if label == NUMBER:
                self.number = now.strip("“”")

    @property
    def words(self) -> str:
        """What came of them all."""
        said = [(label, was, now) for label, (was, now) in self.said.items() if was != now]
        told = "; ".join(f"{label} dahulu {was}, kini {now}" for label, was, now in said)
        return f"SK {self.number}: {told or 'kembali seperti semula'}"


def outcome(entries: Iterable[Entry]) -> list[str]:
    """What the repairs came to, the earliest first: an SK that was corrected twice once."""
    told: list[str | Correction] = []
    for entry in reversed(list(entries)):
        changes = CHANGE.findall(entry.note) if entry.verb == CORRECTED else []
        if not changes:
            told.append(f"{entry.sentence}: {entry.note}")
            continue
        was = next((was.strip("“”") for label, was, _ in changes if label == NUMBER), "")
        number = was or entry.note.partition(": ")[0].removeprefix("SK ")
        known = (it for it in told if isinstance(it, Correction) and it.number == number)
        correction = next(known, None)
        if correction is None:
            correction = Correction(number)
            told.append(correction)
        correction.take(changes)
    return [it if isinstance(it, str) else it.words for it in told]
