"""What every signed paper about an event has: letterhead, day and place, and who signs it."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from accounts.models import Membership, Office
from certificates import misprints
from certificates.actions import Paper
from certificates.kinds import LetterKind
from events.story import Story
from villages.papers import Signer, emblem_of, office_facts
from villages.prints import (
    DATE_AND_PLACE,
    EMBLEM,
    LETTERHEAD,
    PRINTED_DAY,
    SIGNER,
    Look,
    digest,
    not_in_office,
)

COMMON = {
    LETTERHEAD: ("office",),
    EMBLEM: ("emblem",),
    SIGNER: ("signer",),
    DATE_AND_PLACE: ("dated", "place"),
}
REST = "isinya"


@dataclass(frozen=True, slots=True)
class Signing:
    """Of which day a letter is, and who signs it."""

    dated: date
    signer: Signer
    signed_as: Membership | None = None  # in which role, where a head was chosen and not typed

    def facts(self, office: Office) -> dict[str, Any]:
        """What every letter of the office prints of it."""
        return {
            "office": office_facts(office),
            "emblem": emblem_of(office),
            "dated": self.dated.isoformat(),
            "place": office.city,
            "signer": self.signer,
        }


@dataclass(frozen=True)
class SignedPrints(Look):
    """A paper about an event, if it were ordered now."""

    story: Story
    signing: Signing

    kind: ClassVar[LetterKind]
    parts: ClassVar[dict[str, tuple[str, ...]]] = {}  # facts that are told apart on the last look

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Everything that it would say."""
        return {
            "title": self.kind.label,
            **self._said(),
            **self.signing.facts(self.story.event.office),
        }

    @property
    def paper(self) -> Paper:
        """The paper, to be ordered."""
        event = self.story.event
        title = f"{self.kind.label} {event.title}"[:200]
        return Paper(self.kind.key, event.office, self.signing.dated, title, self.facts)

    @cached_property
    def doubts(self) -> list[str]:
        """What one would not want to print unawares."""
        its = self.signing
        if its.signed_as is None:
            return []
        return not_in_office([its.signed_as], its.dated, PRINTED_DAY)

    @cached_property
    def misprints(self) -> list[str]:
        """Which words of it no typeface has, and who mends them."""
        return misprints.found(self.facts, self.kind.sources)

    @abstractmethod
    def _said(self) -> dict[str, Any]:
        """What it tells of the event."""

    def _parts(self) -> dict[str, str]:
        facts = dict(self.facts)
        told = {**self.parts, **COMMON}
        said = {part: [facts.pop(name) for name in names] for part, names in told.items()}
        said[SIGNER].append(self.doubts)
        return {part: digest(it) for part, it in said.items()} | {REST: digest(facts)}
