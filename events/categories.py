"""For whom somebody came, guessed from what they say of their institution; a person may mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from events.models import Category, Event
from villages.local_terms import TERMS, without_kind
from villages.models.region import BETWEEN_WORDS, search_key

OFFICES = frozenset({"imigrasi", "kanim", "kanwil", "rudenim", "ditjenim", "pimpasa"})
VILLAGES = frozenset(search_key(term.split()[0]) for term in TERMS) | {
    "ds", "kel", "pemdes", "bpd", "bumdes", "perangkat", "karang", "pkk", "rt", "rw",
}  # fmt: skip
OF_VILLAGES = frozenset({"kantor", "kepala", "pemerintah", "sekretaris", "perangkat", "balai"})
AGENCIES = frozenset({
    "dinas", "disnaker", "disnakertrans", "disdukcapil", "dukcapil", "dinsos", "dpmd", "badan",
    "bp3mi", "p4mi", "bp2mi", "bpjs", "bps", "kantor", "kementerian", "kemenag", "kesbangpol",
    "pemkab", "pemkot", "pemda", "pemprov", "setda", "sekretariat", "bagian", "kecamatan",
    "kec", "camat", "distrik", "kapanewon", "polsek", "polres", "polda", "koramil", "kodim",
    "danramil", "babinsa", "bhabinkamtibmas", "kejaksaan", "pengadilan", "rutan", "lapas",
    "puskesmas", "rsud", "smp", "sma", "smk", "mts", "ma", "sd", "sekolah", "universitas",
    "politeknik", "institut", "yayasan", "lsm", "lpk", "pt", "cv", "bank", "radio", "media",
    "pers", "balai", "satpol", "dprd",
})  # fmt: skip


@dataclass(frozen=True)
class Categories:
    """What institutions mean at one event: a bare name of one of its villages is a village."""

    villages: frozenset[str]

    @classmethod
    def of(cls, event: Event) -> Self:
        """Those of this event."""
        names = event.villages.values_list("region__name", flat=True)
        return cls(frozenset(search_key(without_kind(name)) for name in names))

    def of_institution(self, institution: str) -> Category:
        """The likeliest; whoever says nothing that is known came for themselves."""
        words = [search_key(word) for word in BETWEEN_WORDS.split(institution)]
        if OFFICES & set(words):
            return Category.OFFICER
        first, second = [*filter(None, words), "", ""][:2]
        if first in VILLAGES or (first in OF_VILLAGES and second in VILLAGES):
            return Category.VILLAGE
        if search_key(without_kind(institution)) in self.villages:
            return Category.VILLAGE
        return Category.AGENCY if AGENCIES & set(words) else Category.PUBLIC
