"""The region picker: villages that an office may propose, with what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Office
from villages.models import Designation, Jurisdiction, Region
from villages.models.designation import CLAIMS_VILLAGE

SHOWN = 20
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A village of the national list, and the sheet that claims it, if any."""

    region: Region
    claim: Designation | None


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed, and what was found in the office's jurisdiction."""

    office: Office
    text: str
    candidates: list[Candidate]
    has_jurisdiction: bool

    @property
    def is_too_short(self) -> bool:
        """Whether there is too little to search for."""
        return len(self.text) < SHORTEST

    @property
    def is_cut(self) -> bool:
        """Whether more was found than is shown."""
        return len(self.candidates) == SHOWN


def search(office: Office, text: str) -> Search:
    """Villages that match the text, the closest first, at most SHOWN of them."""
    text = text.strip()
    has_jurisdiction = office.is_directorate or Jurisdiction.objects.of(office).standing().exists()
    regions = []
    if len(text) >= SHORTEST:
        regions = Region.objects.villages().within(office).with_path().nearest(text, SHOWN)
    claims = {
        claim.village.region_id: claim
        for claim in Designation.objects.filter(
            village__region__in=regions, status__in=CLAIMS_VILLAGE
        ).select_related("village", "office")
    }
    candidates = [Candidate(region, claims.get(region.pk)) for region in regions]
    return Search(office, text, candidates, has_jurisdiction)
