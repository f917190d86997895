"""The words of an event's report, and the letters that were written about an event."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from certificates.models import Letter
from desabinaan.locking import LockingQuerySet
from events.models.event import Event

if TYPE_CHECKING:
    from accounts.access import Access

LONGEST_SECTION = 6_000  # signs; two pages
DIGITS = 12  # of a digest: enough to notice a change, and nobody gains by forging one
# In the order of the report, part A to E (programme.md §4.4).
SECTIONS = (
    "general",
    "purpose",
    "scope",
    "activities",
    "results",
    "conclusions",
    "suggestions",
    "closing",
)


def digest_of(words: str) -> str:
    """What tells one text from another; spaces around its lines do not count."""
    lines = "\n".join(line.strip() for line in words.strip().splitlines())
    return hashlib.sha256(lines.encode()).hexdigest()[:DIGITS]


class ReportWordsQuerySet(LockingQuerySet["ReportWords"]):
    def visible_to(self, access: Access) -> Self:
        """Those of events of the person's offices."""
        return self.filter(event__office__among=access.office_ids)


class ReportWords(models.Model):
    """What the report of an event says in words, one paragraph on each line, until it is filed.

    Figures, names and photos are not kept here: the report takes them from the event. Neither is
    what was left as the portal proposed it: that is proposed anew, so it never tells old figures.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="report_words")
    general = models.TextField("umum", max_length=LONGEST_SECTION)
    purpose = models.TextField("maksud dan tujuan", max_length=LONGEST_SECTION)
    scope = models.TextField("ruang lingkup", max_length=LONGEST_SECTION)
    activities = models.TextField("kegiatan yang dilaksanakan", max_length=LONGEST_SECTION)
    results = models.TextField("hasil yang dicapai", max_length=LONGEST_SECTION)
    conclusions = models.TextField("simpulan", max_length=LONGEST_SECTION)
    suggestions = models.TextField("saran", max_length=LONGEST_SECTION, blank=True)
    closing = models.TextField("penutup", max_length=LONGEST_SECTION)

    # Of each section: the digest of what was proposed to whoever wrote it.
    proposed = models.JSONField("usulan saat ditulis", default=dict, editable=False)

    objects = ReportWordsQuerySet.as_manager()

    class Meta:
        verbose_name = "isi laporan kegiatan"
        constraints = [
            models.CheckConstraint(
                name="report_words_say_something",
                condition=~Q(general="")
                & ~Q(purpose="")
                & ~Q(scope="")
                & ~Q(activities="")
                & ~Q(results="")
                & ~Q(conclusions="")
                & ~Q(closing=""),
            )
        ]

    def __str__(self) -> str:
        return f"Laporan {self.event}"

    def is_as_proposed(self, section: str) -> bool:
        """Whether whoever wrote it left that section as it was proposed to them."""
        return bool(self.proposed.get(section) == digest_of(getattr(self, section)))

    def was_proposed_otherwise(self, section: str, proposal: str) -> bool:
        """Whether they wrote that section themselves, beside a proposal that was another one."""
        before, now = self.proposed.get(section, ""), digest_of(proposal)
        is_same = digest_of(getattr(self, section)) in (before, now)
        return not is_same and before not in ("", now)


class EventLetter(models.Model):
    """A letter about an event: its report, the official record of it, its attendance on paper.

    Letters that invite are `InvitationLetter`: they say whom.
    """

    letter = models.OneToOneField(
        Letter, on_delete=models.PROTECT, primary_key=True, related_name="event_letter"
    )
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="letters")

    class Meta:
        verbose_name = "surat kegiatan"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.letter)
