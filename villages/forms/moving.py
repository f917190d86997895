"""Where villages move, and on what basis."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Office
from desabinaan.fields import TextField


class MoveForm(forms.Form):
    """The basis of a move, for the history of the villages and of both offices."""

    basis = TextField(
        label="Dasar",
        max_length=250,
        help_text="Misalnya nomor dan tanggal keputusan tentang wilayah kerja kantor.",
        error_messages={"required": "Isi dasar pengalihan ini."},
    )


class ReceiverForm(forms.Form):
    """The office that is to guide the village from now on."""

    kantor = forms.ChoiceField(label="Kantor tujuan")

    def __init__(self, *args: Any, offices: list[Office], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offices = {office.code: office for office in offices}
        field = self.fields["kantor"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types
        field.choices = [("", "Pilih kantor"), *((o.code, o.name) for o in offices)]

    def office(self) -> Office:
        """The office that was chosen."""
        return self.offices[self.cleaned_data["kantor"]]
