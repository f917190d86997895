"""How people are called: forms of address before a name and degrees behind it say not who it is."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# As they are written behind a name: "S.H.", "M.Si", "A.Md.Kep.", and the usual ones without dots.
DEGREE = re.compile(
    r"(?:[A-Z][A-Za-z]{0,4}\.)+(?:[A-Z][A-Za-z]{0,5})?|S[EHTP]|M[HMTA]|[SM]Si|SPd|SSos"
)
# The same however people type them, as they stand behind a comma.
_TYPED_DEGREE = re.compile(DEGREE.pattern, re.IGNORECASE)
# Without dots and capitals: what is known for a degree without a comma too.
_KNOWN_DEGREES = """
amd amdkeb amdkep amdkes amdkom apt ba bsc lc ners ns phd
sag san sars sds se sei sfarm sfil sgz sh shi shum sik sikom sip sipem skeb sked skep skg skh skm
skom skpm smb smn sp spd spdi spi spog spsi spt sptk ssi ssn ssos sst sstp st stekom sthi stp strip
str strkeb strkep stt
ma mag map mars mba mcom mh mhi mhum mikom mip mkeb mked mkep mkes mkn mkom mm mmsi mp mpa mpd mpdi
mpsi mpub msc msi msos mst mt mtrap mtrip
"""
_FORMS_OF_ADDRESS = """
bapak bpk pak ibu bu saudara saudari sdr sdri tuan tn nyonya ny nona nn
h hj haji hajjah hajah kh kiai kyai ust ustad ustaz ustadz ustazah ustadzah
dr drs dra drg drh ir prof
"""
DEGREES = frozenset(_KNOWN_DEGREES.split())
ADDRESSES = frozenset(_FORMS_OF_ADDRESS.split())
# Written with small letters within a name, or before it.
SMALL = frozenset(
    ("bin", "binti", "ibn", "van", "der", "den", "de", "al", "el", "dr", "drg", "drh")
)
ROMAN = frozenset(("II", "III", "IV", "VI", "VII", "VIII", "IX"))
# Names that everybody shortens or spells so.
_IN_FULL = {
    short: name
    for name, shorts in {
        "muhammad": "mhd moh mohd muh moch much mohamad mohammad muhamad mochamad mochammad",
        "ahmad": "ach akh ahmat achmad akhmad",
        "abdul": "abd",
        "siti": "st",
    }.items()
    for short in shorts.split()
}
_LONGEST = 4  # parts of one that is written with spaces or dots: "A. Md. Keb."
# What stands between spaces, dots and hyphens.
_PART = re.compile(r"[^\W\d_]+(?:['\u2019`][^\W\d_]+)*")
_APOSTROPHE = re.compile(r"['\u2019`]")
_WORD = re.compile("[a-z0-9]+")


@lru_cache(maxsize=5_000)
def bare_key(name: str) -> str:
    """The name as names are compared, without forms of address and degrees; never nothing of one.

    However it is spelt: dots, spaces, capitals and most commas make no difference.
    """
    return "".join(_bare_words(name))


@lru_cache(maxsize=5_000)
def bare_words(name: str) -> tuple[str, ...]:
    """The same, word by word; what is shortened one way by all stands there as it is in full."""
    return tuple(_IN_FULL.get(word, word) for word in _bare_words(name))


def is_shortened(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one of two names, in words, is the other with initials or without its last words.

    At least its first two words are there, and one of them in full: "Siti" may be anybody.
    """
    if min(len(one), len(other)) < 2:
        return False
    begin = zip(one[:2], other[:2], strict=True)
    if not any(its == others and len(its) > 1 for its, others in begin):
        return False
    return all(map(_may_be_word, one, other))


def _may_be_word(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = (one, other) if len(one) < len(other) else (other, one)
    return len(short) == 1 and short.isalpha() and long.startswith(short)


def _bare_words(name: str) -> list[str]:
    head, *behind = name.split(",")
    parts = [head, *(part for part in behind if not _is_degree(part))]
    words = _words(" ".join(parts)) or _words(name)
    return _without(_without(words, ADDRESSES), DEGREES, behind=True)


def is_oddly_written(name: str) -> bool:
    """Whether its letters look wrong on paper: all small, all capitals, or capitals in between.

    Initials, degrees, numbers and the small words within a name are what they are.
    """
    return not all(map(_is_fine, _PART.findall(name)))


def _is_fine(part: str) -> bool:
    if part.lower() == part.upper() or part in SMALL or part in ROMAN:
        return True
    if part[0].isupper() and part.lower() in DEGREES:
        return True
    if len(part) <= 2 and part.isupper():
        return True
    first, *rest = _APOSTROPHE.split(part)
    return _is_capitalised(first) and all(it.islower() or _is_capitalised(it) for it in rest)


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and word[1:] == word[1:].lower()


def _words(text: str) -> list[str]:
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _WORD.findall(text.lower().replace("'", ""))


def _is_degree(part: str) -> bool:
    """Whether what stands behind a comma is nothing but degrees."""
    return "".join(_words(part)) in DEGREES or all(map(_TYPED_DEGREE.fullmatch, part.split()))


def _without(words: list[str], known: frozenset[str], *, behind: bool = False) -> list[str]:
    """The words without those in front, or behind, that are known, alone or together; one stays."""
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        cut = len(words) - size if behind else size
        front, back = words[:cut], words[cut:]
        taken, left = (back, front) if behind else (front, back)
        if "".join(taken) in known:
            return _without(left, known, behind=behind)
    return words
