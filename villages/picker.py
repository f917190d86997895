"""The region picker: villages that an office may propose, with what stands in the way."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches

from django.db.models import Q

from accounts.models import Office
from villages.earlier import Earlier, weightiest
from villages.local_terms import without_kind
from villages.models import Designation, Region
from villages.models.region import (
    BETWEEN_WORDS,
    UNSAID,
    RegionQuerySet,
    search_key,
    typed_code,
)
from villages.models.status import CLAIMS_VILLAGE, OVER, Status

SHOWN = 20
LONGEST_SEARCH = 160  # a village with its whole path is shorter
SHORTEST = 2
LONGEST_NAME = 5  # of a village, in words
ALIKE = 0.78  # a letter or two are different
SLIP = 0.87  # one letter of a name with eight


@dataclass(frozen=True, slots=True)
class Candidate:
    """A village of the national list, the sheet that claims it, or the office's own draft."""

    region: Region
    claim: Designation | None
    draft: Designation | None = None
    earlier: Earlier | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed, and what was found in the office's jurisdiction."""

    office: Office
    text: str
    candidates: list[Candidate]
    has_jurisdiction: bool
    is_guess: bool = False  # nothing has that name; these are spelt or placed alike

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
    text = text.strip()[:LONGEST_SEARCH]
    here = Region.objects.villages().within(office)
    has_jurisdiction = not here.query.is_empty()
    bare, here = without_kind(text), here.with_path()
    regions = _find(here, text, bare) if len(text) >= SHORTEST else []
    is_guess = not any(_is_named(bare, each) for each in regions)
    if is_guess and len(text) >= SHORTEST:
        # Every name of a jurisdiction can be compared, but not every one of the nation.
        compares = not regions and not office.is_directorate
        keys = dict(here.values_list("pk", "search_key")) if compares else {}
        near, far = _alike(here, bare, keys) if compares else (regions, [])
        whole = _of_whole_name(here, bare, known=set(keys.values()) if compares else None)
        regions = list(dict.fromkeys([*near, *whole, *far]))[:SHOWN]
    candidates = _with_sheets(office, regions)
    return Search(office, text, candidates, has_jurisdiction, is_guess=bool(regions) and is_guess)


def _with_sheets(office: Office, regions: list[Region]) -> list[Candidate]:
    """Each with the sheet that claims it; else with the draft that the office has begun."""
    begun = Q(status=Status.DRAFT, office=office)
    found = Designation.objects.filter(
        Q(status__in=[*CLAIMS_VILLAGE, *OVER]) | begun, village__region__in=regions
    ).select_related("village__region", "office", "created_by")
    sheets: dict[int, list[Designation]] = defaultdict(list)
    for sheet in found:
        sheets[sheet.village.region_id].append(sheet)
    return [_candidate(office, region, sheets[region.pk]) for region in regions]


def _candidate(office: Office, region: Region, sheets: list[Designation]) -> Candidate:
    claim = next((it for it in sheets if it.status in CLAIMS_VILLAGE), None)
    draft = next((it for it in sheets if it.status == Status.DRAFT), None)
    return Candidate(region, claim, draft, weightiest(sheets, office))


def _find(here: RegionQuerySet, text: str, bare: str) -> list[Region]:
    """By the name; else by name and place together."""
    found = list(here.matching(bare)[:SHOWN])
    if bare != text:  # a few names do begin with such a word: Kute Lintang, Desa Baru
        found = list(dict.fromkeys([*here.matching(text)[:SHOWN], *found]))[:SHOWN]
    return found or list(here.placed(bare)[:SHOWN])


def near(here: RegionQuerySet, text: str) -> list[Region]:
    """Of these villages, those that lie where the text says, else those spelt like it or a part."""
    bare = without_kind(text)
    if placed := list(here.placed(bare)[:SHOWN]):
        return placed
    keys = dict(here.values_list("pk", "search_key"))
    alike, others = _alike(here, bare, keys)
    whole = _of_whole_name(here, bare, known=set(keys.values()))
    return list(dict.fromkeys([*alike, *whole, *others]))[:SHOWN]


def _is_named(text: str, region: Region) -> bool:
    """Whether the text names the village, alone or before or after its place, or is its code."""
    code = typed_code(text)
    if search_key(text) in region.search_key or (code and region.code.startswith(code)):
        return True
    words = re.split(r"[\s,]+", text)
    parts = [part for n in range(1, len(words)) for part in (words[:n], words[n:])]
    return any(search_key(without_kind(" ".join(it))) == region.search_key for it in parts)


def _of_whole_name(here: RegionQuerySet, text: str, *, known: set[str] | None) -> list[Region]:
    """Those whose whole name begins the text, or is a word of it: who remembers a word too many.

    What stands after a comma says where a village lies, and no more. Where all names here are
    `known`, the database is asked for those only.
    """
    words = [word for word in BETWEEN_WORDS.split(text.partition(",")[0]) if word]
    runs = ("".join(words[:many]) for many in range(min(len(words), LONGEST_NAME), 0, -1))
    keys = map(search_key, (*runs, *words[:LONGEST_NAME]))
    names = [key for key in dict.fromkeys(keys) if len(key) > SHORTEST and key not in UNSAID]
    if known is not None and known.isdisjoint(names):
        return []
    found = here.filter(search_key__in=names).order_by("code")[:SHOWN]
    return sorted(found, key=lambda it: names.index(it.search_key))


def _alike(
    here: RegionQuerySet, text: str, keys: dict[int, str]
) -> tuple[list[Region], list[Region]]:
    """Those of these villages whose names differ by a letter or two: near ones, and the others.

    Where none does, the last words may say where it lies, as in "Tyeng, Kec. Kejajar": it is tried
    without them, fewer by one each time. Near are those that lie there, and a slip of one letter.
    """
    names = set(keys.values())
    words = [word for word in BETWEEN_WORDS.split(text) if word]
    for many in dict.fromkeys([len(words), *range(min(len(words), LONGEST_NAME), 0, -1)]):
        name = search_key("".join(words[:many]))
        close = get_close_matches(name, names, n=5, cutoff=ALIKE)
        if close:
            found = here.filter(pk__in=[pk for pk, key in keys.items() if key in close])
            place = [it for it in map(search_key, words[many:]) if it not in UNSAID]
            slips = [] if place else get_close_matches(name, close, n=5, cutoff=SLIP)
            return _ranked(found, close, place, slips)
    return [], []


def _ranked(
    found: RegionQuerySet, names: list[str], place: list[str], slips: list[str]
) -> tuple[list[Region], list[Region]]:
    """Those that lie in this place, or are such a slip, and the others: the closest name first."""
    ordered = sorted(found, key=lambda it: names.index(it.search_key))[:SHOWN]
    near = [it for it in ordered if it.search_key in slips or _lies_in(it, place)]
    return near, [it for it in ordered if it not in near]


def _lies_in(region: Region, place: list[str]) -> bool:
    path = search_key(region.path)
    return bool(place) and all(word in path for word in place)
