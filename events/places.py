"""For which villages an event is, said in a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desabinaan import formats
from villages.models import Region


def counted(regions: Iterable[Region]) -> str:
    """How many there are of each sort, by its own word: "16 desa dan 3 kelurahan"."""
    terms = Counter(region.local_term.lower() for region in regions)
    return formats.listed([f"{formats.number(many)} {term}" for term, many in terms.most_common()])


@dataclass(frozen=True, slots=True)
class Places:
    """The first villages of an event as their codes order them, and how many there are."""

    first: Sequence[Mapping[str, Any]]
    total: int

    def __str__(self) -> str:
        """ "Desa Pakuncen, Kecamatan Selomerto"; "7 desa: Ampel, Dukuhdempok, … dan 4 lainnya"."""
        if not self.total:
            return ""
        if self.total == 1:
            [only] = self.first
            return f"{_region(only).full_name}, {_region(only['district']).full_name}"
        names = [_region(it).short_name for it in self.first]
        more = self.total - len(names)
        told = ", ".join(names)
        told += f" dan {formats.number(more)} lainnya" if more else ""
        return f"{formats.number(self.total)} desa: {told}"


def _region(told: Mapping[str, Any]) -> Region:
    return Region(**{name: told[name] for name in ("code", "name", "kind")})
