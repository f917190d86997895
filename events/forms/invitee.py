"""Somebody who is invited, and what they answered."""

from __future__ import annotations

from typing import Any

from django import forms

from desabinaan.editing import EditForm, Seen
from desabinaan.fields import PrintedText
from desabinaan.forms import RefusableForm
from events.models import InstitutionKind, Invitee, Reply


class InviteeForm(RefusableForm):
    """Somebody who stands in no address book."""

    kind = forms.ChoiceField(label="Jenis", choices=[("", "Pilih jenis"), *InstitutionKind.choices])
    title = PrintedText(
        label="Jabatan yang diundang",
        max_length=160,
        help_text="Seperti pada surat: Kapolsek Wuluhan.",
    )
    institution = PrintedText(label="Instansi", max_length=160)
    person = PrintedText(
        label="Nama",
        max_length=120,
        required=False,
        help_text="Bila dikosongkan, surat ditujukan kepada jabatannya saja.",
    )


class ReplyForm(EditForm):
    """Whether they come, or who comes instead."""

    depending = ("represented_by",)

    reply = forms.ChoiceField(
        label="Jawaban",
        choices=[*Reply.choices, ("", "Belum menjawab")],
        required=False,
        widget=forms.RadioSelect,
    )
    represented_by = PrintedText(
        label="Diwakili oleh",
        max_length=200,
        required=False,
        help_text="Nama dan jabatannya, misalnya Siti Aminah, Sekretaris Kecamatan.",
    )

    def clean(self) -> dict[str, Any]:
        """Who comes instead is named, and nobody else is."""
        data = super().clean() or {}
        if data.get("reply") != Reply.REPRESENTED:
            data["represented_by"] = ""
        elif "represented_by" in data and not data["represented_by"]:
            self.add_error("represented_by", "Isi siapa yang mewakili.")
        return data

    @staticmethod
    def standing_of(invitee: Invitee) -> Seen:
        """What stands."""
        return {name: getattr(invitee, name) for name in ReplyForm.base_fields}
