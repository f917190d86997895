"""From a village as a table names it to one of the national list: sure, doubtful, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from villages.models import Region
from villages.models.region import CODE_LENGTHS, RegionKind, RegionLevel, typed_code
from villages.onboarding import spelling
from villages.onboarding.facts import Facts
from villages.onboarding.gazetteer import Gazetteer, Spot
from villages.onboarding.spelling import Place

SUGGESTED = 5
NAMESAKES = 12  # of one name: one of them is meant, so that none is left out unsaid


@dataclass(frozen=True, slots=True)
class Match:
    """What became of a row's place: the village, or why there is none, and what it may be."""

    spot: Spot | None = None
    reason: str = ""
    suggestions: tuple[Spot, ...] = ()
    is_refused: bool = False


def match(facts: Facts, gazetteer: Gazetteer, elsewhere: Mapping[str, str]) -> Match:
    """Find the village of a row; `elsewhere` names the codes outside the jurisdiction."""
    place = spelling.unburied(facts.name, facts.district, facts.regency)
    code = typed_code(facts.code)
    if code:
        found = _by_code(code, place, gazetteer, elsewhere)
        if found:
            return found
    return _by_name(place, facts.kind, gazetteer, has_unknown_code=bool(facts.code))


def outside(codes: Iterable[str], gazetteer: Gazetteer) -> dict[str, str]:
    """The names of coded villages that exist, but not in this jurisdiction; one query for all."""
    unknown = {typed_code(code) for code in codes if code} - gazetteer.spots.keys() - {""}
    found = Region.objects.current().filter(code__in=unknown).with_path()
    return {region.code: f"{region.full_name}, {region.path}" for region in found}


def _by_code(
    code: str, place: Place, gazetteer: Gazetteer, elsewhere: Mapping[str, str]
) -> Match | None:
    """What the code says; None where nobody knows it, so that the name must."""
    spot = gazetteer.spots.get(code)
    if spot is None and len(code) < CODE_LENGTHS[RegionLevel.VILLAGE]:
        if code in gazetteer.names:
            return _not_a_village(gazetteer.names[code])
        return None
    if spot is None:
        where = elsewhere.get(code)
        return Match(reason=f"{where}, di luar wilayah kerja.", is_refused=True) if where else None
    keys = spelling.village_keys(place.name)
    if not keys or set(keys) & set(spot.keys) or spot in gazetteer.alike(place.name, [code]):
        return Match(spot)
    others = [it for it in gazetteer.named(place.name) if it != spot]
    return _doubt(f"Kode itu milik {spot.full_name}, bukan “{place.name}”.", [spot, *others])


def _by_name(place: Place, kind: str, gazetteer: Gazetteer, *, has_unknown_code: bool) -> Match:
    namesakes = gazetteer.named(place.name)
    if spelling.names_a_district(place.name) or (
        not namesakes and gazetteer.districts(place.name) and not place.district
    ):
        return _not_a_village(place.name)
    regencies = gazetteer.regencies(place.regency) if place.regency else set()
    if place.regency and not regencies:
        return _in_unknown_regency(place, namesakes, gazetteer)
    districts = {
        code
        for code in gazetteer.districts(place.district)
        if not regencies or code[:5] in regencies
    }
    is_lost = place.district and not districts
    here = [] if is_lost else _those_in(namesakes, districts or regencies)
    here = _of_kind(here, kind)
    if len(here) == 1:
        if has_unknown_code:
            return _doubt("Kode wilayah tidak dikenal; pastikan desanya dari namanya.", here)
        return Match(here[0])
    if here:
        rest = f", atau cari {len(here) - NAMESAKES} yang lain" if len(here) > NAMESAKES else ""
        reason = f"Ada {len(here)} yang bernama “{place.name}”; pilih yang benar{rest}."
        return _doubt(reason, here, most=NAMESAKES)
    return _nearly(place, namesakes, districts, regencies, gazetteer)


def _those_in(spots: list[Spot], codes: set[str]) -> list[Spot]:
    """Those in one of these regions; all where none is named, none where it is unknown."""
    return [spot for spot in spots if not codes or {spot.district, spot.regency} & codes]


def _of_kind(spots: list[Spot], kind: str) -> list[Spot]:
    """Where desa and kelurahan share a name, those that the table means."""
    is_urban = spelling.words_of(kind)[:1] in (["kelurahan"], ["kel"])
    wanted = RegionKind.URBAN_VILLAGE if is_urban else RegionKind.RURAL_VILLAGE
    meant = [spot for spot in spots if kind and spot.kind == wanted]
    return meant if len(spots) > 1 and meant else spots


def _nearly(
    place: Place,
    namesakes: list[Spot],
    districts: set[str],
    regencies: set[str],
    gazetteer: Gazetteer,
) -> Match:
    """Nothing has that name in that place: the same name nearby, or names spelt alike there."""
    nearby = _those_in(namesakes, regencies) or namesakes
    alike = gazetteer.alike(place.name, districts or regencies)
    if not alike and not nearby:
        alike = gazetteer.alike(place.name)
    # One of that very name is likelier than a misspelling; one of several is not.
    ranked = [*nearby, *alike] if len(nearby) == 1 or not districts else [*alike, *nearby]
    found = list(dict.fromkeys(ranked))
    if place.district and not districts:
        return _doubt(f"Kecamatan “{place.district}” tidak ada di wilayah kerja.", found)
    if place.district and nearby:
        return _doubt(f"“{place.name}” tidak ada di kecamatan itu; ada yang mirip.", found)
    if found:
        return _doubt(f"Tidak ada yang bernama “{place.name}”; ada yang mirip.", found)
    return _doubt(f"Tidak ada desa yang mirip “{place.name}” di wilayah kerja.", [])


def _in_unknown_regency(place: Place, namesakes: list[Spot], gazetteer: Gazetteer) -> Match:
    """The regency is misspelt, or not this office's."""
    sentence = f"“{place.regency}” tidak ada di wilayah kerja kantor ini."
    here = _those_in(namesakes, gazetteer.districts(place.district)) if place.district else []
    if here:
        return _doubt(sentence, here)
    return Match(reason=sentence, is_refused=True)


def _not_a_village(name: str) -> Match:
    sentence = f"“{name}” adalah kecamatan atau wilayah lebih besar; tulis satu baris setiap desa."
    return Match(reason=sentence, is_refused=True)


def _doubt(reason: str, spots: Iterable[Spot], most: int = SUGGESTED) -> Match:
    return Match(reason=reason, suggestions=tuple(spots)[:most])
