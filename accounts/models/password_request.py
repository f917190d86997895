"""Somebody forgot their password: the link that is owed to an address."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from desabinaan.locking import LockingQuerySet

KEPT = timedelta(hours=24)  # whoever still waits then has asked again, or somebody else


class PasswordRequestQuerySet(LockingQuerySet["PasswordRequest"]):
    def owed(self) -> Self:
        """Those to be looked at now, whoever has waited longest first."""
        now = timezone.now()
        return self.filter(due_at__lte=now, asked_at__gt=now - KEPT).order_by("asked_at", "pk")

    def stale(self) -> Self:
        """Those that nobody waits for any more."""
        return self.filter(asked_at__lte=timezone.now() - KEPT)


class PasswordRequest(models.Model):
    """An address as it was typed, whoever has it: a worker looks, mails the link, and forgets it.

    The link is made when the mail is written, so no secret is stored; one row an address, so
    nobody is sent three links after an outage.
    """

    email = models.EmailField("surel", unique=True)
    asked_at = models.DateTimeField("diminta", default=timezone.now, editable=False)
    due_at = models.DateTimeField(default=timezone.now, editable=False)
    refusals = models.PositiveSmallIntegerField("penolakan", default=0)

    objects = PasswordRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "permintaan sandi baru"
        constraints = [
            models.CheckConstraint(name="password_request_has_address", condition=~Q(email="")),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def put_off(self) -> None:
        """The server did not take this one; the pause before the next try doubles. Unsaved."""
        self.refusals = min(self.refusals + 1, 12)
        self.due_at = timezone.now() + timedelta(minutes=2**self.refusals)
