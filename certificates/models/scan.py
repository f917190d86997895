"""Scans of certificates that were printed, signed and stamped: the latest is the one in use."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.text import slugify

from accounts.access import Access
from accounts.models import User
from certificates.models.certificate import Certificate
from desabinaan import formats

SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


class ScanQuerySet(models.QuerySet["Scan"]):
    def visible_to(self, access: Access) -> Self:
        """Every scan, replaced ones too, for the office that issued and those above."""
        return self.filter(certificate__office__in=access.office_ids)


class Scan(models.Model):
    """One signed sheet as it was scanned; replaced by a newer one, never changed nor removed.

    Only a certificate in force whose file is drawn takes one (a trigger holds that): nobody signs
    what was not printed. Readers elsewhere learn that it exists, and never see it.
    """

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="scans")
    file = models.CharField("berkas", max_length=80)
    name = models.CharField("nama berkas", max_length=120)
    content_type = models.CharField("jenis", max_length=40)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField("ukuran")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = "pindaian sertifikat"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="scan_is_whole",
                condition=Q(sha256__regex="^[0-9a-f]{64}$", size__gt=0) & ~Q(file="") & ~Q(name=""),
            ),
            models.CheckConstraint(
                name="scan_type_allowed", condition=Q(content_type__in=list(SUFFIXES))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_file(self) -> bool:
        """Its bytes are kept before its row is."""
        return True

    @property
    def type_word(self) -> str:
        """What the file is, in a word."""
        return {"application/pdf": "PDF", "image/jpeg": "JPEG"}.get(self.content_type, "PNG")

    @property
    def file_name(self) -> str:
        """A sensible name for the downloaded file."""
        of = self.certificate
        stem = f"{slugify(of.title)}-{formats.grouped(of.code)}-bertanda-tangan"
        return f"{stem}.{SUFFIXES[self.content_type]}"
