"""Exports: a large file that a worker makes for one person, and that is forgotten after a while."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from accounts.access import Access
from certificates import kinds
from certificates.models.paper import DrawnPaper, DrawnPaperQuerySet
from desabinaan.workflow import Transition

KEPT = timedelta(hours=24)


class ExportStatus(models.TextChoices):
    """Where an export stands; the words of papers, since one machinery and one step serve both."""

    ORDERED = "ordered", "Sedang disiapkan"
    READY = "ready", "Siap diunduh"
    EXPIRED = "expired", "Kedaluwarsa"


EXPIRE = Transition(
    "Hapus berkas", frozenset({ExportStatus.ORDERED, ExportStatus.READY}), ExportStatus.EXPIRED
)


class ExportQuerySet(DrawnPaperQuerySet["Export"]):
    def visible_to(self, access: Access) -> Self:
        """One's own, as long as one may read every office of which it tells."""
        mine = self.filter(ordered_by=access.user)
        return mine.filter(office_ids__contained_by=sorted(access.office_ids))

    def with_page(self) -> Self:
        """With the office, which gives the time zone."""
        return self.select_related("office")

    def lasting(self) -> Self:
        """Those that are still there or to come, the latest first."""
        return self.exclude(status=ExportStatus.EXPIRED).order_by("-pk")

    def past(self) -> Self:
        """Those whose time is over and whose file is still kept."""
        return self.lasting().filter(expires_at__lte=timezone.now())


class Export(DrawnPaper):
    """A file that somebody asked for: what of, how far it is, and until when it is kept.

    The row stays when the file is gone: who took which figures out of the portal is remembered.
    """

    status = models.CharField(
        "keadaan", max_length=10, choices=ExportStatus, default=ExportStatus.ORDERED
    )
    office_ids = ArrayField(models.BigIntegerField(), verbose_name="kantor yang dibaca")
    done = models.PositiveIntegerField("baris selesai", default=0)
    total = models.PositiveIntegerField("jumlah baris", default=0)
    expires_at = models.DateTimeField("disimpan sampai")

    objects = ExportQuerySet.as_manager()

    class Meta(DrawnPaper.Meta):
        verbose_name = "ekspor"
        constraints = [
            *DrawnPaper.Meta.constraints,
            models.CheckConstraint(
                name="export_status_known", condition=Q(status__in=ExportStatus.values)
            ),
            models.CheckConstraint(
                name="export_expired_means_no_file",
                condition=~Q(status=ExportStatus.EXPIRED) | Q(file=""),
            ),
            models.CheckConstraint(
                name="export_expires_after_it_was_ordered",
                condition=Q(expires_at__gt=models.F("ordered_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("certificates:export", args=[self.pk])

    @property
    def label(self) -> str:
        """What sort of export it is."""
        return kinds.export(self.kind).label

    @property
    def suffix(self) -> str:
        """What its file is called at the end."""
        return kinds.export(self.kind).suffix

    @property
    def unit(self) -> str:
        """What is counted while it is written."""
        return kinds.export(self.kind).unit

    @property
    def origin(self) -> kinds.Origin:
        """Where it was asked for."""
        return kinds.export(self.kind).origin(self)

    @property
    def is_expired(self) -> bool:
        """Whether its file is no longer to be had."""
        return self.status == ExportStatus.EXPIRED or self.expires_at <= timezone.now()

    @property
    def was_made(self) -> bool:
        """Whether there ever was a file; when it is gone, the rows that were written tell."""
        return self.has_file or (self.status == ExportStatus.EXPIRED and self.done > 0)

    @property
    def is_refused(self) -> bool:
        """Whether it ended before its time: no longer to be read by whoever asked, or untrue."""
        return self.status == ExportStatus.EXPIRED and self.expires_at > timezone.now()

    @property
    def is_begun(self) -> bool:
        """Whether a worker has it in hand, or had."""
        return self.attempts > 0

    @property
    def progress(self) -> str:
        """How it stands in one word, by which a waiting page knows whether anything changed."""
        if self.is_expired:
            return str(ExportStatus.EXPIRED)
        return f"{super().progress}-{self.done}" if self.is_begun else super().progress

    def standing(self) -> str:
        """How the export came to stand where it does."""
        return f"ekspor ini berstatus “{self.get_status_display()}”."

    @property
    def file_name(self) -> str:
        """A sensible name for the downloaded file."""
        return f"{slugify(self.title)}.{self.suffix}"
