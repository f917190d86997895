"""What each person's desk holds: gathered in a number of queries that no amount of work changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from accounts.access import Access
from accounts.models import Membership, Office, OfficeKind, Role
from accounts.models.office import today_there
from certificates.models import Status as Paper
from desabinaan.asked import Asked, present
from reports import event_desk
from reports.ended import Ended, ended_of
from reports.event_desk import Agenda
from reports.turning import turning
from reports.village_desks import VillageDesk, villages_of
from villages.models import (
    Assignment,
    Designation,
    Import,
    Outcome,
    Preparer,
    Status,
    Village,
)
from villages.models.designation import DesignationQuerySet
from villages.models.status import UNNUMBERED, VOUCHED_FOR
from villages.models.village import VillageQuerySet
from villages.officers import guided_by
from villages.onboarding.confirming import Tables, tables_of
from villages.setup import with_readiness

ROWS = 6  # of each heap on the desk; the rest is one link away
RECENT = timedelta(days=30)


class Heap(StrEnum):
    """The heaps into which an office's open sheets fall, for one person; each lies on one."""

    REVOCATION = "revocation"
    BLOCKED = "blocked"  # a head prepared it or asked for it, so another head decides
    RETURNED = "returned"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNNUMBERED = "unnumbered"
    DRAWING = "drawing"
    RECENT = "recent"
    REJECTED = "rejected"


DONE = frozenset({Heap.RECENT, Heap.REJECTED})
type Lying = tuple[int, str, datetime]  # a sheet, its heap, since when


@dataclass(frozen=True, slots=True)
class Queue:
    """The first rows of a heap, and how many lie there."""

    rows: tuple[Designation, ...] = ()  # with what `_rows` annotates
    total: int = 0

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class Setup:
    """Who leads and keeps an office today, and what it has of all that it needs to begin."""

    heads: list[str]
    keepers: list[str]
    has_number_template: bool
    has_staff: bool = True
    has_land: bool = True
    has_villages: bool = True
    has_tables: bool = False  # recorded, and waiting to be confirmed
    events: Sequence[Sequence[str]] = ()  # for its agenda, as `event_desk.asked` asked


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that waits for a person, and what they wait for."""

    access: Access
    office: Office | None = None  # the current one
    setup: Setup | None = None  # of those who work in it or keep it
    queues: Mapping[str, Queue] | None = None
    awaiting: tuple[Membership, ...] = ()  # heads whom this person may confirm
    leaving: tuple[Membership, ...] = ()
    acting: tuple[Membership, ...] = ()  # for the head of the office, today or soon
    nation: Mapping[str, int] | None = None
    units: tuple[Mapping[str, Any], ...] = ()
    villages: tuple[VillageDesk, ...] = ()
    guided: tuple[Assignment, ...] = ()
    unguided: Queue | None = None
    accountless: Queue | None = None
    ended: Ended | None = None  # of an account that leads nowhere today, what it was last
    tables: Tables | None = None
    agenda: Agenda | None = None

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
        access = self.access
        return not (access.memberships or access.village_ids or access.assigned_village_ids)

    @property
    def guided_groups(self) -> list[tuple[str, list[Assignment]]]:
        """The villages that a PIMPASA guides: those that stand designated, then all others."""
        parts = [
            ("Desa binaan saya", [it for it in self.guided if it.is_to_designated]),
            ("Penugasan lain", [it for it in self.guided if not it.is_to_designated]),
        ]
        return [(title, held) for title, held in parts if held]

    @property
    def letters(self) -> list[Mapping[str, Any]]:
        """The letters that send a PIMPASA to their villages, each once."""
        return list({it.letter["pk"]: it.letter for it in self.guided if it.letter}.values())

    @property
    def waiting(self) -> int:
        """How many sheets, tables, appointments and events wait for this person."""
        mine: list[Heap] = []
        if self.is_head:
            mine += [Heap.SUBMITTED, Heap.REVOCATION]
        if self.is_staff:
            mine += [Heap.RETURNED, Heap.DRAFT]
        if self.is_head or self.is_staff:
            mine += [Heap.UNNUMBERED]
        sheets = sum(self.queues[heap].total for heap in mine) if self.queues else 0
        tables = len(self.tables.to_confirm) if self.tables else 0
        of_events = self.agenda.waiting_for(self.access.user, self.is_staff) if self.agenda else 0
        return sheets + tables + len(self.awaiting) + of_events

    @property
    def is_ready(self) -> bool:
        """Whether the office has everything that it needs, and has begun."""
        office, setup = self.office, self.setup
        if office is None or setup is None:
            return True
        people = setup.heads and setup.has_staff
        said = office.letterhead and office.address and office.is_reachable
        papers = said and setup.has_number_template
        return bool(people and papers and setup.has_land and setup.has_villages)

    @property
    def lacks_number_template(self) -> bool:
        """Whether nobody can approve, because the office has not chosen how it numbers."""
        return bool(self.queues and self.setup and not self.setup.has_number_template)

    def _holds(self, role: Role) -> bool:
        office = self.access.current_office
        return office is not None and self.access.has_role(role, office.pk)


def desk_of(access: Access) -> Desk:
    """Gather a person's desk: the current office's heaps, the units below, their own villages."""
    bare = Desk(access)
    office = access.current_office
    works = bare.is_staff or bare.is_head
    keeps = bare.is_admin and office is not None and office.designates
    setup = _setup(office, access) if office and (works or bare.is_admin) else None
    return Desk(
        access=access,
        office=office,
        setup=setup,
        queues=_queues(access, office, decides=bare.is_head) if office and works else None,
        **turning(access, office, keeps=bare.is_admin, leads=bare.is_head),
        nation=_nation() if bare.is_admin and access.is_national_admin else None,
        units=_units(access) if bare.is_observer else (),
        villages=villages_of(access) if access.village_ids else (),
        guided=tuple(guided_by(access)) if access.assigned_village_ids else (),
        ended=ended_of(access) if bare.is_bare else None,
        unguided=_unguided(access, office) if office and (works or keeps) else None,
        accountless=_accountless(access, office) if office and keeps else None,
        agenda=_agenda(access, setup),
        tables=tables_of(access, office) if office and setup and setup.has_tables else None,
    )


# --- The heaps of an office ----------------------------------------------------------------------


def _queues(access: Access, office: Office, *, decides: bool) -> dict[str, Queue]:
    """Two queries: on which heap each sheet lies, and what the rows on top name."""
    asked = _LYING_BEFORE_A_HEAD if decides else _LYING
    heaps = _sorted(asked.of(office=office.pk, user=access.user.pk))
    tops = [pk for lying in heaps.values() for pk in lying[:ROWS]]
    rows = {sheet.pk: sheet for sheet in _rows(access, tops)}
    return {
        heap: Queue(tuple(rows[pk] for pk in heaps[heap][:ROWS]), len(heaps[heap])) for heap in Heap
    }


def _lying(office: int, blocked: Sequence[When] = ()) -> QuerySet[Designation, Lying]:
    """The sheets on which the office acts that lie on a heap; counted and cut here.

    With windows, each would say the whole condition of the heaps once more.
    """
    heap = Case(*blocked, *_heaps(), output_field=CharField())
    sheets = _with_request(Designation.objects.kept_by([office])).order_by()
    return sheets.annotate(heap=heap).exclude(heap=None).values_list("pk", "heap", "status_at")


def _sorted(lying: Iterable[Lying]) -> dict[str, list[int]]:
    """The sheets of every heap, the longest-waiting first; of what is done, the latest."""
    heaps: dict[str, list[tuple[datetime, int]]] = {heap: [] for heap in Heap}
    for pk, heap, since in lying:
        heaps[heap].append((since, pk))
    for heap, its in heaps.items():
        its.sort(reverse=heap in DONE)
    return {heap: [pk for _, pk in its] for heap, its in heaps.items()}


def _rows(access: Access, ids: list[int]) -> DesignationQuerySet:
    """These sheets, with who asked to revoke, and when."""
    sheets = _with_request(Designation.objects.visible_to(access).filter(pk__in=ids))
    return sheets.annotate(
        asked_by=F("request__requested_by__name"), asked_at=F("request__requested_at")
    ).with_list()


def _with_request(sheets: DesignationQuerySet) -> DesignationQuerySet:
    """With the request to revoke that is pending; the database allows one."""
    pending = Q(revocations__outcome=Outcome.PENDING)
    return sheets.annotate(request=FilteredRelation("revocations", condition=pending))


def _blocked(user: int) -> list[When]:
    """What this head may not decide: maker is not checker."""
    prepared = Exists(Preparer.objects.filter(designation=OuterRef("pk"), user=user))
    asked = Q(status=Status.APPROVED, request__requested_by=user)
    return [
        When(Q(status=Status.SUBMITTED) & prepared, then=Value(Heap.BLOCKED.value)),
        When(asked, then=Value(Heap.BLOCKED.value)),
    ]


def _heaps() -> list[When]:
    approved, recently = Q(status=Status.APPROVED), Value(present()) - Value(RECENT)
    return [
        When(status=Status.RETURNED, then=Value(Heap.RETURNED.value)),
        When(status=Status.DRAFT, then=Value(Heap.DRAFT.value)),
        When(status=Status.SUBMITTED, then=Value(Heap.SUBMITTED.value)),
        When(approved & Q(request__isnull=False), then=Value(Heap.REVOCATION.value)),
        When(UNNUMBERED, then=Value(Heap.UNNUMBERED.value)),
        When(approved & Q(certificate__status=Paper.ORDERED), then=Value(Heap.DRAWING.value)),
        When(approved & Q(decided_at__gte=recently), then=Value(Heap.RECENT.value)),
        When(_lately_rejected(recently), then=Value(Heap.REJECTED.value)),
    ]


def _lately_rejected(recently: Combinable) -> Q:
    """Rejected not long ago, and not proposed again since."""
    since = Designation.objects.filter(village=OuterRef("village"), pk__gt=OuterRef("pk"))
    return Q(~Exists(since), status=Status.REJECTED, status_at__gte=recently)


# Every desk asks them: whoever works in an office sees all its sheets.
_LYING = Asked(lambda office, user: _lying(office))  # noqa: ARG005 - asked like the next
_LYING_BEFORE_A_HEAD = Asked(lambda office, user: _lying(office, _blocked(user)))


# --- The office itself ---------------------------------------------------------------------------


def _setup(office: Office, access: Access) -> Setup:
    """Who leads and keeps the office today, what it still lacks, and what is due there."""
    [row] = _SETUP.of(office=office.pk, user=access.user.pk)
    of_events = row[-event_desk.QUESTIONS :]
    return replace(Setup(*row[: -event_desk.QUESTIONS]), events=of_events)


def _set_up(office: int, user: int) -> QuerySet[Any, tuple[Any, ...]]:
    today = Membership.objects.on(today_there("office__")).filter(office=OuterRef("pk"))
    return with_readiness(Office.objects.filter(pk=office)).values_list(
        ArraySubquery(today.filter(role=Role.HEAD).values_list("user__name")),
        ArraySubquery(today.filter(role=Role.ADMIN).values_list("user__name")),
        "has_numbers",
        "has_staff",
        "has_area",
        "has_villages",
        Exists(Import.objects.filter(office=OuterRef("pk")).to_confirm()),
        *event_desk.asked(OuterRef("pk"), user),
    )


_SETUP = Asked(_set_up)


def _agenda(access: Access, setup: Setup | None) -> Agenda | None:
    """Events of the office, which its setup has asked for; else of one's own villages."""
    if setup is not None:
        return Agenda.told(setup.events)
    own = access.village_ids or access.assigned_village_ids
    return event_desk.agenda_of(access) if own else None


def _unguided(access: Access, office: Office) -> Queue:
    """The office's designated villages that no PIMPASA guides; the first of them, and how many."""
    return _first_of(Village.objects.visible_to(access).filter(office=office).unguided())


def _accountless(access: Access, office: Office) -> Queue:
    """Those of which nobody can sign in: whatever the portal has for them, they cannot fetch it."""
    return _first_of(Village.objects.visible_to(access).filter(office=office).without_account())


def _first_of(villages: VillageQuerySet) -> Queue:
    """Of these the designated ones: the first by name, and how many there are."""
    counted = villages.designated().with_page().annotate(number=Window(Count("pk")))
    rows: tuple[Any, ...] = tuple(counted.order_by("region__name")[:ROWS])
    return Queue(rows, rows[0].number if rows else 0)


def _nation() -> dict[str, int]:
    """How many immigration offices cannot work yet, and why."""
    offices = Office.objects.open().filter(kind=OfficeKind.IMMIGRATION_OFFICE)
    return with_readiness(offices).aggregate(
        total=Count("pk"),
        headless=Count("pk", filter=Q(has_head=False)),
        keeperless=Count("pk", filter=Q(has_admin=False)),
        numberless=Count("pk", filter=Q(has_numbers=False)),
        landless=Count("pk", filter=Q(has_area=False)),
    )


# --- The units below -----------------------------------------------------------------------------


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
            unconfirmed=Count("pk", filter=Q(status=Status.APPROVED) & ~VOUCHED_FOR),
            former=_number_of(Status.REVOKED, Status.ENDED),
        )
    )
    return tuple(counts.order_by("unit"))


def _number_of(*statuses: Status) -> Count:
    return Count("pk", filter=Q(status__in=statuses))
