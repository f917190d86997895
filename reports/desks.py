"""What each person's desk holds: gathered in a number of queries that no amount of work changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from accounts.access import Access
from accounts.models import Membership, Office, OfficeKind, Role
from certificates.models import NumberTemplate
from certificates.models import Status as Paper
from villages.models import (
    Designation,
    Jurisdiction,
    Outcome,
    Preparer,
    Revocation,
    Status,
    Village,
)
from villages.models.designation import PAPER

ROWS = 6  # of each heap on the desk; the rest is one link away
RECENT = timedelta(days=30)
SOON = timedelta(days=30)


class Heap(StrEnum):
    """The heaps into which an office's open sheets fall; each sheet lies on one."""

    REVOCATION = "revocation"
    RETURNED = "returned"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNNUMBERED = "unnumbered"
    DRAWING = "drawing"
    RECENT = "recent"


@dataclass(frozen=True, slots=True)
class Queue:
    """The first rows of a heap, and how many lie there."""

    rows: tuple[Any, ...] = ()  # sheets with what `_sheets` annotates
    total: int = 0

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class VillageDesk:
    """A village as its official sees it: the latest sheet that was ever submitted, if any."""

    village: Village
    sheet: Designation | None


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that waits for a person, and what they wait for."""

    access: Access
    office: Any = None  # the current one, with what `_office` annotates
    queues: Mapping[str, Queue] | None = None
    leaving: tuple[Membership, ...] = ()
    nation: Mapping[str, int] | None = None
    units: tuple[Mapping[str, Any], ...] = ()
    villages: tuple[VillageDesk, ...] = ()

    @property
    def is_staff(self) -> bool:
        """Whether the person prepares sheets in the current office."""
        return self._holds(Role.STAFF)

    @property
    def is_head(self) -> bool:
        """Whether the person decides in the current office today."""
        return self._holds(Role.HEAD)

    @property
    def is_admin(self) -> bool:
        """Whether the person keeps the current office."""
        return self._holds(Role.ADMIN)

    @property
    def is_observer(self) -> bool:
        """Whether the person reads what happens below the current office."""
        return self._holds(Role.OBSERVER) or (self.is_admin and self.access.is_national_admin)

    @property
    def is_bare(self) -> bool:
        """Whether this account leads nowhere today."""
        return not self.access.memberships and not self.access.village_ids

    @property
    def waiting(self) -> int:
        """How many sheets wait for this person."""
        mine: list[Heap] = []
        if self.is_head:
            mine += [Heap.SUBMITTED, Heap.REVOCATION]
        if self.is_staff:
            mine += [Heap.RETURNED, Heap.DRAFT]
        if self.is_head or self.is_staff:
            mine += [Heap.UNNUMBERED]
        return sum(self.queues[heap].total for heap in mine) if self.queues else 0

    @property
    def lacks_number_template(self) -> bool:
        """Whether nobody can approve, because the office has not chosen how it numbers."""
        return bool(self.queues) and not self.office.has_number_template

    def _holds(self, role: Role) -> bool:
        office = self.access.current_office
        return office is not None and self.access.has_role(role, office.pk)


def desk_of(access: Access) -> Desk:
    """Gather a person's desk: the current office's heaps, the units below, their own villages."""
    bare = Desk(access)
    office = access.current_office
    works = bare.is_staff or bare.is_head
    return Desk(
        access=access,
        office=_office(office) if office and (works or bare.is_admin) else office,
        queues=_queues(access, office) if office and works else None,
        leaving=_leaving(office) if office and bare.is_admin else (),
        nation=_nation() if bare.is_admin and access.is_national_admin else None,
        units=_units(access) if bare.is_observer else (),
        villages=_villages(access) if access.village_ids else (),
    )


# --- The heaps of an office ----------------------------------------------------------------------


def _queues(access: Access, office: Office) -> dict[str, Queue]:
    heaps: dict[str, list[Any]] = {heap.value: [] for heap in Heap}
    for sheet in _sheets(access, office):
        heaps[sheet.heap].append(sheet)
    return {heap: Queue(tuple(rows), rows[0].heaped if rows else 0) for heap, rows in heaps.items()}


def _sheets(access: Access, office: Office) -> QuerySet[Any]:
    """The first rows of every heap in one query, each with its heap's size."""
    asked = Revocation.objects.filter(designation=OuterRef("pk"), outcome=Outcome.PENDING)
    prepared = Preparer.objects.filter(designation=OuterRef("pk"), user=access.user)
    heap = [F("heap")]
    sheets = (
        Designation.objects.visible_to(access)
        .filter(office=office)
        .annotate(
            heap=_heap(asked, timezone.now() - RECENT),
            is_my_preparation=Exists(prepared),
            is_my_request=Exists(asked.filter(requested_by=access.user)),
            requested_by=asked.values("requested_by__name")[:1],
            requested_at=asked.values("requested_at")[:1],
        )
        .exclude(heap=None)
    )
    placed = sheets.annotate(
        place=Window(RowNumber(), partition_by=heap, order_by=_longest_first()),
        heaped=Window(Count("pk"), partition_by=heap),
    )
    return placed.filter(place__lte=ROWS).with_list().order_by("heap", "place")


def _heap(asked: QuerySet[Revocation], recently: datetime) -> Case:
    return Case(
        When(Q(status=Status.APPROVED) & Exists(asked), then=Value(Heap.REVOCATION.value)),
        When(status=Status.RETURNED, then=Value(Heap.RETURNED.value)),
        When(status=Status.DRAFT, then=Value(Heap.DRAFT.value)),
        When(status=Status.SUBMITTED, then=Value(Heap.SUBMITTED.value)),
        When(status=Status.APPROVED, decree__number="", then=Value(Heap.UNNUMBERED.value)),
        When(
            status=Status.APPROVED,
            certificate__status=Paper.ORDERED,
            then=Value(Heap.DRAWING.value),
        ),
        When(status=Status.APPROVED, decided_at__gte=recently, then=Value(Heap.RECENT.value)),
        output_field=CharField(null=True),
    )


def _longest_first() -> list[BaseExpression]:
    """The longest-waiting first; what is done, the latest first."""
    done = Case(When(heap=Heap.RECENT.value, then=F("status_at")))
    return [done.desc(nulls_last=True), F("status_at").asc(), F("pk").asc()]


# --- The office itself ---------------------------------------------------------------------------


def _office(office: Office) -> Any:
    """The office with who leads and keeps it today, and what it still lacks."""
    today = Membership.objects.on(office.today()).filter(office=OuterRef("pk"))
    named = NumberTemplate.objects.filter(office=OuterRef("pk"), kind=PAPER)
    return Office.objects.annotate(
        heads=ArraySubquery(today.filter(role=Role.HEAD).values_list("user__name")),
        keepers=ArraySubquery(today.filter(role=Role.ADMIN).values_list("user__name")),
        has_number_template=Exists(named),
    ).get(pk=office.pk)


def _leaving(office: Office) -> tuple[Membership, ...]:
    """Whose role ends within a month, the first to leave first."""
    today = office.today()
    roles = Membership.objects.on(today).filter(office=office, ends_on__lte=today + SOON)
    return tuple(roles.with_page().order_by("ends_on", "pk")[:ROWS])


def _nation() -> dict[str, int]:
    """How many immigration offices cannot work yet, and why."""
    here = {"office": OuterRef("pk")}
    today = timezone.localdate()
    live = Membership.objects.on(today).filter(**here)
    offices = Office.objects.filter(kind=OfficeKind.IMMIGRATION_OFFICE).annotate(
        has_head=Exists(live.filter(role=Role.HEAD)),
        has_keeper=Exists(live.filter(role=Role.ADMIN)),
        has_numbers=Exists(NumberTemplate.objects.filter(**here, kind=PAPER)),
        has_area=Exists(Jurisdiction.objects.filter(**here)),
    )
    return offices.aggregate(
        total=Count("pk"),
        headless=Count("pk", filter=Q(has_head=False)),
        keeperless=Count("pk", filter=Q(has_keeper=False)),
        numberless=Count("pk", filter=Q(has_numbers=False)),
        landless=Count("pk", filter=Q(has_area=False)),
    )


# --- The units below, the villages ---------------------------------------------------------------


def _units(access: Access) -> tuple[Mapping[str, Any], ...]:
    """Counts by unit below the current office: by Kanwil for the Ditjen, else by office."""
    current = access.current_office
    national = current is not None and current.is_directorate
    unit = Coalesce("office__parent__name", "office__name") if national else F("office__name")
    sheets = Designation.objects.visible_to(access).in_current_office(access)
    counts = (
        sheets.order_by()
        .values(unit=unit)
        .annotate(
            preparing=_number_of(Status.DRAFT, Status.RETURNED),
            submitted=_number_of(Status.SUBMITTED),
            designated=_number_of(Status.APPROVED),
            former=_number_of(Status.REVOKED, Status.ENDED),
        )
    )
    return tuple(counts.order_by("unit"))


def _number_of(*statuses: Status) -> Count:
    return Count("pk", filter=Q(status__in=statuses))


def _villages(access: Access) -> tuple[VillageDesk, ...]:
    """The villages of an official, each with where it stands."""
    latest = (
        Designation.objects.visible_to(access)
        .filter(village__in=access.village_ids)
        .exclude(status=Status.WITHDRAWN)
        .select_related("office", "decree", "certificate")
        .order_by("village_id", "-pk")
        .distinct("village_id")
    )
    sheets = {sheet.village_id: sheet for sheet in latest}
    villages = Village.objects.visible_to(access).filter(pk__in=access.village_ids).with_page()
    return tuple(VillageDesk(village, sheets.get(village.pk)) for village in villages)
