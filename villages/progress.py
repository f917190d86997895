"""How far the certificates under a decree have come, counted in one query."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from certificates.models import Status as Paper
from villages.models.designation import DesignationQuerySet
from villages.models.status import LACKS_CERTIFICATE


@dataclass(frozen=True, slots=True)
class Progress:
    """How many sheets there are, and how their certificates stand: ordered, drawn, never asked."""

    total: int
    ordered: int
    ready: int
    drawing: int
    struggling: int  # of those being drawn: failed more than once, tried again with pauses
    uncertified: int  # recorded from a table, and without a certificate of the portal

    @classmethod
    def of(cls, sheets: DesignationQuerySet) -> Progress:
        """Count those of these sheets."""
        drawing = Q(certificate__status=Paper.ORDERED)
        return cls(
            **sheets.order_by().aggregate(
                total=Count("pk"),
                ordered=Count("certificate"),
                ready=Count("certificate", filter=Q(certificate__status=Paper.READY)),
                drawing=Count("certificate", filter=drawing),
                struggling=Count("certificate", filter=drawing & Q(certificate__attempts__gt=1)),
                uncertified=Count("pk", filter=LACKS_CERTIFICATE),
            )
        )

    @property
    def in_force(self) -> int:
        """How many there will be once all are drawn; revoked ones do not count."""
        return self.ready + self.drawing

    @property
    def is_stuck(self) -> bool:
        """Whether only those are left that wait for their next attempt."""
        return 0 < self.drawing == self.struggling

    @property
    def key(self) -> str:
        """How things stand in one word, by which a waiting page knows whether anything changed."""
        return f"{self.ready}-{self.drawing}-{self.struggling}"
