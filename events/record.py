"""What the page of an event shows this person and offers to do, and what a village's page lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from accounts.access import Access
from audit.models import Entry, EntryQuerySet
from desabinaan.workflow import Answer
from events import permissions
from events.agenda import Timetable
from events.attendance import Numbers
from events.guests import Replies, invitation_text
from events.models import Contributor, Event, EventVillage, Invitee
from events.models.status import CANCEL, FINISH, START
from villages.models import Region, Village

OF_A_VILLAGE = 5  # events that a village's page lists


@dataclass(frozen=True)
class EventRecord:
    """The record page, for one person and one event."""

    access: Access
    event: Event

    @property
    def is_inside(self) -> bool:
        """Whether this person reads it for an office; villages see no history."""
        return self.event.office_id in self.access.office_ids

    @cached_property
    def keeps(self) -> Answer:
        """Whether they mend, run and cancel it."""
        return permissions.can_keep(self.access, self.event)

    @property
    def may_change(self) -> bool:
        """Whether it can be mended, by them and now."""
        return bool(self.keeps) and not self.event.is_settled

    @property
    def may_start(self) -> bool:
        """Whether it can begin: its day has come."""
        event = self.event
        is_now = event.has_begun and not event.is_overdue
        return bool(self.keeps) and is_now and START.is_open(event)

    @property
    def may_finish(self) -> bool:
        """Whether it can be said to be over."""
        return bool(self.keeps) and self.event.has_begun and FINISH.is_open(self.event)

    @property
    def may_cancel(self) -> bool:
        """Whether it can be called off."""
        return bool(self.keeps) and CANCEL.is_open(self.event)

    @cached_property
    def villages(self) -> list[EventVillage]:
        """The villages that it is for, by their codes."""
        return list(self.event.villages.with_list())

    @property
    def districts(self) -> list[tuple[Region, list[EventVillage]]]:
        """The same by kecamatan."""
        return by_district(self.villages)

    @cached_property
    def timetable(self) -> Timetable:
        """The agenda by the clock."""
        return Timetable.of(self.event, self.event.agenda.all())

    @cached_property
    def contributors(self) -> list[Contributor]:
        """Who does what, from the chair to whoever receives."""
        return list(self.event.contributors.all())

    @cached_property
    def numbers(self) -> Numbers:
        """How many came."""
        return Numbers(self.event)

    @property
    def reads_guests(self) -> bool:
        """Whether they read who is invited."""
        return bool(permissions.can_read_guests(self.access, self.event))

    @cached_property
    def replies(self) -> Replies:
        """What all who are invited answered."""
        return Replies.of(self.event.invited_replies)

    @property
    def first_guests(self) -> list[Invitee]:
        """The first of those who are invited; what the page names of them."""
        return [Invitee(**told) for told in self.event.first_invited]

    @property
    def invitation_text(self) -> str:
        """The invitation to send by WhatsApp."""
        return invitation_text(self.event)

    @property
    def openable_ids(self) -> set[int]:
        """The regions whose villages this person may open a page of."""
        own = self.access.village_ids | self.access.assigned_village_ids
        known = [(it.region_id, it.village) for it in self.villages]
        return {
            region_id
            for region_id, village in known
            if village and (village.office_id in self.access.office_ids or village.pk in own)
        }

    @property
    def entries(self) -> EntryQuerySet:
        """What happened to it, the latest first."""
        return Entry.objects.about(self.event)


def by_district(villages: Iterable[EventVillage]) -> list[tuple[Region, list[EventVillage]]]:
    """Villages, as their codes order them, by kecamatan."""
    groups = groupby(villages, lambda it: it.region.district)
    return [(district, list(its)) for district, its in groups]


def events_of_village(access: Access, village: Village) -> list[Event]:
    """The latest events for a village that this person may know of, and those to come."""
    found = Event.objects.visible_to(access).for_village(village.region_id)
    return list(found.select_related("kind", "office")[:OF_A_VILLAGE])
