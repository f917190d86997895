"""Where a person is signed in: one row a session, in words that they recognise."""

from __future__ import annotations

from typing import Self

from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models.user import User


class SignInQuerySet(models.QuerySet["SignIn"]):
    def visible_to_oneself(self, user: User) -> Self:
        """A person's own sign-ins whose session still lives, the latest seen first."""
        alive = Session.objects.filter(expire_date__gt=timezone.now())
        return self.filter(user=user, session_key__in=alive.values("session_key"))

    def orphaned(self) -> Self:
        """Those whose session is gone."""
        return self.exclude(session_key__in=Session.objects.values("session_key"))


class SignIn(models.Model):
    """A browser that is signed in; no address of the network is kept, only what it calls itself."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True, editable=False)
    device = models.CharField("perangkat", max_length=60)
    since = models.DateTimeField("masuk sejak", db_default=Now())
    seen_at = models.DateTimeField("terakhir terlihat", db_default=Now())

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = "perangkat yang masuk"
        ordering = ["-seen_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="sign_in_seen_since", condition=Q(seen_at__gte=F("since"))),
        ]

    def __str__(self) -> str:
        return self.device
