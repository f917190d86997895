"""What a move would do, shown before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from accounts.models import Office
from villages.models import Designation, Region, Village, VillageAccess
from villages.models.designation import DesignationQuerySet
from villages.models.status import EDITABLE, UNNUMBERED, Status
from villages.models.village import VillageQuerySet

SHOWN = 50


def pending_decisions(to: Office) -> DesignationQuerySet:
    """Sheets with which another office than the receiver is not done: their villages stay."""
    sheets = Designation.objects.exclude(office=to).with_pending_request()
    pending = Q(status=Status.APPROVED, awaits_revocation=True)
    return sheets.filter(Q(status=Status.SUBMITTED) | UNNUMBERED | pending).select_related("decree")


def awaited(sheet: Designation) -> str:
    """Which decision is pending, in words; nothing where none is."""
    if sheet.status == Status.SUBMITTED:
        return "usulannya menunggu keputusan Kepala Kantor"
    if sheet.awaits_decree_number:
        return "SK-nya belum bernomor"
    if sheet.is_approved and getattr(sheet, "awaits_revocation", False):
        return "usul pencabutannya menunggu keputusan"
    return ""


@dataclass(frozen=True)
class MovePlan:
    """Which villages go to an office, what goes with them, and what stays; four queries."""

    to: Office
    villages: VillageQuerySet

    @classmethod
    def of_village(cls, village: Village, to: Office) -> MovePlan:
        """The plan for one village."""
        return cls(to, Village.objects.filter(pk=village.pk).exclude(office=to))

    @classmethod
    def of_region(cls, region: Region, to: Office) -> MovePlan:
        """The plan for all villages of a region."""
        return cls(to, Village.objects.inside(region).exclude(office=to))

    @cached_property
    def sheets(self) -> list[Designation]:
        """The sheets of these villages that are open or stand."""
        live = [*EDITABLE, Status.SUBMITTED, Status.APPROVED]
        sheets = Designation.objects.filter(village__in=self.villages, status__in=live)
        return list(sheets.with_pending_request().with_list().order_by("village__region__name"))

    @cached_property
    def staying(self) -> list[tuple[Designation, str]]:
        """Sheets with a pending decision, and which: their villages stay until it is made."""
        pending = ((it, awaited(it)) for it in self.sheets if it.office_id != self.to.pk)
        return [(sheet, words) for sheet, words in pending if words]

    @cached_property
    def going(self) -> list[Village]:
        """The villages that go, by name."""
        held = {sheet.village_id for sheet, _ in self.staying}
        related = self.villages.select_related("office", "region__parent__parent__parent")
        return [village for village in related.order_by("region__name") if village.pk not in held]

    @property
    def shown(self) -> list[Village]:
        """The first of those that go."""
        return self.going[:SHOWN]

    @property
    def withdrawn(self) -> list[Designation]:
        """Sheets that nobody submitted yet: the move withdraws them, as `actions.moving` does."""
        ids, standing = self._going_ids, {it.village_id for it in self.sheets if it.is_approved}
        return [
            it
            for it in self.sheets
            if it.is_editable
            and it.village_id in ids
            and (it.office_id != self.to.pk or it.village_id in standing)
        ]

    @property
    def standing(self) -> int:
        """How many designations go along."""
        return sum(it.is_approved and it.village_id in self._going_ids for it in self.sheets)

    @cached_property
    def accounts(self) -> int:
        """How many accounts of villages go along."""
        return VillageAccess.objects.filter(village__in=self._going_ids, ends_on=None).count()

    @cached_property
    def _going_ids(self) -> frozenset[int]:
        return frozenset(village.pk for village in self.going)
