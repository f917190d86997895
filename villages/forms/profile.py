"""What an office notes of a village: programmes, figures, agreements, documents."""

from __future__ import annotations

from typing import Any

from django import forms

from desabinaan.editing import EditForm
from desabinaan.fields import CountField, DayField, TextField
from desabinaan.uploads import CheckedFileField
from villages.forms.sheet import UPLOAD_HINT
from villages.models import AgreementKind, ProgrammeKind


def _year(label: str, **options: Any) -> CountField:
    wrong = dict.fromkeys(
        ("invalid", "min_value", "max_value"), "Tulis tahun dengan empat angka, misalnya 2025."
    )
    return CountField(label=label, min_value=1990, max_value=2100, error_messages=wrong, **options)


def _figure(label: str, **options: Any) -> CountField:
    limits = {"min_value": "Jumlah orang tidak negatif.", "max_value": "Paling besar 1.000.000."}
    return CountField(
        label=label, min_value=0, max_value=1_000_000, error_messages=limits, **options
    )


class ProgrammeForm(EditForm):
    """A programme of another institution that runs in the village."""

    kind = forms.ChoiceField(label="Program", choices=ProgrammeKind.choices)
    name = TextField(
        label="Nama program", max_length=120, required=False, help_text="Hanya untuk “Lainnya”."
    )
    owner = TextField(
        label="Penyelenggara", max_length=120, help_text="Misalnya Migrant CARE, Kemnaker, KP2MI."
    )
    since_year = _year("Berjalan sejak tahun", required=False)
    note = TextField(
        label="Keterangan",
        max_length=400,
        required=False,
        help_text="Misalnya peraturan desa atau kelompok usaha yang ada.",
    )

    def clean(self) -> dict[str, Any]:
        """A name for a programme that the list does not know, and for no other."""
        data = super().clean() or {}
        if data.get("kind") != ProgrammeKind.OTHER:
            data["name"] = ""
        elif not data.get("name") and "name" not in self.errors:
            self.add_error("name", "Isi nama programnya.")
        return data


class MigrantCountForm(EditForm):
    """How many migrant workers a source counts; a figure, never names."""

    year = _year("Tahun")
    men = _figure("Laki-laki", required=False)
    women = _figure("Perempuan", required=False)
    total = _figure(
        "Jumlah", required=False, help_text="Kosongkan bila laki-laki dan perempuan diisi."
    )
    source = TextField(
        label="Sumber", max_length=160, help_text="Misalnya Pemerintah desa, Disnaker Kabupaten."
    )
    as_of = DayField(label="Menurut keadaan tanggal")

    def clean(self) -> dict[str, Any]:
        """Both parts or neither; the total is their sum."""
        data = super().clean() or {}
        men, women, total = (data.get(name) for name in ("men", "women", "total"))
        if self.errors:
            return data
        if (men is None) is not (women is None):
            self.add_error("men" if men is None else "women", "Isi keduanya, atau jumlahnya saja.")
        elif men is None and total is None:
            self.add_error("total", "Isi jumlahnya.")
        elif men is not None and women is not None:
            if total not in {None, men + women}:
                self.add_error("total", f"Laki-laki dan perempuan berjumlah {men + women}.")
            data["total"] = men + women
        if data["as_of"].year < data["year"]:
            self.add_error("as_of", "Tanggal ini sebelum tahun angkanya.")
        return data


class AgreementForm(EditForm):
    """What was agreed, between whom, under which numbers, until when."""

    depending = ("second_party",)

    kind = forms.ChoiceField(label="Jenis", choices=AgreementKind.choices)
    title = TextField(
        label="Tentang", max_length=250, error_messages={"required": "Isi tentang apa."}
    )
    first_party = TextField(label="Pihak pertama", max_length=160)
    first_number = TextField(label="Nomor dari pihak pertama", max_length=100, required=False)
    second_party = TextField(
        label="Pihak kedua",
        max_length=160,
        required=False,
        help_text="Wajib untuk MoU dan PKS, selain itu boleh dikosongkan.",
    )
    second_number = TextField(label="Nomor dari pihak kedua", max_length=100, required=False)
    third_party = TextField(label="Pihak ketiga", max_length=160, required=False)
    third_number = TextField(label="Nomor dari pihak ketiga", max_length=100, required=False)
    dated = DayField(label="Tanggal")
    valid_until = DayField(label="Berlaku sampai", required=False)
    scan = CheckedFileField(label="Pindaian", required=False, help_text=UPLOAD_HINT)

    def clean(self) -> dict[str, Any]:
        """Two parties unless it is one's own letter; a number only of a party that is named."""
        data = super().clean() or {}
        if data.get("kind") != AgreementKind.WILLINGNESS and not data.get("second_party"):
            self.add_error("second_party", "MoU dan PKS mempunyai sedikitnya dua pihak.")
        for party in ("second", "third"):
            if data.get(f"{party}_number") and not data.get(f"{party}_party"):
                self.add_error(f"{party}_party", "Isi nama pihak yang memberi nomor ini.")
        if data.get("third_party") and not data.get("second_party"):
            self.add_error("second_party", "Isi pihak kedua dahulu.")
        until, dated = data.get("valid_until"), data.get("dated")
        if until and dated and until < dated:
            self.add_error("valid_until", "Tanggal akhir tidak boleh sebelum tanggal perjanjian.")
        return data


class DocumentForm(forms.Form):
    """A file of the village itself."""

    title = TextField(
        label="Keterangan", max_length=120, help_text="Misalnya Profil desa 2025, Peta desa."
    )
    file = CheckedFileField(
        label="Berkas",
        help_text=UPLOAD_HINT,
        error_messages={"required": "Pilih berkas yang akan disimpan."},
    )
    is_shared = forms.BooleanField(label="Pemerintah desa boleh membacanya", required=False)
