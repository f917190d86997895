"""Whom the events of the demo invite: institutions and titles as reported, one name invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle

from django.utils import timezone

import certificates.actions
from accounts.models import User
from events import actions
from events.invitation_letters import (
    CLOSING,
    INVITATION,
    USUAL,
    InvitationWords,
    proposed_opening,
)
from events.models import Event, Invitee
from villages.demo.people import Team
from villages.models import Region
from villages.papers import signer_of

# What those who are invited to an event to come have answered by now.
ANSWERS = ("coming", "represented", "", "absent", "", "coming")
DEPUTY = "Sri Lestari, Sekretaris"
PATTERN = "{kode}-{klasifikasi}-UND-{nomor}"


@dataclass(frozen=True, slots=True)
class Guest:
    """An institution and whoever is addressed there; where, by the code of a region."""

    kind: str
    title: str
    institution: str
    region: str = ""


KOTABARU = (
    Guest("government", "Sekretaris Daerah Kabupaten Kotabaru", "Pemerintah Kabupaten Kotabaru"),
    Guest("immigration", "Kepala Divisi Keimigrasian", "Kantor Wilayah Kalimantan Selatan"),
    Guest("district", "Sekretaris Kecamatan Sungai Durian", "Kecamatan Sungai Durian"),
    Guest("police", "Kapolsek Sungai Durian", "Polsek Sungai Durian"),
    Guest("army", "Babinsa Gendang Timburu", "Koramil Sungai Durian"),
    Guest("community", "Tokoh masyarakat Gendang Timburu", "Desa Gendang Timburu"),
)
WONOSOBO = (
    Guest("religious_affairs", "Kepala Kantor Kementerian Agama", "Kementerian Agama Wonosobo"),
    Guest("religious_court", "Ketua Pengadilan Agama Wonosobo", "Pengadilan Agama Wonosobo"),
    Guest("detention", "Kepala Rutan Wonosobo", "Rumah Tahanan Negara Wonosobo"),
    Guest("statistics", "Kepala BPS Kabupaten Wonosobo", "Badan Pusat Statistik"),
    Guest("radio", "Direktur radio daerah", "Lembaga Penyiaran Publik Lokal"),
    Guest("press", "Pemimpin redaksi", "Media setempat"),
)
SELOMERTO = (
    Guest("district", "Camat Selomerto", "Kecamatan Selomerto", "33.07.06"),
    Guest("police", "Kapolsek Selomerto", "Polsek Selomerto", "33.07.06"),
    Guest("army", "Danramil Selomerto", "Koramil Selomerto", "33.07.06"),
    Guest("manpower", "Kepala Dinas Tenaga Kerja", "Disnaker Kabupaten Wonosobo", "33.07"),
)
WULUHAN = (
    Guest("district", "Camat Wuluhan", "Kecamatan Wuluhan", "35.09.11"),
    Guest("police", "Kapolsek Wuluhan", "Polsek Wuluhan", "35.09.11"),
    Guest("army", "Danramil Wuluhan", "Koramil Wuluhan", "35.09.11"),
    Guest("manpower", "Kepala Dinas Tenaga Kerja", "Disnaker Kabupaten Jember", "35.09"),
    Guest("migrant_protection", "Kepala BP3MI Jawa Timur", "BP3MI Jawa Timur"),
    Guest("social_security", "Kepala BPJS Ketenagakerjaan Jember", "BPJS Ketenagakerjaan Jember"),
    Guest("ngo", "Koordinator Migrant CARE Jember", "Migrant CARE"),
)


def invite(event: Event, guests: tuple[Guest, ...], team: Team, *, by: User, on: datetime) -> None:
    """Note them in the address book of the office, invite them and the heads of its villages."""
    codes = [it.region for it in guests]
    places = dict(Region.objects.filter(code__in=codes).values_list("code", "pk"))
    entries = [
        actions.write_institution(
            team.office,
            facts={
                "kind": it.kind,
                "title": it.title,
                "institution": it.institution,
                "person": "",
                "phone": "",
                "region_id": places.get(it.region),
            },
            by=by,
        )
        for it in guests
    ]
    actions.invite_institutions(event, entries, by=by, at=on)
    actions.invite_heads(event, by=by, at=on)


def answer(event: Event, *, by: User, on: datetime, is_over: bool) -> None:
    """All came to what is over; to what is to come some will, some send somebody."""
    answers = cycle(["coming"] if is_over else ANSWERS)
    then = min(on + timedelta(days=1), timezone.now())
    for guest, reply in zip(event.invitees.all(), answers, strict=False):
        instead = DEPUTY if reply == "represented" else ""
        facts = {"reply": reply, "represented_by": instead}
        actions.note_reply(guest, facts=facts, by=by, at=then)


def write(event: Event, team: Team, *, by: User) -> None:
    """One letter to all of them, of today, under the office's own numbers."""
    chosen = {"pattern": PATTERN, "unit_code": "W.13", "classification": "GR.03.05"}
    certificates.actions.choose_number_template(
        team.office, INVITATION.key, chosen={**chosen, "serial_width": 3}, by=team["admin 1"]
    )
    words = InvitationWords(
        subject=f"Undangan {event.title}",
        nature=USUAL,
        opening=proposed_opening(event),
        closing=CLOSING,
        contact="",
        copies=[],
        with_agenda=False,
        one_each=False,
        dated=team.office.today(),
        signer=signer_of(team.head),
        signed_as=team.head,
    )
    guests: list[Invitee] = list(event.invitees.all())
    actions.order_invitations(event, guests, words, by=by)
