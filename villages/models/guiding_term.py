"""Which office guided a village on which day: figures of the past stay with whoever guided then."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from accounts.models import Office
from desabinaan import ranges
from villages.models.village import Village

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable


class GuidingTermQuerySet(models.QuerySet["GuidingTerm"]):
    def of(self, offices: Collection[int]) -> Self:
        """Those of these offices."""
        return self.filter(office__among=offices)

    def until(self, moment: datetime | Combinable) -> Self:
        """Those that ran in the last instant before this one."""
        return self.filter(
            Q(since=None) | Q(since__lt=moment), Q(until=None) | Q(until__gte=moment)
        )


class GuidingTerm(models.Model):
    """An office guided a village, from one moment to another.

    Written by a trigger whenever `Village.office` changes, by nobody else. The first one has no
    beginning: it is as old as what is known of the village. An office under which nothing was
    designated only held a draft; whoever designates the village takes its term over.
    """

    village = models.ForeignKey(Village, on_delete=models.CASCADE, related_name="guiding_terms")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="guiding_terms")
    since = models.DateTimeField("sejak", null=True, editable=False)
    until = models.DateTimeField("sampai", null=True, editable=False)

    objects = GuidingTermQuerySet.as_manager()

    class Meta:
        verbose_name = "masa bina kantor"
        ordering = [F("since").asc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(
                name="guiding_term_in_order",
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
            ),
            ExclusionConstraint(
                name="guiding_term_one_office_at_a_time",
                expressions=[
                    (ranges.only("village_id"), RangeOperators.OVERLAPS),
                    (ranges.moments("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village_id}: {self.office}"
