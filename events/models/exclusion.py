"""Who of an event gets no certificate of attendance, although its rule would give them one."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Now

from accounts.models import User
from events.models.agenda import Contributor
from events.models.attendance import Attendee, OfEventQuerySet
from events.models.event import Event
from events.models.participation import Participation


class ExclusionQuerySet(OfEventQuerySet["Exclusion"]):
    def with_by(self) -> Self:
        """With who said so."""
        return self.select_related("by")

    def beforehand(self) -> Self:
        """Those of people who came, and had no certificate that was revoked for cause."""
        revoked = Participation.objects.filter(attendee=OuterRef("attendee"), unreplaced=True)
        return self.exclude(attendee=None).exclude(models.Exists(revoked))


class Exclusion(models.Model):
    """That this person gets none: who said so, and why. Taken in again, nothing was said."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="exclusions")
    # Taken off the event and noted again, they would get one after all.
    attendee = models.ForeignKey(
        Attendee, on_delete=models.PROTECT, null=True, related_name="exclusions"
    )
    contributor = models.ForeignKey(
        Contributor, on_delete=models.PROTECT, null=True, related_name="exclusions"
    )
    reason = models.TextField("alasan", max_length=500)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ExclusionQuerySet.as_manager()

    class Meta:
        verbose_name = "pengecualian"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="exclusion_of_one",
                condition=Q(attendee=None, contributor__isnull=False)
                | Q(attendee__isnull=False, contributor=None),
            ),
            models.CheckConstraint(name="exclusion_with_a_reason", condition=~Q(reason="")),
            models.UniqueConstraint(name="exclusion_attendee_once", fields=["attendee"]),
            models.UniqueConstraint(name="exclusion_contributor_once", fields=["contributor"]),
        ]

    def __str__(self) -> str:
        return str(self.attendee or self.contributor)
