"""Who of the invited came: noted with one press, as the list of guests calls them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts.models import User
from desabinaan.workflow import TransitionRefused
from events.actions.attendance import Noted, Person, attend
from events.actions.planning import held
from events.arrivals import Arrival
from events.models import Event, Invitee, Source


@transaction.atomic
def note_invited(guest: Invitee, *, by: User, at: datetime | None = None) -> Noted:
    """Note that they came; pressed twice, they came once.

    Whoever is on the list by this name and institution already is said to be them. Raises
    TransitionRefused where nobody is named, they are no longer invited, or `attend` refuses.
    """
    event = held(guest.event)
    if there := event.attendees.filter(invitee=guest).first():
        return Noted((), (there,))
    standing = event.invitees.filter(pk=guest.pk).first()
    if standing is None:
        raise TransitionRefused(f"{guest} tidak diundang lagi.")
    its = Arrival.of(standing)
    if not its.name:
        raise TransitionRefused(f"Nama yang hadir untuk {guest} belum diketahui.")
    person = Person(its.name, its.institution, its.title, invitee_id=guest.pk)
    return attend(event, [_as_on_the_list(event, person)], source=Source.OFFICER, by=by, at=at)


def _as_on_the_list(event: Event, person: Person) -> Person:
    """With the phone that somebody of this name gave when they entered themselves."""
    name, place, _ = person.key
    same = event.attendees.present().filter(name_key=name, place_key=place, invitee=None).first()
    return replace(person, phone=same.phone) if same else person
