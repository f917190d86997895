"""Who of the invited came: noted with one press, as the list of guests calls them; taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

import audit.actions
from accounts.models import User
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from events.actions.attendance import Noted, Person, attend
from events.actions.planning import held
from events.actions.vouching import give_way, note_again, phone_is_a_strangers, refuse_twin
from events.arrivals import Arrival, in_place_of, is_fresh
from events.models import Attendee, Event, Invitee, Source


@transaction.atomic
def note_invited(guest: Invitee, *, by: User, sex: str = "", at: datetime | None = None) -> Noted:
    """Note that they came; pressed twice, they came once.

    Whoever is on the list by this name and institution already is said to be them; whoever entered
    themselves so is called as the guest is, and the phone that they gave is nobody's. Raises
    TransitionRefused where nobody is named, they are no longer invited, or `attend` refuses.
    """
    event = held(guest.event)
    if there := event.attendees.filter(invitee=guest).first():
        if there.recorded_by_id != by.pk:  # a second press of one's own says nothing more
            note_again([there], source=Source.OFFICER, by=by, at=at)
        return Noted((), (there,))
    standing = event.invitees.filter(pk=guest.pk).first()
    if standing is None:
        raise TransitionRefused(f"{guest} tidak diundang lagi.")
    its = Arrival.of(standing)
    if not its.name:
        raise TransitionRefused(f"Nama yang hadir untuk {guest} belum diketahui.")
    person = Person(its.name, its.institution, its.title, sex=sex, invitee_id=guest.pk)
    person = replace(person, is_title_supposed=its.title == in_place_of(guest))
    same, differed = _same_on_the_list(event, person), ""
    if same and phone_is_a_strangers(event, same):
        refuse_twin(event, same)
        differed = give_way(same, person, by=by, at=at, drops_phone=True)
    elif same:
        person = replace(person, phone=same.phone)
    noted = attend(event, [person], source=Source.OFFICER, by=by, at=at)
    return replace(noted, differed=differed or noted.differed)


@transaction.atomic
def take_back(person: Attendee, *, by: User, at: datetime | None = None) -> None:
    """Take one's own press back while it is fresh; taken back twice, it is taken back once.

    Raises TransitionRefused where anything else was said of the person since, where somebody else
    noted them or long ago, or once the event is settled.
    """
    event = held(person.event)
    row = event.attendees.filter(pk=person.pk).first()
    if row is None:
        return
    if not is_fresh(row, by=by, at=at) or _has_more(event, row):
        raise TransitionRefused(
            f"{row} tidak dapat dibatalkan lagi dengan satu tekan; hapus lewat namanya di daftar "
            "hadir, dengan alasannya."
        )
    row.delete()
    audit.actions.record("event.arrival_taken_back", event, by=by, note=f"{row}, {row.whose}")


def _has_more(event: Event, row: Attendee) -> bool:
    """Whether anything else hangs on it, or was said of it."""
    merged = event.merges.filter(Q(kept=row.pk) | Q(other=row.pk)).exists()
    kept = row.participations.exists() or row.exclusions.exists() or row.denials.exists()
    return merged or kept or Entry.objects.about(row).exclude(verb="attendee.noted").exists()


def _same_on_the_list(event: Event, person: Person) -> Attendee | None:
    """The row of this name and institution; an officer's first, then one that names no phone."""
    name, place, _ = person.key
    rows = event.attendees.present().filter(name_key=name, place_key=place, invitee=None)

    def place_of(row: Attendee) -> tuple[bool, bool, int]:
        return phone_is_a_strangers(event, row), bool(row.phone_digits), row.pk

    return min(rows, key=place_of, default=None)
