"""The preparers' forms: a criterion, the coordination, the village's consent."""

from __future__ import annotations

from typing import Any

from desabinaan import legibility
from desabinaan.editing import EditForm
from desabinaan.fields import PastDayField, TextField
from desabinaan.uploads import CheckedFile, CheckedFileField
from villages.forms.fields import LongText, SheetForm
from villages.models import Consent, Coordination

UPLOAD_HINT = "PDF, JPEG, atau PNG; paling besar 10 MB dan 50 halaman."


class FindingForm(EditForm, SheetForm):
    """Why the village meets a criterion, with a file that shows it."""

    asked_anew = frozenset({"evidence"})

    justification = LongText(
        label="Uraian",
        help_text="Apa keadaannya, menurut siapa, dan sejak kapan. Cukup beberapa kalimat.",
        error_messages={"required": "Isi uraian mengapa desa memenuhi kriteria ini."},
    )
    evidence = CheckedFileField(
        label="Berkas bukti",
        required=False,
        help_text=f"Dapat ditambah satu per satu. {UPLOAD_HINT}",
    )


class CoordinationForm(EditForm, SheetForm):
    """When and where the office coordinated, and with whom."""

    held_on = PastDayField(label="Tanggal koordinasi")
    place = TextField(label="Tempat", max_length=160)
    attended_by = TextField(
        label="Pihak yang hadir",
        max_length=400,
        required=False,
        help_text="Instansi dan jabatan, misalnya Camat Ayah, Disnaker Kabupaten Kebumen.",
    )
    outcome = LongText(label="Hasil koordinasi", required=False)

    @staticmethod
    def initial_of(coordination: Coordination | None) -> dict[str, Any]:
        """What stands there already."""
        if coordination is None:
            return {}
        return {
            "held_on": coordination.held_on,
            "place": coordination.place,
            "attended_by": coordination.attended_by,
            "outcome": coordination.outcome,
        }


class ConsentForm(EditForm, SheetForm):
    """The village's letter, and its scan."""

    letter_number = TextField(
        label="Nomor surat kesediaan", tidied=legibility.number, max_length=100
    )
    letter_dated = PastDayField(label="Tanggal surat")
    signatory_name = TextField(label="Nama penanda tangan", max_length=120)
    signatory_title = TextField(
        label="Jabatan penanda tangan",
        max_length=80,
    )
    scan = CheckedFileField(
        label="Pindaian surat",
        help_text=UPLOAD_HINT,
        error_messages={"required": "Unggah pindaian surat kesediaan."},
    )

    def __init__(self, *args: Any, consent: Consent | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["scan"].required = consent is None
        if consent is None:
            self.initial["signatory_title"] = self.designation.village.head_title
        self.fields["signatory_title"].help_text = "Ubah bila bukan kepalanya yang menandatangani."

    def letter(self) -> dict[str, Any]:
        """The facts of the letter, without its scan."""
        return {name: value for name, value in self.cleaned_data.items() if name != "scan"}

    def new_scan(self) -> CheckedFile | None:
        """The scan, where one was uploaded now."""
        scan: CheckedFile | None = self.cleaned_data["scan"]
        return scan

    @staticmethod
    def initial_of(consent: Consent | None) -> dict[str, Any]:
        """What stands there already."""
        if consent is None:
            return {}
        return {
            "letter_number": consent.letter_number,
            "letter_dated": consent.letter_dated,
            "signatory_name": consent.signatory_name,
            "signatory_title": consent.signatory_title,
            "scan": consent.scan,
        }


class WithdrawForm(SheetForm):
    """Why a sheet is given up."""

    reason = LongText(
        label="Alasan",
        rows=3,
        error_messages={"required": "Isi alasan mengapa usulan ini ditarik."},
    )
