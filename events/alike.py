"""People on the list of an event who may be one: the same name elsewhere, or nearly so here.

Forms of address and degrees hide nobody: "Drs. Suparman" may be "Suparman, S.Pd.".
Nothing is merged by itself; a person says of each pair whether it is one. What is proposed depends
on the rows alone, never on the order or the way in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

from django.db.models import Exists, OuterRef

from events.models import Attendee, Event, Merge
from events.names import bare_key, bare_words, is_shortened
from events.one_person import Rows

FARTHEST = 2  # letters put in, left out or exchanged
MOST_OTHER_LETTERS = 2 * FARTHEST  # each change exchanges at most two of those that a name has
SHOWN = 50
# Beyond these a list is no list of people any more, and every pair of it would fill the memory:
# of one name each row is then paired with the next alone, and no more names are compared.
MOST_OF_A_NAME = 40
MOST_COMPARED = 30_000  # a second of work, whatever the names are and however long

type Pair = tuple[Attendee, Attendee]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two rows that may be one person, and why."""

    first: Attendee
    second: Attendee

    @property
    def reason(self) -> str:
        """What is alike, and what is not."""
        is_here = self.first.place_key == self.second.place_key
        if self.first.name_key == self.second.name_key:
            same = "Nama sama, instansi atau desa ditulis lain"
            return "Nama dan instansi sama, nomor HP lain" if is_here else same
        if bare_key(self.first.name) == bare_key(self.second.name):
            where = "instansi atau desa sama" if is_here else "instansi atau desa ditulis lain"
            return f"Nama sama tanpa sapaan dan gelar, {where}"
        is_so = is_near(bare_key(self.first.name), bare_key(self.second.name))
        how = "hampir sama" if is_so else "disingkat"
        return f"Nama {how}, instansi atau desa sama"


@dataclass(frozen=True)
class Likenesses:
    """What is to be said of the people of an event, and what was said."""

    event: Event

    @cached_property
    def open(self) -> list[Likeness]:
        """The pairs of which nobody said anything, by name; after the report those that wait."""
        return waiting(self.event, self.said)

    @property
    def shown(self) -> list[Likeness]:
        """The first of them."""
        return self.open[:SHOWN]

    @cached_property
    def said(self) -> list[Merge]:
        """What was said, the latest first."""
        return list(self.event.merges.with_people())


def waiting(event: Event, merges: Iterable[Merge]) -> list[Likeness]:
    """The pairs of an event of which none of all its merges says anything, by name."""
    merges = list(merges)
    said = event.exclusions.beforehand().filter(attendee=OuterRef("pk"))
    rows = list(event.attendees.annotate(**{"gets_none": Exists(said)}))
    excluded = [it.pk for it in rows if it.gets_none] if event.is_settled else []
    hidden = Rows(merges).hidden_behind
    return undecided([it for it in rows if it.pk not in hidden], merges, excluded)


def undecided(
    people: Sequence[Attendee], merges: Iterable[Merge], excluded: Iterable[int] = ()
) -> list[Likeness]:
    """The pairs of which nobody said anything; of those `excluded` nothing needs to be said.

    After the report nobody is merged any more: excluding one is how a person says they are one.
    """
    merges = list(merges)
    said = {frozenset((it.kept_id, it.other_id)) for it in merges}
    gone = set(map(Rows(merges).shown_as, excluded))
    found = ((it, {it.first.pk, it.second.pk}) for it in alike(people))
    return [it for it, pair in found if pair not in said and not pair & gone]


@dataclass(frozen=True, slots=True)
class _Named:
    """Somebody, and their name without forms of address and degrees."""

    person: Attendee
    bare: str
    letters: int  # the same as bits


def alike(people: Sequence[Attendee]) -> list[Likeness]:
    """Every pair that may be one person: by what they say, in one order."""
    return [Likeness(*_in_order(*pair)) for pair in sorted(_pairs(people), key=_place_of)]


def _pairs(people: Sequence[Attendee]) -> Iterator[Pair]:
    people = sorted(people, key=_told)  # so that where it stops does not depend on their order
    named = [_Named(it, bare, _letters(bare)) for it in people for bare in [bare_key(it.name)]]
    for same in _by(named, lambda it: it.person.name_key):
        yield from _of_one_name(same)
    for same in _by(named, lambda it: it.bare):
        yield from (pair for pair in _of_one_name(same) if _is_spelt_otherwise(*pair))
    allowed, allowed_too = iter(range(MOST_COMPARED)), iter(range(MOST_COMPARED))
    # Few people first: what somebody floods one place with uses up what is left, not all of it.
    for there in sorted(_by(named, lambda it: it.person.place_key), key=len):
        yield from _near(there, allowed)
        yield from _shortened(there, allowed_too)


def _by(people: Iterable[_Named], key: Callable[[_Named], str]) -> Iterable[list[_Named]]:
    groups: dict[str, list[_Named]] = defaultdict(list)
    for it in people:
        groups[key(it)].append(it)
    return groups.values()


def _of_one_name(same: list[_Named]) -> Iterator[Pair]:
    people = [it.person for it in same]
    return combinations(people, 2) if len(people) <= MOST_OF_A_NAME else pairwise(people)


def _is_spelt_otherwise(one: Attendee, other: Attendee) -> bool:
    return bool(one.name_key != other.name_key)  # else they were found by their name already


def _near(people: list[_Named], allowed: Iterator[int]) -> Iterator[Pair]:
    """Those of one place whose names differ by little; first by length and letters, which is quick.

    The names themselves are compared as long as that is `allowed`, without forms of address and
    degrees.
    """
    told = sorted(((len(it.bare), it.letters, it) for it in people), key=lambda it: it[0])
    for place, (length, letters, one) in enumerate(told):
        for longer, others, other in told[place + 1 :]:
            if longer - length > FARTHEST:
                break
            if (letters ^ others).bit_count() > MOST_OTHER_LETTERS:
                continue
            if next(allowed, None) is None:
                return
            if is_near(one.bare, other.bare) and _is_spelt_otherwise(one.person, other.person):
                yield one.person, other.person


def _shortened(people: list[_Named], allowed: Iterator[int]) -> Iterator[Pair]:
    """Those of one place of whose names one is the other, shortened; as many as are `allowed`.

    Only those are compared who have one of the first two words in common, and of the other one
    the first letter.
    """
    groups: dict[tuple[int, str, str], list[tuple[tuple[str, ...], _Named]]] = defaultdict(list)
    for it in people:
        if len(words := bare_words(it.person.name)) > 1:
            first, second = words[:2]
            groups[0, first, second[0]].append((words, it))
            groups[1, second, first[0]].append((words, it))
    for (place, _, _), group in groups.items():
        for (words, one), (others, other) in combinations(group, 2):
            if next(allowed, None) is None:
                return
            is_found_by_first = place == 1 and words[0] == others[0]
            if not is_found_by_first and is_shortened(words, others) and _is_no_other(one, other):
                yield one.person, other.person


def _is_no_other(one: _Named, other: _Named) -> bool:
    """Whether they are not found by their names already, the same or nearly so."""
    if (one.letters ^ other.letters).bit_count() > MOST_OTHER_LETTERS:
        return True
    return one.bare != other.bare and not is_near(one.bare, other.bare)


def is_near(one: str, other: str) -> bool:
    """Whether the names differ, by two letters at most, and agree in most of the shorter one."""
    if one == other:
        return False  # found by their name already
    distance = _distance(one, other)
    return distance <= FARTHEST and 2 * distance < min(len(one), len(other))


def _distance(one: str, other: str, allowed: int = FARTHEST) -> int:
    """How many letters to put in, leave out or exchange; beyond `allowed` it does not matter.

    What both begin and end with is left aside: of "Peserta 12" and "Peserta 13" one letter remains.
    The first letter that remains is left out, put in or exchanged; what follows is asked again with
    one change less. So names of any length cost four such looks at most, and never all their
    letters against all.
    """
    if not allowed:
        return int(one != other)
    if abs(len(one) - len(other)) > allowed:
        return allowed + 1
    one, other = _where_they_differ(one, other)
    if not one or not other:
        return len(one) + len(other)
    rest = (one[1:], other), (one, other[1:]), (one[1:], other[1:])
    return 1 + min(_distance(*it, allowed - 1) for it in rest)


def looks_near(one: str, other: str) -> bool:
    """The same as `is_near`, at first by length and letters, which is quick."""
    if abs(len(one) - len(other)) > FARTHEST:
        return False
    are_others = (_letters(one) ^ _letters(other)).bit_count()
    return are_others <= MOST_OTHER_LETTERS and is_near(one, other)


def _letters(name: str) -> int:
    """The letters and figures of a name, as bits."""
    bits = 0
    for sign in set(name):
        bits |= 1 << (ord(sign) - ord("0"))
    return bits


def _told(person: Attendee) -> tuple[str, str, str]:
    return person.name_key, person.place_key, person.phone_digits


def _in_order(one: Attendee, other: Attendee) -> Pair:
    return (one, other) if _told(one) <= _told(other) else (other, one)


def _place_of(pair: Pair) -> tuple[tuple[str, str, str], ...]:
    one, other = map(_told, pair)
    return (one, other) if one <= other else (other, one)


def _where_they_differ(one: str, other: str) -> tuple[str, str]:
    """The two without what both begin with, and then without what both end with."""
    start = _in_common(one, other)
    one, other = one[start:], other[start:]
    end = _in_common(one[::-1], other[::-1])
    return one[: len(one) - end], other[: len(other) - end]


def _in_common(one: str, other: str) -> int:
    """With how many letters both begin: by halves, not letter by letter."""
    sure, most = 0, min(len(one), len(other))
    while sure < most:
        middle = (sure + most + 1) // 2
        if one[sure:middle] == other[sure:middle]:
            sure = middle
        else:
            most = middle - 1
    return sure
