"""As whom somebody who is invited is noted when they come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from events.models import InstitutionKind, Invitee
from events.models.attendance import LONGEST_NAME, LONGEST_TITLE
from villages.models.region import search_key


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
            title = title or f"Mewakili {guest.title}"
        institution = guest.institution
        if guest.kind == InstitutionKind.VILLAGE:  # without what it lies in, as others write it
            institution = institution.partition(",")[0]
        name = name.strip()
        fits = search_key(name) and search_key(institution) and len(name) <= LONGEST_NAME
        return cls(name if fits else "", institution, title[:LONGEST_TITLE])
