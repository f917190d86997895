"""What no typeface of the papers has: in which words it stands, and who puts them right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desabinaan.typefaces import Words, unprintable

IN_PROFILE = "administrator memperbaikinya di Profil kantor"
BY_THE_NATION = "administrator nasional memperbaikinya"
BY_THE_KEEPER = "administrator memperbaikinya pada data orangnya"


@dataclass(frozen=True, slots=True)
class Source:
    """What people call a fact, with room for its words where there are several; who mends it."""

    label: str
    mended: str


# The facts of every paper, by the path that leads to them; places in a list do not count.
SOURCES = {
    "number": Source("Nomor", "administrator memperbaiki polanya di Penomoran"),
    "office.letterhead": Source("Kop surat", IN_PROFILE),
    "office.address": Source("Alamat kantor", IN_PROFILE),
    "office.name": Source("Nama kantor", BY_THE_NATION),
    "office.city": Source("Kota kedudukan kantor", BY_THE_NATION),
    "place": Source("Kota kedudukan kantor", BY_THE_NATION),
    "signer.title": Source("Jabatan penanda tangan “{}”", BY_THE_NATION),
    "signer.name": Source("Nama penanda tangan “{}”", BY_THE_KEEPER),
}


def found(facts: Mapping[str, Any], also: Mapping[str, Source]) -> list[str]:
    """A sentence for each of the words that cannot be printed; `also` names facts of the kind."""
    sources = {**SOURCES, **also}
    told = (_sentence(path, text, sources) for path, text in _texts(facts))
    return list(dict.fromkeys(filter(None, told)))


def _texts(words: Words, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text, and the path to it."""
    if isinstance(words, Mapping):
        for key, value in words.items():
            yield from _texts(value, f"{path}.{key}".lstrip("."))
    elif isinstance(words, list | tuple):
        for value in words:
            yield from _texts(value, path)
    elif isinstance(words, str):
        yield path, words


def _sentence(path: str, text: str, sources: Mapping[str, Source]) -> str:
    missing = " ".join(unprintable(text))
    if not missing:
        return ""
    source = sources.get(path)
    if source is None:
        return f"“{text}” memuat {missing}."
    return f"{source.label.format(text)} memuat {missing}; {source.mended}."
