"""A speaker's presentation or document."""

from __future__ import annotations

from django import forms

from desabinaan.uploads import MaterialField


class MaterialForm(forms.Form):
    """One file."""

    file = MaterialField(
        label="Berkas materi",
        help_text="PDF, PPTX, atau DOCX, paling besar 20 MB, tanpa makro. "
        "Dapat diunduh kantor dan desa sasaran.",
        error_messages={"required": "Pilih berkas materi."},
    )
