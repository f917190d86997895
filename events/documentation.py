"""What the record page of an event tells of how it went, loaded with the event itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from accounts.access import Access
from accounts.models import Office, User
from certificates import kinds
from certificates.models import Scan
from events.models import (
    Contributor,
    Event,
    EventLetter,
    FollowUp,
    Material,
    Minutes,
    Photo,
    Question,
)


def documented[Found: QuerySet[Any]](events: Found) -> Found:
    """With all of it, in the same query: the page has no question to spare."""
    said = Minutes.objects.filter(event=OuterRef("pk"))
    asked = Question.objects.filter(event=OuterRef("pk")).order_by("position", "pk")
    return events.annotate(
        told_follow_ups=_follow_ups(),
        told_letters=_letters(),
        told_minutes=Subquery(said.values(told=_of("taken_by", "text"))),
        told_photos=told_photos(Photo.objects.filter(event=OuterRef("pk"))),
        told_questions=ArraySubquery(
            asked.values(told=_of("pk", "asked_by", "text", "answer", "answered_by"))
        ),
    )


def with_materials(people: QuerySet[Contributor]) -> QuerySet[Any]:
    """Each with the names of the files that they brought."""
    its = Material.objects.filter(contributor=OuterRef("pk")).order_by("pk")
    return people.annotate(told_materials=ArraySubquery(its.values(told=_of("key", "name"))))


def told_photos(found: Any) -> ArraySubquery:
    """Each as a record says it, in their order, for any query whose rows have some."""
    return ArraySubquery(
        found.order_by("position", "pk").values(told=_of("key", "caption", "is_consented"))
    )


def _of(*names: str) -> JSONObject:
    return JSONObject(**{name: name for name in names})


def _follow_ups() -> ArraySubquery:
    its = FollowUp.objects.filter(event=OuterRef("pk"))
    return told_follow_ups(its.order_by(F("done_at").asc(nulls_first=True), "due_on", "pk"))


def _letters() -> ArraySubquery:
    """The papers of what was held, the latest first."""
    its = EventLetter.objects.filter(event=OuterRef("pk")).order_by("-pk")
    scans = Scan.objects.filter(letter=OuterRef("pk")).order_by("-pk").values("withdrawn_at")
    told = JSONObject(
        pk="pk",
        kind="letter__kind",
        filled="letter__facts__filled",
        number="letter__entry__number",
        voided="letter__entry__void__pk",
        scans=ArraySubquery(scans[:1]),
    )
    return ArraySubquery(its.values(told=told))


def told_follow_ups(found: Any) -> ArraySubquery:
    """Each as a record says it, for any query whose rows have some."""
    same = ("pk", "what", "due_on", "done_at", "owner_id")
    told = JSONObject(
        **{name: name for name in same}, owner_name="owner__name", done_by_name="done_by__name"
    )
    return ArraySubquery(found.values(told=told))


def follow_ups_of(event: Event) -> list[FollowUp]:
    """What is to be done after an event that was loaded `documented`, whoever asks."""
    return [_follow_up(each, event.office) for each in event.told_follow_ups]


@dataclass(frozen=True, slots=True)
class FollowUps:
    """What is to be done, and what this person may do about it."""

    items: tuple[FollowUp, ...]
    access: Access
    may_keep: bool  # close and reopen any of them
    may_change: bool  # write, mend and take back

    @classmethod
    def of(
        cls,
        access: Access,
        told: list[dict[str, Any]],
        office: Office,
        *,
        keeps: bool,
        changes: bool,
    ) -> FollowUps:
        """Those that this person may know of: all of them inside, else their own."""
        items = (_follow_up(each, office) for each in told)
        mine = access.user.pk
        inside = keeps or office.pk in access.office_ids
        known = tuple(it for it in items if inside or it.owner_id == mine)
        return cls(known, access, keeps, changes)

    @property
    def closable_ids(self) -> set[int]:
        """Those on which this person may press "done", or take that back."""
        mine = self.access.user.pk
        return {it.pk for it in self.items if self.may_keep or it.owner_id == mine}

    @property
    def to_do(self) -> int:
        """How many are not done."""
        return sum(not it.is_done for it in self.items)


@dataclass(frozen=True, slots=True)
class Written:
    """A paper about an event as its page lists it."""

    pk: int
    label: str
    number: str
    is_void: bool
    is_signed: bool

    @classmethod
    def of(cls, told: dict[str, Any]) -> Written:
        """Of what `documented` loaded."""
        latest = told["scans"]
        return cls(
            pk=told["pk"],
            label=_label_of(told),
            number=told["number"] or "",
            is_void=told["voided"] is not None,
            is_signed=bool(latest) and latest[0] is None,
        )


def _label_of(told: dict[str, Any]) -> str:
    label = kinds.letter(told["kind"]).label
    if told["filled"] is None:
        return label
    return f"{label} terisi" if told["filled"] else f"{label} untuk ditandatangani"


@dataclass(frozen=True, slots=True)
class Documentation:
    """How an event went: the minutes, what was asked and answered, photos."""

    minutes: Minutes | None
    questions: tuple[Question, ...]
    photos: tuple[Photo, ...]

    @classmethod
    def of(cls, event: Event) -> Documentation:
        """Of an event that was loaded `documented`."""
        told: Any = event
        minutes = Minutes(**told.told_minutes) if told.told_minutes else None
        questions = tuple(Question(**each) for each in told.told_questions)
        return cls(minutes, questions, photos_of(told.told_photos))


def photos_of(told: list[dict[str, Any]]) -> tuple[Photo, ...]:
    """The photos as `told_photos` says them."""
    return tuple(Photo(**each) for each in told)


def _follow_up(told: dict[str, Any], office: Office) -> FollowUp:
    done_at, done_by = told["done_at"], told["done_by_name"]
    return FollowUp(
        pk=told["pk"],
        what=told["what"],
        office=office,
        owner=User(pk=told["owner_id"], name=told["owner_name"]),
        due_on=date.fromisoformat(told["due_on"]),
        done_at=datetime.fromisoformat(done_at) if done_at else None,
        done_by=User(name=done_by) if done_by else None,
    )
