"""The certificates of attendance, if they were ordered now: what a last look shows of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from certificates import misprints
from certificates.actions import Paper
from events.candidates import Candidate
from events.models import CertificateRule, Event
from events.models.participation import Dated
from events.participation import KINDS, PARTICIPANT, TITLE, event_facts, signer_by
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

PEOPLE, EVENT = "daftar penerima", "kegiatan"
NO_SIGNER = "Penanda tangan belum dipilih; petugas memilihnya pada aturan sertifikat."


@dataclass(frozen=True)
class ParticipationPrints(Look):
    """What all of them say alike, and whom they name."""

    event: Event
    rule: CertificateRule
    candidates: Sequence[Candidate]

    @cached_property
    def dated(self) -> date:
        """The day that they would bear."""
        is_of_event = self.rule.dated == Dated.EVENT  # which is over: no day to come
        return self.event.ends_on if is_of_event else self.event.office.today()

    @cached_property
    def signer(self) -> Signer:
        """Who would sign."""
        return signer_by(self.rule)

    @cached_property
    def doubts(self) -> list[str]:
        """What one would not want to print unawares."""
        role = self.rule.signed_as
        return not_in_office([role], self.dated, PRINTED_DAY) if role else []

    @cached_property
    def misprints(self) -> list[str]:
        """The same of what all of them say; a name that cannot be printed gets no certificate."""
        if not self.rule.has_signer:
            return [NO_SIGNER]
        return misprints.found(self.facts, PARTICIPANT.sources)

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What all of them say alike."""
        office = self.event.office
        return {
            "title": TITLE,
            "event": event_facts(self.event),
            "office": office_facts(office),
            "emblem": emblem_of(office),
            "dated": self.dated.isoformat(),
            "place": office.city,
            "signer": self.signer,
        }

    def batches(self) -> list[tuple[list[Candidate], list[Paper]]]:
        """The papers of each kind with whom they name, in the order of their numbers."""
        found = []
        for kind in KINDS:
            its = [it for it in self.candidates if it.kind == kind.key]
            if its:
                found.append((its, [self._paper(it) for it in its]))
        return found

    def _paper(self, candidate: Candidate) -> Paper:
        person = candidate.person
        facts = {**self.facts, **person.facts()}
        title = f"{TITLE} {person.role} {person.name}"[:200]
        return Paper(candidate.kind, self.event.office, self.dated, title, facts)

    def _parts(self) -> dict[str, str]:
        people = [[it.kind, it.row.pk, it.person.facts()] for it in self.candidates]
        facts = self.facts
        return {
            PEOPLE: digest(people),
            EVENT: digest(facts["event"]),
            LETTERHEAD: digest(facts["office"]),
            EMBLEM: digest(facts["emblem"]),
            SIGNER: digest([facts["signer"], self.doubts]),
            DATE_AND_PLACE: digest([facts["dated"], facts["place"]]),
        }
