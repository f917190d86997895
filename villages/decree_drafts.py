"""The decree as a draft: proposed words, the villages in its annex, its number left open.

Official numbers come from the correspondence system, so the draft takes none; whoever numbers it
there records the number here. The words are a proposal, to be changed before they are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from accounts.models import Office
from certificates.actions import Paper
from certificates.kinds import LetterKind
from villages.models import Designation, Status
from villages.models.designation import DesignationQuerySet
from villages.models.status import UNNUMBERED
from villages.papers import (
    emblem_of,
    leader_of,
    marked,
    office_facts,
    village_facts,
    village_sources,
)

if TYPE_CHECKING:
    from accounts.access import Access

DECREE_DRAFT = LetterKind(
    key="decree_draft",
    label="Draf SK penetapan",
    template="villages/pdf/decree_draft.html",
    is_numbered=False,
    sources=village_sources("villages"),
)
ORDINALS = (
    "KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA",
    "KEENAM", "KETUJUH", "KEDELAPAN", "KESEMBILAN", "KESEPULUH",
)  # fmt: skip
SUBJECT = "Penetapan Desa Binaan Imigrasi"
CONSIDERING = (
    "bahwa untuk mencegah tindak pidana perdagangan orang dan penyelundupan manusia serta "
    "mendorong migrasi yang aman, perlu ditetapkan Desa Binaan Imigrasi;",
    "bahwa desa sebagaimana tercantum dalam lampiran memenuhi kriteria dan menyatakan kesediaannya "
    "sebagai Desa Binaan Imigrasi;",
    "bahwa berdasarkan pertimbangan tersebut perlu menetapkan keputusan tentang Penetapan Desa "
    "Binaan Imigrasi;",
)
# Bases that offices were seen to cite, or that are in force.
RECALLING = (
    "Peraturan Menteri Imigrasi dan Pemasyarakatan Nomor 2 Tahun 2025 tentang Pengawasan "
    "Keimigrasian dan Tindakan Administratif Keimigrasian;",
    "Keputusan Direktur Jenderal Imigrasi Nomor IMI-0722.KP.04.01 Tahun 2023;",
    "Surat Edaran Direktur Intelijen Keimigrasian Nomor IMI.4-GR.04.01-691 tanggal 26 Juli 2023 "
    "tentang Pembentukan Desa Binaan Imigrasi;",
)


@dataclass(frozen=True, slots=True)
class DecreeDraft:
    """What a decree would say, clause by clause."""

    subject: str
    considering: Sequence[str]
    recalling: Sequence[str]
    decides: Sequence[str]
    signer_title: str
    signer_name: str


def draftable(access: Access) -> DesignationQuerySet:
    """The sheets whose decree is still to be written: submitted, or waiting for its number."""
    sheets = Designation.objects.visible_to(access).filter(office=access.current_office)
    waits = Q(status=Status.SUBMITTED) | UNNUMBERED
    return sheets.filter(waits).with_list().order_by("village__region__code")


def proposed(office: Office) -> DecreeDraft:
    """The words that a draft begins with; every one of them may be changed."""
    leader = leader_of(office)
    decides = (
        "Menetapkan desa sebagaimana tercantum dalam lampiran, yang merupakan bagian tidak "
        f"terpisahkan dari keputusan ini, sebagai Desa Binaan Imigrasi {office.name}.",
        f"Pembinaan dilaksanakan oleh {office.name} melalui Petugas Imigrasi Pembina Desa.",
        "Keputusan ini mulai berlaku pada tanggal ditetapkan.",
    )
    return DecreeDraft(
        subject=SUBJECT,
        considering=CONSIDERING,
        recalling=RECALLING,
        decides=decides,
        signer_title=f"{leader['acting']} {leader['title']}".strip(),
        signer_name=leader["name"],
    )


def draft_paper(office: Office, sheets: Sequence[Designation], draft: DecreeDraft) -> Paper:
    """The draft as it is printed, with the villages of these sheets in its annex."""
    facts: dict[str, Any] = {
        "title": f"Keputusan {draft.signer_title}",
        "subject": draft.subject,
        "considering": marked(ascii_lowercase, draft.considering),
        "recalling": marked(map(str, count(1)), draft.recalling),
        "decides": marked(ORDINALS, draft.decides),
        "villages": [village_facts(sheet.village) for sheet in sheets],
        "office": office_facts(office),
        "emblem": emblem_of(office),
        "dated": office.today().isoformat(),
        "place": office.city,
        "signer": {"title": draft.signer_title, "acting": "", "name": draft.signer_name},
    }
    return Paper(DECREE_DRAFT.key, office, office.today(), f"Draf SK {draft.subject}"[:200], facts)
