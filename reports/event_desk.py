"""The events on a person's desk: those that should be over, those of the next two weeks, and what
is still to be done about them: answers to ask for, reports to write, what follows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, JSONObject

from accounts.access import Access
from accounts.models import Office, User
from accounts.models.office import today_there
from certificates.models import Letter, Void
from desabinaan.asked import present
from events.models import (
    Event,
    EventQuerySet,
    FollowUp,
    FollowUpQuerySet,
    Invitee,
    Status,
    Visit,
)
from events.models.status import OVER
from villages.models import Assignment, Region, Village

SOON = timedelta(days=14)
A_WEEK = timedelta(days=7)
ROWS = 10  # of each
QUESTIONS = 5  # of `asked`
ITS_ZONE = {"timezone": OuterRef("timezone")}  # where the office is asked for: one join less
SAID = ("pk", "title", "venue", "status", "starts_at", "ends_at")


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An event that comes, and how many of its guests did not answer."""

    event: Event
    guests: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is to be said of events, and what comes next."""

    overdue: tuple[Event, ...] = ()
    coming: tuple[Event, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()  # one's own that are due, and what others let pass
    unanswered: tuple[Unanswered, ...] = ()
    unreported: tuple[Event, ...] = ()

    @property
    def today(self) -> list[Event]:
        """Of those that come, whose day has come, by the calendar of its office."""
        return [it for it in self.coming if it.has_begun]

    @property
    def later(self) -> list[Event]:
        """The others of those that come."""
        return [it for it in self.coming if not it.has_begun]

    def waiting_for(self, user: User, keeps: bool) -> int:
        """How much of it is this person's: what is due of theirs; of who `keeps` events, those
        that should be over or reported."""
        due = sum(it.owner_id == user.pk for it in self.follow_ups)
        return due + (len(self.overdue) + len(self.unreported) if keeps else 0)

    @classmethod
    def told(cls, answers: Sequence[Sequence[str]]) -> Agenda:
        """Of an office, by what `asked` asked for."""
        to_do, *events = answers
        return cls.of(chain.from_iterable(events), to_do)

    @classmethod
    def of(cls, told: Iterable[str], to_do: Iterable[str] = ()) -> Agenda:
        """Of what `overdue`, `coming`, `unreported`, `unanswered` and `to_do` asked for."""
        found = [_event(each) for each in told]
        events = [it.event for it in found if not it.guests and it.event.status not in OVER]
        return cls(
            follow_ups=tuple(_follow_up(each) for each in to_do),
            overdue=tuple(it for it in events if it.is_overdue),
            coming=tuple(
                sorted((it for it in events if not it.is_overdue), key=lambda it: it.starts_at)
            ),
            unanswered=tuple(it for it in found if it.guests),
            unreported=tuple(it.event for it in found if it.event.status in OVER),
        )


def asked(office: OuterRef, user: int) -> list[ArraySubquery]:
    """What an office's agenda tells this person, for a query of the office."""
    its = Event.objects.filter(office=office)
    events = (overdue(its), coming(its), unanswered(its), unreported(its))
    return [ArraySubquery(it) for it in (due_in(office, user), *events)]


def overdue(events: EventQuerySet) -> QuerySet[Event, tuple[str]]:
    """Of these events, those that should be over: as text, for any other query."""
    return _told(events.overdue())


def coming(events: EventQuerySet) -> QuerySet[Event, tuple[str]]:
    """Of these events, those that are not over and begin soon: as text, for any other query."""
    return _told(events.upcoming().filter(starts_at__lt=_soon()))


def called_off(events: EventQuerySet) -> QuerySet[Event, tuple[str]]:
    """Of these events, those that would have begun soon."""
    soon = Q(starts_at__gte=Value(present()), starts_at__lt=_soon())
    return _told(events.filter(soon, status=Status.CANCELLED).order_by("starts_at", "pk"))


def unreported(events: EventQuerySet) -> QuerySet[Event, tuple[str]]:
    """Of an office's events, those that are over without a report that counts, the oldest first."""
    void = Letter.objects.filter(pk=OuterRef("report"), entry__in=Void.objects.values("pk"))
    found = events.filter(Q(status=Status.FINISHED) | Exists(void))
    return _told(found.order_by("ends_at", "pk"), **ITS_ZONE)


def unanswered(events: EventQuerySet) -> QuerySet[Event, tuple[str]]:
    """Of an office's events, those that begin soon with guests who did not answer; how many."""
    silent = Invitee.objects.unanswered().filter(event=OuterRef("pk")).order_by()
    number = Subquery(silent.values("event").annotate(number=Count("pk")).values("number"))
    soon = events.upcoming().filter(starts_at__gte=Value(present()), starts_at__lt=_soon())
    return _told(soon.annotate(silent=number).filter(silent__gt=0), guests="silent", **ITS_ZONE)


def _soon() -> Any:
    return Value(present()) + Value(SOON)


def to_do(follow_ups: FollowUpQuerySet, user: int) -> QuerySet[FollowUp, tuple[str]]:
    """Of these, one's own that are due within a week, and those of others whose day has passed."""
    today = today_there("office__")
    mine = Q(owner=user, due_on__lte=today + Value(A_WEEK))
    said = JSONObject(
        **{name: name for name in ("pk", "what", "due_on", "owner_id", "event_id", "visit_id")},
        owner="owner__name",
        title="event__title",
        village="visit__village__region__name",
        timezone="office__timezone",
    )
    found = follow_ups.to_do().filter(mine | Q(due_on__lt=today))
    return found.values_list(Cast(said, TextField()))[:ROWS]


def due_in(office: OuterRef, user: int) -> QuerySet[FollowUp, tuple[str]]:
    """What is to be done in the office; and one's own, of another for which one guides."""
    guided = Assignment.objects.live().filter(officer__user=user)
    mine = Q(Exists(guided.filter(village__office=OuterRef("office"))), owner=user)
    return to_do(FollowUp.objects.filter(Q(office=office) | mine), user)


def agenda_of(access: Access) -> Agenda:
    """Of the villages that are somebody's own, who works in no office; in one query."""
    mine = Event.objects.visible_to(access).in_current_office(access)
    my_follow_ups = FollowUp.objects.visible_to(access).filter(owner=access.user)
    [(events, cancelled, follow_ups)] = User.objects.filter(pk=access.user.pk).values_list(
        ArraySubquery(coming(mine)),
        ArraySubquery(called_off(mine)),  # who was told of them is told that they do not come
        ArraySubquery(to_do(my_follow_ups, access.user.pk)),
    )
    return Agenda.of([*events, *cancelled], follow_ups)


def _told(found: EventQuerySet, **more: Any) -> QuerySet[Event, tuple[str]]:
    zone = {"timezone": "office__timezone"}
    said = JSONObject(**{name: name for name in SAID}, **(zone | more))
    return found.values_list(Cast(said, TextField()))[:ROWS]


def _event(each: str) -> Unanswered:
    said: dict[str, Any] = json.loads(each)
    office, guests = Office(timezone=said.pop("timezone")), said.pop("guests", 0)
    said |= {name: datetime.fromisoformat(said[name]) for name in ("starts_at", "ends_at")}
    return Unanswered(Event(**said, office=office), guests)


def _follow_up(each: str) -> FollowUp:
    said: dict[str, Any] = json.loads(each)
    office = Office(timezone=said["timezone"])
    event = Event(pk=said["event_id"], title=said["title"]) if said["event_id"] else None
    region = Region(name=said["village"] or "")
    visit = Visit(pk=said["visit_id"], village=Village(region=region)) if not event else None
    return FollowUp(
        pk=said["pk"],
        what=said["what"],
        due_on=date.fromisoformat(said["due_on"]),
        owner=User(pk=said["owner_id"], name=said["owner"]),
        office=office,
        event=event,
        visit=visit,
    )
