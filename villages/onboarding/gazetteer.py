"""The villages of an office's jurisdiction, in memory: found by name without a query a row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import chain

from accounts.models import Office
from villages import local_terms
from villages.models import Region
from villages.models.region import RegionKind, RegionLevel
from villages.onboarding import spelling

SHARED_TRIGRAMS = 0.3  # of those that two names have together, before they are compared closely
ALIKE = 0.72
MOST_LETTERS = 2 / ALIKE - 1  # for each of the other name, or the two cannot be alike enough
LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Spot:
    """A village of the national list, and the keys of where it lies."""

    pk: int
    code: str
    name: str
    kind: str
    keys: tuple[str, ...] = field(compare=False)

    @property
    def district(self) -> str:
        """The code of its kecamatan."""
        return self.code[:8]

    @property
    def regency(self) -> str:
        """The code of its kabupaten or kota."""
        return self.code[:5]

    @property
    def full_name(self) -> str:
        """The name with its word: "Desa Pakuncen"."""
        term = "Kelurahan"
        if self.kind == RegionKind.RURAL_VILLAGE:
            term = local_terms.village_term(self.code)
        word, _, rest = self.name.partition(" ")
        return f"{term} {rest if rest and word.casefold() == term.casefold() else self.name}"


class Gazetteer:
    """The villages that an office may serve, by code, by name, and by what their names share."""

    def __init__(self, spots: Iterable[Spot], above: Iterable[tuple[str, str]]) -> None:
        self.spots = {spot.code: spot for spot in spots}
        self.names = dict(above)  # of the kecamatan and kabupaten around them, by code
        self._by_key: dict[str, list[Spot]] = defaultdict(list)
        # By code: a village itself takes ten times as long to count.
        self._by_trigram: dict[str, list[str]] = defaultdict(list)
        for spot in self.spots.values():
            for key in spot.keys:
                self._by_key[key].append(spot)
            for part in trigrams(spot.keys[-1]):
                self._by_trigram[part].append(spot.code)
        self._longest = max((len(key) for key in self._by_key), default=0)
        self._districts: dict[str, set[str]] = defaultdict(set)
        self._regencies: dict[str, set[str]] = defaultdict(set)
        for code, name in self.names.items():
            if len(code) == 8:
                self._districts[spelling.district_key(name)].add(code)
            elif len(code) == 5:
                self._regencies[spelling.regency_key(name)].add(code)

    @classmethod
    def of(cls, office: Office) -> Gazetteer:
        """Everything in two queries: the villages within the jurisdiction, and what is around."""
        columns = ("pk", "code", "name", "kind")
        villages = Region.objects.villages().within(office).order_by("code").values_list(*columns)
        spots = [
            Spot(pk, code, name, kind, tuple(spelling.village_keys(name)))
            for pk, code, name, kind in villages
        ]
        codes = {part for spot in spots for part in (spot.district, spot.regency, spot.code[:2])}
        larger = Region.objects.filter(level__lt=RegionLevel.VILLAGE, code__in=codes)
        return cls(spots, larger.values_list("code", "name"))

    def named(self, name: str) -> list[Spot]:
        """The villages of that name, by its fullest spelling that any of them has."""
        for key in spelling.village_keys(name):
            if key in self._by_key:
                return list(self._by_key[key])
        return []

    def districts(self, text: str) -> set[str]:
        """The codes of the kecamatan of that name."""
        return self._districts.get(spelling.district_key(text), set())

    def regencies(self, text: str) -> set[str]:
        """The codes of the kabupaten or kota of that name; a kota only where one is meant."""
        codes = self._regencies.get(spelling.regency_key(text), set())
        city = spelling.says_city(text)
        return {code for code in codes if city is None or (code[3] in "789") is city}

    def alike(self, name: str, among: Iterable[str] = ()) -> list[Spot]:
        """Those whose names differ by a letter or two, the closest first; `among` these places."""
        keys = spelling.village_keys(name)
        if not keys or len(keys[-1]) > MOST_LETTERS * self._longest:
            return []
        parts, places = trigrams(keys[-1]), tuple(among)
        near = Counter(chain.from_iterable(self._by_trigram.get(part, ()) for part in parts))
        enough = SHARED_TRIGRAMS * len(parts)
        found = [
            (closeness, code)
            for code, shared in near.most_common(LOOKED_AT if not places else None)
            if shared >= enough
            and code.startswith(places or "")
            and (closeness := _closeness(keys, self.spots[code])) >= ALIKE
        ]
        return [self.spots[code] for _, code in sorted(found, key=lambda it: (-it[0], it[1]))]

    def path(self, spot: Spot) -> str:
        """Where it lies: "Kecamatan Selomerto, Kabupaten Wonosobo"."""
        term = local_terms.district_term(spot.code)
        return f"{term} {self.names[spot.district]}, {self.names[spot.regency]}"


def trigrams(key: str) -> set[str]:
    """The three-letter parts of a key, its beginning marked, so that short names have some."""
    marked = f"  {key} "
    return {marked[at : at + 3] for at in range(len(marked) - 2)}


def _closeness(keys: Iterable[str], spot: Spot) -> float:
    """How alike the names are, by their likest spellings; 0 where none can be alike enough."""
    closest = 0.0
    for known in spot.keys:
        compared = SequenceMatcher(None, b=known, autojunk=False)  # which remembers its second
        for key in keys:
            compared.set_seq1(key)
            if compared.real_quick_ratio() >= ALIKE and compared.quick_ratio() >= ALIKE:
                closest = max(closest, compared.ratio())
    return closest
