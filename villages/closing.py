"""What keeps an office open: whatever would be nobody's on the day after it closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from accounts.models import Membership, Office
from desabinaan import formats
from villages.models import Designation, Officer, Status, Village

OPEN_SHEETS = (Status.DRAFT, Status.SUBMITTED, Status.RETURNED)
SHOWN = 10
WORDS = {
    "villages": "desa dibina",
    "sheets": "usulan belum diputuskan",
    "unconfirmed": "penetapan dari tabel belum dibenarkan",
    "officers": "PIMPASA masih bertugas",
    "members": "peran masih berlaku",
    "units": "unit di bawahnya",
}


@dataclass(frozen=True)
class Holds:
    """What an office still has on the day on which it is to close; one query."""

    office: Office
    on: date

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many of each are left, those that are none left out."""
        reaching = Q(ends_on=None) | Q(ends_on__gte=self.on)
        units = Office.objects.filter(Q(closed_on=None) | Q(closed_on__gt=self.on))
        left = {
            "villages": _number(Village.objects.all()),
            "sheets": _number(Designation.objects.filter(status__in=OPEN_SHEETS)),
            "unconfirmed": _number(Designation.objects.unconfirmed()),
            "officers": _number(Officer.objects.filter(reaching)),
            "members": _number(Membership.objects.filter(reaching)),
            "units": _number(units, by="parent"),
        }
        # Under other names: the office has fields called so.
        asked = {f"left_{what}": number for what, number in left.items()}
        found: dict[str, Any] = {**Office.objects.filter(pk=self.office.pk).values(**asked).get()}
        return {WORDS[what]: count for what in left if (count := found[f"left_{what}"])}

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


def _number(rows: QuerySet[Any], by: str = "office") -> Subquery:
    """How many of these rows are the office's."""
    mine = rows.filter(**{by: OuterRef("pk")}).order_by().values(by)
    return Subquery(mine.annotate(number=Count("pk")).values("number"))
