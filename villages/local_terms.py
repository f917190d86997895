"""What a village and a kecamatan are called locally, as far as a whole province or regency agrees.

Where the word differs from one regency to the next and no list is at hand (Lampung: desa, pekon,
tiyuh, kampung; Riau: desa, kampung, kepenghuluan; Maluku: desa, negeri, ohoi), it stays "Desa":
a wrong special word on a certificate offends more than the plain one. Each village carries its
own word, taken from here once; afterwards another of TERMS may be chosen, and nothing else, since
it is printed on the certificate and stands on public pages.
"""

import re

# Every word that a village has by law somewhere: of the Village Act, its explanation, and the laws
# and regulations of provinces and kabupaten. A constraint of the table knows them too: a new one
# needs a migration.
TERMS = (
    "Desa",
    "Desa Adat",
    "Dusun",  # Bungo
    "Finua",  # Tual
    "Gampong",
    "Kalurahan",
    "Kampong",  # Aceh Singkil, Subulussalam
    "Kampung",
    "Kampung Adat",
    "Kelurahan",
    "Kepenghuluan",  # Rokan Hilir
    "Kute",
    "Lembang",  # Toraja
    "Nagari",
    "Nagori",  # Simalungun
    "Negeri",  # Maluku
    "Negeri Administratif",
    "Ohoi",  # Maluku Tenggara
    "Pekon",  # Lampung
    "Tiyuh",  # Tulang Bawang Barat
    "Wanua",  # Minahasa
)

PAPUA = ("91", "92", "93", "94", "95", "96")

# By code prefix; the longest prefix wins. Only for kind desa: a kelurahan is one everywhere.
VILLAGE_TERMS = {
    "11": "Gampong",
    "11.02": "Kute",  # Aceh Tenggara
    "11.04": "Kampung",  # Aceh Tengah
    "11.16": "Kampung",  # Aceh Tamiang
    "11.17": "Kampung",  # Bener Meriah
    "13": "Nagari",
    "13.09": "Desa",  # Kepulauan Mentawai, Sawahlunto and Pariaman have desa, not nagari
    "13.73": "Desa",
    "13.77": "Desa",
    "34": "Kalurahan",
    **dict.fromkeys(PAPUA, "Kampung"),
}

DISTRICT_TERMS = {
    "34": "Kapanewon",
    "34.71": "Kemantren",  # Kota Yogyakarta
    **dict.fromkeys(PAPUA, "Distrik"),
}

# What people type before a name of the list, which itself has no such word.
KIND_WORDS = frozenset({*TERMS, "Kecamatan", "Provinsi", *DISTRICT_TERMS.values()})
ABBREVIATIONS = {"Ds": "Desa", "Kel": "Kelurahan", "Kec": "Kecamatan", "Prov": "Provinsi"}
_LONGEST_FIRST = sorted(KIND_WORDS, key=len, reverse=True)  # "Desa Adat" begins with "Desa"
_KIND_WORD = re.compile(
    rf"^(({'|'.join(_LONGEST_FIRST)})|({'|'.join(ABBREVIATIONS)})\.?)\s+", re.IGNORECASE
)

_ABBREVIATED = re.compile(rf"^\s*({'|'.join(ABBREVIATIONS)})(?:\.\s*|\s+)", re.IGNORECASE)

# Who leads it; everywhere else "Kepala" with the village's own word.
HEAD_TITLES = {
    "Gampong": "Keuchik",
    "Kalurahan": "Lurah",
    "Kelurahan": "Lurah",
    "Nagari": "Wali Nagari",
}


def without_kind(text: str) -> str:
    """The text without a leading "Desa", "Kec." or the like, which names of the list lack."""
    return _KIND_WORD.sub("", text.lstrip(), count=1) or text


def with_kind_written_out(text: str) -> str:
    """The text whose leading "Ds.", "Kec." or the like is the whole word: "Desa Plobangan"."""
    found = _ABBREVIATED.match(text)
    return f"{ABBREVIATIONS[found[1].capitalize()]} {text[found.end() :]}" if found else text


def village_term(code: str) -> str:
    """The word for a desa with this code: Desa, Gampong, Nagari, Kalurahan, Kampung …"""
    return _longest(VILLAGE_TERMS, code) or "Desa"


def district_term(code: str) -> str:
    """The word for a kecamatan with this code: Kecamatan, Distrik, Kapanewon …"""
    return _longest(DISTRICT_TERMS, code) or "Kecamatan"


def head_title(term: str) -> str:
    """What the one who leads a village of this word is called: Kepala Desa, Lurah, Keuchik …"""
    return HEAD_TITLES.get(term, f"Kepala {term}")


def _longest(terms: dict[str, str], code: str) -> str:
    return terms.get(code[:5]) or terms.get(code[:2], "")
