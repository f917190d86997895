"""What a recap is about: whose sheets, of which offices, in which region, in which days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import (
    Exists,
    OuterRef,
    Q,
)
from django.http import Http404
from django.utils import timezone

from accounts.access import Access
from accounts.models import Office
from desabinaan import formats
from reports import periods
from reports.periods import Period
from reports.places import Places
from villages.models import Designation, GuidingTerm, Region, Status
from villages.models.designation import DesignationQuerySet
from villages.models.status import CLOSED, DESIGNATED, DESIGNATED_FIRST

PLACE = re.compile(r"\d{2}(\.\d{2}(\.\d{2})?)?", re.ASCII)  # a province, a regency or a district


@dataclass(frozen=True)
class Scope:
    """The viewer's offices, or some of them; the period; a region, or all that they serve."""

    access: Access
    period: Period
    office_code: str = ""
    region_code: str = ""
    at: datetime = field(default_factory=timezone.now)
    settled: frozenset[int] = frozenset()  # the offices that counted when it was asked for

    # --- Whose ---------------------------------------------------------------------------------

    @property
    def own_office(self) -> Office:
        """The office in which the viewer works now; only who serves in one reads a recap."""
        office = self.access.current_office
        assert office is not None  # noqa: S101 - can_read_recap holds it
        return office

    @cached_property
    def offices(self) -> list[Office]:
        """Every office that one may choose, by name; the own one alone needs no query."""
        ids = self.access.working_office_ids
        if ids == {self.own_office.pk}:
            return [self.own_office]
        offices = Office.objects.visible_to(self.access)
        if ids != self.access.office_ids:
            offices = offices.filter(pk__among=ids)
        return sorted(offices, key=lambda office: (office.short_name, office.pk))

    @property
    def office_choices(self) -> list[tuple[str, str]]:
        """The offices that a form offers, by code and name; the own one is what none says."""
        own = self.own_office
        return [(it.code, it.short_name) for it in self.offices if it.pk != own.pk]

    @cached_property
    def office(self) -> Office | None:
        """The office that was chosen; None for all. Any other is as if it did not exist."""
        if not self.office_code:
            return None
        found = [office for office in self.offices if office.code == self.office_code]
        if not found:
            raise Http404("no such office here")
        return found[0] if found[0] != self.own_office else None

    @property
    def subject(self) -> Office:
        """Of whom the recap tells: the chosen office, else the viewer's own with all below it."""
        return self.office or self.own_office

    @cached_property
    def office_ids(self) -> frozenset[int]:
        """The offices that count: the chosen one with those below it, else all of the viewer's."""
        if self.settled or self.office is None:
            return self.settled or self.access.working_office_ids
        chosen = self.office.pk
        return frozenset(it.pk for it in self.offices if chosen in (it.pk, it.parent_id))

    @property
    def spans_offices(self) -> bool:
        """Whether more than one office counts."""
        return len(self.office_ids) > 1

    @property
    def is_national(self) -> bool:
        """Whether it counts the whole nation."""
        return self.subject.is_directorate

    # --- When ----------------------------------------------------------------------------------

    @property
    def as_of(self) -> date:
        """The day whose state it shows."""
        return self.period.as_of(self.own_office.day_of(self.at))

    @property
    def is_current(self) -> bool:
        """Whether that day is today, so that lists of today say the same."""
        return self.as_of == self.own_office.day_of(self.at)

    @cached_property
    def _instants(self) -> tuple[datetime, datetime]:
        return self.period.instants(formats.zone_of(self.own_office))

    @property
    def period_choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The months, quarters and years to choose from; and the one in use, if it is older."""
        offered = periods.offered(self.own_office.day_of(self.at))
        known = {period for _, choices in offered for period in choices}
        if not (self.period in known or self.period.is_free or self.period.is_rolling):
            offered = [("Terpilih", [self.period]), *offered]
        return [(label, [(it.key, it.words) for it in choices]) for label, choices in offered]

    @property
    def stood(self) -> Q:
        """Sheets under which a village that was guided here stood designated on that day."""
        after = self._instants[1]
        still = Q(status=Status.APPROVED) | Q(status__in=CLOSED, status_at__gte=after)
        return still & Q(designated_on__lte=self.as_of) & self._guided(after)

    @property
    def was_unconfirmed(self) -> Q:
        """Sheets that stood so on that day on the word of those who had recorded them.

        One that came into the portal later was told of by nobody then: it is named while no head
        answers for it, and no longer.
        """
        after = self._instants[1]
        later = Q(confirmed_at__gte=after, recorded_at__lt=after)
        return self.stood & Q(recorded_by__isnull=False) & (Q(confirmed_at=None) | later)

    @property
    def was_under_way(self) -> Q:
        """Sheets that had been begun by then, and neither decided nor withdrawn."""
        after = self._instants[1]
        begun = Q(created_at__lt=after) | Q(submitted_at__lt=after)
        undecided = Q(recorded_by=None) & (Q(decided_at=None) | Q(decided_at__gte=after))
        return self._issued & begun & undecided & ~Q(status=Status.WITHDRAWN, status_at__lt=after)

    @property
    def became(self) -> Q:
        """Sheets under which a village became designated here in the period."""
        days = (self.period.first, self.period.last)
        return self._issued & Q(status__in=DESIGNATED, designated_on__range=days)

    @property
    def went(self) -> Q:
        """Sheets that were revoked, or whose term ended, in the period, while guided here."""
        return self.during("status_at") & Q(status__in=CLOSED) & self._guided("status_at")

    @property
    def was_decided(self) -> Q:
        """Sheets that were decided here in the period, for or against."""
        return self._issued & self.during("decided_at") & Q(submitted_at__isnull=False)

    def during(self, stamp: str) -> Q:
        """Rows of which this instant lies in the period, by the clock of the viewer's office."""
        first, after = self._instants
        return Q(**{f"{stamp}__gte": first, f"{stamp}__lt": after})

    # Whoever issued a sheet became and decided; a village stood, and went, where it was guided
    # then. So no move changes what was told of a day before it. The nation counts all of them.

    @property
    def _issued(self) -> Q:
        """Sheets of the offices that count."""
        return Q() if self.is_national else Q(office__in=self.office_ids)

    def _guided(self, moment: datetime | str) -> Q:
        """Sheets of villages that those offices guided until this moment, a column or one time."""
        if self.is_national:
            return Q()
        terms = GuidingTerm.objects.of(self.office_ids)
        if isinstance(moment, str):
            then = terms.until(OuterRef(moment)).filter(village=OuterRef("village"))
            return Q(Exists(then))
        return Q(village__in=terms.until(moment).values("village"))

    # --- What ----------------------------------------------------------------------------------

    @cached_property
    def everywhere(self) -> DesignationQuerySet:
        """The sheets of which a figure of the offices may tell."""
        if self.is_national:  # all of them count, and who works there reads every one
            return Designation.objects.counted().order_by()
        return Designation.objects.counted_by(self.office_ids).order_by()

    @property
    def kept(self) -> DesignationQuerySet:
        """Those on which the offices act today."""
        sheets = self.sheets
        return sheets if self.is_national else sheets.kept_by(self.office_ids)

    @cached_property
    def sheets(self) -> DesignationQuerySet:
        """The sheets that count: those in the chosen region, or all."""
        if not self.inside:
            return self.everywhere
        return self.everywhere.filter(village__region__code__startswith=self.inside)

    @property
    def inside(self) -> str:
        """How the codes of everything in the chosen region begin; nothing where none is."""
        return f"{self.region_code}." if self.region_code else ""

    @property
    def standing(self) -> DesignationQuerySet:
        """Of every village the one sheet that says where it stands: designated before any other."""
        return self.kept.order_by("village_id", DESIGNATED_FIRST, "-pk").distinct("village_id")

    @property
    def standing_each(self) -> DesignationQuerySet:
        """The same sheets, to be counted or narrowed down."""
        return self.kept.filter(pk__in=self.standing.values("pk")).order_by()

    @cached_property
    def places(self) -> Places:
        """The regions of which the recap speaks; two queries."""
        return Places(self)

    @property
    def region(self) -> Region | None:
        """The region that was chosen; None for all."""
        return self.places.chosen

    # --- The address ---------------------------------------------------------------------------

    @cached_property
    def asked(self) -> dict[str, str]:
        """What an address must say to ask for the same again."""
        days = {"dari": self.period.first.isoformat(), "sampai": self.period.last.isoformat()}
        said = {
            "periode": self.period.key,
            **(days if self.period.is_free else {}),
            "kantor": self.office_code,
            "wilayah": self.region_code,
        }
        return {name: value for name, value in said.items() if value}

    @property
    def fixed(self) -> dict[str, str]:
        """The same for later, when today is another day."""
        if not self.period.is_rolling:
            return self.asked
        days = {"dari": self.period.first.isoformat(), "sampai": self.period.last.isoformat()}
        return {"periode": periods.FREE, **days, **self.asked}

    def query(self, **changed: str) -> str:
        """The same as the end of an address, some of it changed; empty values are left out."""
        said = {name: value for name, value in (self.asked | changed).items() if value}
        return f"?{urlencode(said)}" if said else ""


def scope_of(access: Access, query: Mapping[str, str]) -> Scope:
    """The scope that an address names; 404 for an office or a region that is none here."""
    at = timezone.now()
    today = access.current_office.day_of(at) if access.current_office else timezone.localdate(at)
    place = query.get("wilayah", "").strip()
    if place and not PLACE.fullmatch(place):
        raise Http404("no such region")
    period = periods.asked(query, today)
    return Scope(access, period, query.get("kantor", "").strip(), place, at)
