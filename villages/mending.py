"""What was changed on a sheet since the head sent it back, as its history tells it."""

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


def mended(entries: Iterable[Entry]) -> list[Entry]:
    """The changes after the latest return, of a history that begins with the latest."""
    since = takewhile(lambda entry: entry.verb != RETURNED, entries)
    return [entry for entry in since if entry.verb in CHANGES]
