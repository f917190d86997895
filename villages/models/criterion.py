"""Criteria for choosing a village, kept as data by the Ditjen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from desabinaan.locking import LockingQuerySet

if TYPE_CHECKING:
    from accounts.access import Access
    from villages.models.designation import Designation


class CriterionQuerySet(LockingQuerySet["Criterion"]):
    def visible_to(self, access: Access) -> Self:
        """Those that this person may keep: all for the national administrator, else none."""
        return self if access.is_national_admin else self.none()

    def with_use(self) -> Self:
        """Each with whether any sheet ever ticked it, and so keeps its words."""
        from villages.models.sheet import Finding  # noqa: PLC0415 - it imports Criterion

        used = models.Exists(Finding.objects.filter(criterion=models.OuterRef("pk")))
        return self.annotate(is_used=used)

    def published(self) -> Self:
        """Those that a new sheet may tick, in their order."""
        return self.filter(is_active=True)

    def open_to(self, sheet: Designation) -> Self:
        """Those in force, and those that this sheet ticked before they were retired."""
        ticked = [finding.criterion_id for finding in sheet.findings.all()]
        return self.filter(models.Q(is_active=True) | models.Q(pk__in=ticked))


class Criterion(models.Model):
    """One reason for which a village may be chosen; no weights, no formula: none is public."""

    key = models.SlugField("kunci", unique=True)
    label = models.CharField("kriteria", max_length=120)
    hint = models.CharField("penjelasan", max_length=250, blank=True)
    position = models.PositiveSmallIntegerField("urutan")
    is_active = models.BooleanField("berlaku", default=True)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = "kriteria"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label
