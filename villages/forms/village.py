"""The village's own data: its word, its address, who speaks for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from desabinaan.fields import DayField
from villages.forms.fields import PrintedText
from villages.models import ContactRole


class RegionForm(forms.Form):
    """The region that somebody picked from a list."""

    region = forms.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        error_messages={"required": "Pilih wilayah dari daftar.", "invalid": "Pilih dari daftar."},
    )


class VillageForm(forms.Form):
    """The word that goes before the name, and the address of the village hall."""

    local_term = PrintedText(
        label="Sebutan setempat",
        max_length=30,
        help_text="Tercetak di depan nama: Desa, Kelurahan, Nagari, Gampong, Kampung …",
        widget=forms.TextInput(attrs={"class": "input-medium"}),
    )
    address = forms.CharField(label="Alamat kantor desa", max_length=250, required=False)


class ContactForm(forms.Form):
    """Somebody who speaks for the village."""

    role = forms.ChoiceField(label="Kedudukan", choices=ContactRole.choices)
    name = forms.CharField(label="Nama", max_length=120)
    title = forms.CharField(label="Jabatan", max_length=80, required=False)
    phone = forms.CharField(
        label="Telepon",
        max_length=20,
        required=False,
        help_text="Hanya terlihat oleh kantor.",
        widget=forms.TextInput(attrs={"type": "tel", "class": "input-medium"}),
    )
    since = DayField(label="Menjabat sejak", required=False)
    until = DayField(label="Menjabat sampai", required=False)

    def clean(self) -> dict[str, Any]:
        """A term ends after it began."""
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error(
                "until", ValidationError("Tanggal akhir tidak boleh sebelum tanggal mulai.")
            )
        return data


class EndContactForm(forms.Form):
    """The last day of a contact's term."""

    until = DayField(label="Menjabat sampai")
