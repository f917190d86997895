"""How names of places are written in offices' tables, brought to one spelling."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from villages.local_terms import TERMS

# What people write before a name; the official list mostly leaves it out.
VILLAGE_WORDS = frozenset(
    {
        *(word for term in TERMS for word in term.lower().split()),
        *("ds", "kel", "lurah", "gp", "gampoeng", "nag", "kp", "binaan"),
    }
)
DISTRICT_WORDS = frozenset({"kecamatan", "kec", "distrik", "kapanewon", "kemantren"})
REGENCY_WORDS = frozenset({"kabupaten", "kab", "kota", "kotamadya", "kodya", "adm", "administrasi"})
ABBREVIATED = {
    **dict.fromkeys(["sei", "sie", "sungei", "sei.", "s"], "sungai"),
    **dict.fromkeys(["tj", "tg", "tanjong", "tjg", "tnj"], "tanjung"),
    **dict.fromkeys(["kp", "kmp", "kampong"], "kampung"),
    **dict.fromkeys(["gn", "gng", "gunong"], "gunung"),
    **dict.fromkeys(["pulo", "p"], "pulau"),
    **{"tlk": "teluk", "telok": "teluk", "bkt": "bukit", "sp": "simpang", "spg": "simpang"},
    **{"psr": "pasar", "pem": "pematang", "pkl": "pangkalan", "sbr": "sumber"},
}
ROMAN = {
    **{"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7"},
    **{"viii": "8", "ix": "9", "x": "10", "xi": "11", "xii": "12"},
}
# "Desa Pakuncen Kec. Selomerto, Kab. Wonosobo" in one cell.
BURIED_DISTRICT = re.compile(r"[\s,;(\-]+(?:kecamatan|kec\.?)\s+([^,;()]+)", re.IGNORECASE)
BURIED_REGENCY = re.compile(r"[\s,;(\-]+((?:kabupaten|kab\.?|kota)\s+[^,;()]+)", re.IGNORECASE)


class Place(NamedTuple):
    """A village as a table names it: the name, and where it is said to lie."""

    name: str
    district: str
    regency: str


def words_of(text: str) -> list[str]:
    """The words of a name, without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z]+|\d+", plain.replace("'", "").replace("`", ""))


def key_of(words: list[str]) -> str:
    """The words as one key: abbreviations spelt out, Roman numerals behind a name as figures."""
    spelt = [ABBREVIATED.get(word, word) for word in words]
    return "".join(spelt[:1] + [ROMAN.get(word, word) for word in spelt[1:]])


def village_keys(text: str) -> list[str]:
    """The keys under which a village may be known, the fullest first: "Kampung Baru", "Baru"."""
    words = words_of(text)
    keys = [key_of(words)]
    while len(words) > 1 and words[0] in VILLAGE_WORDS:
        words = words[1:]
        keys.append(key_of(words))
    return [key for key in dict.fromkeys(keys) if key]


def district_key(text: str) -> str:
    """The key of a kecamatan, without its word."""
    return _without(words_of(text), DISTRICT_WORDS)


def regency_key(text: str) -> str:
    """The key of a kabupaten or kota, without its word."""
    return _without(words_of(text), REGENCY_WORDS)


def says_city(text: str) -> bool | None:
    """Whether the text says that it is a kota; None where it says neither."""
    words = set(words_of(text)[:2])
    if words & {"kota", "kotamadya", "kodya"}:
        return True
    return False if words & {"kabupaten", "kab"} else None


def names_a_district(text: str) -> bool:
    """Whether the name itself says that it is a kecamatan."""
    return words_of(text)[:1] in (["kecamatan"], ["kec"], ["distrik"], ["kapanewon"])


def unburied(name: str, district: str, regency: str) -> Place:
    """The place with what stood in the name's cell moved to where it belongs."""
    for pattern, is_district in ((BURIED_REGENCY, False), (BURIED_DISTRICT, True)):
        found = pattern.search(name)
        if not found:
            continue
        name = (name[: found.start()] + name[found.end() :]).strip(" ,;()-")
        if is_district:
            district = district or found[1].strip()
        else:
            regency = regency or found[1].strip()
    return Place(re.sub(r"\s*\([^)]*\)", "", name).strip() or name, district, regency)


def _without(words: list[str], kinds: frozenset[str]) -> str:
    while len(words) > 1 and words[0] in kinds:
        words = words[1:]
    return key_of(words)
