"""The address book as pages show it: by what was asked for, and the places to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.http import QueryDict

from accounts.access import Access
from accounts.models import Office
from events.models import Institution, InstitutionKind, InstitutionQuerySet
from villages.models import Region
from villages.models.region import RegionLevel

LONGEST_SEARCH = 80

type Choices = list[tuple[str, list[tuple[str, str]]]]


def places_of(office: Office) -> list[Region]:
    """The kabupaten and kecamatan that the office serves, by their codes."""
    levels = [RegionLevel.REGENCY, RegionLevel.DISTRICT]
    found = Region.objects.current().within(office).filter(level__in=levels)
    return list(found.select_related("parent__parent").order_by("code"))


def by_regency(places: list[Region], *, value: str) -> Choices:
    """For a select: each kabupaten with its kecamatan, told apart by this column."""
    groups = groupby(places, lambda it: it.regency)
    return [
        (regency.name, [(str(getattr(it, value)), _label(it)) for it in its])
        for regency, its in groups
    ]


def _label(region: Region) -> str:
    if region.level == RegionLevel.REGENCY:
        return f"Seluruh {region.full_name}"
    return region.full_name


@dataclass(frozen=True)
class AddressBook:
    """What was asked for of an office's address book: words, kind, place; and what was retired."""

    access: Access
    office: Office
    asked: QueryDict

    @property
    def text(self) -> str:
        """What was searched for."""
        return self.asked.get("q", "").strip()[:LONGEST_SEARCH]

    @property
    def kind(self) -> str:
        """The kind; nothing for what is none."""
        kind = self.asked.get("jenis", "")
        return kind if kind in InstitutionKind.values else ""

    @property
    def code(self) -> str:
        """The code of the place; nothing for what is none of the office's."""
        code = self.asked.get("wilayah", "")
        return code if any(it.code == code for it in self.places) else ""

    @property
    def shows_retired(self) -> bool:
        """Whether those are shown that are invited no more."""
        return self.asked.get("status") == "lama"

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for."""
        return any((self.text, self.kind, self.code, self.shows_retired))

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds to choose from."""
        return InstitutionKind.choices

    @cached_property
    def places(self) -> list[Region]:
        """Where the office serves."""
        return places_of(self.office)

    @property
    def place_choices(self) -> Choices:
        """The same to choose from."""
        return by_regency(self.places, value="code")

    @property
    def found(self) -> InstitutionQuerySet:
        """The entries."""
        mine = Institution.objects.visible_to(self.access).filter(office=self.office)
        mine = mine.retired() if self.shows_retired else mine.current()
        return mine.matching(self.text).of_kind(self.kind).in_region(self.code).with_list()
