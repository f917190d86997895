"""What people are told by mail: what is owed, who was told, when, and how each wants it."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models.user import User
from desabinaan.locking import LockingQuerySet

KEPT = timedelta(days=30)  # after it is over; long enough to answer "was I told?"
LONGEST_PAUSE = timedelta(hours=12)


class Pace(models.TextChoices):
    """How soon a person wants to hear of something."""

    AT_ONCE = "at_once", "Segera"
    DAILY = "daily", "Sekali sehari"
    NEVER = "never", "Tidak pernah"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def open(self) -> Self:
        """Those of which somebody may still have to be told."""
        return self.filter(closed_at=None)

    def close(self) -> int:
        """Settle them: nobody is told any more."""
        return self.open().update(closed_at=Now())

    def forgettable(self) -> Self:
        """Those that have been over for long enough."""
        return self.filter(closed_at__lt=timezone.now() - KEPT)


class Notice(models.Model):
    """Something of which people are to be told, written with the change itself.

    It says neither to whom nor in which words: both are asked when the mail is written, so that
    whoever left is not told, and nothing that was settled meanwhile is announced.
    """

    kind = models.CharField("jenis", max_length=40)
    subject_id = models.BigIntegerField()  # of the record that the kind speaks about
    at = models.DateTimeField("waktu", db_default=Now(), editable=False)
    closed_at = models.DateTimeField("selesai", null=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "pemberitahuan"
        ordering = ["at", "pk"]
        indexes = [models.Index(name="notice_open", fields=["at"], condition=Q(closed_at=None))]
        constraints = [
            models.CheckConstraint(name="notice_kind_namespaced", condition=Q(kind__contains=".")),
            models.CheckConstraint(
                name="notice_closed_afterwards",
                condition=Q(closed_at=None) | Q(closed_at__gte=F("at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.subject_id}"


class Told(models.Model):
    """A person was told of something, and when last; once for each, reminders move the time."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="told")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField("waktu")

    class Meta:
        verbose_name = "sudah diberitahukan"
        constraints = [models.UniqueConstraint(name="told_once", fields=["notice", "user"])]

    def __str__(self) -> str:
        return f"{self.notice_id} → {self.user_id}"


class NoticeChoiceQuerySet(models.QuerySet["NoticeChoice"]):
    def visible_to_oneself(self, user: User) -> Self:
        """The person's own, if they ever chose."""
        return self.filter(user=user)


class NoticeChoice(models.Model):
    """How a person wants to be told; whoever never chose has no row."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+", primary_key=True)
    pace = models.CharField("irama", max_length=10, choices=Pace, default=Pace.AT_ONCE)
    muted = ArrayField(models.CharField(max_length=40), verbose_name="tanpa surel", default=list)

    objects = NoticeChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = "pilihan pemberitahuan"
        constraints = [
            models.CheckConstraint(
                name="notice_choice_pace_known", condition=Q(pace__in=Pace.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.get_pace_display()}"


class MailboxQuerySet(LockingQuerySet["Mailbox"]):
    """Held by the worker who writes to the person."""


class Mailbox(models.Model):
    """What the workers know of a person's mail: held while they write, so that one writes."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+", primary_key=True)
    mailed_at = models.DateTimeField("terakhir disurati", null=True)
    failures = models.PositiveSmallIntegerField("penolakan", default=0)
    tried_at = models.DateTimeField(null=True)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name = "kotak surat"
        constraints = [
            models.CheckConstraint(
                name="mailbox_failures_were_tried",
                condition=Q(failures=0) | Q(tried_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user_id)

    def note_refusal(self) -> None:
        """Count a mail that the server did not take; the pause before the next doubles. Unsaved."""
        self.failures = min(self.failures + 1, 30)
        self.tried_at = timezone.now()

    @property
    def rests(self) -> bool:
        """Whether the server refused this address so lately that asking again is no use."""
        if not self.failures or self.tried_at is None:
            return False
        pause = min(timedelta(minutes=2 ** min(self.failures, 12)), LONGEST_PAUSE)
        return self.tried_at + pause > timezone.now()
