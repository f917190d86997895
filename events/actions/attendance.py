"""Who came: noted, mended, taken off; the same person noted twice is one row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

import audit.actions
from accounts.models import User
from desabinaan import formats
from desabinaan.editing import Seen, set_values, unless_overtaken
from desabinaan.workflow import TransitionRefused
from events.actions.certified import refuse_certified, refuse_left_out
from events.actions.planning import held
from events.actions.vouching import changes, give_way, note_again, vouch
from events.categories import Categories
from events.models import (
    Attendee,
    Category,
    Event,
    GuestDenial,
    Invitee,
    SchoolCount,
    Source,
)
from events.models.attendance import who
from events.recognition import Guests
from villages.actions.twice import stands_already

MOST_ATTENDEES = 5_000  # whom officers note, by whatever way
MOST_SELF_ENTERED = 2_000  # besides: whoever floods the door takes no place of theirs
MOST_CLASSES = 100
# To a row that lacks it, when the same person is noted again.
MAY_BE_ADDED = ("title", "sex", "invitee_id")

type Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who came, as one of the ways onto the list tells it."""

    name: str
    institution: str
    title: str = ""
    phone: str = ""
    sex: str = ""
    category: str = ""  # nothing: by the institution
    invitee_id: int | None = None  # as whom they are invited
    is_title_supposed: bool = False  # nobody said it: it only tells whom they stand in for

    @property
    def key(self) -> Key:
        """Who they are, however it was spelt."""
        return who(self.name, self.institution, self.phone)

    def at_home(self, known: Categories) -> Person:
        """The same person, from a village of the event by its full name."""
        return replace(self, institution=known.written_out(self.institution))

    def with_more(self, other: Person) -> Person:
        """The same person with what only the other record says."""
        more = {name: getattr(self, name) or getattr(other, name) for name in MAY_BE_ADDED}
        return replace(self, **more)


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of the people: those who are new, and those who stood there already."""

    new: tuple[Attendee, ...]
    known: tuple[Attendee, ...]
    vouched: tuple[Attendee, ...] = ()  # of these, who rested on their own word alone until now
    differed: str = ""  # what stood there of a guest who entered themselves, in lines


@transaction.atomic
def attend(
    event: Event,
    people: Iterable[Person],
    *,
    source: Source,
    by: User | None,
    at: datetime | None = None,
) -> Noted:
    """Note these people; whoever stands there already is not noted again, but what was missing is.

    Not by those who enter themselves: under the name of another they would write into their row.
    Who is invited comes once: where somebody else is on the list as them, it says so of no other.
    Whoever is surely a guest is noted as them; of those who enter themselves a person says it.
    Raises TransitionRefused before the day of the event, once it is settled, or beyond
    MOST_ATTENDEES or MOST_SELF_ENTERED.
    """
    event = held(event)
    _refuse_before_its_day(event, at)
    known_here = Categories.of(event)
    wanted = _as_invited(event, _each_once(it.at_home(known_here) for it in people))
    standing = _standing(event, wanted)
    its = {} if source == Source.SELF else _recognised(event, wanted, standing)
    wanted |= {key: replace(wanted[key], invitee_id=guest.pk) for key, guest in its.items()}
    rows = {key: _row(event, it, source, by, at) for key, it in wanted.items()
            if key not in standing}  # fmt: skip
    _refuse_beyond_share(event, source, len(rows))
    _guess(rows.values(), known_here)
    Attendee.objects.bulk_create(rows.values())
    told = ((row, str(its.get(key, ""))) for key, row in rows.items())
    audit.actions.record_all("attendee.noted", told, by=by, at=at)
    note_again(standing.values(), source=source, by=by, at=at)
    known = [(row, wanted[key]) for key, row in standing.items()]
    vouched, differed = list[Attendee](), ""
    if source != Source.SELF:  # whoever enters themselves adds nothing to what is noted of others
        guests = [(row, person) for row, person in known if person.invitee_id]
        differed = "\n".join(filter(None, (give_way(*it, by=by, at=at) for it in guests)))
        _complete(known, by=by)
        vouched = vouch(standing.values(), by=by)
        audit.actions.record_all("attendee.vouched", ((it, "") for it in vouched), by=by, at=at)
    return Noted(tuple(rows.values()), tuple(standing.values()), tuple(vouched), differed)


@transaction.atomic
def import_attendees(event: Event, people: Sequence[Person], *, file: str, by: User) -> Noted:
    """The same of a table; the event remembers the file, and how many it brought or proved."""
    noted = attend(event, people, source=Source.IMPORT, by=by)
    note = f"{file}: {formats.number(len(noted.new))} orang"
    if noted.vouched:
        note += f" baru, {formats.number(len(noted.vouched))} isian mandiri terverifikasi"
    if noted.new or noted.vouched:
        audit.actions.record("event.attendees_imported", event, by=by, note=note)
    return noted


@transaction.atomic
def change_attendee(
    attendee: Attendee, *, facts: Mapping[str, Any], by: User, seen: Seen | None = None
) -> Attendee:
    """Mend what is noted of somebody; history keeps who stood on the list before.

    Raises ValidationError where that person stands there already, TransitionRefused once settled.
    """
    held(attendee.event)
    attendee = Attendee.objects.lock(attendee.pk)
    unless_overtaken(attendee, seen)
    changed = [name for name, value in facts.items() if getattr(attendee, name) != value]
    if not changed:
        return attendee
    note = "\n".join(changes(attendee, facts))
    for name in changed:
        setattr(attendee, name, facts[name])
    _refuse_double(attendee)
    attendee.save(update_fields=changed)
    vouch([attendee], by=by)
    audit.actions.record("attendee.changed", attendee, by=by, note=note, fields=sorted(changed))
    return attendee


@transaction.atomic
def drop_attendee(attendee: Attendee, *, reason: str, by: User) -> None:
    """Take a wrong row off, with the reason; what was merged into it shows again.

    Raises TransitionRefused while they have a certificate in force, or are to get none.
    """
    event = held(attendee.event)
    dropped = event.attendees.filter(pk=attendee.pk).first()
    if dropped is None:  # somebody else was quicker
        return
    refuse_certified("Tidak dihapus", dropped.participations.all())
    refuse_left_out("Tidak dihapus", dropped)
    dropped.delete()
    note = f"{dropped}, {dropped.institution}: {reason}"
    audit.actions.record("event.attendee_dropped", event, by=by, note=note)


@transaction.atomic
def write_school(
    event: Event,
    *,
    facts: Mapping[str, Any],
    by: User,
    school: SchoolCount | None = None,
    seen: Seen | None = None,
) -> SchoolCount:
    """Count the pupils of a class, or mend the count; the very same again is the same.

    Raises ValidationError where the class is counted already, TransitionRefused once it is
    settled, before its day, or beyond MOST_CLASSES.
    """
    event = held(event)
    _refuse_before_its_day(event, None)
    if school is None:
        if same := stands_already(event.school_counts.all(), **facts):
            return same
        if event.school_counts.count() >= MOST_CLASSES:
            raise TransitionRefused(f"Paling banyak {MOST_CLASSES} kelas dalam satu kegiatan.")
        school = SchoolCount(event=event, **facts)
    else:
        school = SchoolCount.objects.lock(school.pk)
        unless_overtaken(school, seen)
        if not set_values(school, facts):
            return school
    school.validate_constraints()
    school.save()
    audit.actions.record("event.pupils_counted", event, by=by, note=_counted(school))
    return school


@transaction.atomic
def drop_school(school: SchoolCount, *, by: User) -> None:
    """Take a class off; one that somebody took off already is no error."""
    event = held(school.event)
    dropped, _ = event.school_counts.filter(pk=school.pk).delete()
    if dropped:
        audit.actions.record("event.pupils_dropped", event, by=by, note=_counted(school))


def _each_once(people: Iterable[Person]) -> dict[Key, Person]:
    found: dict[Key, Person] = {}
    for person in people:
        key = person.key
        found[key] = found[key].with_more(person) if key in found else person
    return found


def _as_invited(event: Event, wanted: dict[Key, Person]) -> dict[Key, Person]:
    """The same people, as guests only where the guest is the event's and nobody came as them."""
    named = {it.invitee_id for it in wanted.values() if it.invitee_id}
    if not named:
        return wanted
    free = set(event.invitees.missing().filter(pk__in=named).values_list("pk", flat=True))
    return {
        key: it if it.invitee_id in free else replace(it, invitee_id=None)
        for key, it in wanted.items()
    }


def _recognised(
    event: Event, wanted: Mapping[Key, Person], standing: Mapping[Key, Attendee]
) -> dict[Key, Invitee]:
    """Who of them are surely guests of the event as whom nobody is noted, and nobody denied it."""
    free = set(event.invitees.missing().values_list("pk", flat=True))
    free -= {it.invitee_id for it in wanted.values() if it.invitee_id}
    if not free:
        return {}
    # Those who came too: of two who fit, nobody is surely one.
    guests = {it.pk: it for it in event.invitees.all()}
    said = GuestDenial.objects.filter(attendee__in=standing.values()) if standing else None
    denied = set(said.values_list("attendee_id", "invitee_id")) if said else set()
    known, found = Guests(guests.values()), {}
    for key in sorted(wanted):
        person, row = wanted[key], standing.get(key)
        if person.invitee_id or (row and row.invitee_id):
            continue
        pk = known.surely(person)
        if pk in free and not (row and (row.pk, pk) in denied):
            found[key] = guests[pk]
            free.remove(pk)
    return found


def _standing(event: Event, wanted: Mapping[Key, Person]) -> dict[Key, Attendee]:
    """Those of them who stand on the list, hidden ones too: who was merged does not come back."""
    named = event.attendees.filter(name_key__in={name for name, _, _ in wanted})
    rows = {(it.name_key, it.place_key, it.phone_digits): it for it in named}
    return {key: rows[key] for key in wanted if key in rows}


def _row(
    event: Event, person: Person, source: Source, by: User | None, at: datetime | None
) -> Attendee:
    names = ("name", "institution", "title", "phone", "sex", "category", "invitee_id")
    facts = {name: getattr(person, name) for name in names}
    moment = at or timezone.now()
    return Attendee(event=event, source=source, recorded_by=by, at=moment, **facts)


def _guess(rows: Iterable[Attendee], known: Categories) -> None:
    """Say of each for whom they came, where nobody said it."""
    for row in rows:
        row.category = row.category or Category(known.of_institution(row.institution))


def _complete(known: Iterable[tuple[Attendee, Person]], *, by: User | None) -> None:
    mended = []
    for row, person in known:
        missing = [it for it in MAY_BE_ADDED if getattr(person, it) and not getattr(row, it)]
        for name in missing:
            setattr(row, name, getattr(person, name))
        if missing:
            mended.append(row)
    if mended:
        Attendee.objects.bulk_update(mended, MAY_BE_ADDED)
        audit.actions.record_all("attendee.completed", ((it, "") for it in mended), by=by)


def _refuse_beyond_share(event: Event, source: Source, more: int) -> None:
    """Who enters themselves has a share of their own, and so have those whom officers note."""
    of_door = Q(source=Source.SELF)
    if more and source == Source.SELF:
        if event.attendees.filter(of_door).count() + more > MOST_SELF_ENTERED:
            raise TransitionRefused("Daftar hadir mandiri sudah penuh. Hubungi petugas di tempat.")
    elif more and event.attendees.exclude(of_door).count() + more > MOST_ATTENDEES:
        most = formats.number(MOST_ATTENDEES)
        raise TransitionRefused(f"Paling banyak {most} peserta dalam satu kegiatan.")


def _refuse_before_its_day(event: Event, at: datetime | None) -> None:
    today = event.office.day_of(at or timezone.now())
    if event.starts_on > today:
        day = formats.long_date(event.starts_on)
        raise TransitionRefused(f"Daftar hadir diisi mulai hari kegiatan, {day}.")


def _refuse_double(attendee: Attendee) -> None:
    """Raises ValidationError where another row is that very person."""
    name, place, phone = who(attendee.name, attendee.institution, attendee.phone)
    others = Attendee.objects.filter(event=attendee.event_id).exclude(pk=attendee.pk)
    if others.filter(name_key=name, place_key=place, phone_digits=phone).exists():
        raise ValidationError({"name": "Orang ini sudah ada dalam daftar hadir."})


def _counted(school: SchoolCount) -> str:
    return f"{school}: {school.boys} laki-laki, {school.girls} perempuan"
