"""Papers as they were signed, on the sheet or as a file: the latest scan is the one in use."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.access import Access
from accounts.models import User
from certificates.models.certificate import Certificate
from certificates.models.letter import Letter
from desabinaan.locking import LockingQuerySet

SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
UNSIGNED = (
    "Ini berkas asli dari portal, belum bertanda tangan. Tanda tangani, lalu unggah pindaian atau "
    "berkasnya."
)


class ScanQuerySet(LockingQuerySet["Scan"]):
    def visible_to(self, access: Access) -> Self:
        """Every scan, replaced ones too, for the office that issued and those above."""
        mine = Q(certificate__office__in=access.office_ids)
        return self.filter(mine | Q(letter__office__in=access.office_ids))

    def with_people(self) -> Self:
        """With who uploaded and who withdrew each."""
        return self.select_related("uploaded_by", "withdrawn_by")

    def with_paper(self) -> Self:
        """With what was signed."""
        return self.select_related("certificate", "letter__entry")


class Scan(models.Model):
    """One paper as it was signed and scanned; replaced by a newer one or withdrawn, never removed.

    Only a paper in force whose file is drawn takes one, and never that file (triggers hold that):
    nobody signs what was not printed, nor a draft. Readers elsewhere learn that it exists, and
    never see it.
    """

    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="scans", null=True
    )
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="scans", null=True)
    file = models.CharField("berkas", max_length=80)
    name = models.CharField("nama berkas", max_length=120)
    content_type = models.CharField("jenis", max_length=40)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField("ukuran")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(db_default=Now(), editable=False)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_at = models.DateTimeField("ditarik", null=True)
    withdrawn_reason = models.TextField("alasan penarikan", blank=True, default="")

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = "pindaian bertanda tangan"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="scan_of_one_paper",
                condition=Q(certificate=None, letter__isnull=False)
                | Q(certificate__isnull=False, letter=None),
            ),
            models.CheckConstraint(
                name="scan_is_whole",
                condition=Q(sha256__regex="^[0-9a-f]{64}$", size__gt=0) & ~Q(file="") & ~Q(name=""),
            ),
            models.CheckConstraint(
                name="scan_type_allowed", condition=Q(content_type__in=list(SUFFIXES))
            ),
            models.CheckConstraint(
                name="scan_withdrawn_by_whom_and_why",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def paper(self) -> Certificate | Letter:
        """What was signed; the database holds that there is one."""
        paper = self.certificate or self.letter
        assert paper is not None  # noqa: S101 - scan_of_one_paper
        return paper

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back as wrong."""
        return self.withdrawn_at is not None

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
        stem = self.paper.file_name.removesuffix(".pdf")
        return f"{stem}-bertanda-tangan.{SUFFIXES[self.content_type]}"
