"""The village's own data: its word, its address, where it lies, who speaks for it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from desabinaan import formats
from desabinaan.editing import EditForm
from desabinaan.fields import DayField, TextField
from desabinaan.forms import RefusableForm
from villages.forms.fields import LongText
from villages.local_terms import TERMS
from villages.models import ContactRole, Village, VillageContact
from villages.models.village import LATITUDES, LONGITUDES

THOUSANDS = 3  # the power of ten beyond which no number is an angle


class RegionForm(forms.Form):
    """The region that somebody picked from a list."""

    region = forms.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        error_messages={"required": "Pilih wilayah dari daftar.", "invalid": "Pilih dari daftar."},
    )


class VillageForm(EditForm):
    """The word that goes before the name, the address, the group, and what the office notes."""

    local_term = forms.ChoiceField(
        label="Sebutan setempat",
        choices=[(term, term) for term in TERMS],
        help_text="Tercetak di depan nama. Bila sebutan desa Anda tidak ada di sini, sampaikan "
        "kepada administrator nasional.",
        widget=forms.Select(attrs={"class": "input-medium"}),
    )
    address = TextField(label="Alamat kantor desa", max_length=250, required=False)
    whatsapp_group = TextField(
        label="Tautan grup WhatsApp",
        max_length=200,
        required=False,
        help_text="Diawali https://chat.whatsapp.com/. Terlihat oleh kantor dan pemerintah desa, "
        "tidak pernah di halaman umum.",
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    note = LongText(
        label="Catatan kantor",
        rows=3,
        required=False,
        help_text="Hanya terlihat oleh kantor.",
    )

    def clean_whatsapp_group(self) -> str:
        """The invitation alone: what a phone adds behind it is left off."""
        link = self.cleaned_data["whatsapp_group"].partition("?")[0].rstrip("/")
        if link and not re.fullmatch(r"https://chat\.whatsapp\.com/[0-9A-Za-z]{10,40}", link):
            raise ValidationError(
                "Salin tautan undangan grup dari WhatsApp; awalnya https://chat.whatsapp.com/."
            )
        return str(link)

    @staticmethod
    def initial_of(village: Village) -> dict[str, Any]:
        """What stands there already."""
        return {name: getattr(village, name) for name in VillageForm.base_fields}


class CoordinateField(forms.DecimalField):
    """A latitude or longitude in degrees, as a phone or a person writes it."""

    def __init__(self, *, limits: tuple[float, float], **options: Any) -> None:
        attributes = {"inputmode": "decimal", "class": "input-medium", "autocomplete": "off"}
        wrong = {"invalid": "Tulis derajat sebagai angka, misalnya -7,353211."}
        options.setdefault("error_messages", wrong)
        super().__init__(required=False, widget=forms.TextInput(attrs=attributes), **options)
        self.lowest, self.highest = limits

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Six decimals are a hand's breadth; a comma and a long minus are understood."""
        text = str(value or "").strip().replace(",", ".").replace("\N{MINUS SIGN}", "-")
        degrees = super().to_python(text.removesuffix("°"))
        if degrees is None or not degrees.is_finite() or degrees.adjusted() > THOUSANDS:
            return degrees
        return round(degrees, 6)

    def validate(self, value: Any) -> None:
        """Refuse what lies outside Indonesia."""
        super().validate(value)
        if value is not None and not self.lowest <= value <= self.highest:
            raise ValidationError("Titik ini di luar Indonesia. Periksa angka dan tandanya.")


class LocationForm(EditForm):
    """Where the village hall stands."""

    latitude = CoordinateField(
        label="Lintang",
        limits=LATITUDES,
        help_text="Misalnya -7,353211. Lintang selatan diawali tanda minus.",
    )
    longitude = CoordinateField(label="Bujur", limits=LONGITUDES, help_text="Misalnya 109,902187.")

    def clean(self) -> dict[str, Any]:
        """Both, or neither."""
        data = super().clean() or {}
        for name, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if data.get(name) is None and data.get(other) is not None and name not in self.errors:
                self.add_error(name, "Isi kedua angka, atau kosongkan keduanya.")
        return data


def _refuse_coming(since: date, today: date) -> None:
    """Who is called head leads the village by now."""
    if since > today:
        day = formats.long_date(today)
        raise ValidationError(f"Tanggal ini belum tiba. Hari ini {day}.")


class ContactForm(EditForm, RefusableForm):
    """Somebody who speaks for the village: noted, or put right."""

    role = forms.ChoiceField(label="Kedudukan", choices=ContactRole.choices)
    name = TextField(label="Nama", max_length=120)
    title = TextField(label="Jabatan", max_length=80, required=False)
    phone = TextField(
        label="Telepon",
        max_length=20,
        required=False,
        help_text="Hanya terlihat oleh kantor dan PIMPASA desa ini.",
        widget=forms.TextInput(attrs={"type": "tel", "class": "input-medium"}),
    )
    since = DayField(label="Menjabat sejak", required=False)
    until = DayField(label="Menjabat sampai", required=False)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean_since(self) -> date | None:
        """A head's first day has come."""
        since: date | None = self.cleaned_data["since"]
        if since and self.cleaned_data.get("role") == ContactRole.HEAD:
            _refuse_coming(since, self.today)
        return since

    def clean(self) -> dict[str, Any]:
        """A term ends after it began."""
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error(
                "until", ValidationError("Tanggal akhir tidak boleh sebelum tanggal mulai.")
            )
        return data

    @staticmethod
    def initial_of(contact: VillageContact) -> dict[str, Any]:
        """What stands there already."""
        return {name: getattr(contact, name) for name in ContactForm.base_fields}


class HeadForm(forms.Form):
    """The village's new head; the term of the one before ends on the day before."""

    name = TextField(label="Nama kepala yang baru", max_length=120)
    title = TextField(label="Jabatan", max_length=80, required=False)
    phone = TextField(
        label="Telepon",
        max_length=20,
        required=False,
        help_text="Hanya terlihat oleh kantor dan PIMPASA desa ini.",
        widget=forms.TextInput(attrs={"type": "tel", "class": "input-medium"}),
    )
    since = DayField(label="Menjabat sejak")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean_since(self) -> date:
        """The first day has come: until then the one before is head."""
        since: date = self.cleaned_data["since"]
        _refuse_coming(since, self.today)
        return since


class EndContactForm(forms.Form):
    """The last day of a contact's term."""

    until = DayField(label="Menjabat sampai")
