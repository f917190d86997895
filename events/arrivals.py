"""As whom somebody who is invited is noted when they come, and who on the list they may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Self

from django.utils import timezone

from accounts.models import User
from events.models import Attendee, Event, InstitutionKind, Invitee, Source
from events.models.attendance import LONGEST_NAME, LONGEST_TITLE
from events.recognition import Guests
from villages.models.region import search_key

FRESH = timedelta(minutes=10)
LIKELY_SHOWN = 3  # of those who may be one guest; the next follows once one is denied


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the list of guests knows of whoever comes; without a name, somebody types it."""

    name: str
    institution: str
    title: str

    @classmethod
    def of(cls, guest: Invitee) -> Self:
        """Whoever represents them, as the form asks to name them; else the person invited."""
        name, title = guest.person, guest.title
        if guest.represented_by:
            name, title = guest.deputy
            title = title or in_place_of(guest)
        institution = guest.institution
        if guest.kind == InstitutionKind.VILLAGE:  # without what it lies in, as others write it
            institution = institution.partition(",")[0]
        name = name.strip()
        fits = search_key(name) and search_key(institution) and len(name) <= LONGEST_NAME
        return cls(name if fits else "", institution, title[:LONGEST_TITLE])


def in_place_of(guest: Invitee) -> str:
    """What stands for the title of who came instead of a guest, until somebody says it."""
    return f"Mewakili {guest.title}"[:LONGEST_TITLE]


def was_just_pressed(person: Attendee, *, at: datetime | None = None) -> bool:
    """Whether an officer just noted them as a guest: by a press that may have been wrong."""
    lately = (at or timezone.now()) - FRESH
    return person.invitee_id is not None and person.source == Source.OFFICER and person.at > lately


def is_fresh(person: Attendee, *, by: User, at: datetime | None = None) -> bool:
    """Whether that was this officer."""
    return person.recorded_by_id == by.pk and was_just_pressed(person, at=at)


class Awaited(NamedTuple):
    """A guest as whom nobody is noted: as whom one press notes them, and who may be them."""

    guest: Invitee
    arrival: Arrival
    likely: list[Attendee]

    def matches(self, text: str) -> bool:
        """Whether the text is in what is known of them, or of who may be them."""
        said = (self.guest.institution, self.guest.title, self.guest.person)
        names = (it.name for it in self.likely)
        return any(text.casefold() in it.casefold() for it in (*said, *names))


def likely(
    event: Event, guests: Iterable[Invitee], people: Iterable[Attendee] | None = None
) -> dict[int, list[Attendee]]:
    """Who on the list, or of these people of it, may be each guest; a person says if it is so."""
    known = Guests(guests)
    if not known.all:
        return {}
    found: dict[int, list[Attendee]] = defaultdict(list)
    if people is None:
        people = event.attendees.present().with_guests()
    for person in people:
        if person.was_invited:
            continue
        for pk in known.perhaps(person):
            if pk not in person.denied:
                found[pk].append(person)
    return {pk: people[:LIKELY_SHOWN] for pk, people in found.items()}
