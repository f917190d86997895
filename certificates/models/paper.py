"""What every drawn paper has: frozen facts, exact bytes once drawn, and how its drawing stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.core.files.storage import storages
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Office, User
from desabinaan.locking import LockingQuerySet
from desabinaan.workflow import Transition


class Status(models.TextChoices):
    """Where a paper stands. Ordered or ready, it is valid; only the file is yet to come."""

    ORDERED = "ordered", "Sedang disiapkan"
    READY = "ready", "Siap diunduh"
    REVOKED = "revoked", "Dicabut"


READY = Transition("Selesaikan berkas", frozenset({Status.ORDERED}), Status.READY)

# How long the sweeper leaves a fresh order to its first task, and at most between two attempts.
GRACE = timedelta(seconds=45)
LONGEST_PAUSE_MINUTES = 30


class DrawnPaperQuerySet[P: "DrawnPaper"](LockingQuerySet[P]):
    def with_office(self) -> Self:
        """With the issuing office and the number."""
        return self.select_related("office", "entry")

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

    def by_turn(self, most: int) -> list[tuple[int, bool]]:
        """The ids of the first so many to be drawn, each with whether it is of a batch.

        Those of a batch were ordered in the same moment; the last one left of it is a single one.
        """
        waiting = self.model._base_manager.filter(status=Status.ORDERED)
        batch = waiting.filter(ordered_at=OuterRef("ordered_at"), ordered_by=OuterRef("ordered_by"))
        marked = self.annotate(is_of_batch=Exists(batch.exclude(pk=OuterRef("pk"))))
        in_turn = marked.order_by("is_of_batch", "ordered_at", "pk")
        return list(in_turn.values_list("pk", "is_of_batch")[:most])


class DrawnPaper(models.Model):
    """A paper of the portal: what it says is copied when it is ordered; the worker draws it.

    A trigger of each table keeps the facts, and the bytes once drawn. Corrections are new papers.
    """

    kind = models.CharField("jenis", max_length=20)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="%(class)ss")
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

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ready_means_drawn",
                condition=~Q(status=Status.READY) | Q(drawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="%(class)s_drawn_means_file_and_hash",
                condition=Q(drawn_at__isnull=False, sha256__regex="^[0-9a-f]{64}$", size__gt=0)
                & ~Q(file="")
                | Q(drawn_at=None, sha256="", file="", size=None),
            ),
            models.CheckConstraint(
                name="%(class)s_ordered_means_not_drawn",
                condition=~Q(status=Status.ORDERED) | Q(drawn_at=None),
            ),
        ]
        indexes = [
            models.Index(
                name="%(class)s_owed", fields=["ordered_at"], condition=Q(status=Status.ORDERED)
            )
        ]

    @property
    def emblem(self) -> bytes | None:
        """The emblem that the office had when it ordered the paper."""
        name = self.facts.get("emblem", "")
        return self._bytes_of(name) if name else None

    def _bytes_of(self, name: str) -> bytes:
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
    def has_file(self) -> bool:
        """Whether its bytes are kept; one that was taken back may never have been drawn."""
        return bool(self.file)

    @property
    def is_struggling(self) -> bool:
        """Whether drawing failed more than once, so that the page should say so."""
        return self.is_being_drawn and self.attempts > 1

    @property
    def is_queued(self) -> bool:
        """Whether others come first: ordered a while ago, and no worker has it in hand yet."""
        is_fresh = self.ordered_at > timezone.now() - GRACE
        return self.is_being_drawn and not self.attempts and not is_fresh

    @property
    def progress(self) -> str:
        """How it stands in one word, by which a waiting page knows whether anything changed."""
        if self.is_queued:
            return "queued"
        return "struggling" if self.is_struggling else self.status
