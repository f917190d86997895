"""Spreadsheets that leave the portal: the template to fill in, the refused rows to mend."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from desabinaan.workbooks import safe
from villages.models import Import, ImportRow, RowStatus
from villages.models.onboarding import LEFT_OVER
from villages.onboarding import columns, facts

WIDTHS = {"name": 26, "decree_number": 42, "decree_title": 34, "note": 44, "head_name": 26}
USUAL_WIDTH = 20
REASON_WIDTH = 60

EXPLAINED = (
    ("Petunjuk pengisian",),
    ("Satu baris untuk satu desa atau kelurahan yang sudah ditetapkan dengan SK.",),
    ("Hapus baris contoh; portal juga melewati baris yang keterangannya diawali CONTOH.",),
    ("Urutan dan nama kolom boleh berbeda; portal menanyakan arti setiap kolom.",),
    ("Tabel dianggap selesai setelah 500 baris kosong.",),
    ("",),
    ("Kolom", "Wajib", "Cara mengisi"),
    ("Nama desa atau kelurahan", "ya", "Boleh dengan atau tanpa kata Desa atau Kelurahan."),
    ("Jenis", "tidak", "Desa atau Kelurahan; membedakan yang namanya sama."),
    ("Kecamatan", "sebaiknya", "Tanpa kecamatan, nama yang tidak tunggal menjadi meragukan."),
    ("Kabupaten atau kota", "sebaiknya", "Misalnya Kabupaten Wonosobo."),
    ("Kode wilayah", "tidak", "Kode Kemendagri, misalnya 33.07.06.2009. Paling pasti."),
    ("Nomor SK", "ya", "Persis seperti pada SK. Bila satu SK untuk semua desa, isi di portal."),
    ("Tanggal SK", "ya", "Misalnya 7 Maret 2024 atau 07/03/2024: hari, bulan, tahun."),
    ("Tentang", "ya", "Perihal SK; sama pada setiap baris SK itu. Dapat juga diisi di portal."),
    ("Penanda tangan SK", "ya", "Nama pejabat. Dapat juga diisi di portal untuk semua baris."),
    ("Tanggal pengukuhan", "tidak", "Bila pengukuhan sudah diadakan."),
    ("Kepala desa atau lurah", "tidak", "Dicatat bila portal belum mengenal kepala desanya."),
    ("Telepon kepala desa", "tidak", "Satu nomor. Hanya terlihat oleh kantor."),
    ("Jabatan kepala desa", "tidak", "Bila bukan kepala desa biasa, misalnya Penjabat."),
    ("Kepala desa sejak, sampai", "tidak", "Masa jabatannya, bila diketahui."),
    ("Sekretaris desa dan teleponnya", "tidak", "Dicatat bila portal belum mengenalnya."),
    ("PIMPASA", "tidak", "Nama petugas pembina desa; ditugaskan di desa itu saat dicatat."),
    ("NIP PIMPASA", "sebaiknya", "18 angka sebagai teks. Yang belum dikenal diangkat."),
    ("Pangkat PIMPASA", "tidak", "Misalnya Penata Muda (III/a); untuk PPPK golongan I–XVII."),
    ("PIMPASA sejak", "tidak", "Bila kosong, sejak tanggal SK PIMPASA atau SK penetapan."),
    ("SK PIMPASA", "tidak", "Nomor dan tanggal; bila kosong, SK penetapan yang menjadi dasar."),
    ("Keterangan", "tidak", "Catatan Anda sendiri."),
)


def template() -> bytes:
    """An empty table with its headers, an example marked as such, and a sheet that explains."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Desa")
    _widen(sheet, [WIDTHS.get(column.key, USUAL_WIDTH) for column in columns.COLUMNS])
    sheet.freeze_panes = "A2"
    sheet.append(_bold(sheet, [column.label for column in columns.COLUMNS]))
    mark = f"{facts.EXAMPLE_MARK}: hapus baris ini"
    example = {**{column.key: column.example for column in columns.COLUMNS}, "note": mark}
    sheet.append(safe(example.values()))
    explained = book.create_sheet("Petunjuk")
    _widen(explained, [30, 12, 80])
    for line in EXPLAINED:
        explained.append(_bold(explained, line) if line[0] in {"Kolom", EXPLAINED[0][0]} else line)
    return _saved(book)


def refusals(batch: Import, rows: Iterable[ImportRow]) -> bytes:
    """What was not taken over, each row with its reason, ready to be mended and uploaded again.

    With its SK as it was corrected since, so that a mended row fits what is recorded.
    """
    now = _decrees_now(batch)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Desa")
    widths = [WIDTHS.get(column.key, USUAL_WIDTH) for column in columns.COLUMNS]
    _widen(sheet, [REASON_WIDTH, USUAL_WIDTH, *widths])
    sheet.freeze_panes = "A2"
    labels = [column.label for column in columns.COLUMNS]
    sheet.append(_bold(sheet, ["Alasan", "Baris dalam berkas asal", *labels]))
    for row in rows:
        told = row.facts | now.get(_decree_in(row), {})
        its = [str(told.get(key) or "") for key in columns.KEYS]
        sheet.append(safe([_reason(row), str(row.line), *its]))
    return _saved(book)


def _decrees_now(batch: Import) -> dict[tuple[str, str], dict[str, Any]]:
    """What the SKs of its recorded villages say by now, by number and day as the table has them."""
    recorded = batch.rows.filter(status=RowStatus.RECORDED).select_related("designation__decree")
    now = {_decree_in(row): row.designation.decree for row in recorded if row.designation}
    return {
        written: {
            "decree_number": decree.number,
            "decree_dated": decree.dated,
            "decree_title": decree.title,
            "signer_name": decree.signer_name,
        }
        for written, decree in now.items()
        if decree
    }


def _decree_in(row: ImportRow) -> tuple[str, str]:
    return row.facts.get("decree_number") or "", row.facts.get("decree_dated") or ""


def _reason(row: ImportRow) -> str:
    """Why the row, or its PIMPASA alone, was not taken over."""
    if row.status in LEFT_OVER:
        return f"{row.get_status_display()}: {row.reason}"
    return f"PIMPASA: {row.officer_standing}"


def _bold(sheet: WriteOnlyWorksheet, values: Sequence[str]) -> list[Cell]:
    cells = [WriteOnlyCell(sheet, value) for value in values]
    for cell in cells:
        cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top", wrap_text=True)
    return cells


def _widen(sheet: WriteOnlyWorksheet, widths: Sequence[int]) -> None:
    for position, width in enumerate(widths, 1):
        dimension = sheet.column_dimensions[get_column_letter(position)]  # type: ignore[attr-defined]
        dimension.width = width


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
