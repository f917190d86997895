"""Two people, or two clicks, at one list of guests: nobody is invited twice, nor lettered twice."""

from __future__ import annotations

import pytest

from certificates.models import Letter, RegisterEntry
from events import actions
from events.invitation_letters import INVITATION, InvitationWords
from events.models import Event, Invitee
from tests.factories import EventFactory, MembershipFactory, NumberTemplateFactory, RegionFactory
from tests.races import just_before
from villages.papers import signer_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def event() -> Event:
    event = EventFactory(regions=[RegionFactory(), RegionFactory()])
    NumberTemplateFactory(office=event.office, kind=INVITATION.key)
    return event


def test_the_heads_are_invited_once(event) -> None:
    def click() -> list[Invitee]:
        return actions.invite_heads(event, by=event.created_by)

    second = just_before(click, click)

    assert second == []
    assert event.invitees.count() == 2


def test_an_entry_is_noted_once() -> None:
    event = EventFactory()
    facts = {"kind": "press", "institution": "Radio", "title": "Direktur", "person": ""}
    facts |= {"phone": "", "region_id": None}

    def click():
        return actions.write_institution(event.office, facts=facts, by=event.created_by)

    again = just_before(click, click)

    assert event.office.institutions.get() == again


def test_two_clicks_order_one_letter_to_each(event) -> None:
    head = MembershipFactory(office=event.office, role="head")
    guests = actions.invite_heads(event, by=event.created_by)
    words = InvitationWords(
        subject="Undangan",
        nature="Biasa",
        opening=["Kami mengundang:"],
        closing=["Terima kasih."],
        contact="",
        copies=[],
        with_agenda=False,
        one_each=True,
        dated=event.office.today(),
        signer=signer_of(head),
        signed_as=head,
    )

    def click() -> list[Letter]:
        return actions.order_invitations(event, guests, words, by=event.created_by)

    letters = just_before(click, click)

    assert letters == list(Letter.objects.order_by("pk"))
    serials = RegisterEntry.objects.filter(kind=INVITATION.key).values_list("serial", flat=True)
    assert sorted(serials) == [1, 2]
