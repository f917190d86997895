"""What somebody's institution means at an event: which of its villages, and for whom they came.

Both are guessed from what they typed; a person may mend either.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from events.models import Category, Event
from villages.local_terms import TERMS, with_kind_written_out, without_kind
from villages.models import Region
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


# Where a village lies, behind its name: "Desa Beran, Kec. Kepil", "desa beran kec kepil".
LIES_IN = re.compile(r"[\s,]+(?=kec(?:amatan|\.|\s))", re.IGNORECASE)


@dataclass(frozen=True)
class Categories:
    """What institutions mean at one event: a bare name of one of its villages is that village."""

    villages: Mapping[str, Sequence[Region]]  # by their bare names

    @classmethod
    def of(cls, event: Event) -> Self:
        """Those of this event."""
        found = defaultdict(list)
        for its in event.villages.select_related("region__parent"):
            found[search_key(without_kind(its.region.name))].append(its.region)
        return cls(found)

    def written_out(self, institution: str) -> str:
        """One of the villages by its full name, however it was typed; all else as it was.

        "Beran", "ds. beran" and "Desa Beran, Kec. Kepil" are the "Desa Beran" of the event, where
        it is for one village of that name; another kecamatan, or another word, is another place.
        """
        whole = with_kind_written_out(institution)
        name, _, district = LIES_IN.sub(",", whole).partition(",")
        bare = without_kind(name)
        its = self.villages.get(search_key(bare), ())
        said, lies_in = search_key(name), search_key(without_kind(district.strip()))
        meant = [
            region
            for region in its
            if said in {search_key(bare), search_key(region.full_name)}
            and lies_in in {"", search_key(without_kind(region.district.name))}
        ]
        return meant[0].full_name if len(meant) == 1 else institution

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
