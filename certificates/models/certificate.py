"""Certificates: facts frozen when ordered, exact bytes once drawn, a public code for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from accounts.access import Access
from accounts.models import Office, User
from certificates import codes, kinds
from certificates.models.register import RegisterEntry
from desabinaan import formats
from desabinaan.workflow import Transition


class Status(models.TextChoices):
    """Where a certificate stands. Ordered or ready, it is valid; only the file is yet to come."""

    ORDERED = "ordered", "Sedang disiapkan"
    READY = "ready", "Siap diunduh"
    REVOKED = "revoked", "Dicabut"


READY = Transition("Selesaikan berkas", frozenset({Status.ORDERED}), Status.READY)
REVOKE = Transition("Cabut sertifikat", frozenset({Status.ORDERED, Status.READY}), Status.REVOKED)

# How long the sweeper leaves a fresh order to its first task, and at most between two attempts.
GRACE = timedelta(seconds=45)
LONGEST_PAUSE_MINUTES = 30

PUBLIC_FIELDS = ("code", "kind", "title", "facts", "status", "revoked_at")


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, access: Access) -> Self:
        """What the person's offices issued, and what they hold themselves."""
        scope = Q(office__in=access.office_ids)
        for kind in kinds.every():
            scope |= Q(kind=kind.key) & kind.holders(access)
        return self.filter(scope)

    def published(self) -> Self:
        """Everything that was ever ordered: whoever holds the code may verify it."""
        return self

    def with_office(self) -> Self:
        """With the issuing office and the number."""
        return self.select_related("office", "entry")

    def with_public_page(self) -> Self:
        """With no more than the verification page shows of a paper in force, which is asked most.

        The office is asked for when a revoked one needs its time zone; that one needs no proof.
        """
        return self.select_related("entry").only(*PUBLIC_FIELDS, "office", "entry__number")

    def owed(self) -> Self:
        """Ordered but not drawn, and due for another attempt; the pause doubles each time."""
        now = timezone.now()
        waits = [
            Q(attempts=attempts, tried_at__lte=now - timedelta(minutes=2**attempts))
            for attempts in range(1, 5)
        ]
        due = Q(attempts=0, ordered_at__lte=now - GRACE)
        for wait in waits:
            due |= wait
        due |= Q(attempts__gte=5, tried_at__lte=now - timedelta(minutes=LONGEST_PAUSE_MINUTES))
        return self.filter(due, status=Status.ORDERED).order_by("ordered_at")

    def lock(self, pk: int) -> Certificate:
        """The row, held until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)


class Certificate(models.Model):
    """A paper of the portal: number, frozen facts, exact bytes, public code.

    Everything that it says is copied when it is ordered (a trigger keeps it); the worker draws
    it; a revoked one stays known for ever. Corrections are new papers, never edits.
    """

    code = models.CharField("kode publik", max_length=12, unique=True, editable=False)
    kind = models.CharField("jenis", max_length=20)
    entry = models.OneToOneField(
        RegisterEntry, on_delete=models.PROTECT, related_name="certificate"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="certificates")
    title = models.CharField("judul", max_length=200)
    facts = models.JSONField("isi")
    ordered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField("dipesan", db_default=Now())
    status = models.CharField("keadaan", max_length=10, choices=Status, default=Status.ORDERED)
    file = models.CharField("berkas", max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField("ukuran", null=True)
    drawn_at = models.DateTimeField("selesai", null=True)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    tried_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField("dicabut", null=True)
    revoked_reason = models.TextField("alasan pencabutan", blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "sertifikat"
        constraints = [
            models.CheckConstraint(
                name="certificate_status_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="certificate_ready_means_drawn",
                condition=~Q(status=Status.READY) | Q(drawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="certificate_drawn_means_file_and_hash",
                condition=Q(drawn_at__isnull=False, sha256__regex="^[0-9a-f]{64}$", size__gt=0)
                & ~Q(file="")
                | Q(drawn_at=None, sha256="", file="", size=None),
            ),
            models.CheckConstraint(
                name="certificate_ordered_means_not_drawn",
                condition=~Q(status=Status.ORDERED) | Q(drawn_at=None),
            ),
            models.CheckConstraint(
                name="certificate_revoked_when_and_why",
                condition=Q(status=Status.REVOKED, revoked_at__isnull=False) & ~Q(revoked_reason="")
                | ~Q(status=Status.REVOKED) & Q(revoked_at=None, revoked_reason=""),
            ),
            models.CheckConstraint(
                name="certificate_code_shaped",
                condition=Q(code__regex=f"^[{codes.ALPHABET}]{{12}}$"),
            ),
        ]
        indexes = [
            models.Index(
                name="certificate_owed", fields=["ordered_at"], condition=Q(status=Status.ORDERED)
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({formats.grouped(self.code)})"

    def get_absolute_url(self) -> str:
        return reverse("certificates:certificate", args=[self.code])

    @property
    def number(self) -> str:
        """The number in the office's register."""
        return self.entry.number

    @property
    def template(self) -> str:
        """What draws it."""
        return kinds.get(self.kind).template

    @property
    def address(self) -> str:
        """The short public address that the QR carries."""
        return f"{settings.PORTAL_URL}{reverse('certificates:verify', args=[self.code])}"

    @property
    def emblem(self) -> bytes | None:
        """The emblem that the office had when it ordered the paper."""
        name = self.facts.get("emblem", "")
        if not name:
            return None
        with storages["default"].open(name) as file:
            return bytes(file.read())

    @property
    def is_being_drawn(self) -> bool:
        """Whether the file is still to come."""
        return self.status == Status.ORDERED

    @property
    def is_ready(self) -> bool:
        """Whether it can be downloaded."""
        return self.status == Status.READY

    @property
    def is_revoked(self) -> bool:
        """Whether it is no longer valid."""
        return self.status == Status.REVOKED

    @property
    def has_file(self) -> bool:
        """Whether its bytes are kept; a revoked one may never have been drawn."""
        return bool(self.file)

    @property
    def is_struggling(self) -> bool:
        """Whether drawing failed more than once, so that the page should say so."""
        return self.is_being_drawn and self.attempts > 1

    @property
    def progress(self) -> str:
        """How it stands in one word, by which a waiting page knows whether anything changed."""
        return "struggling" if self.is_struggling else self.status

    @property
    def file_name(self) -> str:
        """A sensible name for the downloaded file."""
        return f"{slugify(self.title)}-{formats.grouped(self.code)}.pdf"

    def standing(self) -> str:
        """How the certificate came to stand where it does."""
        return f"sertifikat {formats.grouped(self.code)} berstatus “{self.get_status_display()}”."
