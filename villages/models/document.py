"""Files that people attach: evidence, the consent letter, the scan of the decree."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse

from accounts.access import Access
from accounts.models import User
from villages.models.status import UNDER_DECREE

if TYPE_CHECKING:
    from villages.models.decree import Decree


class Purpose(models.TextChoices):
    """What a file is for; the village sees none but its own consent letter."""

    EVIDENCE = "evidence", "Bukti kriteria"
    CONSENT = "consent", "Surat kesediaan desa"
    DECREE = "decree", "Pindaian SK"


ALLOWED_TYPES = ["application/pdf", "image/jpeg", "image/png"]


class StoredFile(models.Model):
    """A checked file: its bytes under an unguessable name, and what people called it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField("berkas", upload_to="documents/", max_length=80)
    name = models.CharField("nama berkas", max_length=120)
    content_type = models.CharField("jenis", max_length=40)
    size = models.PositiveIntegerField("ukuran")
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, access: Access) -> Self:
        """Files of the person's offices; of their village only its own consent letter."""
        own = Q(designation__office__in=access.office_ids) | Q(
            designation__village__office__in=access.office_ids,
            designation__status__in=UNDER_DECREE,
        )
        village = Q(
            purpose=Purpose.CONSENT,
            designation__village__in=access.village_ids,
            designation__submitted_at__isnull=False,
        )
        return self.filter(own | village)

    def of_decree(self, decree: Decree) -> Self:
        """The scans of a decree, on whichever of its sheets they lie, the latest first."""
        scans = self.filter(purpose=Purpose.DECREE, designation__decree=decree)
        return scans.select_related("uploaded_by").order_by("-pk")

    def of_decree_in(self, decree: OuterRef) -> Self:
        """The scans of the decree that the outer question asks for."""
        return self.filter(purpose=Purpose.DECREE, designation__decree=decree)

    def evidence(self) -> Self:
        """Files that show that a criterion is met."""
        return self.filter(purpose=Purpose.EVIDENCE)


class Document(StoredFile):
    """A checked file on a designation sheet; pictures were re-encoded, nothing else is stored."""

    designation = models.ForeignKey(
        "villages.Designation", on_delete=models.CASCADE, related_name="documents"
    )
    finding = models.ForeignKey(
        "villages.Finding",
        on_delete=models.CASCADE,
        related_name="documents",
        null=True,
        blank=True,
    )
    purpose = models.CharField("kegunaan", max_length=10, choices=Purpose)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "berkas"
        ordering = ["pk"]
        indexes = [
            models.Index(
                name="document_same_letter",
                fields=["sha256"],
                condition=Q(purpose=Purpose.CONSENT),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="document_purpose_known", condition=Q(purpose__in=Purpose.values)
            ),
            models.CheckConstraint(
                name="document_evidence_has_finding",
                condition=Q(purpose=Purpose.EVIDENCE, finding__isnull=False)
                | ~Q(purpose=Purpose.EVIDENCE) & Q(finding=None),
            ),
            models.CheckConstraint(
                name="document_type_allowed",
                condition=Q(content_type__in=ALLOWED_TYPES),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("villages:document", args=[self.key])
