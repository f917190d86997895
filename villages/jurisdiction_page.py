"""An office's jurisdictions as its page tells them: each claim beside those of other offices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from accounts.models import Office
from villages.models import Jurisdiction, Region

SHOWN = 15


@dataclass(frozen=True, slots=True)
class JurisdictionRow:
    """A claim, who else claims the region, and what another office has of it or around it."""

    claim: Jurisdiction
    rivals: str
    except_for: list[Jurisdiction]  # kecamatan inside that are settled for others
    taken_from: list[Jurisdiction]  # claims on the kabupaten around, which leave this one out

    @classmethod
    def of(cls, claim: Jurisdiction, others: list[Jurisdiction], mine: set[int]) -> JurisdictionRow:
        """The claim among those of other offices; `mine` are the regions that the office claims."""
        here = claim.region_id
        names = [it.office.short_name for it in others if it.region_id == here]
        inside = [it for it in others if it.region.parent_id == here and it.is_settled]
        around = [it for it in others if it.region_id == claim.region.parent_id]
        return cls(
            claim=claim,
            rivals=", ".join(names),
            except_for=[it for it in inside if it.region_id not in mine],
            taken_from=around if claim.is_settled else [],
        )


@dataclass(frozen=True)
class JurisdictionPage:
    """An office's jurisdictions, and the regions that a search for another one found."""

    office: Office
    text: str

    @cached_property
    def claims(self) -> list[Jurisdiction]:
        """What the office claims, with the region's province."""
        return list(Jurisdiction.objects.of(self.office).with_page().order_by("region__code"))

    @cached_property
    def others(self) -> list[Jurisdiction]:
        """What other offices claim of the same regions, and of those inside and around them."""
        regions = Region.objects.filter(pk__in=[claim.region_id for claim in self.claims])
        near = Q(region__in=regions) | Q(region__parent__in=regions)
        near |= Q(region__in=regions.values("parent"))
        others = Jurisdiction.objects.filter(near).exclude(office=self.office)
        return list(others.with_page().order_by("region__code", "office__name"))

    @property
    def rows(self) -> list[JurisdictionRow]:
        """Each claim with what other offices claim there."""
        mine = {claim.region_id for claim in self.claims}
        return [JurisdictionRow.of(claim, self.others, mine) for claim in self.claims]

    @cached_property
    def found(self) -> list[Region]:
        """Regions that match the search and are not the office's already."""
        if not self.text:
            return []
        mine = [claim.region_id for claim in self.claims]
        regions = Region.objects.current().servable().exclude(pk__in=mine).with_path()
        return regions.nearest(self.text, SHOWN)
