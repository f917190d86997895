"""Photos of an event or a visit: reduced, in order, each with what may be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from desabinaan.locking import LockingQuerySet
from desabinaan.photos import MOST_BYTES
from events.models.event import Event, EventVillage
from events.models.visit import Visit
from villages.models.document import StoredFile

if TYPE_CHECKING:
    from accounts.access import Access


class PhotoQuerySet(LockingQuerySet["Photo"]):
    def visible_to(self, access: Access) -> Self:
        """Those of the person's offices, of events for whom they guide, of visits that they read.

        A village sees those of its events to which the people in them agreed.
        """
        inside = Q(event__office__among=access.office_ids)
        visits = Q(visit__in=Visit.objects.visible_to(access))
        guided = _for_villages(access.assigned_village_ids)
        own = _for_villages(access.village_ids) & Q(is_consented=True)
        return self.filter(inside | visits | guided | own)

    def with_page(self) -> Self:
        """With what it shows."""
        return self.select_related(
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


def _for_villages(ids: frozenset[int]) -> Q:
    if not ids:
        return Q(pk__in=[])
    its = EventVillage.objects.filter(event=OuterRef("event"), region__village__in=ids)
    return Q(Exists(its))


class Photo(StoredFile):
    """A photo, upright and at most 300 KB; whether the people in it agree that it is shown."""

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="photos", null=True, blank=True
    )
    visit = models.ForeignKey(
        Visit, on_delete=models.CASCADE, related_name="photos", null=True, blank=True
    )
    position = models.PositiveSmallIntegerField("urutan")
    caption = models.CharField("keterangan", max_length=160, blank=True)
    is_consented = models.BooleanField("orang dalam foto setuju dimuat", default=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = "foto"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="photo_of_an_event_or_a_visit",
                condition=Q(event=None, visit__isnull=False) | Q(event__isnull=False, visit=None),
            ),
            models.CheckConstraint(
                name="photo_is_reduced",
                condition=Q(content_type="image/jpeg", size__range=(1, MOST_BYTES)),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("events:photo", args=[self.key])

    @property
    def source(self) -> Event | Visit:
        """The event or the visit that it shows."""
        source = self.event or self.visit
        if source is None:  # pragma: no cover - a constraint holds it
            raise ValueError(self.pk)
        return source

    @property
    def told(self) -> str:
        """What it shows, for whoever does not see it."""
        return self.caption or "Foto kegiatan tanpa keterangan"
