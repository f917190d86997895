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


@dataclass(frozen=True)
class LastLook:
    """The decree as it would stand, beside the sheets that it would designate; refuses nothing."""

    access: Access
    decree: Decree
    sheets: Sequence[Designation]

    @cached_property
    def doubts(self) -> list[str]:
        """Which letters and meetings came only after the SK, the first of them in words."""
        dated = self.decree.dated
        if not dated:
            return []
        later = Q(consent__letter_dated__gt=dated) | Q(coordination__held_on__gt=dated)
        found = (
            Designation.objects.filter(later, pk__in=[sheet.pk for sheet in self.sheets])
            .select_related("village__region", "consent", "coordination")
            .order_by("village__region__code")
        )
        told = [self._doubt(sheet) for sheet in found]
        more = len(told) - SHOWN
        return told[:SHOWN] + ([f"{formats.number(more)} desa lain."] if more > 0 else [])

    def _doubt(self, sheet: Designation) -> str:
        dated = self.decree.dated
        days = []
        if sheet.has_consent and dated and sheet.consent.letter_dated > dated:
            days.append(f"surat kesediaan {formats.long_date(sheet.consent.letter_dated)}")
        if sheet.has_coordination and dated and sheet.coordination.held_on > dated:
            days.append(f"koordinasi {formats.long_date(sheet.coordination.held_on)}")
        return f"{sheet.village}: {', '.join(days)}."

    @cached_property
    def shared(self) -> list[Designation]:
        """Those whose letter of consent is another village's as well, as a file."""
        return [sheet for sheet in self.sheets if sheet.consent_shared]

    @property
    def shared_first(self) -> list[Designation]:
        """As many of them as are told."""
        return self.shared[:SHOWN]

    @property
    def shared_more(self) -> int:
        """Of how many it is only said that there are more."""
        return max(0, len(self.shared) - SHOWN)

    @cached_property
    def earlier(self) -> list[Earlier]:
        """What became of earlier sheets of the same villages."""
        return [told for sheet in self.sheets if (told := earlier_of(sheet))]

    @property
    def earlier_first(self) -> list[Earlier]:
        """As many of them as are told."""
        return self.earlier[:SHOWN]

    @property
    def earlier_more(self) -> int:
        """Of how many villages it is only said that there are more."""
        return max(0, len(self.earlier) - SHOWN)

    @cached_property
    def covered(self) -> list[Designation]:
        """The villages that this very SK designates already."""
        known = self.decree if self.decree.pk else decrees.recorded(self.decree)
        if known is None:
            return []
        sheets = Designation.objects.visible_to(self.access).counted().filter(decree=known)
        return list(sheets.select_related("village__region").order_by("village__region__code"))

    @property
    def covered_first(self) -> list[Designation]:
        """As many of them as are named."""
        return self.covered[:SHOWN]

    @property
    def covered_more(self) -> int:
        """How many are not named."""
        return max(0, len(self.covered) - SHOWN)
