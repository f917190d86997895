"""What somebody does to an event while somebody else's step waits for it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError

import certificates.actions
import events.actions
from accounts.models import User
from certificates.models import Export, Letter, Void
from desabinaan.workflow import TransitionRefused
from events.bundles import LETTERS
from events.invitation_letters import INVITATION, InvitationWords
from events.models import (
    Event,
    EventVillage,
    FollowUp,
    Material,
    Minutes,
    Occasion,
    Photo,
)
from tests.factories import (
    DesignationFactory,
    EventFactory,
    FollowUpFactory,
    MaterialFactory,
    MembershipFactory,
    NumberTemplateFactory,
    PhotoFactory,
    RegionFactory,
    UserFactory,
    draw_now,
    report,
)
from tests.races import just_before
from villages import actions
from villages.papers import signer_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_called_off_in_that_moment_is_neither_changed_nor_finished() -> None:
    steps = {
        "changed": lambda event, by: events.actions.change(event, facts={"venue": "Lain"}, by=by),
        "finished": lambda event, by: events.actions.finish(event, by=by),
    }
    for name, step in steps.items():
        event = EventFactory()
        by = UserFactory(staff_of=event.office)

        def call_off(event: Event = event, by: User = by) -> None:
            events.actions.cancel(event, reason="Banjir.", by=by)

        def go_on(event: Event = event, by: User = by, step: Any = step) -> Any:
            return step(event, by)

        told = just_before(call_off, go_on)

        assert isinstance(told, TransitionRefused), name
        event.refresh_from_db()
        assert event.status == "cancelled"


def test_what_is_opened_again_in_that_moment_is_not_named_by_a_sheet() -> None:
    sheet = DesignationFactory()
    event = EventFactory(office=sheet.office, regions=[sheet.village.region], went="finished")
    facts = {"held_on": event.starts_on, "place": "Aula", "attended_by": "", "outcome": ""}
    by = sheet.created_by

    told = just_before(
        lambda: events.actions.reopen(event, by=by),
        lambda: actions.write_coordination(sheet, facts=facts, by=by, meeting=event.pk),
    )

    assert isinstance(told, TransitionRefused)
    assert not event.occasions.exists()


def test_the_database_names_no_event_whose_village_goes_in_that_moment_nor_lets_it_go() -> None:
    sheet = DesignationFactory()
    event = EventFactory(office=sheet.office, regions=[sheet.village.region], went="finished")

    def name() -> Any:
        by = {"part": "coordination", "named_by": sheet.created_by}
        return Occasion.objects.create(event=event, designation=sheet, **by)

    gone = just_before(lambda: event.villages.all().delete(), name)
    events.actions.add_villages(event, sheet.village.region, by=sheet.created_by)
    kept = just_before(name, lambda: event.villages.all().delete())

    assert isinstance(gone, IntegrityError), gone
    assert isinstance(kept, IntegrityError), kept
    assert event.villages.exists()


def letters_of(event: Event) -> list[Letter]:
    """Two letters that invite to the event, ready to be sent."""
    head = MembershipFactory(office=event.office, role="head")
    NumberTemplateFactory(office=event.office, kind=INVITATION.key, pattern="{nomor}/UND/{tahun}")
    facts = {"kind": "district", "institution": "Wuluhan", "person": ""}
    guests = [
        events.actions.invite(event, facts={**facts, "title": title}, by=event.created_by)
        for title in ("Camat Wuluhan", "Kapolsek Wuluhan")
    ]
    words = InvitationWords(
        subject="Undangan",
        nature="Biasa",
        opening=["Kami mengundang Bapak/Ibu pada:"],
        closing=["Terima kasih."],
        contact="",
        copies=[],
        with_agenda=False,
        one_each=True,
        dated=event.starts_on,
        signer=signer_of(head),
    )
    letters = events.actions.order_invitations(event, guests, words, by=event.created_by)
    for letter in letters:
        draw_now(letter)
    return letters


def test_no_file_holds_a_letter_whose_number_is_voided_in_that_moment() -> None:
    first, second = (EventFactory() for _ in range(2))
    [its, _], [late, _] = letters_of(first), letters_of(second)

    def order(event: Event) -> Export:
        return events.actions.order_bundle(event, LETTERS, "zip", by=event.created_by)

    def void(letter: Letter, event: Event) -> Any:
        return certificates.actions.void_number(letter.entry, reason="Salah.", by=event.created_by)

    voided = just_before(lambda: order(first), lambda: void(its, first))
    after = just_before(lambda: void(late, second), lambda: order(second))

    assert isinstance(voided, Void), voided
    assert list(Export.objects.lasting()) == [after]
    assert after.total == 1


def a_village(event: Event) -> Any:
    region = RegionFactory()
    return lambda: EventVillage.objects.create(event=event, region=region)


def a_photo(event: Event) -> Any:
    [told] = Photo.objects.filter(pk=PhotoFactory(source=event).pk).values()
    return lambda: Photo.objects.create(**{**told, "id": None, "key": uuid4(), "position": 9})


def a_follow_up(event: Event) -> Any:
    [told] = FollowUp.objects.filter(pk=FollowUpFactory(source=event).pk).values()
    return lambda: FollowUp.objects.create(**{**told, "id": None, "what": "Lain"})


def a_material(event: Event) -> Any:
    [told] = Material.objects.filter(pk=MaterialFactory(event=event).pk).values()
    return lambda: Material.objects.create(**{**told, "id": None, "key": uuid4()})


def minutes(event: Event) -> Any:
    return lambda: Minutes.objects.create(event=event, text="Notulen.")


@pytest.mark.parametrize("part", [minutes, a_village, a_photo, a_follow_up, a_material])
def test_the_database_lets_parts_of_an_event_and_its_report_wait_for_each_other(part: Any) -> None:
    first, second = (EventFactory(went="finished") for _ in range(2))
    late, early = part(first), part(second)

    gained = just_before(lambda: report(first), late)
    told = just_before(early, lambda: report(second))

    assert isinstance(gained, IntegrityError), gained
    assert told.event_letter.event == second
