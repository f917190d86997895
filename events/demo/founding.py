"""The five founding cases: what was reported of each event; persons and their words invented."""

from __future__ import annotations

from datetime import date, time, timedelta

from events.demo import cast, said
from events.demo.told import Somebody, Told
from villages.meetings import Part

CILACAP, JEMBER = cast.CILACAP, "Kantor Imigrasi Jember"
BATULICIN, WONOSOBO = "Kantor Imigrasi Batulicin", "Kantor Imigrasi Wonosobo"
KERINCI = "Kantor Imigrasi Kerinci"
TIKKIM, INFOKOM = cast.TIKKIM, cast.INFOKOM
INTEL = "Kasubsi Intelijen Keimigrasian"
CHIEF, TU = "Kepala Kantor", "Kepala Subbagian Tata Usaha"
DOKJAL = "Kepala Seksi Dokumen Perjalanan dan Izin Tinggal Keimigrasian"
SEKDA, KOTABARU = "Sekretaris Daerah", "Pemerintah Kabupaten Kotabaru"
CIRCULAR = "Surat Edaran Direktur Intelijen Keimigrasian IMI.4-GR.04.01-691, 26 Juli 2023"


def founding() -> list[Told]:
    """All five."""
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
        is_by_invitation=True,
        guests=cast.KEBUMEN,
        invites_heads=False,
        came=cast.AT_KEBUMEN,
        documented=said.JATIJAJAR,
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
        ends=time(12, 30),
        section="Seksi Dokumen Perjalanan dan Izin Tinggal Keimigrasian",
        audience="Forkopimda, kepala instansi, media",
        people=(
            Somebody("opener", "Hendarto Wirasena", CHIEF, WONOSOBO),
            Somebody("speaker", "Laras Widyaningtyas", "PIMPASA", WONOSOBO, topic=said.RIGHTS),
            Somebody("presenter", "Wahyu Adiningrat", DOKJAL, WONOSOBO),
            Somebody("receiver", "Sugeng Hartoyo Wicaksana", "Kepala Desa", "Desa Pakuncen"),
        ),
        was=Part.CEREMONY,
        is_by_invitation=True,
        guests=cast.WONOSOBO,
        came=cast.AT_WONOSOBO,
        documented=said.PAKUNCEN,
        witnesses=(("Sugeng Hartoyo Wicaksana", "Kepala Desa Pakuncen"),),
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
            Somebody("opener", "Zainal Abidinsyah", SEKDA, KOTABARU),
            Somebody("speaker", "Noor Ramadhani Idris", INTEL, BATULICIN, topic=said.M_PASPOR),
            Somebody("presenter", "Zainal Abidinsyah", SEKDA, KOTABARU),
            Somebody("receiver", "Hamdani Syukur Bahri", "Sekretaris Desa", cast.TIMBURU),
        ),
        was=Part.CEREMONY,
        basis=CIRCULAR,
        is_by_invitation=True,
        guests=cast.KOTABARU,
        represented={"Jumbrani Arsyad": "Hamdani Syukur Bahri, Sekretaris Desa"},
        came=cast.AT_TIMBURU,
        documented=said.TIMBURU,
        witnesses=(("Hamdani Syukur Bahri", "Sekretaris Desa Gendang Timburu"),),
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
        staff="staff 2",
        planned=timedelta(days=14),
        people=(
            Somebody("opener", "Hartini Kusumawardani", TU, JEMBER, CHIEF),
            Somebody("speaker", "Yoga Prasetya Wardhana", TIKKIM, JEMBER, topic=said.SAFE),
            Somebody(
                "speaker",
                "Miftahul Arifin Djauhari",
                "Kepala Desa",
                "Desa Dukuhdempok",
                topic=said.DESBUMI,
            ),
        ),
        was=Part.COORDINATION,
        is_by_invitation=True,
        guests=cast.WULUHAN,
        represented=cast.FOR_WULUHAN,
        came=cast.AT_WULUHAN,
        documented=said.WULUHAN,
        is_checked=True,
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
        ends=time(12, 30),
        section="Subseksi Intelijen Keimigrasian",
        audience="Perangkat kedua desa",
        people=(
            Somebody("opener", "Zulhendri Rio Sandaran", CHIEF, KERINCI),
            Somebody("speaker", "Depatri Yulianda", INTEL, KERINCI, topic=said.GROUP),
            Somebody("presenter", "Zulhendri Rio Sandaran", CHIEF, KERINCI),
            Somebody("receiver", "Aswir Rio", "Kepala Desa", cast.KOTO),
            Somebody("receiver", "Mat Jaelani", "Kepala Desa", cast.HIANG),
        ),
        was=Part.CEREMONY,
        is_by_invitation=True,
        came=cast.AT_KERINCI,
        documented=said.KERINCI,
        witnesses=(
            ("Aswir Rio", "Kepala Desa Koto Dua Baru"),
            ("Mat Jaelani", "Kepala Desa Hiang Sakti"),
        ),
    )
