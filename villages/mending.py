"""What was changed since the head sent a sheet or a table back, as its history tells it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from audit.models import Entry
from villages.actions.numbering import Changes, in_words
from villages.models.decree import LABELS

RETURNED = "designation.returned"
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
CHANGES = set[str]().union(*PARTS.values())
SENT_BACK = "import.sent_back"
CORRECTED = "import.decree_corrected"
REPAIRS = {CORRECTED, "import.village_struck_out"}


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
        self.changes: Changes = {}

    def take(self, changes: Changes) -> None:
        """One more correction of it."""
        for name, (was, now) in changes.items():
            self.changes[name] = [self.changes.get(name, [was])[0], now]
        self.number = self.changes.get("number", [self.number])[-1]

    @property
    def words(self) -> str:
        """What came of them all."""
        told = "; ".join(
            f"{LABELS[name]} dahulu {in_words(name, was)}, kini {in_words(name, now)}"
            for name, (was, now) in self.changes.items()
            if was != now
        )
        return f"SK {self.number}: {told or 'kembali seperti semula'}"


def outcome(entries: Iterable[Entry]) -> list[str]:
    """What the repairs came to, the earliest first: an SK that was corrected twice once."""
    told: list[str | Correction] = []
    for entry in reversed(list(entries)):
        if "changes" not in entry.data:
            told.append(f"{entry.sentence}: {entry.note}")
            continue
        number = entry.data["number"]
        known = (it for it in told if isinstance(it, Correction) and it.number == number)
        correction = next(known, None)
        if correction is None:
            correction = Correction(number)
            told.append(correction)
        correction.take(entry.data["changes"])
    return [it if isinstance(it, str) else it.words for it in told]
