"""Invented cases in other villages of the same kabupaten, so that every desk has work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from villages.demo.cases import Case, Closed, Consented, Coordinated, Decided, Honoured

MIGRANTS, BORDER, FAR, TPPO = "migrant-pocket", "border", "far-from-office", "trafficking-cases"
TRANSIT, FOREIGN, WORK, POOR = "transit", "foreign-nationals", "unemployment", "poverty"
SCHOOL, YOUNG = "education", "young-population"
WONOSOBO = "kanim-wonosobo"
VILLAGERS = "Menurut data desa, {} warga bekerja di luar negeri; {} berangkat tahun lalu."

type Ago = Callable[[int], date]


def around(today: date) -> list[Case]:
    """The work of all five offices, told from today backwards."""
    ago = partial(_ago, today)
    return [
        *_in_preparation(ago),
        *_with_the_head(ago),
        *_decided(ago),
        *_designated(ago),
        *_closed(ago),
        *_cilacap(ago),
        *_elsewhere(ago),
    ]


def _ago(today: date, days: int) -> date:
    return today - timedelta(days=days)


def _in_preparation(ago: Ago) -> list[Case]:
    return [
        Case(  # begun, without the letter
            WONOSOBO, "33.07.06.2006", ago(3), {MIGRANTS: VILLAGERS.format(96, 21)},
            evidence=True,
        ),
        Case(  # only picked
            WONOSOBO, "33.07.02.2014", ago(1), staff="staff 2",
        ),
        Case(  # ready to be submitted
            WONOSOBO, "33.07.06.2020", ago(9), {MIGRANTS: VILLAGERS.format(143, 35),
            YOUNG: "Separuh penduduk berusia di bawah 30 tahun."},
            consented=Consented(ago(4), "Paryono Setyabudi", 41),
        ),
    ]  # fmt: skip


def _with_the_head(ago: Ago) -> list[Case]:
    return [
        Case(  # waits for the head, longest
            WONOSOBO, "33.07.02.2005", ago(16), {MIGRANTS: VILLAGERS.format(188, 44),
            TPPO: "Dua warga pernah direkrut tanpa perusahaan resmi pada 2025."},
            evidence=True,
            coordinated=Coordinated(ago(15), "Kantor Kecamatan Kepil",
                "Camat Kepil, Kepala Desa Burat, Babinsa, Bhabinkamtibmas",
                "Camat dan desa mendukung; data pekerja migran diserahkan."),
            consented=Consented(ago(12), "Ngadiman Surya Laksana", 33),
            submitted=ago(8),
        ),
        Case(
            WONOSOBO, "33.07.09.2017", ago(11), {MIGRANTS: VILLAGERS.format(74, 18),
            WORK: "Lapangan kerja di desa terbatas pada pertanian musiman."},
            staff="staff 2", evidence=True,
            consented=Consented(ago(7), "Winarsih Handayaningrat", 19),
            submitted=ago(2),
        ),
        Case(  # returned with a note
            WONOSOBO, "33.07.06.2013", ago(20), {MIGRANTS: "Banyak warga menjadi PMI."},
            consented=Consented(ago(18), "Darsono Kertajaya", 28), submitted=ago(13),
            decided=Decided("return", ago(5), "Sebutkan jumlah pekerja migran dan sumber datanya, "
                            "lalu lampirkan datanya sebagai bukti."),
        ),
    ]  # fmt: skip


def _decided(ago: Ago) -> list[Case]:
    return [
        Case(  # rejected
            WONOSOBO, "33.07.02.2010", ago(150), {WORK: "Pengangguran cukup tinggi."},
            staff="staff 2",
            consented=Consented(ago(140), "Sarwono Dwijaya", 15), submitted=ago(135),
            decided=Decided("reject", ago(128), "Jumlah calon pekerja migran kecil dan desa "
                            "tetangga sudah dibina. Diusulkan lagi bila keadaannya berubah."),
        ),
        Case(  # designated by the Plh., the number of the SK has yet to come
            WONOSOBO, "33.07.02.2001", ago(24), {MIGRANTS: VILLAGERS.format(121, 27)},
            consented=Consented(ago(20), "Muhtadin Wiryawan", 37), submitted=ago(10),
            decided=Decided("approve", ago(1), by="head 2",
                            title="Penetapan Desa Gondowulan sebagai Desa Binaan Imigrasi"),
        ),
    ]  # fmt: skip


def _designated(ago: Ago) -> list[Case]:
    return [
        Case(  # designated this year, certificate in hand
            WONOSOBO, "33.07.06.2015", ago(210), {MIGRANTS: VILLAGERS.format(167, 52)},
            evidence=True,
            consented=Consented(ago(200), "Turyanto Hadinegara", 8), submitted=ago(190),
            decided=Decided("approve", ago(180), decree_on=ago(180),
                            decree=f"WIM.13.IMI.9-0412.GR.03.05 Tahun {ago(180).year}",
                            title="Penetapan Desa Plobangan sebagai Desa Binaan Imigrasi"),
            honoured=Honoured(ago(171), "Balai Desa Plobangan", "Camat Selomerto",
                              "Kepala Kantor Imigrasi Kelas II Non TPI Wonosobo",
                              "Kepala Desa Plobangan"),
        ),
        Case(  # asked to be revoked, waits for the head
            WONOSOBO, "33.07.09.2005", date(2024, 5, 6), {MIGRANTS: VILLAGERS.format(58, 9)},
            consented=Consented(date(2024, 5, 13), "Sri Mulyaningtyas", 22),
            submitted=date(2024, 5, 20),
            decided=Decided("approve", date(2024, 6, 3), decree_on=date(2024, 6, 3),
                            decree="W.13.IMI.IMI.9-0366.GR.03.05 Tahun 2024",
                            title="Penetapan Desa Jogoyitnan sebagai Desa Binaan Imigrasi"),
            closed=Closed("Pemerintah desa yang baru menyatakan tidak melanjutkan kerja sama.",
                          asked_on=ago(4)),
        ),
    ]  # fmt: skip


def _closed(ago: Ago) -> list[Case]:
    return [
        Case(  # revoked, its certificate with it
            WONOSOBO, "33.07.02.2016", date(2024, 8, 5), {TRANSIT: "Menjadi tempat singgah."},
            consented=Consented(date(2024, 8, 9), "Bambang Tri Atmaka", 30),
            submitted=date(2024, 8, 14),
            decided=Decided("approve", date(2024, 9, 2), decree_on=date(2024, 9, 2),
                            decree="W.13.IMI.IMI.9-0521.GR.03.05 Tahun 2024",
                            title="Penetapan Desa Tanjunganom sebagai Desa Binaan Imigrasi"),
            closed=Closed("Desa tidak lagi menjalankan kegiatan dan tidak menanggapi kantor.",
                          asked_on=ago(75), confirmed_on=ago(66),
                          decree=f"WIM.13.IMI.9-0688.GR.03.05 Tahun {ago(66).year}"),
        ),
        Case(  # its term is over
            WONOSOBO, "33.07.06.2003", date(2023, 10, 2), {MIGRANTS: VILLAGERS.format(83, 14)},
            consented=Consented(date(2023, 10, 9), "Purwadi Kusumanegara", 51),
            submitted=date(2023, 10, 16),
            decided=Decided("approve", date(2023, 11, 6), decree_on=date(2023, 11, 6),
                            decree="W.13.IMI.IMI.9-0733.GR.03.05 Tahun 2023",
                            title="Penetapan Desa Candi sebagai Desa Binaan Imigrasi"),
            closed=Closed("Masa pembinaan selesai; desa melanjutkan secara mandiri.",
                          ended_on=ago(45)),
        ),
    ]  # fmt: skip


def _cilacap(ago: Ago) -> list[Case]:
    office = "kanim-cilacap"
    return [
        Case(
            office, "33.05.01.2012", ago(6), {BORDER: "Desa pesisir selatan dengan tempat "
            "pelelangan ikan dan lalu lintas kapal nelayan."}, staff="staff 2",
        ),
        Case(
            office, "33.05.01.2013", ago(19), {MIGRANTS: "112 warga bekerja di luar negeri."},
            staff="staff 2", evidence=True,
            consented=Consented(ago(14), "Rasiman Jayawardana", 26), submitted=ago(6),
        ),
        Case(
            office, "33.05.01.2004", ago(260), {MIGRANTS: "204 warga bekerja di luar negeri.",
            FOREIGN: "Tujuan wisata pantai dengan kunjungan orang asing."}, evidence=True,
            consented=Consented(ago(250), "Karsito Wangsadiharja", 11), submitted=ago(244),
            decided=Decided("approve", ago(230), decree_on=ago(232), level="regional",
                            signer="Suryo Anggoro Jatmiko",
                            decree=f"WIM.13-0095.GR.03.05 Tahun {ago(232).year}",
                            title="Pembentukan Desa Binaan Imigrasi Desa Pasir"),
            honoured=Honoured(ago(222), "Pendopo Kecamatan Ayah", "Camat Ayah",
                              "Kepala Kantor Imigrasi Kelas I TPI Cilacap", "Kepala Desa Pasir"),
        ),
        Case(
            office, "33.05.01.2001", ago(30), {MIGRANTS: "Warga bekerja di kapal asing."},
            consented=Consented(ago(26), "Tukiran Mangunharja", 18), submitted=ago(21),
            decided=Decided("return", ago(12), "Pindaian surat kesediaan tidak terbaca; "
                            "unggah ulang."),
        ),
    ]  # fmt: skip


def _elsewhere(ago: Ago) -> list[Case]:
    return [
        Case(
            "kanim-batulicin", "63.02.15.2001", ago(5), {FAR: "Empat jam perjalanan darat ke "
            "kantor imigrasi."}, staff="staff 2",
        ),
        Case(
            "kanim-batulicin", "63.02.15.2006", ago(18), {FOREIGN: "Berdekatan dengan perkebunan "
            "dan tambang yang mempekerjakan tenaga kerja asing."}, evidence=True,
            consented=Consented(ago(14), "Syahruddin Anang", 13), submitted=ago(9),
        ),
        Case(
            "kanim-jember", "35.09.05.2001", ago(200), {MIGRANTS: "231 warga bekerja di luar "
            "negeri."}, consented=Consented(ago(190), "Hafidz Maulana Sastra", 7),
            submitted=ago(185),
            decided=Decided("approve", ago(170), decree_on=ago(170),
                            decree=f"WIM.15.IMI.4-0301.GR.03.05 Tahun {ago(170).year}",
                            title="Penetapan Desa Binaan Imigrasi Kecamatan Umbulsari"),
        ),
        Case(
            "kanim-kerinci", "15.01.04.2029", ago(17), {MIGRANTS: "68 warga bekerja di Malaysia.",
            SCHOOL: "Sebagian besar warga tamat sekolah dasar."}, staff="staff 2",
            consented=Consented(ago(12), "Herman Depati Agung", 5), submitted=ago(5),
        ),
        Case(
            "kanim-kerinci", "15.01.21.2006", ago(2), {POOR: "Angka kemiskinan di atas rata-rata "
            "kabupaten."},
        ),
    ]  # fmt: skip
