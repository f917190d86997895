"""An entry of the address book."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Office
from desabinaan.editing import EditForm, Seen
from desabinaan.fields import PrintedText, TextField
from desabinaan.forms import RefusableForm
from events.address_book import by_regency, places_of
from events.models import Institution, InstitutionKind
from villages.models import Region

NOWHERE = [("", "Tidak untuk satu wilayah saja")]


class InstitutionForm(EditForm, RefusableForm):
    """Which institution, who is addressed there, and how the office reaches them."""

    kind = forms.ChoiceField(label="Jenis")
    institution = PrintedText(
        label="Instansi", max_length=160, help_text="Misalnya Polsek Wuluhan."
    )
    title = PrintedText(
        label="Jabatan yang diundang",
        max_length=160,
        help_text="Seperti pada surat: Kapolsek Wuluhan.",
    )
    person = PrintedText(
        label="Nama",
        max_length=120,
        required=False,
        help_text="Bila dikosongkan, surat ditujukan kepada jabatannya saja.",
    )
    region_id = forms.TypedChoiceField(
        label="Wilayah",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Kecamatan atau kabupaten tempat undangan ini biasanya dipakai.",
    )
    phone = TextField(
        label="Telepon",
        max_length=20,
        required=False,
        help_text="Hanya terlihat oleh petugas kantor ini.",
        widget=forms.TextInput(
            attrs={"type": "tel", "class": "input-medium", "autocomplete": "off"}
        ),
    )

    def __init__(self, *args: Any, office: Office, **options: Any) -> None:
        super().__init__(*args, place=office, **options)
        nothing = [] if self.standing else [("", "Pilih jenis")]
        self.fields["kind"].choices = [*nothing, *InstitutionKind.choices]  # type: ignore[attr-defined]
        places = by_regency(self._places(office), value="pk")
        self.fields["region_id"].choices = [*NOWHERE, *places]  # type: ignore[attr-defined]

    def _places(self, office: Office) -> list[Region]:
        """Where the office serves, and the place that stands, though it passed to another."""
        places, noted = places_of(office), self.standing.get("region_id")
        if noted is None or any(it.pk == noted for it in places):
            return places
        stands = Region.objects.filter(pk=noted).select_related("parent__parent")
        return [*places, *stands]

    @staticmethod
    def standing_of(entry: Institution) -> Seen:
        """What stands."""
        return {name: getattr(entry, name) for name in InstitutionForm.base_fields}
