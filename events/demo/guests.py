"""Whom the events of the demo invite, what they answer, and the letter that invites them."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle

from django.utils import timezone

from accounts.models import User
from events import actions
from events.demo.cast import DEPUTIES
from events.demo.told import Guest, Told
from events.invitation_letters import CLOSING, USUAL, InvitationWords, proposed_opening
from events.models import Event, Invitee
from villages.demo.people import Team
from villages.demo.telling import letterhead_of
from villages.models import Region
from villages.papers import signer_of

# What those who are invited to an event to come have answered by now.
ANSWERS = ("coming", "represented", "", "absent", "", "coming")


def invite(event: Event, told: Told, team: Team, *, by: User, on: datetime) -> None:
    """Note them in the address book, invite them and the heads of the villages, by one letter."""
    codes = [it.region for it in told.guests]
    places = dict(Region.objects.filter(code__in=codes).values_list("code", "pk"))
    entries = [
        actions.write_institution(team.office, facts=_facts(it, places), by=by)
        for it in told.guests
    ]
    actions.invite_institutions(event, entries, by=by, at=on)
    if told.invites_heads:
        actions.invite_heads(event, by=by, at=on)
    _write(event, team, by=by, on=on)
    _answer(event, told, by=by, on=min(on + timedelta(days=1), timezone.now()))


def _facts(guest: Guest, places: dict[str, int]) -> dict[str, object]:
    return {
        "kind": guest.kind,
        "title": guest.title,
        "institution": guest.institution,
        "person": guest.name,
        "phone": "",
        "region_id": places.get(guest.region),
    }


def _answer(event: Event, told: Told, *, by: User, on: datetime) -> None:
    """All came to what is over, or sent somebody; to what is to come some will."""
    answers, deputies = cycle(ANSWERS), cycle(DEPUTIES)
    for guest in event.invitees.all():
        if told.is_over:
            instead = told.represented.get(guest.person, "")
            reply = "represented" if instead else "coming"
        else:
            reply = next(answers)
            instead = next(deputies) if reply == "represented" else ""
        facts = {"reply": reply, "represented_by": instead}
        actions.note_reply(guest, facts=facts, by=by, at=on)


def _write(event: Event, team: Team, *, by: User, on: datetime) -> None:
    """One letter to all of them, under the office's own number and the letterhead of that day."""
    dated = team.office.day_of(on)
    words = InvitationWords(
        subject=f"Undangan {event.title}",
        nature=USUAL,
        opening=proposed_opening(event),
        closing=CLOSING,
        contact="",
        copies=[],
        with_agenda=False,
        one_each=False,
        dated=dated,
        signer=signer_of(team.head),
        signed_as=team.head,
    )
    guests: list[Invitee] = list(event.invitees.all())
    with letterhead_of(team.office, dated):
        actions.order_invitations(event, guests, words, by=by, at=on)
