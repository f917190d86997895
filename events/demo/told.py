"""How an event of the demo is told, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from events.demo.guests import KOTABARU, SELOMERTO, WULUHAN, Guest
from events.demo.guests import WONOSOBO as WONOSOBO_S
from villages.meetings import Part

DAY = timedelta(days=1)
WONOSOBO = "kanim-wonosobo"
CILACAP, JEMBER = "Kantor Imigrasi Cilacap", "Kantor Imigrasi Jember"
BATULICIN, WONOSOBO_NAME = "Kantor Imigrasi Batulicin", "Kantor Imigrasi Wonosobo"
TIKKIM = "Kasubsi Teknologi Informasi Keimigrasian"
INFOKOM = "Kasubsi Informasi dan Komunikasi Keimigrasian"
INTEL = "Kasubsi Intelijen Keimigrasian"
TU = "Kepala Subbagian Tata Usaha"
DOKJAL = "Kepala Seksi Dokumen Perjalanan dan Izin Tinggal Keimigrasian"
M_PASPOR = "Langkah mendapatkan kuota pada aplikasi M-Paspor"
SAFE = "Paspor dan berangkat kerja secara aman"
CIRCULAR = "Surat Edaran Direktur Intelijen Keimigrasian IMI.4-GR.04.01-691, 26 Juli 2023"


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who did what there; titles as reported, names invented."""

    contribution: str
    name: str
    title: str
    institution: str
    on_behalf_of: str = ""
    topic: str = ""


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
    people: tuple[Somebody, ...] = ()
    was: Part | None = None  # to the sheets of its villages
    guests: tuple[Guest, ...] = ()  # and the heads of the villages, where there are any
    has_letter: bool = False
    has_certificates: bool = False  # of attendance


def founding() -> list[Told]:
    """The five founding cases: what was reported of each; names of persons are left out."""
    return [_jatijajar(), _pakuncen(), _gendang_timburu(), _wuluhan(), _kerinci()]


def _jatijajar() -> Told:
    """C0: with the agencies of Kebumen, before anything was decided."""
    return Told(
        "kanim-cilacap",
        "coordination",
        "Koordinasi calon Desa Binaan Imigrasi Jatijajar",
        date(2023, 9, 13),
        "Kabupaten Kebumen",
        ("33.05.01.2015",),
        section="Seksi Teknologi Informasi dan Komunikasi Keimigrasian",
        audience="Instansi terkait Kabupaten Kebumen",
        people=(
            Somebody("chair", "Gilang Mahardika Putra", TIKKIM, CILACAP),
            Somebody("moderator", "Nastiti Rahayuningsih", INFOKOM, CILACAP),
        ),
        was=Part.COORDINATION,
    )


def _pakuncen() -> Told:
    """C2: the certificate handed over at a hotel in Wonosobo."""
    return Told(
        "kanim-wonosobo",
        "inauguration",
        "Penyerahan sertifikat Desa Binaan Imigrasi Pakuncen",
        date(2024, 3, 7),
        "Sebuah hotel di Wonosobo",
        ("33.07.06.2009",),
        section="Seksi Dokumen Perjalanan dan Izin Tinggal Keimigrasian",
        audience="Forkopimda, kepala instansi, media",
        people=(
            Somebody("opener", "Hendarto Wirasena", "Kepala Kantor", WONOSOBO_NAME),
            Somebody("presenter", "Wahyu Adiningrat", DOKJAL, WONOSOBO_NAME),
            Somebody("receiver", "Sugeng Hartoyo Wicaksana", "Kepala Desa", "Desa Pakuncen"),
        ),
        was=Part.CEREMONY,
        guests=WONOSOBO_S,
        has_certificates=True,
    )


def _gendang_timburu() -> Told:
    """C1: opened and inaugurated by the Sekda of Kotabaru, an outsider."""
    return Told(
        "kanim-batulicin",
        "strengthening",
        "Penguatan tugas dan fungsi keimigrasian serta pengukuhan Desa Gendang Timburu",
        date(2024, 5, 3),
        "Desa Gendang Timburu, Kecamatan Sungai Durian",
        ("63.02.15.2002",),
        section="Seksi Intelijen dan Penindakan Keimigrasian",
        audience="Perangkat desa dan tokoh masyarakat",
        people=(
            Somebody("opener", "Zainal Abidinsyah", "Sekretaris Daerah", "Kabupaten Kotabaru"),
            Somebody("speaker", "Noor Ramadhani Idris", INTEL, BATULICIN, topic=M_PASPOR),
            Somebody("presenter", "Zainal Abidinsyah", "Sekretaris Daerah", "Kabupaten Kotabaru"),
            Somebody("receiver", "Mursidah Hayati", "Sekretaris Desa", "Desa Gendang Timburu"),
        ),
        was=Part.CEREMONY,
        basis=CIRCULAR,
        guests=KOTABARU,
    )


def _wuluhan() -> Told:
    """C3: for all villages of a kecamatan at once."""
    return Told(
        "kanim-jember",
        "socialization",
        "Sosialisasi Desa Binaan Imigrasi Kecamatan Wuluhan",
        date(2024, 6, 25),
        "Sebuah hotel di Jember",
        ("35.09.11",),
        section="Subbagian Tata Usaha",
        audience="Camat, kepala desa, dan mitra pelindungan pekerja migran",
        people=(
            Somebody("opener", "Hartini Kusumawardani", TU, JEMBER, "Kepala Kantor"),
            Somebody("speaker", "Yoga Prasetya Wardhana", TIKKIM, JEMBER, topic=SAFE),
            Somebody(
                "speaker",
                "Miftahul Arifin Djauhari",
                "Kepala Desa",
                "Desa Dukuhdempok",
                topic="Desa Peduli Buruh Migran sejak 2016",
            ),
        ),
        was=Part.COORDINATION,
        staff="staff 2",
        guests=WULUHAN,
        has_certificates=True,
    )


def _kerinci() -> Told:
    """C4: two villages that wanted it."""
    return Told(
        "kanim-kerinci",
        "inauguration",
        "Pengukuhan Desa Koto Dua Baru dan Desa Hiang Sakti",
        date(2024, 2, 20),
        "Kantor Desa Koto Dua Baru",
        ("15.01.21.2009", "15.01.04.2031"),
        audience="Perangkat kedua desa",
        was=Part.CEREMONY,
    )


def around(today: date) -> list[Told]:
    """Invented events of these weeks, so that every desk and calendar has something."""
    return [*_to_be_held(today), _unreported(today), *_others(today)]


def _to_be_held(today: date) -> list[Told]:
    return [
        Told(
            WONOSOBO,
            "socialization",
            "Sosialisasi pencegahan TPPO bagi calon pekerja migran",
            today + 5 * DAY,
            "Aula Kecamatan Selomerto",
            ("33.07.06",),
            audience="Kepala desa, kader, calon pekerja migran",
            basis=CIRCULAR,
            went="",
            guests=SELOMERTO,
            has_letter=True,
        ),
        Told(
            WONOSOBO,
            "village_dialogue",
            "Dialog warga: berangkat kerja secara aman",
            today,
            "Balai Desa Plobangan",
            ("33.07.06.2015",),
            starts=time(19),
            ends=time(21, 30),
            went="",
            staff="staff 2",
        ),
        Told(
            WONOSOBO,
            "counseling",
            "Penyuluhan di SMK: paspor dan bekerja di luar negeri",
            today - 6 * DAY,
            "SMK di Selomerto",
            ("33.07.06.2009",),
            went="",
        ),
    ]


def _unreported(today: date) -> Told:
    """Over, with two who look alike; nobody wrote its report yet."""
    return Told(
        WONOSOBO,
        "counseling",
        "Penyuluhan paspor bagi calon pekerja migran",
        today - 12 * DAY,
        "Balai Desa Plobangan",
        ("33.07.06.2015",),
        audience="Calon pekerja migran dan keluarganya",
    )


def _others(today: date) -> list[Told]:
    return [
        Told(
            WONOSOBO,
            "technical_guidance",
            "Bimbingan teknis perangkat desa",
            today + 12 * DAY,
            "Kantor Imigrasi Wonosobo",
            ("33.07.02.2005", "33.07.06.2009", "33.07.06.2015"),
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
