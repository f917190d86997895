"""A criterion in words."""

from django import forms

from desabinaan.editing import EditForm
from desabinaan.fields import TextField


class CriterionForm(EditForm):
    """What the criterion is called, and what it means."""

    label = TextField(label="Kriteria", max_length=120)
    hint = TextField(
        label="Penjelasan",
        required=False,
        max_length=250,
        help_text="Kapan sebuah desa memenuhinya; tampil di bawah kriteria.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
