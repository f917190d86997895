"""The draft of a decree: its words, clause by clause, and the sheets whose villages it names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from desabinaan.fields import PrintedText
from villages.decree_drafts import ORDINALS, DecreeDraft
from villages.forms.fields import LongText
from villages.models import Designation
from villages.models.designation import DesignationQuerySet

TEXTS = ("subject", "signer_title", "signer_name")
CLAUSES = ("considering", "recalling", "decides")


class ClausesField(LongText):
    """Clauses, one on each line; only signs that papers can print."""

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(max_length=6000, **options)
        self.most = most

    def clean(self, value: Any) -> list[str]:
        """The lines that say something; at least one, and not more than can be numbered."""
        text = super().clean(value)
        lines = [" ".join(line.split()) for line in text.splitlines()]
        clauses = [PrintedText().clean(line) for line in lines if line]
        if len(clauses) > self.most:
            raise ValidationError(f"Paling banyak {self.most} butir.")
        return clauses

    def prepare_value(self, value: Any) -> Any:
        """Clauses that are proposed stand on lines of their own, with a gap between."""
        return value if isinstance(value, str) or value is None else "\n\n".join(value)


class DecreeDraftForm(forms.Form):
    """Everything that the draft says; the number stays open."""

    sheets: forms.ModelMultipleChoiceField[Designation] = forms.ModelMultipleChoiceField(
        queryset=None,
        label="Desa dalam lampiran",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih sedikitnya satu desa."},
    )
    subject = PrintedText(
        label="Tentang", max_length=180, error_messages={"required": "Isi tentang apa SK ini."}
    )
    considering = ClausesField(
        label="Menimbang", most=20, rows=9, help_text="Satu butir per baris."
    )
    recalling = ClausesField(label="Mengingat", most=30, rows=9, help_text="Satu dasar per baris.")
    decides = ClausesField(
        label="Menetapkan",
        most=len(ORDINALS),
        rows=9,
        help_text="Satu diktum per baris: KESATU, KEDUA, dan seterusnya.",
    )
    signer_title = PrintedText(label="Jabatan penanda tangan", max_length=160)
    signer_name = PrintedText(label="Nama penanda tangan", max_length=120)

    def __init__(self, *args: Any, sheets: DesignationQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sheets"].queryset = sheets  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(draft: DecreeDraft) -> dict[str, Any]:
        """The proposed words."""
        return {name: getattr(draft, name) for name in (*TEXTS, *CLAUSES)}

    def draft(self) -> DecreeDraft:
        """The words as they were left."""
        return DecreeDraft(**{name: self.cleaned_data[name] for name in (*TEXTS, *CLAUSES)})
