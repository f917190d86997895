"""Which office serves which kabupaten or kota, and how sure we are of it."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import Office, User
from villages.models.region import Region


class Coverage(models.TextChoices):
    """Whether an office serves all of a region."""

    WHOLE = "whole", "Seluruhnya"
    PART = "part", "Sebagian"


class JurisdictionQuerySet(models.QuerySet["Jurisdiction"]):
    def of(self, office: Office) -> Self:
        """What this office claims."""
        return self.filter(office=office)

    def over(self, region: Region) -> Self:
        """The claims on this region or on a larger one around it."""
        return self.filter(region__code__in=region.codes_above)

    def in_effect(self) -> Self:
        """Confirmed ones, and the others where nothing is confirmed: until then all may propose."""
        settled = Jurisdiction.objects.filter(region=OuterRef("region"), is_confirmed=True)
        return self.of_open_offices().filter(Q(is_confirmed=True) | ~Exists(settled))

    def of_open_offices(self) -> Self:
        """Without those of offices that are closed, or about to be."""
        return self.filter(office__closed_on=None)

    def settled(self) -> Self:
        """Those confirmed for a whole region: inside it, claims on more than it rest."""
        return self.filter(is_confirmed=True, coverage=Coverage.WHOLE)

    def with_carved(self) -> Self:
        """With the codes of the regions inside that are settled for other offices (`carved`)."""
        inside = Jurisdiction.objects.settled().filter(region__parent=OuterRef("region"))
        inside = inside.exclude(office=OuterRef("office")).order_by("region__code")
        return self.annotate(carved=ArraySubquery(inside.values("region__code")))

    def with_page(self) -> Self:
        """With the office, the region and its province."""
        return self.select_related("office", "region__parent__parent")


class Jurisdiction(models.Model):
    """An office serves a kabupaten or kota, exceptionally a kecamatan.

    No official list is public: the rows are compiled from news, with their source and age. Where
    two offices claim a region, or a newer one has opened there, nothing is confirmed and all of
    them may propose, until the national admin confirms one; from then on the other claims rest.
    Where another office is confirmed for a kecamatan, a claim on the kabupaten leaves it out.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="jurisdictions")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="jurisdictions")
    coverage = models.CharField("cakupan", max_length=5, choices=Coverage, default=Coverage.WHOLE)
    asof = models.CharField("menurut keadaan", max_length=20, blank=True)
    source = models.CharField("sumber", max_length=300, blank=True)
    is_confirmed = models.BooleanField("sudah dipastikan", default=False)
    # Empty for what the import brought; the import leaves alone what a person has confirmed.
    confirmed_by = models.ForeignKey(
        User,
        verbose_name="dipastikan oleh",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    carved: list[str]  # set by `with_carved`

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        verbose_name = "wilayah kerja"
        ordering = ["region__code", "office"]
        constraints = [
            models.UniqueConstraint(
                name="jurisdiction_once",
                fields=["office", "region"],
                violation_error_message="Kantor ini sudah tercatat untuk wilayah tersebut.",
            ),
            models.UniqueConstraint(
                name="jurisdiction_one_confirmed_whole",
                fields=["region"],
                condition=Q(is_confirmed=True, coverage=Coverage.WHOLE),
                violation_error_message=(
                    "Wilayah ini sudah dipastikan untuk kantor lain; ubah dahulu yang itu."
                ),
            ),
            models.CheckConstraint(
                name="jurisdiction_coverage_known", condition=Q(coverage__in=Coverage.values)
            ),
            models.CheckConstraint(
                name="jurisdiction_confirmed_when_by_someone",
                condition=Q(confirmed_by=None) | Q(is_confirmed=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.region}"

    @property
    def is_settled(self) -> bool:
        """Whether it is confirmed for the whole region."""
        return self.is_confirmed and self.coverage == Coverage.WHOLE


def claims_on(region: Region) -> list[Office]:
    """The offices that may propose villages of this region; empty where none is known.

    The nearest settled claim counts: on the kecamatan before the one on its kabupaten.
    """
    claims = list(Jurisdiction.objects.over(region).in_effect().with_page())
    settled = [it for it in claims if it.is_confirmed and it.coverage == Coverage.WHOLE]
    nearest = max((it.region.level for it in settled), default=0)
    offices = {it.office for it in claims if it.region.level >= nearest}
    return sorted(offices, key=lambda office: office.name)
