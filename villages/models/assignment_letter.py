"""Which assignments a surat tugas speaks of; what it says is frozen in the letter itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from accounts.models import User
from certificates.models import Letter
from villages.models.officer import Assignment, Officer

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import ManyRelatedManager


class AssignmentLetter(models.Model):
    """A letter of an office that sends its officers to their villages.

    An assignment that is struck out leaves the letter as it was printed, and voids its number
    where nothing else of it is left. Whom it sent read it for good.
    Whoever signs is none of those whom it sends: trigger `letter_signed_by_another`.
    """

    letter = models.OneToOneField(
        Letter, on_delete=models.PROTECT, primary_key=True, related_name="assignment_letter"
    )
    assignments: ManyRelatedManager[Assignment, models.Model] = models.ManyToManyField(  # type: ignore[assignment]
        Assignment, related_name="letters"
    )
    officers: ManyRelatedManager[Officer, models.Model] = models.ManyToManyField(  # type: ignore[assignment]
        Officer, related_name="+"
    )
    # Beside what is printed, which may leave the number out; unknown where the signer was typed.
    signed_by = models.ForeignKey(
        User,
        verbose_name="ditandatangani oleh",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )

    class Meta:
        verbose_name = "surat tugas"

    def __str__(self) -> str:
        return str(self.letter)
