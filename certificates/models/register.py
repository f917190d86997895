"""The register: an office's numbers per kind of paper and year, without gap and without double."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.access import Access
from accounts.models import Office


class NumberTemplateQuerySet(models.QuerySet["NumberTemplate"]):
    def visible_to(self, access: Access) -> Self:
        """The templates of the offices that this person may read."""
        return self.filter(office__in=access.office_ids)

    def of(self, office: Office, kind: str) -> NumberTemplate | None:
        """The one that the office chose for a kind of paper, if it did."""
        return self.filter(office=office, kind=kind).select_related("office", "chosen_by").first()


class NumberTemplate(models.Model):
    """How an office numbers one kind of its own papers; chosen by people, never assumed."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="number_templates")
    kind = models.CharField("jenis dokumen", max_length=20)
    pattern = models.CharField("pola nomor", max_length=80)
    unit_code = models.CharField("kode unit", max_length=30, blank=True)
    classification = models.CharField("klasifikasi", max_length=20, blank=True)
    serial_width = models.PositiveSmallIntegerField("jumlah angka nomor urut", default=1)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    chosen_at = models.DateTimeField(db_default=Now())

    objects = NumberTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "pola nomor"
        constraints = [
            models.UniqueConstraint(name="number_template_one_per_kind", fields=["office", "kind"]),
            models.CheckConstraint(
                name="number_template_has_serial", condition=Q(pattern__contains="{nomor}")
            ),
            models.CheckConstraint(
                name="number_template_serial_width_sane", condition=Q(serial_width__range=(1, 6))
            ),
        ]

    def __str__(self) -> str:
        return self.pattern


class NumberSequence(models.Model):
    """The last number that an office gave out for a kind of paper in a year."""

    pk = models.CompositePrimaryKey("office_id", "kind", "year")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last_value = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "nomor urut terakhir"

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last_value}"


class RegisterEntry(models.Model):
    """One number of an office's register, given to one paper."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="register_entries")
    kind = models.CharField("jenis dokumen", max_length=20)
    year = models.PositiveSmallIntegerField("tahun")
    serial = models.PositiveIntegerField("nomor urut")
    number = models.CharField("nomor", max_length=120)
    dated = models.DateField("tanggal dokumen")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "nomor register"
        constraints = [
            models.UniqueConstraint(
                name="register_serial_once", fields=["office", "kind", "year", "serial"]
            ),
            models.UniqueConstraint(
                name="register_number_once", fields=["office", "year", "number"]
            ),
            models.CheckConstraint(
                name="register_year_of_the_paper", condition=Q(dated__year=models.F("year"))
            ),
        ]

    def __str__(self) -> str:
        return self.number
