"""What is to be done after an event or a visit: by whom, until when, and whether it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from accounts.models import Office, User
from desabinaan.locking import LockingQuerySet
from events.models.event import Event, EventVillage
from events.models.visit import Visit

if TYPE_CHECKING:
    from accounts.access import Access


class FollowUpQuerySet(LockingQuerySet["FollowUp"]):
    def visible_to(self, access: Access) -> Self:
        """Those of the person's offices; a PIMPASA's own, and all of a visit that they may read."""
        guided = access.assigned_village_ids
        for_guided = EventVillage.objects.filter(
            event=OuterRef("event"), region__village__in=guided
        )
        own = Q(owner=access.user) & Q(Exists(for_guided)) if guided else Q(pk__in=[])
        visits = Q(visit__in=Visit.objects.visible_to(access))
        return self.filter(Q(office__among=access.office_ids) | own | visits)

    def to_do(self) -> Self:
        """Those that are not done, the first due first."""
        return self.filter(done_at=None).order_by("due_on", "pk")

    def with_page(self) -> Self:
        """With what it follows from, and with the people."""
        return self.select_related(
            "office",
            "owner",
            "done_by",
            "event__office",
            "event__kind",
            "event__status_by",
            "visit__office",
            "visit__officer",
            "visit__village__region",
        )

    def with_held(self) -> Self:
        """The same."""
        return self.with_page()


class FollowUp(models.Model):
    """One thing to be done, by one person, until a day; it follows from an event or a visit."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="follow_ups")
    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="follow_ups", null=True, blank=True
    )
    visit = models.ForeignKey(
        Visit, on_delete=models.CASCADE, related_name="follow_ups", null=True, blank=True
    )
    what = models.CharField("tindak lanjut", max_length=250)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="follow_ups")
    due_on = models.DateField("paling lambat")
    done_at = models.DateTimeField("dikerjakan", null=True, blank=True)
    done_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("dicatat", db_default=Now(), editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "tindak lanjut"
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["office", "due_on"],
                name="follow_up_to_do",
                condition=Q(done_at=None),
            ),
            models.Index(
                fields=["owner", "due_on"],
                name="follow_up_of_owner",
                condition=Q(done_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="follow_up_is_named", condition=~Q(what="")),
            models.CheckConstraint(
                name="follow_up_of_an_event_or_a_visit",
                condition=Q(event=None, visit__isnull=False) | Q(event__isnull=False, visit=None),
            ),
            models.CheckConstraint(
                name="follow_up_done_by_somebody",
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return self.source.get_absolute_url()

    @property
    def source(self) -> Event | Visit:
        """The event or the visit that it follows from."""
        source = self.event or self.visit
        if source is None:  # pragma: no cover - a constraint holds it
            raise ValueError(self.pk)
        return source

    @property
    def is_done(self) -> bool:
        """Whether somebody said so."""
        return self.done_at is not None

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed and it is not done, by the calendar of the office."""
        return not self.is_done and self.due_on < self.office.today()
