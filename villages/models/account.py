"""The accounts with which people of a village sign in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable

from accounts.models import User
from accounts.models.office import today_there
from desabinaan.locking import LockingQuerySet
from villages.models.village import Village

if TYPE_CHECKING:
    from accounts.access import Access


class VillageAccessQuerySet(LockingQuerySet["VillageAccess"]):
    def visible_to(self, access: Access) -> Self:
        """The accounts of the villages that the person's offices guide."""
        return self.filter(village__office__among=access.office_ids)

    def live(self) -> Self:
        """Those that open the village's pages now, by the calendar of the guiding office."""
        return self.on(today_there("village__office__"))

    def on(self, day: date | Combinable) -> Self:
        """Those that are not closed, and had begun by this day."""
        return self.filter(ends_on=None, starts_on__lte=day)

    def with_page(self) -> Self:
        """With the person, their roles in offices if any, and the village."""
        related = self.select_related("user", "village__office", "village__region")
        return related.prefetch_related("user__memberships")

    def with_held(self) -> Self:
        """With the person, their roles in offices if any, and the village."""
        return self.with_page()


class VillageAccess(models.Model):
    """A person's account for a village: they act for it, without belonging to an office."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="village_accesses")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="accesses")
    title = models.CharField("jabatan", max_length=80, blank=True)
    starts_on = models.DateField("mulai")
    # The day on which it was closed: unlike a role, which ends with a day, it ends at once.
    ends_on = models.DateField("sampai", null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = VillageAccessQuerySet.as_manager()

    class Meta:
        verbose_name = "akun desa"
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="village_access_once_at_a_time",
                fields=["user", "village"],
                condition=Q(ends_on=None),
            ),
            models.CheckConstraint(
                name="village_access_dates_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.village}"

    @property
    def dotted_name(self) -> str:
        """The name to sign in with as the village's code is written; "" where it is none of it."""
        region, name = self.village.region, self.user.username
        plain = region.code.replace(".", "")
        return region.code + name.removeprefix(plain) if name.startswith(plain) else ""

    def is_live(self) -> bool:
        """Whether it opens the village's pages now; days go by the guiding office's calendar."""
        return self.ends_on is None and self.starts_on <= self.village.office.today()
