"""Forms of papers: the pattern of numbers, one written by hand or void, a signed scan."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Office
from certificates import kinds, scan_codes, storage
from certificates.models import Certificate, Letter, NumberTemplate
from certificates.models.scan import UNSIGNED
from certificates.register import PLACEHOLDERS, render_number
from certificates.scan_codes import Reading
from desabinaan import formats, legibility
from desabinaan.editing import EditForm
from desabinaan.fields import CountField, PastDayField, PrintedText, TextField, let_days_go_by
from desabinaan.uploads import CheckedFile, CheckedFileField

UNREADABLE = (
    "Berkas asli dari portal tidak terbaca, jadi pindaian tidak dapat diperiksa. Hubungi pengelola "
    "portal."
)
LONGEST = 100
LONG_DAY = date(2028, 8, 1)  # VIII is the longest month
# A part of the number, and the field that fills it.
FILLED_BY = {"{kode}": "unit_code", "{klasifikasi}": "classification"}


class NumberTemplateForm(EditForm):
    """The pattern and what fills it; a preview shows the number before anybody chooses."""

    pattern = PrintedText(
        label="Pola nomor",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    unit_code = PrintedText(
        label="Kode unit",
        max_length=30,
        required=False,
        help_text="Mengisi {kode}.",
        widget=forms.TextInput(attrs={"class": "input-medium", "autocomplete": "off"}),
    )
    classification = PrintedText(
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
        tidied=legibility.number,
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
    """The paper as it was signed, stamped and scanned; or the portal's file, signed as a file."""

    depending: tuple[str, ...] = ("signed",)

    scan = CheckedFileField(
        label="Pindaian bertanda tangan",
        help_text="PDF, JPEG, atau PNG; paling besar 10 MB.",
        error_messages={"required": "Pilih berkas pindaiannya."},
    )
    signed = forms.BooleanField(
        label="Berkas ini sudah ditandatangani, secara elektronik atau pada lembar yang dipindai",
        required=False,
    )

    asks_signed = False

    def __init__(self, *args: Any, paper: P, **options: Any) -> None:
        super().__init__(*args, **options)
        self.paper = paper

    def clean_scan(self) -> CheckedFile:
        """Refuse the portal's own file: nobody has signed it."""
        file: CheckedFile = self.cleaned_data["scan"]
        if file.sha256 == self.paper.sha256:
            raise ValidationError(UNSIGNED)
        return file

    def clean(self) -> dict[str, Any]:
        """Look whether the file is the drawn one in another wrapping."""
        data = super().clean() or {}
        if data.get("scan"):
            try:
                self.look_at(scan_codes.read(data["scan"]))
            except ValidationError as refusal:
                self.add_error("scan", refusal)
        return data

    def look_at(self, scan: Reading) -> None:
        """Refuse what holds the drawn words and nobody's hand; ask where there is more to see."""
        if not scan.words:
            return
        drawn = scan_codes.read(self._drawn())
        if not scan.repeats(drawn):
            return
        if scan.adds_nothing_to(drawn):
            raise ValidationError(UNSIGNED)
        self.asks_signed = True
        if not self.cleaned_data.get("signed"):
            self.add_error(
                "signed",
                "Berkas ini memuat tulisan yang sama persis dengan berkas asli dari portal. Bila "
                "sudah ditandatangani, centang dan pilih lagi berkasnya.",
            )

    def _drawn(self) -> CheckedFile:
        try:
            content = storage.read(self.paper.file, self.paper.sha256)
        except OSError as gone:
            raise ValidationError(UNREADABLE) from gone
        return CheckedFile(self.paper.file_name, "application/pdf", content)

    @property
    def told_by(self) -> str:
        """What told that it is signed, where a look did not."""
        return "dinyatakan bertanda tangan oleh yang mengunggah" if self.asks_signed else ""


class CertificateScanForm(ScanForm[Certificate]):
    """The same of a certificate: the code in its QR symbol says that it is this one.

    Where no symbol can be read, whoever uploads it compares by eye, and says so.
    """

    depending = ("signed", "compared")

    compared = forms.BooleanField(
        label="Saya sudah mencocokkan nomor dan kode pada pindaian dengan sertifikat ini",
        required=False,
    )

    matched, asks = "", False

    def look_at(self, scan: Reading) -> None:
        """Refuse the scan of another certificate; ask where the scan does not say."""
        super().look_at(scan)
        others = sorted(scan.codes - {self.paper.code})
        if others:  # beside one's own too: a scan of several is nobody's
            strange = ", ".join(map(formats.grouped, others))
            raise ValidationError(
                f"Kode QR pada pindaian ini {strange}, milik sertifikat lain. Pilih pindaian "
                f"lembar dengan kode {formats.grouped(self.paper.code)}."
            )
        if scan.codes:
            self.matched = "kode QR cocok"
        else:
            self._ask()

    @property
    def told_by(self) -> str:
        """What told that it is this certificate, and signed."""
        return "; ".join(filter(None, [self.matched, super().told_by]))

    def _ask(self) -> None:
        self.matched, self.asks = "dicocokkan oleh yang mengunggah", True
        if not self.cleaned_data.get("compared"):
            self.add_error(
                "compared",
                "Kode QR dari portal ini tidak terbaca pada pindaian. Pindai ulang lebih jelas, "
                "atau cocokkan sendiri, centang, dan pilih lagi berkasnya.",
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
