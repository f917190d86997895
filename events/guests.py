"""Who is invited to an event, as its pages show it: counted, searched, and what can be said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q
from django.http import QueryDict

from accounts.access import Access
from desabinaan import formats
from events.address_book import AddressBook
from events.arrivals import likely
from events.bundles import LETTERS, MOST_IN_PDF
from events.invitation_letters import event_facts
from events.models import (
    Attendee,
    Event,
    Institution,
    InstitutionQuerySet,
    Invitee,
    InviteeQuerySet,
    Reply,
)
from events.models.invitee import CAME, MISSING, UNANSWERED
from events.sharing import address_of, when_and_where

LONGEST_SEARCH = 80


@dataclass(frozen=True, slots=True)
class Replies:
    """How many are invited, and how many answered what."""

    coming: int = 0
    represented: int = 0
    absent: int = 0
    unanswered: int = 0
    came: int = 0  # of all of them, as the list of who came says

    @classmethod
    def of(cls, replies: list[str], came: int = 0) -> Replies:
        """Count them."""
        counts = Counter(replies)
        return cls(*[*(counts[it] for it in (*Reply.values, "")), came])

    @property
    def total(self) -> int:
        """All who are invited."""
        return self.coming + self.represented + self.absent + self.unanswered

    @property
    def words(self) -> str:
        """The same in a line: "18 diundang: 9 akan hadir, 2 diwakili, 1 tidak hadir, 6 belum …"."""
        told = [
            (self.coming, "akan hadir"),
            (self.represented, "diwakili"),
            (self.absent, "tidak hadir"),
            (self.unanswered, "belum menjawab"),
        ]
        parts = ", ".join(f"{formats.number(count)} {word}" for count, word in told if count)
        return f"{formats.number(self.total)} diundang: {parts}" if self.total else ""

    @property
    def came_words(self) -> str:
        """Once its day has come, first who came: "4 dari 18 undangan tercatat hadir. …"."""
        told = [
            (self.coming, "menyatakan akan hadir"),
            (self.represented, "diwakili"),
            (self.absent, "menyatakan tidak hadir"),
            (self.unanswered, "tidak menjawab"),
        ]
        parts = ", ".join(f"{formats.number(count)} {word}" for count, word in told if count)
        came, total = formats.number(self.came), formats.number(self.total)
        return (
            f"{came} dari {total} undangan tercatat hadir. Jawaban: {parts}" if self.total else ""
        )


class Row(NamedTuple):
    """A guest, and what is to be said of them."""

    guest: Invitee
    is_outdated: bool  # their letter names another time or place than the event has now
    likely: list[Attendee]  # as whom they may be on the list of who came


@dataclass(frozen=True)
class Guests:
    """The guests of an event, as far as they were asked for."""

    access: Access
    event: Event
    asked: QueryDict

    @property
    def text(self) -> str:
        """What was searched for."""
        return self.asked.get("q", "").strip()[:LONGEST_SEARCH]

    @property
    def tells_who_came(self) -> bool:
        """Whether there is anything to be said of who came: its day has come, and it took place."""
        return self.event.has_begun and not self.event.is_cancelled

    @property
    def reply(self) -> str:
        """Which answer, or whether they came; nothing for what is neither."""
        reply = self.asked.get("jawaban", "")
        return reply if reply in dict(self.reply_choices) else ""

    @property
    def reply_choices(self) -> list[tuple[str, str]]:
        """The answers to choose from, and once its day has come, who came."""
        came = [(CAME, "Tercatat hadir"), (MISSING, "Tidak tercatat hadir")]
        answers = [(UNANSWERED, "Belum menjawab"), *Reply.choices]
        return came + answers if self.tells_who_came else answers

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.text or self.reply)

    @property
    def all(self) -> InviteeQuerySet:
        """All of them."""
        return Invitee.objects.visible_to(self.access).filter(event=self.event)

    @cached_property
    def replies(self) -> Replies:
        """What they answered, and how many of them came."""
        told = list(self.all.values_list("reply", "noted"))
        return Replies.of([reply for reply, _ in told], sum(it is not None for _, it in told))

    @property
    def words(self) -> str:
        """The same in a line: what they answered, and once its day has come first who came."""
        return self.replies.came_words if self.tells_who_came else self.replies.words

    @cached_property
    def letters_ready(self) -> int:
        """How many letters by which somebody is invited now have their file."""
        return LETTERS.ready(self.event).count()

    @property
    def fits_one_pdf(self) -> bool:
        """Whether those are few enough for one PDF."""
        return self.letters_ready <= MOST_IN_PDF

    @property
    def found(self) -> InviteeQuerySet:
        """Those that were asked for, as they were invited."""
        found = self.all.matching(self.text).answering(self.reply)
        return found.with_letter().with_noted().order_by("pk")

    def rows_of(self, guests: Iterable[Invitee]) -> list[Row]:
        """Each with whether their letter names another time or place, and who may be them."""
        now, guests = event_facts(self.event), list(guests)
        found = self._likely(guests)
        return [
            Row(it, it.letter is not None and it.letter["event"] != now, found.get(it.pk, []))
            for it in guests
        ]

    def _likely(self, guests: Iterable[Invitee]) -> dict[int, list[Attendee]]:
        if not self.tells_who_came or self.event.is_settled:
            return {}
        return likely(self.event, [it for it in guests if it.noted_name is None])


@dataclass(frozen=True)
class Choosing(AddressBook):
    """The address book beside an event: who is invited already is shown so."""

    event: Event

    @classmethod
    def of(cls, access: Access, event: Event, asked: QueryDict) -> Choosing:
        """For an event of this office."""
        return cls(access, event.office, asked, event)

    @property
    def shows_retired(self) -> bool:
        """Nobody invites who is retired."""
        return False

    @property
    def is_near(self) -> bool:
        """Whether those of other kecamatan are left out: unless a place is asked for, or all."""
        everywhere = self.asked.get("cakupan") == "semua"
        return bool(self.event.taken_ids) and not self.code and not everywhere

    @property
    def found(self) -> InstitutionQuerySet:
        """The entries; at first those of the whole land and of where the event is for."""
        found = super().found
        if not self.is_near:
            return found
        its = self.event.villages.order_by()
        here = Q(region__in=its.values("region__parent"))
        above = Q(region__in=its.values("region__parent__parent"))
        return found.filter(Q(region=None) | here | above)

    @cached_property
    def taken(self) -> set[str]:
        """The keys of those who are invited."""
        guests = Invitee.objects.visible_to(self.access).filter(event=self.event)
        return set(guests.values_list("key", flat=True))

    def picked(self, keys: frozenset[int]) -> InstitutionQuerySet:
        """Those that were ticked, of the whole book."""
        mine = Institution.objects.visible_to(self.access).filter(office=self.office)
        return mine.current().filter(pk__in=keys)


def invitation_text(event: Event) -> str:
    """To send by WhatsApp: what, when by the clock of the office, where, and where more is said."""
    return "\n\n".join(
        (
            "Yth. Bapak/Ibu,",
            f"{event.office.name} mengundang Bapak/Ibu untuk hadir pada kegiatan {event.title}.",
            when_and_where(event),
            f"Selengkapnya:\n{address_of(event)}",
            "Mohon kabar kehadiran, atau siapa yang mewakili, dengan membalas pesan ini.",
            "Terima kasih.",
        )
    )
