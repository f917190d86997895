"""Bringing in an office's own table: the file, and what its columns mean."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms

from desabinaan import formats, legibility
from desabinaan.fields import PastDayField, PrintedText, let_days_go_by
from villages.forms.fields import LongText
from villages.models import Import, SignerLevel
from villages.onboarding import columns
from villages.onboarding.spreadsheets import MOST_ROWS, SpreadsheetField

DAY = re.compile(r"\d{4}-\d\d-\d\d")  # as the reader writes the days of a workbook
SHOWN = 40  # signs of a header or an example in a list to choose from
ABOUT_OFFICERS = "officer_"
# What a decree has on every row; the title is filled in already.
OF_EVERY_DECREE = {
    "decree_number": "Isi nomor SK: tabel Anda tidak memuatnya.",
    "decree_dated": "Isi tanggal SK: tabel Anda tidak memuatnya.",
    "signer_name": "Isi nama penanda tangan SK: tabel Anda tidak memuatnya.",
}
USUAL_TITLE = "Penetapan Desa Binaan Imigrasi"


class ImportForm(forms.Form):
    """The table that the office has kept until now."""

    file = SpreadsheetField(
        label="Berkas XLSX atau CSV",
        help_text=f"Paling besar 5 MB dan {MOST_ROWS} baris; satu baris untuk satu desa.",
        error_messages={"required": "Pilih berkas tabel Anda."},
    )


class ColumnsForm(forms.Form):
    """Which column means what, and what an empty cell about the decree means."""

    # Each column's first answer says that the table has none; whether it must, `clean` decides,
    # and what no column holds of a decree is said here for all rows.
    depending = (*(f"column_{key}" for key in columns.KEYS), *OF_EVERY_DECREE)

    decree_number = PrintedText(
        label="Nomor SK", tidied=legibility.number, max_length=100, required=False
    )
    decree_dated = PastDayField(label="Tanggal SK", required=False)
    decree_title = PrintedText(
        label="Tentang", tidied=legibility.subject, max_length=250, required=False
    )
    signer_name = PrintedText(label="Nama penanda tangan SK", max_length=120, required=False)
    signer_level = forms.ChoiceField(label="SK ditandatangani oleh", choices=SignerLevel.choices)
    officer_decree_number = PrintedText(
        label="Nomor SK PIMPASA",
        tidied=legibility.number,
        max_length=100,
        required=False,
        help_text="Kosongkan bila SK penetapan desa juga mengangkat PIMPASA-nya.",
    )
    officer_decree_dated = PastDayField(label="Tanggal SK PIMPASA", required=False)
    officer_signer_title = PrintedText(
        label="Jabatan penanda tangan SK PIMPASA", max_length=120, required=False
    )

    def __init__(self, *args: Any, batch: Import, **options: Any) -> None:
        super().__init__(*args, **options)
        self.batch = batch
        choices = [("", "Tidak ada di tabel"), *_choices(batch)]
        for column in columns.COLUMNS:
            self.fields[f"column_{column.key}"] = forms.ChoiceField(
                label=column.label,
                choices=choices,
                required=False,
                initial=batch.columns.get(column.key, ""),
            )
        let_days_go_by(self, batch.office.today())
        self.initial = {
            "decree_title": USUAL_TITLE,
            "signer_level": SignerLevel.OFFICE,
            "officer_signer_title": SignerLevel.OFFICE.label,
            **batch.otherwise,
            **self.initial,
        }

    def column_fields(self) -> list[forms.BoundField]:
        """The fields of what the table seems to have, and of what it must have."""
        return [self[f"column_{key}"] for key in columns.KEYS if self._is_there(key)]

    def further_fields(self) -> list[forms.BoundField]:
        """The fields of what no column seems to be about."""
        return [self[f"column_{key}"] for key in columns.KEYS if not self._is_there(key)]

    def _is_there(self, key: str) -> bool:
        return key in {*columns.EXPECTED, *self.batch.columns} or f"column_{key}" in self.errors

    def decree_fields(self) -> list[forms.BoundField]:
        """The fields that say what holds where a cell about the decree is empty."""
        return [self[name] for name in self.base_fields if not name.startswith(ABOUT_OFFICERS)]

    def officer_fields(self) -> list[forms.BoundField]:
        """The fields that say on what decree the table's PIMPASA stand."""
        return [self[name] for name in self.base_fields if name.startswith(ABOUT_OFFICERS)]

    def clean(self) -> dict[str, Any]:
        """A column means one thing, and the table must name its villages."""
        data = super().clean() or {}
        taken: dict[str, str] = {}
        for column in columns.COLUMNS:
            position = data.get(f"column_{column.key}", "")
            if position and position in taken:
                sentence = f"Kolom ini sudah dipakai untuk {taken[position]}."
                self.add_error(f"column_{column.key}", sentence)
            elif position:
                taken[position] = column.label
        if not (data.get("column_name") or data.get("column_code")):
            self.add_error("column_name", "Pilih kolom yang berisi nama atau kode desa.")
        for name, sentence in OF_EVERY_DECREE.items():
            if name in data and not data[name] and not data.get(f"column_{name}"):
                self.add_error(name, sentence)
        is_undated = "officer_decree_dated" in data and not data["officer_decree_dated"]
        if data.get("officer_decree_number") and is_undated:
            self.add_error("officer_decree_dated", "Isi tanggal SK PIMPASA itu.")
        return data

    def mapped(self) -> columns.Mapped:
        """Which column of the file holds a thing."""
        said = {key: self.cleaned_data[f"column_{key}"] for key in columns.KEYS}
        return {key: int(position) for key, position in said.items() if position}

    def otherwise(self) -> dict[str, str]:
        """What an empty cell about the decree means, as it is kept."""
        said = {name: self.cleaned_data[name] for name in self.base_fields}
        days = {name: day.isoformat() for name, day in said.items() if isinstance(day, date)}
        words = {**{name: value or "" for name, value in said.items()}, **days}
        return {name: " ".join(value.split()) for name, value in words.items()}


class NamedForm(forms.Form):
    """Who a name in the table is: this person, somebody new, or nobody to be recorded."""

    user = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    answer = forms.ChoiceField(required=False, choices=[("new", "baru"), ("none", "lewati")])


def _choices(batch: Import) -> list[tuple[str, str]]:
    """The columns of the file by header, with the first thing that each says."""
    headers = batch.table[batch.header_at][1]
    rows = [cells for _, cells in batch.table[batch.header_at + 1 :]]
    widest = max(map(len, [headers, *rows]))
    choices = []
    for position in range(widest):
        header = headers[position] if position < len(headers) else ""
        said = next((c[position] for c in rows if position < len(c) and c[position]), "")
        example = f", misalnya “{_short(_in_words(said))}”" if said else ""
        name = _short(header) or f"Kolom {position + 1}"
        choices.append((str(position), f"{name}{example}"))
    return choices


def _in_words(said: str) -> str:
    """A day as people write it, where the file has one; anything else as it stands."""
    try:
        return formats.long_date(date.fromisoformat(said)) if DAY.fullmatch(said) else said
    except ValueError:
        return said


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


class SendBackForm(forms.Form):
    """What is not right in a recorded table."""

    note = LongText(
        label="Catatan untuk yang mencatat",
        help_text="Desa atau SK mana yang keliru, dan mengapa. Hanya kantor yang membacanya.",
        error_messages={"required": "Isi catatan agar petugas tahu apa yang keliru."},
    )
