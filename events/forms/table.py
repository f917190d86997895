"""A spreadsheet of who came."""

from __future__ import annotations

from django import forms

from events.attendance_table import likeness
from villages.onboarding.spreadsheets import SpreadsheetField


class TableForm(forms.Form):
    """The file; what it says is shown before anything is stored."""

    file = SpreadsheetField(
        label="Berkas XLSX atau CSV",
        likeness=likeness,
        help_text="Judul kolom: Nama, Instansi/Desa, Jabatan, No. HP, L/P. Dua yang pertama wajib.",
    )
