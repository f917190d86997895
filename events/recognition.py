"""Who on the list of an event is one of its guests: surely, or perhaps.

What is recognised depends on the rows and the guests alone, never on the order or the way in which
they came. Surely means beyond a doubt that a person would have; the rest is for a person to say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol, Self

from events.alike import looks_near
from events.models import InstitutionKind, Invitee
from events.names import ADDRESSES, bare_key
from villages.local_terms import with_kind_written_out, without_kind
from villages.models.region import BETWEEN_WORDS, search_key

# As offices are called in short.
WRITTEN_OUT = {
    "kades": ("kepala", "desa"),
    "sekdes": ("sekretaris", "desa"),
    "sekcam": ("sekretaris", "kecamatan"),
    "kadus": ("kepala", "dusun"),
}
# A page compares a full hall each time that it is asked for, and its people stay the same.
REMEMBERED = 16_384
SEAT = re.compile(r"^(kantor|pemerintah|balai)\s+", re.IGNORECASE)  # of a village, of a kecamatan


class Named(Protocol):
    """Somebody who came, as one of the ways onto the list tells it."""

    @property
    def name(self) -> str:
        """What they are called."""

    @property
    def institution(self) -> str:
        """Where they come from."""

    @property
    def title(self) -> str:
        """What they are there."""


@lru_cache(maxsize=REMEMBERED)
def _words(text: str) -> frozenset[str]:
    return frozenset(filter(None, map(search_key, BETWEEN_WORDS.split(text))))


@dataclass(frozen=True, slots=True)
class Place:
    """An institution: what it is of regions, what it is called, and what it is said to lie in."""

    kind: str
    words: frozenset[str]
    around: frozenset[str]

    @classmethod
    @lru_cache(maxsize=REMEMBERED)
    def of(cls, text: str) -> Self:
        """As it is written: "Desa Bener, Kecamatan Wonosobo", "Kantor Kec. Kepil", "Bener"."""
        name, _, around = text.partition(",")
        seated = SEAT.sub("", name.strip())
        whole = with_kind_written_out(seated)
        bare = without_kind(whole)
        if bare == whole:  # "Kantor Pos" is called so
            return cls("", _words(name), _words(around))
        return cls(search_key(whole[: -len(bare)]), _words(bare), _words(around))

    def may_be(self, other: Place) -> bool:
        """Whether nothing that both say speaks against it."""
        if self.kind and other.kind and self.kind != other.kind:
            return False
        lies = not self.around or not other.around
        return lies or self.around <= other.around or other.around <= self.around

    def is_same(self, other: Place) -> bool:
        """Whether both are called the same besides."""
        return self.words == other.words and self.may_be(other)


def _post(title: str, place: Place) -> frozenset[str]:
    """What somebody is, and where, as a set of words: "Camat Kepil" of "Kecamatan Kepil"."""
    words = _words(title)
    for short in words & WRITTEN_OUT.keys():
        words = words - {short} | frozenset(WRITTEN_OUT[short])
    return words | place.words if words else frozenset()


@dataclass(frozen=True)
class Guest:
    """A guest as they are compared."""

    pk: int
    place: Place
    post: frozenset[str]
    person: str
    deputy: str

    @classmethod
    def of(cls, guest: Invitee) -> Self:
        """With whoever represents them."""
        place = Place.of(guest.institution)
        if guest.kind != InstitutionKind.VILLAGE and "," in guest.institution:
            place = Place("", _words(guest.institution), frozenset())  # its name has commas
        deputy = bare_key(guest.deputy[0]) if guest.represented_by else ""
        return cls(guest.pk, place, _post(guest.title, place), bare_key(guest.person), deputy)

    @property
    def names(self) -> frozenset[str]:
        """Under which they may come."""
        return frozenset(filter(None, (self.person, self.deputy)))


@dataclass(frozen=True)
class Comer:
    """Somebody who came, as they are compared."""

    name: str
    is_full: bool  # more than one word: few are called so
    place: Place
    whole: Place  # where commas belong to the name of the institution
    post: frozenset[str]

    @classmethod
    def of(cls, person: Named) -> Self:
        """As one of the ways onto the list tells it."""
        place = Place.of(person.institution)
        whole = place
        if place.around:
            whole = Place("", _words(person.institution), frozenset())
        called = person.name.partition(",")[0]
        is_full = len(_words(called) - ADDRESSES) > 1
        return cls(bare_key(person.name), is_full, place, whole, _post(person.title, place))

    def is_at(self, place: Place) -> bool:
        """Whether they come from there."""
        return self.place.is_same(place) or self.whole.is_same(place)

    def is_of_name(self, guest: Guest) -> bool:
        """Whether they are the person who is named, of that institution."""
        return self.name in guest.names and self.is_at(guest.place)

    def is_of_post(self, guest: Guest) -> bool:
        """Whether they hold the post that is invited, and are not called otherwise than named."""
        its = bool(self.post) and self.post == guest.post and self.place.may_be(guest.place)
        return its and (not guest.person or _may_be_called(self.name, guest.person))

    def may_be(self, guest: Guest) -> bool:
        """Whether a person should look: the same name, nearly so there, or a post around theirs."""
        if self.name in guest.names and (self.is_full or self.is_at(guest.place)):
            return True
        if self.post and guest.post <= self.post and self.place.may_be(guest.place):
            return True
        return self.is_at(guest.place) and any(looks_near(self.name, it) for it in guest.names)


def _may_be_called(one: str, other: str) -> bool:
    return one in other or other in one or looks_near(one, other)


class Guests:
    """The guests of an event, to be recognised among whoever comes."""

    def __init__(self, guests: Iterable[Invitee]) -> None:
        self.all = [Guest.of(it) for it in guests]

    def surely(self, person: Named) -> int | None:
        """The one guest that they are beyond doubt: by name and institution, else by their post."""
        comer = Comer.of(person)
        near = list(self._around(comer))
        for is_it in (comer.is_of_name, comer.is_of_post):
            found = [it.pk for it in near if is_it(it)]
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def perhaps(self, person: Named) -> list[int]:
        """All whom they may be, in the order of the guests."""
        comer = Comer.of(person)
        return sorted(it.pk for it in self._around(comer) if comer.may_be(it))

    def _around(self, comer: Comer) -> Iterator[Guest]:
        """Those with a name of theirs, or with a word of where they come from or what they are."""
        said = comer.post | comer.place.words | comer.whole.words
        found = {it.pk: it for it in self._by_name.get(comer.name, ())}
        for word in said & self._by_word.keys():
            found |= {it.pk: it for it in self._by_word[word]}
        return iter(found.values())

    @cached_property
    def _by_name(self) -> dict[str, list[Guest]]:
        found: dict[str, list[Guest]] = defaultdict(list)
        for guest in self.all:
            for name in guest.names:
                found[name].append(guest)
        return found

    @cached_property
    def _by_word(self) -> dict[str, list[Guest]]:
        """By the rarest word of each one's institution, so that few are compared with each."""
        often: dict[str, int] = defaultdict(int)
        for guest in self.all:
            for word in guest.place.words:
                often[word] += 1
        found: dict[str, list[Guest]] = defaultdict(list)
        for guest in self.all:
            if guest.place.words:
                rarest = min(sorted(guest.place.words), key=lambda it: often[it])
                found[rarest].append(guest)
        return found
