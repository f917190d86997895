"""The letter that invites: whom, to what, when by the clock of the office, and where.

One for all guests, with them in its annex, or one for each. The words are a proposal, to be
changed before they are drawn; day, time and place come from the event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from accounts.models import Membership, User
from certificates import misprints
from certificates.actions import Paper
from certificates.kinds import LetterKind
from certificates.misprints import Source
from certificates.models import Letter
from desabinaan import formats
from events.agenda import Timetable
from events.models import Event, Invitee
from events.origins import event_of
from events.sharing import letter_text
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

ON_THE_EVENT = "petugas memperbaikinya pada kegiatan"
BY_STAFF = "petugas memperbaikinya pada daftar undangan"


def _voided(letter: Letter, by: User) -> None:
    from events.actions.bundling import withdraw_letter  # noqa: PLC0415 - actions import this

    withdraw_letter(letter, by=by)


INVITATION = LetterKind(
    key="invitation",
    label="Surat undangan",
    template="events/pdf/invitation.html",
    page_template="events/invitation_facts.html",
    message=letter_text,
    origin=event_of,
    voided=_voided,
    sources={
        "event.title": Source("Nama kegiatan “{}”", ON_THE_EVENT),
        "event.venue": Source("Tempat kegiatan “{}”", ON_THE_EVENT),
        "addressees.title": Source("Jabatan yang diundang “{}”", BY_STAFF),
        "addressees.person": Source("Nama yang diundang “{}”", BY_STAFF),
        "addressees.whereabouts": Source("Instansi yang diundang “{}”", BY_STAFF),
    },
)
# Which facts are told apart on the last look; whatever else the letter says is its wording.
GUESTS = "yang diundang"
PARTS = {
    GUESTS: ("addressees",),
    "waktu, tempat, atau susunan acara": ("event", "agenda", "is_led"),
    LETTERHEAD: ("office",),
    EMBLEM: ("emblem",),
    SIGNER: ("signer",),
    DATE_AND_PLACE: ("dated", "place"),
}
WORDING = "isi surat"
MOST_ADDRESSEES = 3  # more of them stand in an annex
USUAL = "Biasa"
CLOSING = (
    "Mengingat pentingnya acara ini, kami mengharapkan kehadiran Bapak/Ibu. Bila berhalangan, "
    "mohon menugaskan pejabat yang mewakili.",
    "Atas perhatian dan kehadiran Bapak/Ibu, kami ucapkan terima kasih.",
)


@dataclass(frozen=True, slots=True)
class InvitationWords:
    """What the letter says besides whom it invites to what, and how many letters there are."""

    subject: str
    nature: str
    opening: Sequence[str]
    closing: Sequence[str]
    contact: str
    copies: Sequence[str]
    with_agenda: bool
    one_each: bool
    dated: date
    signer: Signer
    signed_as: Membership | None = None  # in which role, where a head was chosen and not typed


def proposed_opening(event: Event) -> list[str]:
    """How the letter begins."""
    return [
        f"Sehubungan dengan pelaksanaan {event.title} oleh {event.office.name}, bersama ini kami "
        "mengundang Bapak/Ibu untuk hadir pada:"
    ]


def event_facts(event: Event) -> dict[str, str]:
    """When and where it is, as a letter tells it; by this a letter is known to be out of date."""
    return {
        "title": event.title,
        "day": formats.days(event.starts_on, event.ends_on),
        "time": event.hours,
        "venue": event.venue,
    }


@dataclass(frozen=True)
class InvitationPrints(Look):
    """The letters, if they were ordered now."""

    event: Event
    guests: Sequence[Invitee]
    words: InvitationWords

    @cached_property
    def papers(self) -> list[Paper]:
        """One letter to all, or one to each."""
        if self.words.one_each:
            return [self._paper([guest]) for guest in self.guests]
        return [self._paper(self.guests)]

    @property
    def facts(self) -> dict[str, Any]:
        """What all letters say alike, and to whom."""
        return {**self._common, "addressees": [_addressee(it) for it in self.guests]}

    @cached_property
    def doubts(self) -> list[str]:
        """What one would not want to print unawares."""
        words = self.words
        told = not_in_office([words.signed_as], words.dated, PRINTED_DAY) if words.signed_as else []
        if self._agenda.too_late:
            told.append(f"{self._agenda.too_late} kegiatan: sesuaikan susunan acaranya.")
        if words.dated > self.event.starts_on:
            day = formats.long_date(self.event.starts_on)
            told.append(f"Surat bertanggal sesudah kegiatan, yang mulai {day}.")
        return told

    @cached_property
    def misprints(self) -> list[str]:
        """The same of what the letters say."""
        return misprints.found(self.facts, INVITATION.sources)

    @cached_property
    def _agenda(self) -> Timetable:
        items = self.event.agenda.all() if self.words.with_agenda else ()
        return Timetable.of(self.event, items)

    @cached_property
    def _common(self) -> dict[str, Any]:
        event, words = self.event, self.words
        return {
            "title": INVITATION.label,
            "subject": words.subject,
            "nature": words.nature,
            "bases": [line for line in map(str.strip, event.legal_basis.splitlines()) if line],
            "opening": list(words.opening),
            "event": event_facts(event),
            "agenda": self._agenda.rows,
            "is_led": self._agenda.is_led,
            "closing": list(words.closing),
            "contact": words.contact,
            "copies": list(words.copies),
            "office": office_facts(event.office),
            "emblem": emblem_of(event.office),
            "dated": words.dated.isoformat(),
            "place": event.office.city,
            "signer": words.signer,
        }

    def _paper(self, guests: Sequence[Invitee]) -> Paper:
        facts = {
            **self._common,
            "addressees": [_addressee(it) for it in guests],
            "annexed": len(guests) > MOST_ADDRESSEES,
        }
        whom = guests[0].title if len(guests) == 1 else self.event.title
        title = f"{INVITATION.label} {whom}"[:200]
        return Paper(INVITATION.key, self.event.office, self.words.dated, title, facts)

    def _parts(self) -> dict[str, str]:
        facts = {**self.facts, "one_each": self.words.one_each}
        said = {part: [facts.pop(name) for name in names] for part, names in PARTS.items()}
        said[SIGNER].append(self.doubts)
        return {part: digest(it) for part, it in said.items()} | {WORDING: digest(facts)}


def _addressee(guest: Invitee) -> dict[str, str]:
    return {"title": guest.title, "person": guest.person, "whereabouts": guest.whereabouts}
