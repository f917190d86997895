"""How an event of the demo is told, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

CIRCULAR = "Surat Edaran Direktur Intelijen Keimigrasian IMI.4-GR.04.01-691, 26 Juli 2023"


@dataclass(frozen=True, slots=True)
class Told:
    """An event: by whom, what, when, where, for whom; and how far it came."""

    office: str
    kind: str
    title: str
    on: date
    venue: str
    regions: tuple[str, ...] = ()  # villages or kecamatan, by their codes
    starts: time = time(9)
    ends: time = time(12)
    section: str = ""
    audience: str = ""
    basis: str = ""
    went: str = "finished"  # "", "started", "finished", or why it was called off
    staff: str = "staff 1"
    planned: timedelta = timedelta(days=10)  # so long before


def founding() -> list[Told]:
    """The five founding cases: what was reported of each; names of persons are left out."""
    return [
        Told(
            "kanim-cilacap",
            "coordination",
            "Koordinasi calon Desa Binaan Imigrasi Jatijajar",
            date(2023, 9, 13),
            "Kabupaten Kebumen",
            ("33.05.01.2015",),
            section="Seksi Teknologi Informasi dan Komunikasi Keimigrasian",
            audience="Instansi terkait Kabupaten Kebumen",
        ),
        Told(
            "kanim-wonosobo",
            "inauguration",
            "Penyerahan sertifikat Desa Binaan Imigrasi Pakuncen",
            date(2024, 3, 7),
            "Sebuah hotel di Wonosobo",
            ("33.07.06.2009",),
            section="Seksi Dokumen Perjalanan dan Izin Tinggal Keimigrasian",
            audience="Forkopimda, kepala instansi, media",
        ),
        Told(
            "kanim-batulicin",
            "strengthening",
            "Penguatan tugas dan fungsi keimigrasian serta pengukuhan Desa Gendang Timburu",
            date(2024, 5, 3),
            "Desa Gendang Timburu, Kecamatan Sungai Durian",
            ("63.02.15.2002",),
            section="Seksi Intelijen dan Penindakan Keimigrasian",
            audience="Perangkat desa dan tokoh masyarakat",
            basis=CIRCULAR,
        ),
        Told(
            "kanim-jember",
            "socialization",
            "Sosialisasi Desa Binaan Imigrasi Kecamatan Wuluhan",
            date(2024, 6, 25),
            "Sebuah hotel di Jember",
            ("35.09.11",),
            section="Subbagian Tata Usaha",
            audience="Camat, kepala desa, dan mitra pelindungan pekerja migran",
            staff="staff 2",
        ),
        Told(
            "kanim-kerinci",
            "inauguration",
            "Pengukuhan Desa Koto Dua Baru dan Desa Hiang Sakti",
            date(2024, 2, 20),
            "Kantor Desa Koto Dua Baru",
            ("15.01.21.2009", "15.01.04.2031"),
            audience="Perangkat kedua desa",
        ),
    ]


def around(today: date) -> list[Told]:
    """Invented events of these weeks, so that every desk and calendar has something."""
    day = timedelta(days=1)
    wonosobo, air = "kanim-wonosobo", "Balai Desa Plobangan"
    return [
        Told(
            wonosobo,
            "socialization",
            "Sosialisasi pencegahan TPPO bagi calon pekerja migran",
            today + 5 * day,
            "Aula Kecamatan Selomerto",
            ("33.07.06",),
            audience="Kepala desa, kader, calon pekerja migran",
            basis=CIRCULAR,
            went="",
        ),
        Told(
            wonosobo,
            "village_dialogue",
            "Dialog warga: berangkat kerja secara aman",
            today,
            air,
            ("33.07.06.2015",),
            starts=time(0, 15),
            ends=time(23, 45),
            went="",
            staff="staff 2",
        ),
        Told(
            wonosobo,
            "counseling",
            "Penyuluhan di SMK: paspor dan bekerja di luar negeri",
            today - 6 * day,
            "SMK di Selomerto",
            ("33.07.06.2009",),
            went="",
        ),
        Told(
            wonosobo,
            "technical_guidance",
            "Bimbingan teknis perangkat desa",
            today + 12 * day,
            "Kantor Imigrasi Wonosobo",
            ("33.07.02.2005", "33.07.06.2009", "33.07.06.2015"),
            went="Narasumber berhalangan; dijadwalkan ulang bulan depan.",
        ),
        Told(
            "kanim-cilacap",
            "monev_meeting",
            "Rapat monitoring dan evaluasi triwulan",
            today + 8 * day,
            "Kantor Imigrasi Cilacap",
            went="",
        ),
    ]
