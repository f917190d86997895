"""The five founding cases, with the facts as they were reported; persons and numbers invented."""

from __future__ import annotations

from datetime import date

from villages.demo.cases import Case, Consented, Coordinated, Decided, Honoured

MIGRANTS, FAR, TPPO = "migrant-pocket", "far-from-office", "trafficking-cases"
ACTIVE = "active-village"


def founding() -> list[Case]:
    """The five founding cases, at their reported stages."""
    return [_jatijajar(), _pakuncen(), _gendang_timburu(), *_kerinci(), *_wuluhan()]


def _jatijajar() -> Case:
    """C0: a candidate, coordinated with the agencies of Kebumen; nothing decided yet."""
    return Case(
        office="kanim-cilacap",
        region="33.05.01.2015",
        begun=date(2023, 9, 14),
        findings={
            MIGRANTS: "Minat warga untuk bekerja sebagai PMI tinggi. Pemerintah Kabupaten Kebumen "
            "mendukung desa ini sebagai calon."
        },
        coordinated=Coordinated(
            on=date(2023, 9, 13),
            place="Kabupaten Kebumen",
            attended_by="Instansi terkait Kabupaten Kebumen; Kasubsi Teknologi Informasi "
            "Keimigrasian, Kasubsi Informasi dan Komunikasi Keimigrasian, dua staf",
            outcome="Desa Jatijajar memenuhi kriteria. Kepala desa dan perangkat akan dibekali "
            "agar dapat menjelaskan paspor bagi pekerja migran kepada warga, supaya pelanggaran "
            "serta korban TPPO dan TPPM berkurang.",
        ),
    )


def _pakuncen() -> Case:
    """C2: designated, and the certificate handed over at a hotel in Wonosobo."""
    return Case(
        office="kanim-wonosobo",
        region="33.07.06.2009",
        begun=date(2024, 2, 5),
        findings={
            MIGRANTS: "Banyak warga bekerja di luar negeri, terutama di sektor rumah tangga dan "
            "manufaktur.",
            ACTIVE: "Pemerintah desa aktif menyebarkan informasi keimigrasian melalui radio dan "
            "pertemuan warga.",
        },
        evidence=True,
        coordinated=Coordinated(
            on=date(2024, 2, 8),
            place="Balai Desa Pakuncen",
            attended_by="Kepala Desa, Sekretaris Desa, Camat Selomerto",
            outcome="Desa bersedia dan menunjuk sekretaris desa sebagai penghubung.",
        ),
        consented=Consented(date(2024, 2, 12), "Sugeng Hartoyo Wicaksana", 17),
        submitted=date(2024, 2, 19),
        decided=Decided(
            "approve",
            date(2024, 3, 4),
            decree="W.13.IMI.IMI.9-0187.GR.03.05 Tahun 2024",
            decree_on=date(2024, 3, 4),
            title="Penetapan Desa Pakuncen sebagai Desa Binaan Imigrasi",
        ),
        honoured=Honoured(
            on=date(2024, 3, 7),
            place="Sebuah hotel di Wonosobo",
            opened_by="Kepala Kantor Imigrasi Kelas II Non TPI Wonosobo",
            presented_by="Kepala Seksi Dokumen Perjalanan dan Izin Tinggal Keimigrasian",
            received_by="Kepala Desa Pakuncen",
        ),
    )


def _gendang_timburu() -> Case:
    """C1: inaugurated by the Sekda of Kotabaru, an outsider."""
    return Case(
        office="kanim-batulicin",
        region="63.02.15.2002",
        begun=date(2024, 3, 25),
        findings={
            FAR: "Jarak ke Kantor Imigrasi Batulicin jauh; warga sulit menjangkau layanan.",
            MIGRANTS: "Warga mulai berminat bekerja di luar negeri tanpa jalur resmi.",
        },
        evidence=True,
        coordinated=Coordinated(
            on=date(2024, 4, 2),
            place="Kantor Kecamatan Sungai Durian",
            attended_by="Sekretaris Kecamatan, Sekretaris Desa, Kapolsek, Babinsa",
            outcome="Pemerintah kabupaten dan desa mendukung; pengukuhan direncanakan Mei 2024.",
        ),
        consented=Consented(date(2024, 4, 5), "Jumbrani Arsyad", 9),
        submitted=date(2024, 4, 16),
        decided=Decided(
            "approve",
            date(2024, 4, 29),
            decree="W.19.IMI.IMI.3-0244.GR.03.05 Tahun 2024",
            decree_on=date(2024, 4, 29),
            title="Penetapan Desa Gendang Timburu sebagai Desa Binaan Imigrasi Tahun 2024",
        ),
        honoured=Honoured(
            on=date(2024, 5, 3),
            place="Desa Gendang Timburu, Kecamatan Sungai Durian",
            opened_by="Sekretaris Daerah Kabupaten Kotabaru",
            presented_by="Sekretaris Daerah Kabupaten Kotabaru",
            received_by="Sekretaris Desa Gendang Timburu",
        ),
    )


def _kerinci() -> list[Case]:
    """C4: two villages that wanted it, under one decree."""
    return [
        _of_kerinci("15.01.21.2009", "Koto Dua Baru", Consented(date(2024, 1, 15), "Aswir Rio", 4)),
        _of_kerinci("15.01.04.2031", "Hiang Sakti", Consented(date(2024, 1, 17), "Mat Jaelani", 6)),
    ]


def _of_kerinci(region: str, name: str, consented: Consented) -> Case:
    return Case(
        office="kanim-kerinci",
        region=region,
        begun=date(2024, 1, 10),
        findings={
            MIGRANTS: "Banyak warga bekerja di Malaysia; sebagian berangkat tanpa dokumen lengkap.",
            TPPO: "Ada keluarga yang melaporkan kerabatnya menjadi korban TPPO.",
        },
        coordinated=Coordinated(
            on=date(2024, 1, 11),
            place=f"Kantor Desa {name}",
            attended_by="Kepala Desa, perangkat desa, tokoh masyarakat",
            outcome="Perangkat desa sendiri yang menghendaki. Grup WhatsApp akan dibentuk; desa "
            "menyampaikan masalah di sana, kantor menjawab secepat mungkin. Warga diminta "
            "melaporkan kerabat yang menjadi korban TPPO.",
        ),
        consented=consented,
        submitted=date(2024, 1, 22),
        decided=Decided(
            "approve",
            date(2024, 2, 6),
            decree="W.5.IMI.IMI.2-0061.GR.03.05 Tahun 2024",
            decree_on=date(2024, 2, 6),
            title="Penetapan Desa Koto Dua Baru dan Desa Hiang Sakti sebagai Desa Binaan Imigrasi",
        ),
        honoured=Honoured(
            on=date(2024, 2, 20),
            place="Kantor Desa Koto Dua Baru",
            opened_by="Kepala Kantor Imigrasi Kelas II Non TPI Kerinci",
            presented_by="Kepala Kantor Imigrasi Kelas II Non TPI Kerinci",
            received_by=f"Kepala Desa {name}",
        ),
    )


# Dukuhdempok runs DESBUMI since 2016; it is the furthest of the kecamatan.
WULUHAN = {
    "35.09.11.2004": Consented(date(2024, 7, 9), "Miftahul Arifin Djauhari", 23),
    "35.09.11.2002": Consented(date(2024, 7, 15), "Sukarmin Adi", 12),
    "35.09.11.2001": Consented(date(2024, 7, 10), "Nurhasanah Wijayanti", 31),
    "35.09.11.2003": Consented(date(2024, 7, 11), "Bambang Suhermanto", 18),
    "35.09.11.2005": Consented(date(2024, 7, 16), "Imam Sudarmaji Putra", 9),
    "35.09.11.2006": None,
    "35.09.11.2007": None,
}


def _wuluhan() -> list[Case]:
    """C3: an outreach to all villages of Kecamatan Wuluhan: candidates, five of them submitted."""
    outreach = Coordinated(
        on=date(2024, 6, 25),
        place="Sebuah hotel di Jember",
        attended_by="Camat Wuluhan, seluruh Kepala Desa, Migrant CARE, BPJS Ketenagakerjaan, "
        "BP3MI, Disnaker, TNI-Polri tingkat desa",
        outcome="Dibuka Kasubag Tata Usaha atas nama Kepala Kantor. Dua pemateri "
        "(dari kantor, dan seorang Kepala Desa), tanya jawab, foto bersama; desa-desa diminta "
        "menyampaikan kesediaan.",
    )
    pocket = "Kecamatan Wuluhan adalah kantong pekerja migran Kabupaten Jember."
    desbumi = {ACTIVE: "DESBUMI (Migrant CARE) berjalan sejak 2016, dengan peraturan desa dan "
               "kelompok usaha produktif."}  # fmt: skip
    return [
        Case(
            office="kanim-jember",
            region=region,
            begun=date(2024, 7, 1),
            findings={MIGRANTS: pocket} | (desbumi if region.endswith("2004") else {}),
            staff="staff 2",
            coordinated=outreach,
            consented=consented,
            submitted=date(2024, 7, 22) if consented else None,
        )
        for region, consented in WULUHAN.items()
    ]
