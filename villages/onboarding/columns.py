"""Which column of an office's table means what: guessed from its headers, decided by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from villages.models.region import search_key

TITLE_LINES = 15  # how far below the top the headers may stand


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that the portal takes from a table, and the headers under which it is known."""

    key: str
    label: str
    headers: tuple[str, ...]
    example: str


COLUMNS = (
    Column(
        "name",
        "Nama desa atau kelurahan",
        ("nama desa/kelurahan", "nama desa", "desa/kelurahan", "desa", "kelurahan", "desa binaan",
         "nama kelurahan", "nama desa binaan", "nagari", "gampong", "kampung", "nagori", "lokus"),
        "Sukamaju",
    ),
    Column("kind", "Jenis", ("jenis", "desa atau kelurahan", "jenis wilayah", "tipe"), "Desa"),
    Column("district", "Kecamatan",
           ("kecamatan", "nama kecamatan", "kec", "distrik", "kapanewon"), "Selomerto"),
    Column(
        "regency",
        "Kabupaten atau kota",
        ("kabupaten/kota", "kabupaten", "kota", "kab/kota", "kab", "nama kabupaten"),
        "Kabupaten Wonosobo",
    ),
    Column(
        "code",
        "Kode wilayah",
        ("kode wilayah", "kode desa", "kode", "kode kemendagri", "kode desa/kelurahan"),
        "33.07.06.2099",
    ),
    Column(
        "decree_number",
        "Nomor SK",
        ("nomor sk", "no sk", "sk", "nomor surat keputusan", "no surat keputusan",
         "nomor keputusan", "sk penetapan", "nomor sk penetapan", "no sk penetapan"),
        "W.13.IMI.IMI.7.1000-GR.03.05 Tahun 2024",
    ),
    Column(
        "decree_dated",
        "Tanggal SK",
        ("tanggal sk", "tgl sk", "tanggal surat keputusan", "tanggal penetapan", "tgl penetapan",
         "tanggal sk penetapan"),
        "7 Maret 2024",
    ),
    Column("decree_title", "Tentang", ("tentang", "perihal", "judul sk", "perihal sk"),
           "Penetapan Desa Binaan Imigrasi"),
    Column(
        "signer_name",
        "Penanda tangan SK",
        ("penanda tangan sk", "penanda tangan", "penandatangan", "penandatangan sk",
         "ditandatangani oleh", "nama penanda tangan sk", "pejabat penanda tangan"),
        "Ratna Wulandari",
    ),
    Column(
        "ceremony_on",
        "Tanggal pengukuhan",
        ("tanggal pengukuhan", "tgl pengukuhan", "pengukuhan", "tanggal peresmian", "peresmian"),
        "14 Mei 2024",
    ),
    Column(
        "head_name",
        "Kepala desa atau lurah",
        ("kepala desa atau lurah", "kepala desa/lurah", "kepala desa", "nama kepala desa", "kades",
         "nama kades", "lurah", "kades/lurah", "nama kades/lurah", "kontak", "nama kontak"),
        "Slamet Riyanto",
    ),
    Column("head_title", "Jabatan kepala desa",
           ("jabatan kepala desa", "jabatan kades", "jabatan kontak"), ""),
    Column(
        "head_phone",
        "Telepon kepala desa",
        ("telepon kepala desa", "telepon", "no telepon", "nomor telepon", "no hp", "nomor hp", "hp",
         "telp", "no telp", "no hp kades", "no hp kepala desa", "wa", "no wa", "whatsapp"),
        "081200000000",
    ),
    Column("head_since", "Kepala desa sejak",
           ("kepala desa sejak", "tmt kepala desa", "awal masa jabatan", "mulai menjabat"), ""),
    Column("head_until", "Kepala desa sampai",
           ("kepala desa sampai", "akhir masa jabatan", "masa jabatan sampai"), ""),
    Column(
        "secretary_name",
        "Sekretaris desa",
        ("sekretaris desa", "nama sekretaris desa", "sekdes", "nama sekdes", "carik",
         "sekretaris desa/kelurahan", "seklur"),
        "",
    ),
    Column("secretary_phone", "Telepon sekretaris",
           ("telepon sekretaris", "no hp sekdes", "no hp sekretaris", "telepon sekdes",
            "hp sekdes", "no hp sekretaris desa", "telepon sekretaris desa"), ""),
    Column(
        "officer_name",
        "PIMPASA",
        ("pimpasa", "nama pimpasa", "petugas pimpasa", "petugas pembina desa", "pembina desa",
         "petugas imigrasi pembina desa", "petugas pembina"),
        "Bagas Prakoso",
    ),
    Column("officer_nip", "NIP PIMPASA", ("nip pimpasa", "nip", "nip petugas"), ""),
    Column("officer_rank", "Pangkat PIMPASA",
           ("pangkat pimpasa", "pangkat", "golongan", "pangkat/golongan", "pangkat/gol",
            "gol", "pangkat/golongan ruang", "pangkat/gol ruang"), ""),
    Column("officer_since", "PIMPASA sejak",
           ("pimpasa sejak", "tmt pimpasa", "tmt", "mulai tugas", "tanggal penugasan",
            "tgl penugasan", "bertugas sejak", "tanggal mulai tugas"), ""),
    Column("officer_decree_number", "Nomor SK PIMPASA",
           ("nomor sk pimpasa", "no sk pimpasa", "sk pimpasa", "nomor surat tugas",
            "no surat tugas", "surat tugas"), ""),
    Column("officer_decree_dated", "Tanggal SK PIMPASA",
           ("tanggal sk pimpasa", "tgl sk pimpasa", "tanggal surat tugas", "tgl surat tugas"), ""),
    Column("note", "Keterangan", ("keterangan", "ket", "catatan"), ""),
)  # fmt: skip
EXPECTED = ("name", "district", "regency", "decree_number", "decree_dated")
KEYS = tuple(column.key for column in COLUMNS)

_KNOWN = {search_key(header): c.key for c in COLUMNS for header in (*c.headers, c.label)}

type Mapped = dict[str, int]  # which column of the file holds a thing
type Rows = Sequence[tuple[int, list[str]]]


def header_at(rows: Rows) -> int:
    """The place of the row whose cells are most like headers; the first where none is.

    Of headings in two lines the lower: merged cells stand in both.
    """
    scores = _scores(rows)
    place = scores.index(max(scores)) if any(scores) else 0
    while scores[place : place + 2] == [max(scores)] * 2 and any(scores):
        place += 1
    return place


def likeness(rows: Rows) -> int:
    """How many columns the table has that the portal knows."""
    return max(_scores(rows), default=0)


def _scores(rows: Rows) -> list[int]:
    beginning = [cells for _, cells in rows[:TITLE_LINES]]
    above: list[list[str]] = [[], *beginning]
    return [len(guess(cells, up)) for cells, up in zip(beginning, above, strict=False)]


def guess_at(rows: Rows, place: int) -> Mapped:
    """What the headers in that row mean, read together with the line above them."""
    above = rows[place - 1][1] if place else []
    return guess(rows[place][1], above)


def guess(headers: Sequence[str], above: Sequence[str] = ()) -> Mapped:
    """What each known header means; the first of two alike.

    "Nomor" below "SK" is its number: what stands above is read along, before and behind.
    """
    found: Mapped = {}
    for position, header in enumerate(headers):
        group = above[position] if position < len(above) else ""
        own, wider = search_key(header), search_key(group)
        if not own:
            continue
        key = _KNOWN.get(own + wider) or _KNOWN.get(wider + own) or _KNOWN.get(own)
        if key:
            found.setdefault(key, position)
    return found


def picked(cells: Sequence[str], mapped: Mapping[str, int]) -> dict[str, str]:
    """The cells of a row by what they mean; what is not mapped, or missing, is empty."""
    return {
        key: cells[mapped[key]] if key in mapped and mapped[key] < len(cells) else ""
        for key in KEYS
    }
