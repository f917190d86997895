"""The five founding cases as reported: each fact of the village's side stands in the demo."""

from collections import Counter
from datetime import date

from django.test import Client

from accounts.models import User
from villages.decree_drafts import RECALLING
from villages.models import Assignment, AssignmentLetter, Designation, Jurisdiction, Village
from villages.models.status import Status

CIRCULAR = (
    "Surat Edaran Direktur Intelijen Keimigrasian Nomor IMI.4-GR.04.01-691 tanggal 26 Juli 2023"
)


def sheet_of(village: str) -> Designation:
    sheets = Designation.objects.select_related("village__region", "office", "decree")
    return sheets.get(village__region__code=village)


def stand_as_they_were_reported() -> None:
    """Asked of a database with the demo in it: tests/villages/test_demo.py."""
    cilacap_coordinates_before_anything_is_decided()
    batulicin_is_opened_by_an_outsider()
    wonosobo_hands_over_a_certificate_that_another_signed()
    jember_reaches_a_whole_kecamatan()
    kerinci_designates_two_that_want_it()


def cilacap_coordinates_before_anything_is_decided() -> None:
    """C0, 13 September 2023."""
    sheet = sheet_of("33.05.01.2015")
    village, meeting = sheet.village, sheet.coordination
    assert (village.full_name, sheet.office.code) == ("Desa Jatijajar", "kanim-cilacap")
    assert village.region.path == "Kecamatan Ayah, Kabupaten Kebumen, Jawa Tengah"
    assert Jurisdiction.objects.filter(office=sheet.office, region__code="33.05").exists()
    assert (sheet.status, sheet.decree) == (Status.DRAFT, None)
    assert meeting.held_on == date(2023, 9, 13)
    for officer in ("Kasubsi Teknologi Informasi Keimigrasian",
                    "Kasubsi Informasi dan Komunikasi Keimigrasian", "dua staf"):  # fmt: skip
        assert officer in meeting.attended_by
    assert "Instansi terkait Kabupaten Kebumen" in meeting.attended_by
    finding = sheet.findings.select_related("criterion").get()
    assert finding.criterion.key == "migrant-pocket"
    assert "Minat warga untuk bekerja sebagai PMI tinggi" in finding.justification
    assert "Pemerintah Kabupaten Kebumen mendukung" in finding.justification
    assert "menjelaskan paspor bagi pekerja migran" in meeting.outcome
    assert "korban TPPO dan TPPM berkurang" in meeting.outcome
    assert "setiap desa dan kelurahan di Kabupaten Kebumen" in village.note
    browser = Client()
    browser.force_login(User.objects.get(email="kepala@cilacap.example"))
    recap = browser.get("/rekap/", {"wilayah": "33.05"}).content.decode()
    assert "Kebumen" in recap  # how many of all its villages: the figure of that ambition


def batulicin_is_opened_by_an_outsider() -> None:
    """C1, 3 May 2024."""
    sheet = sheet_of("63.02.15.2002")
    ceremony, village = sheet.ceremony, sheet.village
    assert village.full_name == "Desa Gendang Timburu"
    assert village.region.path == (
        "Kecamatan Sungai Durian, Kabupaten Kotabaru, Kalimantan Selatan"
    )
    assert sheet.office.name == "Kantor Imigrasi Kelas II TPI Batulicin"
    assert (sheet.status, ceremony.held_on) == (Status.APPROVED, date(2024, 5, 3))
    assert sheet.decree is not None
    assert sheet.decree.title.endswith("sebagai Desa Binaan Imigrasi Tahun 2024")
    assert ceremony.opened_by == "Sekretaris Daerah Kabupaten Kotabaru"
    for guest in ("Sekretaris Kecamatan", "Sekretaris Desa", "Kapolsek", "Babinsa"):
        assert guest in sheet.coordination.attended_by
    # The basis stands on what is printed: the officer's letter, and every decree as it is drafted.
    letter = AssignmentLetter.objects.get(assignments__village=village).letter
    assert letter.facts["dated"] == "2024-05-03"
    assert any(clause.startswith(CIRCULAR) for _, clause in letter.facts["bases"])
    assert any(clause.startswith(CIRCULAR) for clause in RECALLING)


def wonosobo_hands_over_a_certificate_that_another_signed() -> None:
    """C2, 7 March 2024."""
    sheet = sheet_of("33.07.06.2009")
    ceremony, paper = sheet.ceremony, sheet.certificate
    assert sheet.village.full_name == "Desa Pakuncen"
    assert sheet.office.name == "Kantor Imigrasi Kelas II Non TPI Wonosobo"
    assert (ceremony.held_on, ceremony.place) == (date(2024, 3, 7), "Sebuah hotel di Wonosobo")
    assert paper is not None
    assert paper.facts["title"] == "Sertifikat Penghargaan"
    assert paper.facts["signer"]["title"] == f"Kepala {sheet.office.name}"
    assert ceremony.presented_by == (
        "Kepala Seksi Dokumen Perjalanan dan Izin Tinggal Keimigrasian"
    )
    assert ceremony.received_by == "Kepala Desa Pakuncen"
    guides = Assignment.objects.live().filter(village=sheet.village)
    assert {guide.starts_on for guide in guides} == {date(2024, 3, 7)}
    assert sorted(guide.part for guide in guides) == ["lead", "member"]


def jember_reaches_a_whole_kecamatan() -> None:
    """C3, 25 June 2024."""
    sheets = Designation.objects.filter(village__region__code__startswith="35.09.11.")
    assert sheets.count() == 7  # all of Wuluhan
    assert {sheet.office.name for sheet in sheets} == {"Kantor Imigrasi Kelas I TPI Jember"}
    statuses = Counter(sheet.status for sheet in sheets)
    assert statuses == {Status.DRAFT: 2, Status.SUBMITTED: 5}
    for sheet in sheets:
        meeting = sheet.coordination
        assert (meeting.held_on, meeting.place) == (date(2024, 6, 25), "Sebuah hotel di Jember")
        for guest in ("Camat Wuluhan", "seluruh Kepala Desa", "Migrant CARE",
                      "BPJS Ketenagakerjaan", "BP3MI", "Disnaker", "TNI-Polri"):  # fmt: skip
            assert guest in meeting.attended_by
        assert "Dibuka Kasubag Tata Usaha atas nama Kepala Kantor" in meeting.outcome
        assert "Dua pemateri (dari kantor, dan seorang Kepala Desa)" in meeting.outcome
    dempok = Village.objects.get(region__code="35.09.11.2004")
    desbumi = dempok.programmes.get()
    assert (desbumi.kind, desbumi.owner, desbumi.since_year) == ("desbumi", "Migrant CARE", 2016)
    assert "peraturan desa" in desbumi.note
    assert "kelompok usaha produktif" in desbumi.note


def kerinci_designates_two_that_want_it() -> None:
    """C4, early 2024."""
    places = {
        "15.01.21.2009": ("Desa Koto Dua Baru", "Kecamatan Air Hangat Barat"),
        "15.01.04.2031": ("Desa Hiang Sakti", "Kecamatan Sitinjau Laut"),
    }
    sheets = [sheet_of(code) for code in places]
    for sheet in sheets:
        name, district = places[sheet.village.region.code]
        assert sheet.village.full_name == name
        assert sheet.village.region.path.startswith(f"{district}, Kabupaten Kerinci")
        assert sheet.office.name == "Kantor Imigrasi Kelas II Non TPI Kerinci"
        assert sheet.status == Status.APPROVED
        assert sheet.consent.scan.size > 0
        assert "Perangkat desa sendiri yang menghendaki" in sheet.coordination.outcome
        assert "melaporkan kerabat yang menjadi korban TPPO" in sheet.coordination.outcome
        assert sheet.village.whatsapp_group.startswith("https://chat.whatsapp.com/")
    assert sheets[0].decree == sheets[1].decree
    # The official list has split the kecamatan that was reported.
    assert "Diberitakan di Kecamatan Air Hangat;" in sheets[0].village.note
