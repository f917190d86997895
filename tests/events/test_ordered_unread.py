"""What changes in the very moment before papers are ordered: none is ordered that nobody read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from certificates.models import Certificate, Letter, RegisterEntry
from desabinaan.workflow import TransitionRefused
from events import actions
from events.actions import Person
from events.candidates import Candidates
from events.invitation_letters import INVITATION, InvitationPrints, InvitationWords
from events.models import Event
from events.participation_prints import ParticipationPrints
from events.proceedings import ProceedingsPrints
from events.report import ReportPrints
from events.story import Story
from tests.events.certified import certified
from tests.events.held import by_the_head, held_event
from tests.factories import EventFactory, MembershipFactory, NumberTemplateFactory
from tests.races import just_before
from villages.papers import signer_of
from villages.prints import Look

pytestmark = pytest.mark.django_db(transaction=True)

type Order = Callable[[str], Any]  # given the stamp of what was read


def of_certificates(office: Any, staff: Any) -> tuple[Event, Look, Order]:
    event = certified(office, Person("Siti Aminah", "Desa Tieng"))
    candidates = Candidates.of(event)
    prints = ParticipationPrints(event, event.certificate_rule, candidates.wanted)
    return event, prints, lambda it: actions.order_certificates(event, by=staff, printed=it)


def of_the_report(office: Any, staff: Any) -> tuple[Event, Look, Order]:
    event = held_event(staff, office)
    signing = by_the_head(event)
    prints = ReportPrints(Story.of(event), signing)
    return event, prints, lambda it: actions.file_report(event, signing, by=staff, printed=it)


def of_the_record(office: Any, staff: Any) -> tuple[Event, Look, Order]:
    event = held_event(staff, office)
    signing, said = by_the_head(event), {"points": ["Kegiatan dilaksanakan."]}
    prints = ProceedingsPrints(Story.of(event), signing, **said)
    return (
        event,
        prints,
        lambda it: actions.order_proceedings(event, signing, said, by=staff, printed=it),
    )


def of_invitations(office: Any, staff: Any) -> tuple[Event, Look, Order]:
    head = MembershipFactory(office=office, role="head", user__name="Hendarto Wirasena")
    NumberTemplateFactory(office=office, kind=INVITATION.key)
    event = EventFactory(office=office, starts_at=datetime(2099, 6, 25, 2, tzinfo=UTC))
    facts = {"kind": "district", "institution": "Wuluhan", "title": "Camat", "person": ""}
    guests = [actions.invite(event, facts=facts, by=staff)]
    words = InvitationWords(
        subject="Undangan",
        nature="Biasa",
        opening=["Kami mengundang Bapak/Ibu pada:"],
        closing=["Terima kasih."],
        contact="",
        copies=[],
        with_agenda=False,
        one_each=False,
        dated=office.today(),
        signer=signer_of(head),
        signed_as=head,
    )
    prints = InvitationPrints(event, guests, words)
    return (
        event,
        prints,
        lambda it: actions.order_invitations(event, guests, words, by=staff, printed=it),
    )


@pytest.mark.parametrize("papers", [of_certificates, of_the_report, of_the_record, of_invitations])
def test_what_changes_just_before_is_not_ordered_unread(papers: Any, office, staff) -> None:
    event, prints, order = papers(office, staff)
    read = prints.stamp

    told = just_before(
        lambda: actions.change(event, facts={"title": "Nama lain"}, by=staff),
        lambda: order(read),
    )

    assert isinstance(told, TransitionRefused), told
    assert "berubah sesudah Anda memeriksanya" in told.message
    event.refresh_from_db()
    assert event.status != "reported"
    for nothing in (Certificate, Letter, RegisterEntry):
        assert not nothing.objects.exists()
