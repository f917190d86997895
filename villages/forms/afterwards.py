"""What comes after the decision: the decree's number, the ceremony, revocation, the end."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from desabinaan import legibility
from desabinaan.editing import EditForm
from desabinaan.fields import DayField, PastDayField, PrintedText, TextField
from desabinaan.uploads import CheckedFileField
from villages.actions.afterwards import too_early
from villages.forms.fields import LongText, SheetForm
from villages.forms.sheet import UPLOAD_HINT
from villages.models import Ceremony


class DecreeNumberForm(SheetForm):
    """The number that the correspondence system gave, its date, and the signed scan."""

    number = PrintedText(label="Nomor SK", tidied=legibility.number, max_length=100)
    dated = PastDayField(label="Tanggal SK")
    scan = CheckedFileField(label="Pindaian SK", required=False, help_text=UPLOAD_HINT)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Recorded once, for good; only the scan may still come. A number that is sent all the
        # same comes from an older page: whether it is the one that stands, the action says.
        self.is_recorded = bool(self.initial.get("number")) and "number" not in self.data
        if self.is_recorded:
            self.fields["number"].disabled = self.fields["dated"].disabled = True
            self.fields["scan"].required = True

    @property
    def says_number(self) -> bool:
        """Whether number and date are there and right, whatever is the matter with the scan."""
        return self.is_bound and not set(self.errors) - {"scan"}


class CeremonyForm(EditForm, SheetForm):
    """The pengukuhan; a planned one may lie ahead."""

    held_on = DayField(label="Tanggal pengukuhan")
    place = TextField(label="Tempat", max_length=160)
    opened_by = TextField(
        label="Dibuka oleh",
        max_length=160,
        help_text="Jabatan dan nama; boleh pihak luar kantor.",
        error_messages={"required": "Isi siapa yang membuka pengukuhan."},
    )
    presented_by = TextField(
        label="Sertifikat diserahkan oleh",
        max_length=160,
        help_text="Jabatan dan nama; tidak harus penanda tangan.",
        error_messages={"required": "Isi siapa yang menyerahkan sertifikat."},
    )
    received_by = TextField(
        label="Sertifikat diterima oleh",
        max_length=160,
        help_text="Biasanya kepala desa.",
        error_messages={"required": "Isi siapa yang menerima sertifikat."},
    )

    @staticmethod
    def initial_of(ceremony: Ceremony | None) -> dict[str, Any]:
        """What stands there already."""
        if ceremony is None:
            return {}
        names = ("held_on", "place", "opened_by", "presented_by", "received_by")
        return {name: getattr(ceremony, name) for name in names}


class RevocationRequestForm(SheetForm):
    """Why the designation should be revoked."""

    reason = LongText(
        label="Alasan pencabutan",
        help_text="Hanya kantor yang membacanya; masyarakat hanya melihat status dicabut.",
        error_messages={"required": "Isi alasan pencabutan."},
    )


class RevocationDecisionForm(SheetForm):
    """The decree that revokes."""

    decree_number = PrintedText(
        label="Nomor SK pencabutan", tidied=legibility.number, max_length=100
    )
    decree_dated = PastDayField(label="Tanggal SK pencabutan")

    def clean_decree_dated(self) -> date:
        """Not before the decree that it revokes."""
        day: date = self.cleaned_data["decree_dated"]
        if earlier := too_early(self.designation, day):
            raise ValidationError(earlier)
        return day


class RevocationDeclineForm(SheetForm):
    """Why the designation stands."""

    note = LongText(
        label="Alasan tidak mengabulkan",
        rows=3,
        error_messages={"required": "Isi alasan mengapa penetapan dipertahankan."},
    )


class StrikeOutForm(SheetForm):
    """Why a village should never have been recorded."""

    reason = LongText(
        label="Alasan",
        rows=3,
        help_text="Misalnya: desa ini tidak ada dalam SK itu. Hanya kantor yang membacanya.",
        error_messages={"required": "Isi alasan mengapa desa ini salah catat."},
    )


class EndForm(SheetForm):
    """Why the guidance ends."""

    note = LongText(
        label="Keterangan",
        rows=3,
        help_text="Misalnya: masa pembinaan tiga tahun selesai.",
        error_messages={"required": "Isi keterangan mengapa masa pembinaan berakhir."},
    )
