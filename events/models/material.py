"""What a speaker shows or hands out: a presentation or a document, as it came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from desabinaan.uploads import MATERIAL_BYTES, MATERIALS
from events.models.agenda import Contributor
from events.models.event import Event
from villages.models.document import StoredFile

if TYPE_CHECKING:
    from accounts.access import Access

TYPES = [content_type for content_type, *_ in MATERIALS.values()]


class MaterialQuerySet(models.QuerySet["Material"]):
    def visible_to(self, access: Access) -> Self:
        """Those of events that this person may know of: the office, and the villages of it."""
        return self.filter(contributor__event__in=Event.objects.visible_to(access))

    def with_page(self) -> Self:
        """With the speaker and the event."""
        event = "contributor__event"
        return self.select_related(f"{event}__office", f"{event}__kind", f"{event}__status_by")


class Material(StoredFile):
    """A checked file of a speaker; nothing in it runs, fetches or carries another one."""

    contributor = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="materials")
    content_type = models.CharField("jenis", max_length=80)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = "materi"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="material_is_of_a_known_type", condition=Q(content_type__in=TYPES)
            ),
            models.CheckConstraint(
                name="material_size_is_bounded", condition=Q(size__range=(1, MATERIAL_BYTES))
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("events:material", args=[self.key])
