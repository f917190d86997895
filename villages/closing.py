"""What keeps an office open: whatever would be nobody's on the day after it closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from accounts.models import Membership, Office
from desabinaan import formats
from villages.models import Designation, Officer, Status, Village

OPEN_SHEETS = (Status.DRAFT, Status.SUBMITTED, Status.RETURNED)
SHOWN = 10


@dataclass(frozen=True)
class Holds:
    """What an office still has on the day on which it is to close; a query for each."""

    office: Office
    on: date

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many of each are left, those that are none left out."""
        here, reaching = {"office": self.office}, Q(ends_on=None) | Q(ends_on__gte=self.on)
        units = Q(closed_on=None) | Q(closed_on__gt=self.on)
        left = {
            "desa dibina": Village.objects.filter(**here),
            "usulan belum diputuskan": Designation.objects.filter(**here, status__in=OPEN_SHEETS),
            "PIMPASA masih bertugas": Officer.objects.filter(reaching, **here),
            "peran masih berlaku": Membership.objects.filter(reaching, **here),
            "unit di bawahnya": Office.objects.filter(units, parent=self.office),
        }
        counted = {what: rows.order_by().count() for what, rows in left.items()}
        return {what: count for what, count in counted.items() if count}

    @cached_property
    def villages(self) -> list[Village]:
        """The first villages that it guides, with where they lie."""
        guided = Village.objects.filter(office=self.office)
        related = guided.select_related("region__parent__parent__parent")
        return list(related.order_by("region__code")[:SHOWN])

    @property
    def words(self) -> list[str]:
        """Each thing that is left, with its number; empty where the office may close."""
        return [f"{formats.number(count)} {what}" for what, count in self.counts.items()]
