"""What an event was to a designation sheet: the coordination before it, or the ceremony after."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from events.models.event import Event
from villages.meetings import Part
from villages.models import Designation


class Occasion(models.Model):
    """The event that a part of a sheet was taken from."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="occasions")
    designation = models.ForeignKey(Designation, on_delete=models.PROTECT, related_name="+")
    part = models.CharField("bagian", max_length=12, choices=[(it.value, it.name) for it in Part])
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "kegiatan pada usulan"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="occasion_once", fields=["designation", "part"]),
            models.CheckConstraint(
                name="occasion_part_known", condition=Q(part__in=[it.value for it in Part])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}"
