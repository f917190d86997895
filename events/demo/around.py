"""Invented events of these weeks, so that every desk and calendar has something."""

from __future__ import annotations

from datetime import date, time

from events.demo import cast, said
from events.demo.founding import CIRCULAR
from events.demo.founding import WONOSOBO as OFFICE
from events.demo.told import DAY, Somebody, Told

WONOSOBO, PLOBANGAN = "kanim-wonosobo", "33.07.06.2015"
SCHOOL = "Penyuluhan di SMK: paspor dan bekerja di luar negeri"
HALL = "Aula Kecamatan Selomerto"


def around(today: date) -> list[Told]:
    """One that goes on, some to be held, one without a report, and others."""
    return [_running(today), *_to_be_held(today), _unreported(today), *_others(today)]


def _running(today: date) -> Told:
    """Whoever tries the demo comes in: for days, since nobody knows on which one they will."""
    return Told(
        WONOSOBO,
        "counseling",
        "Pekan migrasi aman Kecamatan Selomerto",
        today - DAY,
        HALL,
        ("33.07.06.2009", PLOBANGAN, "33.07.06.2020"),
        starts=time(8),
        ends=time(16),
        days=6,
        audience="Perangkat desa, kader, calon pekerja migran",
        basis=CIRCULAR,
        went="started",
        people=(
            Somebody("opener", "Kuntoro Adi Nugroho", "Camat", "Kecamatan Selomerto"),
            *_spoken(),
        ),
        is_by_invitation=True,
        guests=cast.SELOMERTO,
        came=cast.AT_SELOMERTO,
        is_checked=True,
    )


def _to_be_held(today: date) -> list[Told]:
    return [
        Told(
            WONOSOBO,
            "socialization",
            "Sosialisasi pencegahan TPPO bagi calon pekerja migran",
            today + 5 * DAY,
            HALL,
            ("33.07.06",),
            audience="Kepala desa, kader, calon pekerja migran",
            basis=CIRCULAR,
            went="",
            is_by_invitation=True,
            guests=cast.SELOMERTO,
        ),
        Told(
            WONOSOBO,
            "village_dialogue",
            "Dialog warga: berangkat kerja secara aman",
            today,
            "Balai Desa Plobangan",
            (PLOBANGAN,),
            starts=time(19),
            ends=time(21, 30),
            went="",
            staff="staff 2",
        ),
        Told(
            WONOSOBO,
            "counseling",
            SCHOOL,
            today - 6 * DAY,
            "SMK di Selomerto",
            ("33.07.06.2009",),
            went="",
        ),
    ]


def _spoken() -> tuple[Somebody, ...]:
    return (Somebody("speaker", "Laras Widyaningtyas", "PIMPASA", OFFICE, topic=said.SAFE),)


def _unreported(today: date) -> Told:
    """Over, with two who look alike; nobody wrote its report yet."""
    return Told(
        WONOSOBO,
        "counseling",
        "Penyuluhan paspor bagi calon pekerja migran",
        today - 12 * DAY,
        "Balai Desa Plobangan",
        (PLOBANGAN,),
        audience="Calon pekerja migran dan keluarganya",
        people=_spoken(),
        came=cast.AT_PLOBANGAN,
    )


def _others(today: date) -> list[Told]:
    return [
        Told(
            WONOSOBO,
            "technical_guidance",
            "Bimbingan teknis perangkat desa",
            today + 12 * DAY,
            "Kantor Imigrasi Wonosobo",
            ("33.07.02.2005", "33.07.06.2009", PLOBANGAN),
            went="Narasumber berhalangan; dijadwalkan ulang bulan depan.",
        ),
        Told(
            "kanim-cilacap",
            "monev_meeting",
            "Rapat monitoring dan evaluasi triwulan",
            today + 8 * DAY,
            "Kantor Imigrasi Cilacap",
            went="",
        ),
    ]
