"""What the page of an event shows this person and offers to do, and what a village's page lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from accounts.access import Access
from accounts.models import Office
from audit.models import Entry, EntryQuerySet
from desabinaan.workflow import Answer
from events import permissions
from events.agenda import Timetable
from events.alike import waiting
from events.attendance import Numbers
from events.documentation import Documentation, FollowUps, Written, with_materials
from events.guests import Replies, invitation_text
from events.knowledge import Gain
from events.models import (
    Contributor,
    Event,
    EventKind,
    EventVillage,
    Invitee,
    Merge,
    Photo,
    Visit,
)
from events.models.status import CANCEL, FINISH, OVER, REOPEN, REPORT, START
from events.sharing import address_of, event_text
from events.visits import number_of, told_visits, visit_of
from villages.models import Region, Village
from villages.record import Happened

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
        """Whether it can be said to be over: its hour and its last day have come."""
        event = self.event
        is_now = event.is_due and event.last_day_has_come
        return bool(self.keeps) and is_now and FINISH.is_open(event)

    @property
    def may_cancel(self) -> bool:
        """Whether it can be called off."""
        return bool(self.keeps) and CANCEL.is_open(self.event) and not self.is_named

    @property
    def may_reopen(self) -> bool:
        """Whether a start or an end that was a slip can be undone."""
        certified = any(self.certificates.values())
        is_free = not certified and not self.is_named
        return bool(self.keeps) and REOPEN.is_open(self.event) and is_free

    @property
    def is_over(self) -> bool:
        """Whether it was held to its end, so that whoever came may get a certificate."""
        return self.event.status in OVER

    @property
    def certificates(self) -> dict[str, int]:
        """How many certificates of attendance are in force: ready, and waiting for their file."""
        return self.event.certificates_told or {"ready": 0, "waiting": 0}

    @cached_property
    def is_named(self) -> bool:
        """Whether a sheet took its words from it; only what was held is named."""
        return self.event.was_held and self.event.occasions.exists()

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
        return list(with_materials(self.event.contributors.all()))

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
        """What all who are invited answered, and how many came."""
        return Replies.of(self.event.invited_replies, self.event.invited_came or 0)

    @property
    def tells_who_came(self) -> bool:
        """Whether its day has come: then who came is told first, and an answer as what it was."""
        return self.event.has_begun and not self.event.is_cancelled

    @property
    def guest_words(self) -> str:
        """How many are invited, and what became of it, in a line."""
        return self.replies.came_words if self.tells_who_came else self.replies.words

    @property
    def first_guests(self) -> list[tuple[Invitee, str | None]]:
        """The first of those who are invited, each with the name of who came as them."""
        found = []
        for told in self.event.first_invited:
            facts = {name: said for name, said in told.items() if name != "noted_name"}
            found.append((Invitee(**facts), told["noted_name"]))
        return found

    @property
    def invitation_text(self) -> str:
        """The invitation to send by WhatsApp."""
        return invitation_text(self.event)

    @property
    def address(self) -> str:
        """Its page for everybody, to be sent along."""
        return address_of(self.event)

    @property
    def share_text(self) -> str:
        """What to send along with it."""
        return event_text(self.event)

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

    @cached_property
    def letters(self) -> list[Written]:
        """The papers of what was held, the latest first."""
        return [Written.of(told) for told in self.event.told_letters]

    @property
    def may_report(self) -> bool:
        """Whether its report can be filed."""
        return bool(self.keeps) and REPORT.is_open(self.event)

    @property
    def is_uncertified(self) -> bool:
        """Whether people are on its list, and none of them has a certificate to come or ready."""
        return bool(self.numbers.people.total) and not any(self.certificates.values())

    @cached_property
    def doubts(self) -> int:
        """How many pairs wait until somebody decides, although others have certificates."""
        asks = bool(self.keeps) and self.is_over and any(self.certificates.values())
        merges = [Merge(**told) for told in self.event.merges_told] if asks else []
        return len(waiting(self.event, merges)) if asks else 0

    @property
    def may_take_back(self) -> bool:
        """Whether its report does not count any more, so that it is to be written anew."""
        report = next((it for it in self.letters if it.pk == self.event.report_id), None)
        return bool(self.keeps) and report is not None and report.is_void

    @cached_property
    def reads_minutes(self) -> bool:
        """Whether they read what was said: the office, and whoever guides there; no village."""
        guided = self.access.assigned_village_ids
        return self.is_inside or any(it.village and it.village.pk in guided for it in self.villages)

    @cached_property
    def documentation(self) -> Documentation:
        """How it went."""
        return Documentation.of(self.event)

    @cached_property
    def gain(self) -> Gain | None:
        """What those who came learned, as their sheets say."""
        return Gain.of(self.event)

    @property
    def photos(self) -> list[Photo]:
        """The photos that this person may see: a village those to which people agreed."""
        return [it for it in self.documentation.photos if it.is_consented or self.reads_minutes]

    @property
    def follow_ups(self) -> FollowUps:
        """What is to be done after it, as far as this person may know."""
        event, changes = self.event, self.may_change
        its = {"keeps": bool(self.keeps), "changes": changes}
        return FollowUps.of(self.access, event.told_follow_ups, event.office, **its)

    @property
    def entries(self) -> EntryQuerySet:
        """What happened to it, the latest first."""
        return Entry.objects.about(self.event)


def by_district(villages: Iterable[EventVillage]) -> list[tuple[Region, list[EventVillage]]]:
    """Villages, as their codes order them, by kecamatan."""
    groups = groupby(villages, lambda it: it.region.district)
    return [(district, list(its)) for district, its in groups]


def events_of_village(access: Access, village: Village) -> Happened:
    """The latest that this person may know of, and what is to come; in one query."""
    events = Event.objects.visible_to(access).for_village(village.region_id)
    visits = Visit.objects.visible_to(access).filter(village=OuterRef("pk"))
    same = ("pk", "title", "status", "starts_at", "ends_at")
    told = JSONObject(
        **{name: name for name in same}, kind="kind__label", timezone="office__timezone"
    )
    [(told_events, visits_told, visit_count)] = Village.objects.filter(pk=village.pk).values_list(
        ArraySubquery(events.values(told=told)[:OF_A_VILLAGE]),
        told_visits(visits),
        number_of(visits, "village"),
    )
    return Happened(
        [_event(it) for it in told_events], [visit_of(it) for it in visits_told], visit_count
    )


def _event(told: dict[str, Any]) -> Event:
    its = {name: datetime.fromisoformat(told[name]) for name in ("starts_at", "ends_at")}
    return Event(
        pk=told["pk"],
        title=told["title"],
        status=told["status"],
        kind=EventKind(label=told["kind"]),
        office=Office(timezone=told["timezone"]),
        **its,
    )
