"""Which guests a letter invites to which event; what it says is frozen in the letter itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from certificates.models import Letter, Scan
from events.models.event import Event
from events.models.invitee import Invitee
from events.models.share_key import LETTER_SIGNS, drawn_key, is_whole

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import ManyRelatedManager


class InvitationLetterQuerySet(models.QuerySet["InvitationLetter"]):
    def counting(self) -> Self:
        """Those whose number was not voided."""
        return self.filter(letter__entry__void=None)

    def inviting(self, guests: QuerySet[Invitee]) -> Self:
        """Those by which these guests are invited now: of each the latest that counts."""
        latest = self.counting().filter(invitees=OuterRef("pk")).order_by("-pk").values("pk")
        return self.filter(pk__in=guests.order_by().values(latest=Subquery(latest[:1])))

    def with_key(self, key: str) -> Self:
        """The one that whoever holds this key may read, as its guests do who have no account."""
        scans = Prefetch("letter__scans", Scan.objects.order_by("-pk"))
        its = ("event__office", "letter__office", "letter__entry__void__voided_by")
        return self.filter(share_key=key.lower()).select_related(*its).prefetch_related(scans)


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
    share_key = drawn_key(LETTER_SIGNS)

    objects = InvitationLetterQuerySet.as_manager()

    class Meta:
        verbose_name = "surat undangan"
        constraints = [
            models.CheckConstraint(
                name="invitation_share_key_whole", condition=is_whole(LETTER_SIGNS)
            ),
        ]

    def __str__(self) -> str:
        return str(self.letter)
