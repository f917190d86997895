"""What the demo's office kept in tables before the portal: one confirmed, one before the head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from django.utils import timezone

from villages import actions
from villages.demo.people import Team
from villages.demo.telling import moment
from villages.models import SignerLevel
from villages.onboarding.spreadsheets import Spreadsheet

HEADERS = ["Desa", "Kecamatan", "Kabupaten", "Nomor SK", "Tanggal SK"]
GARUNG, MOJOTENGAH, KERTEK = "Garung", "Mojotengah", "Kertek"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an office: its villages, who brought it in, and whether it is confirmed."""

    office: str
    name: str
    decree: str
    dated: date
    villages: tuple[tuple[str, str], ...]
    staff: str
    recorded: timedelta  # before today
    confirmed: timedelta | None = None


TABLES = (
    Table(
        "kanim-wonosobo", "desa-binaan-2023.xlsx",
        "W.13.IMI.IMI.7-0871.GR.03.05 Tahun 2023", date(2023, 10, 5),
        (("Lengkong", GARUNG), ("Menjer", GARUNG), ("Maron", GARUNG), ("Tegalsari", GARUNG)),
        "staff 1", timedelta(days=40), timedelta(days=38),
    ),
    Table(  # waits on the head's desk
        "kanim-wonosobo", "desa-binaan-2024-susulan.xlsx",
        "W.13.IMI.IMI.7-1204.GR.03.05 Tahun 2024", date(2024, 8, 15),
        (("Deroduwur", MOJOTENGAH), ("Slukatan", MOJOTENGAH), ("Keseneng", MOJOTENGAH),
         ("Reco", KERTEK), ("Kapencar", KERTEK)),
        "staff 2", timedelta(days=3),
    ),
)  # fmt: skip


def bring_tables_in(teams: Mapping[str, Team]) -> None:
    """Record each table as its office did, and confirm what its head has confirmed."""
    for table in TABLES:
        _bring_in(table, teams[table.office])


def _bring_in(table: Table, team: Team) -> None:
    today, by = timezone.localdate(), team[table.staff]
    recorded = moment(team.office, today - table.recorded, 13, 20)
    lines = [
        (number, [name, district, "Wonosobo", table.decree, f"{table.dated:%d-%m-%Y}"])
        for number, (name, district) in enumerate(table.villages, 2)
    ]
    fingerprint = sha256(table.name.encode()).hexdigest()
    spreadsheet = Spreadsheet(table.name, fingerprint, [(1, HEADERS), *lines])
    batch = actions.receive_import(spreadsheet, office=team.office, by=by, at=recorded)
    chief = team.head
    otherwise = {
        "decree_title": "Penetapan Desa Binaan Imigrasi",
        "signer_name": chief.user.name,
        "signer_level": SignerLevel.OFFICE.value,
    }
    batch = actions.map_import(batch, mapped=batch.columns, otherwise=otherwise, by=by, at=recorded)
    batch = actions.record_import(batch, by=by, at=recorded)
    if table.confirmed:
        confirmed = moment(team.office, today - table.confirmed, 9, 5)
        actions.confirm_import(batch, chief, by=chief.user, at=confirmed)
