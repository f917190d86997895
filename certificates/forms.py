"""Forms of papers: the pattern of numbers, one written by hand or void, a signed scan."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Office
from certificates import kinds, scan_codes
from certificates.models import Certificate, Letter, NumberTemplate
from certificates.models.scan import UNSIGNED
from certificates.register import PLACEHOLDERS, render_number
from desabinaan import formats
from desabinaan.editing import EditForm
from desabinaan.fields import CountField, PastDayField, TextField, let_days_go_by
from desabinaan.uploads import CheckedFile, CheckedFileField

LONGEST = 100
LONG_DAY = date(2028, 8, 1)  # VIII is the longest month
# A part of the number, and the field that fills it.
FILLED_BY = {"{kode}": "unit_code", "{klasifikasi}": "classification"}


class NumberTemplateForm(EditForm):
    """The pattern and what fills it; a preview shows the number before anybody chooses."""

    pattern = TextField(
        label="Pola nomor",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    unit_code = TextField(
        label="Kode unit",
        max_length=30,
        required=False,
        help_text="Mengisi {kode}.",
        widget=forms.TextInput(attrs={"class": "input-medium", "autocomplete": "off"}),
    )
    classification = TextField(
        label="Kode klasifikasi",
        max_length=20,
        required=False,
        help_text="Mengisi {klasifikasi}.",
        widget=forms.TextInput(attrs={"class": "input-medium", "autocomplete": "off"}),
    )
    serial_width = CountField(
        label="Jumlah angka nomor urut",
        min_value=1,
        max_value=6,
        initial=1,
        help_text="3 menjadikan nomor 7 tercetak 007.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Tulis angka dari 1 sampai 6."
        ),
    )

    def __init__(self, *args: Any, office: Office, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.office, self.kind = office, kind

    def clean_pattern(self) -> str:
        """One serial number, and only parts that exist."""
        pattern = " ".join(self.cleaned_data["pattern"].split())
        parts = re.findall(r"\{[^{}]*\}", pattern)
        if unknown := [part for part in parts if part not in PLACEHOLDERS]:
            raise ValidationError(
                f"{unknown[0]} tidak dikenal. Yang tersedia: {', '.join(PLACEHOLDERS)}."
            )
        if parts.count("{nomor}") != 1:
            raise ValidationError("Pola harus memuat {nomor} tepat satu kali.")
        if set(re.sub(r"\{[^{}]*\}", "", pattern)) & set("{}"):
            raise ValidationError("Ada kurung kurawal tanpa pasangan.")
        return pattern

    def clean_unit_code(self) -> str:
        """Plain text: a part inside a part would be filled in turn."""
        return _plain(self.cleaned_data["unit_code"])

    def clean_classification(self) -> str:
        """Plain text: a part inside a part would be filled in turn."""
        return _plain(self.cleaned_data["classification"])

    def clean(self) -> dict[str, Any]:
        """Every part of the pattern has what fills it, and the number fits on paper."""
        data = super().clean() or {}
        pattern = data.get("pattern", "")
        for part, name in FILLED_BY.items():
            if part in pattern and name in data and not data[name]:
                self.add_error(name, f"Isi, sebab pola memuat {part}.")
        if not self.errors and len(render_number(self.template(), 999_999, LONG_DAY)) > LONGEST:
            self.add_error("pattern", f"Nomor paling panjang {LONGEST} huruf.")
        return data

    def template(self) -> NumberTemplate:
        """The pattern as it would be, not chosen yet."""
        return NumberTemplate(office=self.office, kind=self.kind, **self.cleaned_data)


def _plain(text: str) -> str:
    if set(text) & set("{}"):
        raise ValidationError("Isi tanpa kurung kurawal.")
    return " ".join(text.split())


class WrittenNumberForm(forms.Form):
    """The number of a paper that was issued outside the portal."""

    kind = forms.ChoiceField(label="Register", choices=lambda: list(kinds.registers().items()))
    number = TextField(
        label="Nomor",
        max_length=LONGEST,
        help_text="Persis seperti pada suratnya.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    dated = PastDayField(label="Tanggal surat")
    subject = TextField(
        label="Perihal", max_length=200, help_text="Surat apa, untuk siapa atau tentang apa."
    )

    def __init__(self, *args: Any, office: Office, **options: Any) -> None:
        super().__init__(*args, **options)
        let_days_go_by(self, office.today())

    def clean_number(self) -> str:
        """One space where several were typed."""
        return " ".join(self.cleaned_data["number"].split())

    def clean_subject(self) -> str:
        """One space where several were typed."""
        return " ".join(self.cleaned_data["subject"].split())


class ScanForm[P: Certificate | Letter](forms.Form):
    """The paper as it was signed, stamped and scanned."""

    scan = CheckedFileField(
        label="Pindaian bertanda tangan",
        help_text="PDF, JPEG, atau PNG; paling besar 10 MB.",
        error_messages={"required": "Pilih berkas pindaiannya."},
    )

    def __init__(self, *args: Any, paper: P, **options: Any) -> None:
        super().__init__(*args, **options)
        self.paper = paper

    def clean_scan(self) -> CheckedFile:
        """Refuse the portal's own file: nobody has signed it."""
        file: CheckedFile = self.cleaned_data["scan"]
        if file.sha256 == self.paper.sha256:
            raise ValidationError(UNSIGNED)
        return file


class CertificateScanForm(ScanForm[Certificate]):
    """The same of a certificate: the code in its QR symbol says that it is this one.

    Where no symbol can be read, whoever uploads it compares by eye, and says so.
    """

    depending = ("compared",)

    compared = forms.BooleanField(
        label="Saya sudah mencocokkan nomor dan kode pada pindaian dengan sertifikat ini",
        required=False,
    )

    told_by, asks = "", False

    def clean(self) -> dict[str, Any]:
        """Refuse the scan of another certificate; ask where the scan does not say."""
        data = super().clean() or {}
        if not data.get("scan"):
            return data
        try:
            found = scan_codes.codes_on(data["scan"])
        except ValidationError as refusal:
            self.add_error("scan", refusal)
            return data
        others = sorted(found - {self.paper.code})
        if found and not others:
            self.told_by = "kode QR cocok"
        elif others:  # beside one's own too: a scan of several is nobody's
            strange = ", ".join(map(formats.grouped, others))
            self.add_error(
                "scan",
                f"Kode QR pada pindaian ini {strange}, milik sertifikat lain. Pilih pindaian "
                f"lembar dengan kode {formats.grouped(self.paper.code)}.",
            )
        else:
            self._ask(is_compared=bool(data.get("compared")))
        return data

    def _ask(self, *, is_compared: bool) -> None:
        self.told_by, self.asks = "dicocokkan oleh yang mengunggah", True
        if not is_compared:
            self.add_error(
                "compared",
                "Kode QR pada pindaian tidak terbaca. Pindai ulang lebih jelas, atau cocokkan "
                "sendiri, centang, dan pilih lagi berkasnya.",
            )


class WithdrawScanForm(forms.Form):
    """Why a scan is taken out of use."""

    reason = TextField(
        label="Alasan",
        max_length=300,
        help_text="Misalnya: pindaian lembar desa lain.",
        error_messages={"required": "Isi alasan penarikan."},
    )


class VoidForm(forms.Form):
    """Why a number no longer counts."""

    reason = TextField(
        label="Alasan pembatalan",
        max_length=1000,
        help_text="Tercatat dalam register, dengan nama Anda dan waktunya.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Isi alasan mengapa nomor ini dibatalkan."},
    )
