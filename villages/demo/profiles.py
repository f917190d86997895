"""What the founding cases say of the villages themselves; links and figures are invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from villages import actions
from villages.demo.people import Team
from villages.models import ContactRole, ProgrammeKind, Village

DESBUMI = {
    "kind": ProgrammeKind.DESBUMI,
    "owner": "Migrant CARE",
    "since_year": 2016,
    "note": "Dengan peraturan desa dan kelompok usaha produktif.",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the office knows of a village besides its sheets."""

    region: str
    office: str
    head: str = ""  # of a village without an account, who came when the office called
    data: dict[str, Any] = field(default_factory=dict)
    programmes: tuple[dict[str, Any], ...] = ()
    counts: tuple[dict[str, Any], ...] = ()


def _count(year: int, men: int, women: int) -> dict[str, Any]:
    return {
        "year": year,
        "men": men,
        "women": women,
        "total": men + women,
        "source": "Pemerintah desa (angka peraga)",
        "as_of": date(year, 12, 31),
    }


def _group(invitation: str) -> dict[str, str]:
    return {"whatsapp_group": f"https://chat.whatsapp.com/{invitation}"}


KNOWN = (
    # C0: the ambition that the head of office named.
    Known(
        "33.05.01.2015",
        "kanim-cilacap",
        data={
            "note": "Sasaran yang disebut Kepala Kantor: dari beberapa desa menjadi setiap "
            "desa dan kelurahan di Kabupaten Kebumen."
        },
    ),
    Known("33.07.06.2009", "kanim-wonosobo", counts=(_count(2023, 38, 96), _count(2024, 41, 104))),
    # C3: all heads of a kecamatan; Dukuhdempok runs DESBUMI since 2016.
    Known("35.09.11.2001", "kanim-jember", "Nurhasanah Wijayanti"),
    Known("35.09.11.2002", "kanim-jember", "Sukarmin Adi"),
    Known("35.09.11.2003", "kanim-jember", "Bambang Suhermanto"),
    Known("35.09.11.2004", "kanim-jember", "Miftahul Arifin Djauhari", programmes=(DESBUMI,)),
    Known("35.09.11.2005", "kanim-jember", "Imam Sudarmaji Putra"),
    Known("35.09.11.2006", "kanim-jember", "Sri Wahyuningsih Utami"),
    Known("35.09.11.2007", "kanim-jember", "Totok Subiyantoro"),
    # C4: the village raises problems in the group, and the office answers there.
    Known(
        "15.01.21.2009",
        "kanim-kerinci",
        data={
            **_group("PeragaKotoDuaBaru2024"),
            "note": "Diberitakan di Kecamatan Air Hangat; daftar wilayah resmi mencatatnya di "
            "Kecamatan Air Hangat Barat, pecahannya.",
        },
    ),
    Known("15.01.04.2031", "kanim-kerinci", "Mat Jaelani", _group("PeragaHiangSakti2024")),
)


def note_profiles(teams: dict[str, Team]) -> None:
    """Note what is known, as each office's staff would."""
    for known in KNOWN:
        staff = teams[known.office]["staff 1"]
        village = Village.objects.get(region__code=known.region)
        if known.head:
            facts = {"role": ContactRole.HEAD, "name": known.head, "title": "Kepala Desa"}
            actions.write_contact(village, facts={**facts, "phone": ""}, by=staff)
        if known.data:
            actions.update_village(village, changes=known.data, by=staff)
        for programme in known.programmes:
            actions.write_programme(village, facts=programme, by=staff)
        for count in known.counts:
            actions.write_migrant_count(village, facts=count, by=staff)
