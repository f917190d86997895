"""What a head might overlook at the last look: how old the SK is, what it holds, what was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from accounts.access import Access
from desabinaan import formats
from villages.actions import decrees
from villages.earlier import Earlier, earlier_of
from villages.models import Decree, Designation

SHOWN = 6  # of each kind; how many more there are is said


class Told[T](list[T]):
    """Things to tell a head: the first of them, and how many more there are."""

    @property
    def first(self) -> list[T]:
        """As many as are told."""
        return self[:SHOWN]

    @property
    def more(self) -> int:
        """Of how many it is only said that there are more."""
        return max(0, len(self) - SHOWN)


@dataclass(frozen=True)
class LastLook:
    """The decree as it would stand, beside the sheets that it would designate; refuses nothing."""

    access: Access
    decree: Decree
    sheets: Sequence[Designation]

    @cached_property
    def doubts(self) -> Told[str]:
        """Which letters and meetings came only after the SK."""
        dated = self.decree.dated
        if not dated:
            return Told()
        later = Q(consent__letter_dated__gt=dated) | Q(coordination__held_on__gt=dated)
        found = (
            Designation.objects.filter(later, pk__in=[sheet.pk for sheet in self.sheets])
            .select_related("village__region", "consent", "coordination")
            .order_by("village__region__code")
        )
        return Told(self._doubt(sheet) for sheet in found)

    def _doubt(self, sheet: Designation) -> str:
        dated = self.decree.dated
        days = []
        if sheet.has_consent and dated and sheet.consent.letter_dated > dated:
            days.append(f"surat kesediaan {formats.long_date(sheet.consent.letter_dated)}")
        if sheet.has_coordination and dated and sheet.coordination.held_on > dated:
            days.append(f"koordinasi {formats.long_date(sheet.coordination.held_on)}")
        return f"{sheet.village}: {', '.join(days)}."

    @cached_property
    def shared(self) -> Told[Designation]:
        """Those whose letter of consent is another village's as well, as a file."""
        return Told(sheet for sheet in self.sheets if sheet.consent_shared)

    @cached_property
    def earlier(self) -> Told[Earlier]:
        """What became of earlier sheets of the same villages."""
        return Told(told for sheet in self.sheets if (told := earlier_of(sheet)))

    @cached_property
    def covered(self) -> Told[Designation]:
        """The villages that this very SK designates already."""
        known = self.decree if self.decree.pk else decrees.recorded(self.decree)
        if known is None:
            return Told()
        sheets = Designation.objects.visible_to(self.access).counted().filter(decree=known)
        return Told(sheets.select_related("village__region").order_by("village__region__code"))

    @cached_property
    def named_instead(self) -> Told[str]:
        """The villages that the subject of this SK names, where it names none of the sheets'."""
        subject = self.decree.title.casefold()
        if any(sheet.village.name.casefold() in subject for sheet in self.sheets):
            return Told()
        names = [sheet.village.name for sheet in self.covered]
        return Told(name for name in names if name.casefold() in subject)
