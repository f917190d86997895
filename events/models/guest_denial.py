"""Who on the list of an event is not the guest whom they look like."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from accounts.models import User
from events.models.attendance import Attendee, OfEventQuerySet
from events.models.event import Event
from events.models.invitee import Invitee


class GuestDenialQuerySet(OfEventQuerySet["GuestDenial"]):
    """What was said of people and guests."""


class GuestDenial(models.Model):
    """That this person is not this guest, and who said so. Said to be them, it is gone."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="guest_denials")
    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="denials")
    invitee = models.ForeignKey(Invitee, on_delete=models.CASCADE, related_name="denials")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects = GuestDenialQuerySet.as_manager()

    class Meta:
        verbose_name = "bukan undangan"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="guest_denial_once", fields=["attendee", "invitee"]),
        ]

    def __str__(self) -> str:
        return f"{self.attendee} ≠ {self.invitee}"
