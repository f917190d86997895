"""What was changed since the head sent a sheet or a table back, as its history tells it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from audit.models import Entry

RETURNED = "designation.returned"
CHANGES = {
    "designation.finding_written",
    "designation.finding_dropped",
    "designation.document_attached",
    "designation.document_removed",
    "designation.coordination_written",
    "designation.consent_written",
}


SENT_BACK = "import.sent_back"
REPAIRS = {"import.decree_corrected", "import.village_struck_out"}


def mended(entries: Iterable[Entry]) -> list[Entry]:
    """The changes of a sheet after its latest return, of a history that begins with the latest."""
    return _since(RETURNED, entries, CHANGES)


def repaired(entries: Iterable[Entry]) -> list[Entry]:
    """The same of a recorded table."""
    return _since(SENT_BACK, entries, REPAIRS)


def _since(step: str, entries: Iterable[Entry], verbs: set[str]) -> list[Entry]:
    since = takewhile(lambda entry: entry.verb != step, entries)
    return [entry for entry in since if entry.verb in verbs]
