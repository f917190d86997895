"""What the pages of attendance show: who is on the list, how many, from where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import JSONObject
from django.http import QueryDict

from accounts.access import Access
from desabinaan import formats
from desabinaan.http import picked
from desabinaan.workflow import Answer
from events import permissions
from events.arrivals import Arrival, Awaited, is_fresh, likely
from events.models import (
    Attendee,
    Category,
    Event,
    EventQuerySet,
    Invitee,
    InviteeQuerySet,
    Reply,
    SchoolCount,
    Sex,
)
from events.models.attendance import AttendeeQuerySet
from villages.local_terms import with_kind_written_out
from villages.models.region import search_key

PAGE_SIZE = 50
LONGEST_SEARCH = 80
COUNTED = {
    "total": Count("pk"),
    "male": Count("pk", filter=Q(sex=Sex.MALE)),
    "female": Count("pk", filter=Q(sex=Sex.FEMALE)),
}
ANNOUNCED = {
    "total": Count("pk"),
    "came": Count("noted"),
    "awaited": Count("pk", filter=Q(noted=None) & ~Q(reply=Reply.ABSENT)),
}
GUESTS_SHOWN = 20  # on a page of those who are invited and awaited
SUGGESTED = 60  # institutions that the form offers while one types


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are, and how many of them men and women."""

    label: str
    total: int
    male: int
    female: int

    def plus(self, total: int, male: int, female: int) -> Tally:
        """With so many more."""
        return Tally(self.label, self.total + total, self.male + male, self.female + female)

    @property
    def unsaid(self) -> int:
        """Of how many nobody said it."""
        return self.total - self.male - self.female

    @property
    def words(self) -> str:
        """The same in a line: "60 laki-laki, 50 perempuan, 3 tidak dicatat"."""
        told = [(self.male, "laki-laki"), (self.female, "perempuan")]
        told += [(self.unsaid, "tidak dicatat")] if self.unsaid else []
        return ", ".join(f"{formats.number(number)} {word}" for number, word in told)


def with_numbers(events: EventQuerySet) -> EventQuerySet:
    """Each with how many came, in the same question: the record page asks enough already."""
    its = Attendee.objects.present().filter(event=OuterRef("pk")).order_by()
    people = its.values("category").annotate(**COUNTED)
    names = {name: name for name in COUNTED}
    schools = SchoolCount.objects.filter(event=OuterRef("pk")).order_by().values("event")
    pupils = schools.annotate(male=Sum("boys"), female=Sum("girls"))
    total = F("male") + F("female")
    counted = JSONObject(total=total, male="male", female="female")
    told = {
        "people_told": ArraySubquery(people.values(told=JSONObject(key="category", **names))),
        "pupils_told": Subquery(pupils.values(told=counted)),
    }
    return events.annotate(**told)


def with_announced(events: EventQuerySet) -> EventQuerySet:
    """Each with how many are invited, how many of them came, and how many are awaited."""
    its = Invitee.objects.filter(event=OuterRef("pk")).order_by().values("event")
    said = JSONObject(**{name: name for name in ANNOUNCED})
    told = {"invited_told": Subquery(its.annotate(**ANNOUNCED).values(told=said))}
    return events.annotate(**told)


def _tally(label: str, told: Mapping[str, int]) -> Tally:
    return Tally(label, *(told[name] for name in COUNTED))


@dataclass(frozen=True)
class Numbers:
    """How many came to an event: no name in it, so that everybody who knows of it may read it."""

    event: Event

    @cached_property
    def by_category(self) -> list[Tally]:
        """For whom they came, in the order of the categories; of what `with_numbers` loaded."""
        found = {told["key"]: told for told in self.event.people_told}
        return [
            _tally(str(Category(key).label), found[key]) for key in Category.values if key in found
        ]

    @cached_property
    def by_institution(self) -> list[Tally]:
        """From where, the most first; one institution spelt in two ways is one."""
        rows = self._people.values_list("institution").annotate(**COUNTED)
        found: dict[str, Tally] = {}
        # The commonest spelling names it: what one person writes does not rename the others.
        for label, *numbers in sorted(rows, key=lambda it: (-it[1], it[0])):
            whole = with_kind_written_out(label)
            key = search_key(whole)
            found[key] = found.get(key, Tally(whole, 0, 0, 0)).plus(*numbers)
        return sorted(found.values(), key=lambda it: -it.total)

    @property
    def people(self) -> Tally:
        """All who are named."""
        its = self.by_category
        male, female = sum(it.male for it in its), sum(it.female for it in its)
        return Tally("Peserta", sum(it.total for it in its), male, female)

    @property
    def pupils(self) -> Tally:
        """All who are counted by class; of what `with_numbers` loaded."""
        return _tally("Siswa", self.event.pupils_told or dict.fromkeys(COUNTED, 0))

    @property
    def total(self) -> int:
        """Everybody."""
        return self.people.total + self.pupils.total

    @property
    def _people(self) -> AttendeeQuerySet:
        return self.event.attendees.present().order_by()


@dataclass(frozen=True)
class AttendanceList:
    """The names of an event for one person, as far as they were searched for."""

    access: Access
    event: Event
    asked: QueryDict

    @property
    def text(self) -> str:
        """What was searched for."""
        return self.asked.get("q", "").strip()[:LONGEST_SEARCH]

    @property
    def is_among_guests(self) -> bool:
        """Whether something was just said of a guest: the reader stands at their list."""
        return "di" in self.asked and self.invited["total"] > 0 and "undangan" not in self.asked

    @cached_property
    def just(self) -> Attendee | None:
        """Who was just noted as a guest, to be taken back at once."""
        named = picked(self.asked, "di")
        if not (named and self.may_note):
            return None
        return next((it for it in self._people if it.invitee_id in named), None)

    @property
    def said_before(self) -> int | None:
        """Before whom in the list it is said: who follows the guest of whom something was said."""
        place = max(picked(self.asked, "di"), default=0)
        return next((it.guest.pk for it in self.awaited if it.guest.pk >= place > 0), None)

    @property
    def is_fresh(self) -> bool:
        """Whether that press can be taken back whole, as far as its row says."""
        return self.just is not None and is_fresh(self.just, by=self.access.user)

    @cached_property
    def keeps(self) -> Answer:
        """Whether they keep the list, and read phone numbers."""
        return permissions.can_keep(self.access, self.event)

    @property
    def may_note(self) -> bool:
        """Whether they can note somebody now."""
        return bool(self.keeps) and not self.event.is_settled and self.event.has_begun

    @property
    def guests(self) -> InviteeQuerySet:
        """All who are invited."""
        return Invitee.objects.visible_to(self.access).filter(event=self.event)

    @property
    def invited(self) -> Mapping[str, int]:
        """How many are invited, came, are awaited; of what `with_announced` loaded."""
        return self.event.invited_told or dict.fromkeys(ANNOUNCED, 0)

    @property
    def _looks_for_guests(self) -> bool:
        """Whether the people are compared with guests who are missing, so that all are loaded."""
        return self.may_note and self.invited["total"] != self.invited["came"]

    @cached_property
    def _awaited(self) -> list[Awaited]:
        """All who are awaited, or may be on the list although they are not, as searched for."""
        if not self._looks_for_guests:
            return []
        missing = list(self.guests.missing().order_by("pk"))
        found = likely(self.event, missing, self._people)
        rows = [Awaited(it, Arrival.of(it), found.get(it.pk, [])) for it in missing]
        return [
            it
            for it in rows
            if (it.likely or it.guest.reply != Reply.ABSENT) and it.matches(self.text)
        ]

    @cached_property
    def awaited(self) -> Page[Awaited]:
        """A page of them."""
        number = self.asked.get("undangan_halaman")
        return Paginator(self._awaited, GUESTS_SHOWN).get_page(number)

    @cached_property
    def _people(self) -> list[Attendee]:
        return list(self.event.attendees.present().with_guests())

    @property
    def _found_among_loaded(self) -> list[Attendee]:
        key = search_key(self.text)
        if self.text and not key:
            return []
        return [it for it in self._people if key in it.name_key or key in it.place_key]

    @property
    def _asked_for(self) -> AttendeeQuerySet:
        return self.event.attendees.present().with_invitation().matching(self.text)

    @cached_property
    def page(self) -> Page[Attendee]:
        """The people, by name."""
        people: AttendeeQuerySet | list[Attendee] = (
            self._found_among_loaded if self._looks_for_guests else self._asked_for
        )
        return Paginator(people, PAGE_SIZE).get_page(self.asked.get("halaman"))

    @cached_property
    def numbers(self) -> Numbers:
        """How many they are."""
        return Numbers(self.event)

    @cached_property
    def schools(self) -> list[SchoolCount]:
        """The classes that came."""
        return list(self.event.school_counts.all())

    @property
    def institutions(self) -> list[str]:
        """Where people came from so far: offered while the next one is typed."""
        return sorted(it.label for it in self.numbers.by_institution[:SUGGESTED])
