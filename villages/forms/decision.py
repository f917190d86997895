"""The head's forms: approve under a decree, return with a note, reject with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Membership
from desabinaan import formats
from villages.actions import Approval
from villages.forms.fields import LongText, PastDayField, PrintedText, SheetForm
from villages.models import Decree, SignerLevel

DECIDER, DECREE_SIGNER = "decider", "decree"


class ApprovalForm(SheetForm):
    """The decree under which the village is designated; its number may come later."""

    number = PrintedText(
        label="Nomor SK",
        max_length=100,
        required=False,
        help_text=(
            "Dari sistem persuratan. Kosongkan bila belum terbit: desa tetap ditetapkan, "
            "sertifikat dipesan setelah nomor dicatat. Satu SK dapat mencakup beberapa desa."
        ),
        widget=forms.TextInput(attrs={"list": "nomor-sk", "autocomplete": "off"}),
    )
    dated = PastDayField(label="Tanggal SK", required=False)
    title = PrintedText(label="Tentang", max_length=250)
    signer_level = forms.ChoiceField(label="SK ditandatangani oleh", choices=SignerLevel.choices)
    signer_name = PrintedText(label="Nama penanda tangan SK", max_length=120)
    certificate_signer = forms.ChoiceField(
        label="Sertifikat ditandatangani oleh",
        choices=[(DECIDER, "Saya yang memutuskan"), (DECREE_SIGNER, "Penanda tangan SK")],
        widget=forms.RadioSelect,
        initial=DECIDER,
    )

    def __init__(self, *args: Any, head: Membership, **options: Any) -> None:
        super().__init__(*args, **options)
        self.head = head
        village = self.designation.village
        self.initial.setdefault("title", f"Penetapan {village} sebagai Desa Binaan Imigrasi")
        self.initial.setdefault("signer_name", head.user.name)
        self.initial.setdefault("signer_level", SignerLevel.OFFICE)

    def clean(self) -> dict[str, Any]:
        """A number needs its date; a known decree must be the same decree."""
        data = super().clean() or {}
        number, dated = " ".join(data.get("number", "").split()), data.get("dated")
        data["number"] = number
        if number and "dated" in data and not dated:
            self.add_error("dated", "Isi tanggal SK yang nomornya Anda ketik.")
        if number and dated:
            self._compare(data)
        return data

    def _compare(self, data: dict[str, Any]) -> None:
        known = Decree.objects.filter(
            office=self.designation.office, year=data["dated"].year, number=data["number"]
        ).first()
        if known and known.dated != data["dated"]:
            self.add_error(
                "dated",
                ValidationError(
                    f"SK {known.number} sudah tercatat bertanggal {formats.long_date(known.dated)}."
                ),
            )
        if known and known.signer_name != data.get("signer_name"):
            self.add_error(
                "signer_name",
                ValidationError(f"SK {known.number} tercatat ditandatangani {known.signer_name}."),
            )

    def approval(self) -> Approval:
        """What the head decided with."""
        data = self.cleaned_data
        return Approval(
            number=data["number"],
            dated=data["dated"],
            title=data["title"],
            signer_level=data["signer_level"],
            signer_name=data["signer_name"],
            head=self.head,
            decree_signer_signs=data["certificate_signer"] == DECREE_SIGNER,
        )


class ReturnForm(SheetForm):
    """What the preparers should mend."""

    note = LongText(
        label="Catatan untuk petugas",
        help_text="Apa yang perlu dilengkapi atau diperbaiki. Hanya kantor yang membacanya.",
        error_messages={"required": "Isi catatan agar petugas tahu apa yang diperbaiki."},
    )


class RejectForm(SheetForm):
    """Why the answer is no."""

    reason = LongText(
        label="Alasan penolakan",
        error_messages={"required": "Isi alasan mengapa usulan ini ditolak."},
    )
