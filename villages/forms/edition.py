"""A new edition of the regions: its file, and that one knows what it retires."""

from django import forms

from villages.editions import EditionField


class EditionForm(forms.Form):
    """The file of an edition."""

    file = EditionField(
        label="Berkas edisi",
        help_text="CSV UTF-8 dengan kolom code,name,level,kind, boleh dipadatkan (.csv.gz); "
        "paling besar 5 MB.",
        error_messages={"required": "Pilih berkas edisinya."},
    )


class ApplyForm(forms.Form):
    """The confirmation; where many regions would be retired, that this is meant."""

    retire_many = forms.BooleanField(
        label="Berkas ini utuh, dan wilayah sebanyak itu memang tidak berlaku lagi", required=False
    )
