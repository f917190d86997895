"""An event of an office: what it is, when, where, for which villages, and where it stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast, Coalesce, JSONObject, Now
from django.urls import reverse
from django.utils import timezone

from accounts.models import Office, User
from desabinaan import formats
from desabinaan.asked import present
from desabinaan.locking import LockingQuerySet
from events.models.kind import EventKind
from events.models.share_key import EVENT_SIGNS, drawn_key, is_whole
from events.models.status import HELD, OPEN, SETTLED, WAS, Status
from events.places import Places
from villages.models import Region
from villages.models.region import named_or_placed

if TYPE_CHECKING:
    from accounts.access import Access
    from villages.models import Village

LONGEST = timedelta(days=31)
SHOWN = 3  # villages of an event that a list names
GUESTS_SHOWN = 12  # of those who are invited, on the page of the event
SECOND, A_DAY = timedelta(seconds=1), timedelta(days=1)


class EventQuerySet(LockingQuerySet["Event"]):
    def visible_to(self, access: Access) -> Self:
        """The events of the person's offices, and those for villages that are theirs."""
        return self.filter(Q(office__among=access.office_ids) | _for_ones_own(access))

    def heard_by(self, access: Access) -> Self:
        """Those of which they read what was said: their office's, and where they guide."""
        guided = _for_villages(access.assigned_village_ids)
        return self.filter(Q(office__among=access.office_ids) | guided)

    def in_current_office(self, access: Access) -> Self:
        """Those of the office that the person works in now; of all below it, at a Kanwil."""
        return self.filter(Q(office__among=access.working_office_ids) | _for_ones_own(access))

    def with_key(self, key: str) -> Self:
        """The one that whoever holds this key may know of; with what its public page says."""
        return self.filter(share_key=key.lower()).select_related("kind", "office")

    def for_village(self, region_id: int) -> Self:
        """Those that are for this village, by its region."""
        return self.filter(models.Exists(_villages_of(OuterRef("pk")).filter(region=region_id)))

    def of_kind(self, key: str) -> Self:
        """Those of one kind; all where none is named."""
        return self.filter(kind__key=key.replace("\0", "")) if key else self

    def standing_at(self, status: str) -> Self:
        """Those that stand here; all for an unknown status."""
        return self.filter(status=status) if status in Status.values else self

    def matching(self, text: str) -> Self:
        """Those whose title or venue contains the text, or that are for villages there."""
        text = text.replace("\0", "")
        if not text:
            return self
        there = _villages_of(OuterRef("pk")).filter(named_or_placed(text, at="region__"))
        words = Q(title__icontains=text) | Q(venue__icontains=text)
        return self.filter(words | Q(models.Exists(there)))

    def between(self, first: date | None, last: date | None) -> Self:
        """Those that take place on one of these days, each by the calendar of its office."""
        found = self
        if first:  # by the index as well: within a day of it
            last_day = day_there(F("ends_at") - Value(SECOND))
            found = found.alias(last_day=last_day).filter(
                last_day__gte=first, ends_at__gte=_midnight(first) - A_DAY
            )
        if last:
            found = found.alias(first_day=day_there(F("starts_at"))).filter(
                first_day__lte=last, starts_at__lt=_midnight(last) + 2 * A_DAY
            )
        return found

    def held(self) -> Self:
        """Those that take place or took place: neither planned nor called off."""
        return self.filter(status__in=HELD)

    def upcoming(self) -> Self:
        """Those that are still to come or not over yet, the next first."""
        return self.filter(status__in=OPEN, ends_at__gte=Value(present())).order_by(
            "starts_at", "pk"
        )

    def overdue(self) -> Self:
        """Those that should be over, and nobody said so; the longest past first."""
        return self.filter(status__in=OPEN, ends_at__lt=Value(present())).order_by("ends_at", "pk")

    def with_list(self) -> Self:
        """Everything that a row of a list names: kind, office, the first villages, how many."""
        its = _villages_of(OuterRef("pk")).order_by("region__code")
        told = JSONObject(
            **{name: f"region__{name}" for name in ("code", "name", "kind")},
            district=JSONObject(
                **{name: f"region__parent__{name}" for name in ("code", "name", "kind")}
            ),
        )
        number = its.order_by().values("event").annotate(number=models.Count("pk"))
        return self.select_related("kind", "office").annotate(
            first_villages=ArraySubquery(its.values(told=told)[:SHOWN]),
            village_count=Coalesce(models.Subquery(number.values("number")), 0),
        )

    def with_taken(self) -> Self:
        """With the keys of the villages that it is for."""
        its = _villages_of(OuterRef("pk")).values("region")
        return self.annotate(taken_ids=ArraySubquery(its))

    def with_invited(self) -> Self:
        """With what all who are invited answered, how many came, and the first of them."""
        from events.models.invitee import Invitee  # noqa: PLC0415 - it imports Event

        its = Invitee.objects.filter(event=OuterRef("pk")).order_by("pk")
        named = ("title", "institution", "person", "reply", "represented_by")
        told = JSONObject(**{name: name for name in (*named, "noted_name")})
        came = its.filter(noted__isnull=False).order_by().values("event")
        return self.annotate(
            invited_replies=ArraySubquery(its.values("reply")),
            invited_came=models.Subquery(came.annotate(number=models.Count("pk")).values("number")),
            first_invited=ArraySubquery(its.with_noted().values(told=told)[:GUESTS_SHOWN]),
        )

    def with_page(self) -> Self:
        """Everything that the record page names, its villages aside."""
        return self.select_related("kind", "office__parent", "created_by", "status_by")

    def with_held(self) -> Self:
        """With what says how it stands."""
        return self.select_related("kind", "office", "status_by")


def _villages_of(event: OuterRef) -> models.QuerySet[EventVillage]:
    return EventVillage.objects.filter(event=event)


def _for_ones_own(access: Access) -> Q:
    """Events for the villages that are a person's own, as official or as PIMPASA."""
    return _for_villages(access.village_ids | access.assigned_village_ids)


def _for_villages(ids: frozenset[int]) -> Q:
    if not ids:
        return Q(pk__in=[])
    return Q(models.Exists(_villages_of(OuterRef("pk")).filter(region__village__in=ids)))


def day_there(instant: models.F | CombinedExpression, at: str = "office__timezone") -> Cast:
    """The date of an instant in the zone of each row's office."""
    clock = models.Func(
        F(at),
        instant,
        function="timezone",
        output_field=models.DateTimeField(),
    )
    return Cast(clock, models.DateField())


def _midnight(day: date) -> datetime:
    """When the day begins at Greenwich; no office of Indonesia is half a day from there."""
    return datetime.combine(day, time.min, UTC)


class Event(models.Model):
    """What an office does with villages on a day: planned, held, reported, or cancelled."""

    kind = models.ForeignKey(
        EventKind, verbose_name="jenis", on_delete=models.PROTECT, related_name="events"
    )
    title = models.CharField("nama kegiatan", max_length=200)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="events")
    section = models.CharField("seksi penyelenggara", max_length=120, blank=True)
    venue = models.CharField("tempat", max_length=200)
    starts_at = models.DateTimeField("mulai")
    ends_at = models.DateTimeField("selesai")
    legal_basis = models.TextField("dasar hukum", max_length=1000, blank=True)
    audience = models.CharField("sasaran", max_length=250, blank=True)
    regions: models.ManyToManyField[Region, EventVillage] = models.ManyToManyField(
        Region, through="EventVillage", related_name="events"
    )

    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    status_at = models.DateTimeField(db_default=Now())
    status_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    status_note = models.TextField(max_length=1000, blank=True)
    report = models.OneToOneField(
        "events.EventLetter", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("dibuat", db_default=Now(), editable=False)
    changed_at = models.DateTimeField("diubah", db_default=Now(), editable=False)
    share_key = drawn_key(EVENT_SIGNS)

    first_villages: list[dict[str, Any]]  # annotated by with_list(), like the next
    village_count: int
    taken_ids: list[int]  # annotated by with_taken()
    people_told: list[dict[str, Any]]  # annotated by events.attendance, like the next two
    pupils_told: dict[str, int] | None
    invited_told: dict[str, int] | None
    invited_replies: list[str]  # annotated by with_invited(), like the next
    invited_came: int | None
    first_invited: list[dict[str, Any]]
    told_follow_ups: list[dict[str, Any]]  # annotated by `events.documentation.documented`, like
    told_letters: list[dict[str, Any]]
    told_knowledge: dict[str, Any] | None  # annotated by `events.knowledge.with_gain`
    certificates_told: dict[str, int] | None  # annotated by `events.certificate_list`, like
    merges_told: list[dict[str, Any]]

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "kegiatan"
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(fields=["office", "-starts_at"], name="event_by_office"),
            models.Index(fields=["-starts_at"], name="event_by_start"),
        ]
        constraints = [
            models.CheckConstraint(
                name="event_status_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(name="event_is_named", condition=~Q(title="") & ~Q(venue="")),
            models.CheckConstraint(name="event_share_key_whole", condition=is_whole(EVENT_SIGNS)),
            models.CheckConstraint(
                name="event_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")) & Q(ends_at__lte=F("starts_at") + LONGEST),
                violation_error_message="Kegiatan selesai sesudah mulai, paling lama 31 hari.",
            ),
            models.CheckConstraint(
                name="event_cancelled_with_a_reason",
                condition=Q(status=Status.CANCELLED) & ~Q(status_note="")
                | ~Q(status=Status.CANCELLED) & Q(status_note=""),
            ),
            models.CheckConstraint(
                name="event_reported_by_a_report",
                condition=Q(status=Status.REPORTED, report__isnull=False)
                | ~Q(status=Status.REPORTED) & Q(report=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.pk])

    @property
    def is_settled(self) -> bool:
        """Whether nothing of it changes any more: reported, or cancelled."""
        return self.status in SETTLED

    @property
    def is_open(self) -> bool:
        """Whether it is still to be held, or being held."""
        return self.status in OPEN

    @property
    def was_held(self) -> bool:
        """Whether it takes place or took place."""
        return self.status in HELD

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.status == Status.CANCELLED

    @property
    def is_overdue(self) -> bool:
        """Whether it should be over, and nobody said so."""
        return self.is_open and self.ends_at < timezone.now()

    @property
    def has_begun(self) -> bool:
        """Whether its day has come, by the calendar of the office."""
        return self.office.day_of(self.starts_at) <= self.office.today()

    @property
    def is_due(self) -> bool:
        """Whether its hour has come."""
        return self.starts_at <= timezone.now()

    @property
    def last_day_has_come(self) -> bool:
        """Whether its last day has come, by the calendar of the office."""
        return self.ends_on <= self.office.today()

    @property
    def starts_on(self) -> date:
        """The first day, by the calendar of the office."""
        return self.office.day_of(self.starts_at)

    @property
    def ends_on(self) -> date:
        """The last day; what ends at midnight ends on the day before."""
        return self.office.day_of(self.ends_at - SECOND)

    @property
    def lasts_days(self) -> bool:
        """Whether it goes on on another day than it begins."""
        return self.starts_on != self.ends_on

    @property
    def span(self) -> str:
        """From when until when, by the clock of the office."""
        return formats.span(self.starts_at, self.ends_at, self.office)

    @property
    def clock(self) -> str:
        """The same without the day: "09.00–12.00 WIB"; over days, when it starts."""
        return formats.clock(self.starts_at, self.ends_at, self.office)

    @property
    def hours(self) -> str:
        """When it begins and ends, beside the days from which until which it is."""
        if not self.lasts_days:
            return self.clock
        return formats.opened_and_closed(self.starts_at, self.ends_at, self.office)

    @property
    def places(self) -> Places:
        """For which villages it is, in a line; of what `with_list` loaded."""
        return Places(self.first_villages, self.village_count)

    def standing(self) -> str:
        """Who brought it to where it stands, and when."""
        when = formats.moment(self.status_at, self.office)
        return f"kegiatan ini {WAS[Status(self.status)]} oleh {self.status_by.name} pada {when}."

    def local(self, instant: datetime) -> datetime:
        """The instant by the clock of the office."""
        return instant.astimezone(ZoneInfo(self.office.timezone))


class EventVillageQuerySet(models.QuerySet["EventVillage"]):
    def with_list(self) -> Self:
        """With everything that names where they lie, by their codes."""
        return self.select_related("region__parent__parent__parent", "region__village").order_by(
            "region__code"
        )


class EventVillage(models.Model):
    """A desa or kelurahan that an event is for; it need not be in the portal yet."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="villages")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")

    objects = EventVillageQuerySet.as_manager()

    class Meta:
        verbose_name = "desa sasaran"
        ordering = ["region__code"]
        constraints = [
            models.UniqueConstraint(name="event_village_once", fields=["event", "region"])
        ]

    def __str__(self) -> str:
        return self.region.full_name

    @property
    def village(self) -> Village | None:
        """Its record in the portal, where an office has one; of what `with_list` loaded."""
        return getattr(self.region, "village", None)
