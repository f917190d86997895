"""What somebody says of a person on the list and a guest: this is them, or it is not."""

from __future__ import annotations

from django.db import transaction

import audit.actions
from accounts.models import User
from desabinaan.workflow import TransitionRefused
from events.actions.planning import held
from events.actions.vouching import NO_PHONE, phone_is_a_strangers, refuse_twin, vouch
from events.models import Attendee, GuestDenial, Invitee


@transaction.atomic
def identify(attendee: Attendee, guest: Invitee, *, by: User) -> Attendee:
    """This is the guest; said twice, it is said once.

    Nobody saw the phone of who entered themselves: a stranger's would be sent what is the guest's.
    Raises TransitionRefused where either is gone, they came as another guest, somebody else as
    this one, a row without their phone is what theirs would become, or once the event is settled.
    """
    event = held(attendee.event)
    person = event.attendees.present().filter(pk=attendee.pk).first()
    if person is None:
        raise TransitionRefused(f"{attendee} tidak ada lagi dalam daftar hadir.")
    if not event.invitees.filter(pk=guest.pk).exists():
        raise TransitionRefused(f"{guest} tidak diundang lagi.")
    if came := event.attendees.same_as(person.pk).filter(invitee__isnull=False).first():
        if came.invitee_id == guest.pk:
            return person
        raise TransitionRefused(f"{person} sudah tercatat sebagai undangan {came.invitee}.")
    if other := event.attendees.filter(invitee=guest).first():
        raise TransitionRefused(f"{guest} sudah tercatat hadir: {other}.")
    GuestDenial.objects.filter(attendee=person, invitee=guest).delete()
    person.invitee = guest
    told = [str(guest)]
    if person.phone and phone_is_a_strangers(event, person):
        refuse_twin(event, person)
        person.phone = ""
        told.append(NO_PHONE)
    person.save(update_fields=["invitee", "phone"])
    vouch([person], by=by)
    audit.actions.record("attendee.identified", person, by=by, note="\n".join(told))
    return person


@transaction.atomic
def deny(attendee: Attendee, guest: Invitee, *, by: User) -> None:
    """This is not the guest: not proposed again, and the guest is awaited where they came as them.

    Raises TransitionRefused where either is gone, or once the event is settled.
    """
    event = held(attendee.event)
    person = event.attendees.filter(pk=attendee.pk).first()
    if person is None or not event.invitees.filter(pk=guest.pk).exists():
        raise TransitionRefused("Orang atau undangan itu tidak ada lagi dalam daftar.")
    _, is_new = GuestDenial.objects.get_or_create(
        attendee=person, invitee=guest, defaults={"event": event, "by": by}
    )
    undone = event.attendees.same_as(person.pk).filter(invitee=guest).update(invitee=None)
    if is_new or undone:
        audit.actions.record("attendee.denied", person, by=by, note=str(guest))
