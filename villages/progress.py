"""What stands under a decree, and how far its certificates have come; counted in one query."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from certificates.models import Status as Paper
from villages.models.account import VillageAccess
from villages.models.designation import DesignationQuerySet
from villages.models.status import LACKS_CERTIFICATE, VOUCHED_FOR, Status


@dataclass(frozen=True, slots=True)
class Progress:
    """How many sheets there are, who answers for them, and how their certificates stand."""

    total: int
    ordered: int
    ready: int
    accountless: int  # of those that are ready: nobody of the village can sign in to fetch it
    drawing: int
    struggling: int  # of those being drawn: failed more than once, tried again with pauses
    uncertified: int  # recorded from a table, and without a certificate of the portal
    decided: int  # by a head, in the portal
    confirmed: int  # recorded from a table, and vouched for
    loose: int  # recorded and standing, on the word of those alone who recorded them
    struck: int  # recorded by mistake, and counted nowhere else

    @classmethod
    def of(cls, sheets: DesignationQuerySet) -> Progress:
        """Count those of these sheets."""
        drawing, struck = Q(certificate__status=Paper.ORDERED), Q(status=Status.STRUCK)
        ready = Q(certificate__status=Paper.READY)
        account = Q(Exists(VillageAccess.objects.live().filter(village=OuterRef("village"))))
        return cls(
            **sheets.order_by().aggregate(
                total=Count("pk", filter=~struck),
                ordered=Count("certificate"),
                ready=Count("certificate", filter=ready),
                accountless=Count("certificate", filter=ready & ~account),
                drawing=Count("certificate", filter=drawing),
                struggling=Count("certificate", filter=drawing & Q(certificate__attempts__gt=1)),
                uncertified=Count("pk", filter=LACKS_CERTIFICATE),
                decided=Count("pk", filter=Q(recorded_by=None)),
                confirmed=Count("confirmed_by"),
                loose=Count("pk", filter=LACKS_CERTIFICATE & ~VOUCHED_FOR),
                struck=Count("pk", filter=struck),
            )
        )

    @property
    def recorded(self) -> int:
        """How many a table brought in, those that were struck out aside."""
        return self.total - self.decided

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
