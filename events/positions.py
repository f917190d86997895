"""What stands below a name: title and institution, each said once.

"Kepala Desa Burat" of "Desa Burat" is just that, and "Kepala Desa" of it "Kepala Desa Burat".
"""

from __future__ import annotations

from collections.abc import Iterator

from villages.local_terms import with_kind_written_out

# A word in which whoever leads something names what it is: "Camat Kepil" leads Kecamatan Kepil.
_LED = {
    "camat": ("kecamatan",),
    "danramil": ("koramil",),
    "kades": ("desa",),
    "kapolres": ("polres",),
    "kapolsek": ("polsek",),
    "keuchik": ("gampong",),
    "lurah": ("kelurahan", "kalurahan"),
    "panewu": ("kapanewon",),
    "sekcam": ("kecamatan",),
    "sekdes": ("desa",),
}


def position(title: str, institution: str) -> str:
    """Title and institution as they are read out, without what the title says already."""
    words = title.split()
    if not words:
        return institution
    for place in _spelt(with_kind_written_out(institution).split()):
        if (missing := _missing(words, place)) is not None:
            return " ".join([*words, *missing])
    return f"{title}, {institution}"


def _spelt(place: list[str]) -> Iterator[list[str]]:
    """The institution as it is called, then as its head's word says it."""
    yield place
    for head, kinds in _LED.items():
        if len(place) > 1 and place[0].lower() in kinds:
            yield [head, *place[1:]]


def _missing(title: list[str], place: list[str]) -> list[str] | None:
    """What the title lacks of the place that it names or ends with; nothing where it does not."""
    said, there = _lowered(title), _lowered(place)
    length = len(there)
    if any(said[start : start + length] == there for start in range(len(said) - length + 1)):
        return []
    for shared in range(min(length - 1, len(said)), 0, -1):
        if said[-shared:] == there[:shared]:
            return place[shared:]
    return None


def _lowered(words: list[str]) -> list[str]:
    return [it.lower() for it in words]
