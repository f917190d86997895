"""Which guests a letter invites to which event; what it says is frozen in the letter itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from certificates.models import Letter
from events.models.event import Event
from events.models.invitee import Invitee

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import ManyRelatedManager


class InvitationLetter(models.Model):
    """A letter of an office that invites somebody to an event.

    A guest whom a letter names that counts stays on the list; void its number first.
    """

    letter = models.OneToOneField(
        Letter, on_delete=models.PROTECT, primary_key=True, related_name="invitation_letter"
    )
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="invitation_letters")
    invitees: ManyRelatedManager[Invitee, models.Model] = models.ManyToManyField(  # type: ignore[assignment]
        Invitee, related_name="letters"
    )

    class Meta:
        verbose_name = "surat undangan"

    def __str__(self) -> str:
        return str(self.letter)
