"""The surat tugas of PIMPASA: whom the office sends to which villages, as what, how long, and why.

The words are a proposal, to be changed before they are drawn; whoever and wherever comes from the
assignments, and who signs from the office's heads of that day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import count
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from accounts.models import Employment, Membership, Office, User
from certificates import misprints
from certificates.actions import Paper
from certificates.kinds import LetterKind
from certificates.misprints import BY_THE_KEEPER, Source
from desabinaan import formats
from villages.models import Assignment, AssignmentLetter, Officer, Part, Village
from villages.papers import (
    Signer,
    emblem_of,
    marked,
    office_facts,
    village_facts,
    village_sources,
)
from villages.prints import (
    DATE_AND_PLACE,
    EMBLEM,
    LETTERHEAD,
    PRINTED_DAY,
    SIGNER,
    Look,
    digest,
    not_in_office,
)

if TYPE_CHECKING:
    from accounts.access import Access


def _holders(access: Access) -> Q:
    """Whom the letter sends, or sent: an officer reads and downloads their own."""
    mine = AssignmentLetter.objects.filter(officers__user=access.user)
    return Q(pk__in=mine.values("letter"))


ASSIGNMENT_LETTER = LetterKind(
    key="assignment_letter",
    label="Surat tugas PIMPASA",
    template="villages/pdf/assignment_letter.html",
    holders=_holders,
    page_template="villages/assignment_letter_facts.html",
    sources={
        **village_sources("villages"),
        "officers.name": Source("Nama petugas “{}”", BY_THE_KEEPER),
        "officers.post": Source("Jabatan petugas “{}”", "administrator mencatat ulang perannya"),
    },
)
# Which facts are told apart on the last look; whatever else the letter says is its wording.
VILLAGES = "desa atau penugasannya"
PARTS = {
    "petugas": ("officers",),
    VILLAGES: ("villages",),
    LETTERHEAD: ("office",),
    EMBLEM: ("emblem",),
    SIGNER: ("signer",),
    DATE_AND_PLACE: ("dated", "place"),
}
WORDING = "isi surat"
SENT_THEMSELVES = "ditugaskan dengan surat ini; pejabat lain yang menandatanganinya."
MOST_OFFICERS, MOST_VILLAGES = 3, 8  # more of them stand in an annex
MOST_DECREES = 8  # more of them are named together
THEIR_DECREES = "Keputusan tentang Petugas Imigrasi Pembina Desa bagi masing-masing pegawai;"
POST = "Petugas Imigrasi Pembina Desa"
CONSIDERING = (
    "bahwa untuk mencegah tindak pidana perdagangan orang dan penyelundupan manusia serta "
    "mendorong migrasi yang aman, Desa Binaan Imigrasi perlu dibina secara berkelanjutan;",
    "bahwa pegawai yang namanya tercantum dalam surat tugas ini dipandang mampu melaksanakan "
    "tugas sebagai Petugas Imigrasi Pembina Desa (PIMPASA).",
)
# A basis that offices were seen to cite, and one that is in force.
BASES = (
    "Peraturan Menteri Imigrasi dan Pemasyarakatan Nomor 2 Tahun 2025 tentang Pengawasan "
    "Keimigrasian dan Tindakan Administratif Keimigrasian;",
    "Surat Edaran Direktur Intelijen Keimigrasian Nomor IMI.4-GR.04.01-691 tanggal 26 Juli 2023 "
    "tentang Pembentukan Desa Binaan Imigrasi;",
)
# The five duties, as several offices publish them.
DUTIES = (
    "membina masyarakat dan memberikan penyuluhan tentang peraturan keimigrasian;",
    "bekerja sama dan berkoordinasi dengan perangkat desa serta tokoh masyarakat;",
    "membimbing masyarakat agar berperan serta dalam penanganan permasalahan keimigrasian dan "
    "potensi gangguannya;",
    "memberikan pelayanan pada kesempatan pertama atas permasalahan keimigrasian untuk sementara "
    "waktu;",
    "menghimpun informasi, saran, dan pendapat masyarakat tentang keimigrasian.",
)


def in_letter_of(office: Office) -> str:
    """Why another office does not strike out what a letter of this one says."""
    return (
        f"Penugasan ini tercantum dalam surat tugas {office}; "
        f"bila salah catat, mintalah {office} membatalkannya."
    )


@dataclass(frozen=True, slots=True)
class LetterWords:
    """What a surat tugas says besides whom it sends where."""

    considering: Sequence[str]
    bases: Sequence[str]
    duties: Sequence[str]
    copies: Sequence[str]
    dated: date
    starts_on: date
    ends_on: date | None
    signer: Signer
    signed_as: Membership | None = None  # in which role, where a head was chosen and not typed

    @property
    def signed_by(self) -> User | None:
        """Whose account it is."""
        return self.signed_as.user if self.signed_as else None

    def sends(self, officer: Officer) -> bool:
        """Whether whoever signs is this officer, by account or by the number that is printed."""
        number = self.signer["nip"]
        return officer.user == self.signed_by or bool(number and officer.user.nip == number)


def proposed_bases(assignments: Iterable[Assignment]) -> list[str]:
    """What the letter may stand on: the circular, and the decrees that appointed the officers."""
    officers = sorted((it.officer for it in assignments), key=lambda officer: officer.decree_dated)
    decrees = list(dict.fromkeys(map(_appointment, officers)))
    return [*BASES, *(decrees if len(decrees) <= MOST_DECREES else [THEIR_DECREES])]


def _appointment(officer: Officer) -> str:
    signer = officer.decree_signer_title or f"Kepala {officer.office.name}"
    return (
        f"Keputusan {signer} Nomor {officer.decree_number} tanggal "
        f"{formats.long_date(officer.decree_dated)} tentang Petugas Imigrasi Pembina Desa;"
    )


@dataclass(frozen=True)
class LetterPrints(Look):
    """The letter, if it were ordered now; its assignments in one order, with their standing."""

    office: Office
    assignments: Sequence[Assignment]
    words: LetterWords

    @cached_property
    def paper(self) -> Paper:
        """The letter as it would be printed."""
        return letter_paper(self.office, self.assignments, self.words)

    @property
    def doubts(self) -> list[str]:
        """What one would not want to print unawares."""
        return [*self._signer_doubts, *self._village_doubts]

    @cached_property
    def misprints(self) -> list[str]:
        """The same of the letter."""
        return misprints.found(self.paper.facts, ASSIGNMENT_LETTER.sources)

    @cached_property
    def _signer_doubts(self) -> list[str]:
        role = self.words.signed_as
        return not_in_office([role], self.words.dated, PRINTED_DAY) if role else []

    @cached_property
    def _village_doubts(self) -> list[str]:
        return _doubts_of(self.assignments, self.words)

    def _parts(self) -> dict[str, str]:
        facts = dict(self.paper.facts)
        said = {part: [facts.pop(name) for name in names] for part, names in PARTS.items()}
        said[SIGNER].append(self._signer_doubts)
        said[VILLAGES].append(self._village_doubts)
        return {part: digest(it) for part, it in said.items()} | {WORDING: digest(facts)}


def _doubts_of(assignments: Iterable[Assignment], words: LetterWords) -> list[str]:
    """A village that does not stand designated, who no longer guides then, two who lead."""
    told = _not_designated(assignments)
    leads = defaultdict(list)
    for it in assignments:
        if it.ends_on and it.ends_on < words.starts_on:
            until = formats.long_date(it.ends_on)
            told.append(f"Penugasan {it.officer} di {it.village} berakhir {until}, sebelum surat "
                        "ini berlaku.")  # fmt: skip
        elif it.ends_on and (words.ends_on is None or it.ends_on < words.ends_on):
            until = formats.long_date(it.ends_on)
            told.append(f"Penugasan {it.officer} di {it.village} hanya sampai {until}.")
        if it.part == Part.LEAD:
            leads[it.village].append(it.officer.user.name)
    return told + [
        f"{village} memiliki lebih dari satu ketua: {' dan '.join(sorted(names))}."
        for village, names in leads.items()
        if len(names) > 1
    ]


def _not_designated(assignments: Iterable[Assignment]) -> list[str]:
    """Each village but once, with where it stands."""
    others = {it.village: it.standing_label for it in assignments if not it.is_to_designated}
    return [
        f"{village} tidak berstatus ditetapkan: {standing.lower()}."
        for village, standing in others.items()
    ]


def letter_paper(office: Office, assignments: Sequence[Assignment], words: LetterWords) -> Paper:
    """The letter as it is printed: the officers one by one, their villages in a table."""
    officers = list({it.officer_id: it.officer for it in assignments}.values())
    villages = list({it.village_id: it.village for it in assignments}.values())
    villages.sort(key=lambda village: village.region.code)
    facts: dict[str, Any] = {
        "title": "Surat Tugas",
        "considering": marked(ascii_lowercase, _punctuated(words.considering)),
        "bases": marked(map(str, count(1)), _punctuated(words.bases)),
        "officers": _people(office, officers),
        "villages": [_place(village, assignments, len(officers)) for village in villages],
        "annexed": {
            "officers": len(officers) > MOST_OFFICERS,
            "villages": len(villages) > MOST_VILLAGES,
        },
        "duties": _punctuated(words.duties),
        "copies": list(words.copies),
        "starts_on": words.starts_on.isoformat(),
        "ends_on": words.ends_on.isoformat() if words.ends_on else "",
        "office": office_facts(office),
        "emblem": emblem_of(office),
        "dated": words.dated.isoformat(),
        "place": office.city,
        "signer": words.signer,
    }
    names = ", ".join(officer.user.name for officer in officers)
    return Paper(
        ASSIGNMENT_LETTER.key, office, words.dated, f"Surat tugas PIMPASA {names}"[:200], facts
    )


def _people(office: Office, officers: Sequence[Officer]) -> list[dict[str, str]]:
    """Each officer with number, rank and what they are in the office."""
    roles = Membership.objects.on(office.today()).filter(office=office)
    serving = roles.filter(user__in=[officer.user_id for officer in officers]).exclude(title="")
    posts = dict(serving.order_by("-pk").values_list("user", "title"))
    return [
        {
            "name": officer.user.name,
            "number": officer.user.nip,
            "number_is": "NI PPPK" if officer.user.employment == Employment.PPPK else "NIP",
            "rank": officer.user.get_rank_display(),
            "post": posts.get(officer.user_id, POST),
        }
        for officer in officers
    ]


def _place(village: Village, assignments: Iterable[Assignment], officers: int) -> dict[str, Any]:
    """A village, and who guides it as what; a single officer is not named again."""
    here = sorted(
        (it for it in assignments if it.village_id == village.pk),
        key=lambda it: (it.part != Part.LEAD, it.officer.user.name),
    )
    guides = [
        f"{it.officer.user.name} ({it.get_part_display().lower()})"
        if officers > 1
        else it.get_part_display()
        for it in here
    ]
    return {**village_facts(village), "guides": guides}


def _punctuated(clauses: Sequence[str]) -> list[str]:
    """Each clause ends with a semicolon, the last with a full stop, however they were typed."""
    bare = [clause.rstrip(" ;.,") for clause in clauses]
    return [f"{clause};" for clause in bare[:-1]] + [f"{clause}." for clause in bare[-1:]]
