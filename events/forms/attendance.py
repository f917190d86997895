"""Somebody who came, as officers note them and as they enter themselves; classes of pupils."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from certificates.actions import Paper
from desabinaan.editing import EditForm, Seen
from desabinaan.fields import CountField, PrintedText, TextField
from desabinaan.forms import RefusableForm
from desabinaan.uploads import CheckedFileField
from events.actions.attendance import Person
from events.arrivals import Arrival, in_place_of
from events.attendance_prints import MOST_BLANK_ROWS, as_it_is, to_sign
from events.models import Attendee, Category, Event, Invitee, SchoolCount, Sex, Source
from events.models.attendance import (
    LONGEST_GRADE,
    LONGEST_NAME,
    LONGEST_PHONE,
    LONGEST_PLACE,
    LONGEST_TITLE,
    MOST_PUPILS,
    longest_key,
    phone_digits,
)
from villages.forms.fields import LongText
from villages.models.region import search_key

PUPILS = {"max_value": "Periksa jumlahnya."}
BY_HAND = [(Source.OFFICER, "Hadir di hadapan saya"), (Source.PAPER, "Dari lembar kertas")]


class NamedField(PrintedText):
    """A name that can be compared with others: it has letters or figures of ours, not too many.

    Papers print it: one sign that none of their typefaces has would hold up the whole list.
    """

    def __init__(self, *, max_length: int, **options: Any) -> None:
        self.longest_key = longest_key(max_length)
        super().__init__(max_length=max_length, **options)

    def validate(self, value: str) -> None:
        """Refuse what would be the same as any other name, and what has no room as a key."""
        key = search_key(value)
        if value and not key:
            raise ValidationError("Tulis dengan huruf Latin.")
        if len(key) > self.longest_key:
            raise ValidationError("Terlalu panjang: tanda khusus dihitung sebagai beberapa huruf.")
        super().validate(value)


class PhoneField(TextField):
    """A number of a phone, where somebody gives one."""

    def __init__(self, **options: Any) -> None:
        attrs = {"type": "tel", "class": "input-medium", "autocomplete": "tel"}
        options.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(max_length=LONGEST_PHONE, required=False, **options)

    def clean(self, value: Any) -> str:
        """Refuse what is no number."""
        text: str = super().clean(value)
        if text and len(phone_digits(text)) < 6:
            raise ValidationError("Periksa nomornya, misalnya 0812 0000 0000.")
        return text


def _plain(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs=attrs)


class PersonForm(forms.Form):
    """Who came, from where; what else they say of themselves."""

    name = NamedField(label="Nama", max_length=LONGEST_NAME, widget=_plain(autocomplete="off"))
    institution = NamedField(
        label="Instansi atau desa",
        max_length=LONGEST_PLACE,
        widget=_plain(autocomplete="off", list="instansi"),
    )
    title = PrintedText(label="Jabatan", max_length=LONGEST_TITLE, required=False)
    sex = forms.ChoiceField(
        label="Jenis kelamin", choices=Sex.choices, required=False, widget=forms.RadioSelect
    )
    phone = PhoneField(label="Nomor HP")

    def person(self) -> Person:
        """Whom the form names."""
        return Person(**{name: self.cleaned_data[name] for name in PersonForm.base_fields})


class WalkInForm(PersonForm):
    """The same as an officer notes it, from what they see or from a sheet of paper."""

    source = forms.ChoiceField(label="Dicatat dari", choices=BY_HAND, required=False)

    @staticmethod
    def initial_for(guest: Invitee | None) -> dict[str, str]:
        """What is known of somebody else than is named who comes as this guest."""
        if guest is None:
            return {}
        its = Arrival.of(guest)
        title = in_place_of(guest) if its.name else its.title
        return {"institution": its.institution, "title": title}

    def clean_source(self) -> Source:
        """In person, where nothing is said."""
        return Source(self.cleaned_data["source"] or Source.OFFICER)


class AttendeeForm(EditForm, RefusableForm):
    """What is noted of somebody, to be mended."""

    name = NamedField(label="Nama", max_length=LONGEST_NAME)
    institution = NamedField(label="Instansi atau desa", max_length=LONGEST_PLACE)
    title = PrintedText(label="Jabatan", max_length=LONGEST_TITLE, required=False)
    sex = forms.ChoiceField(
        label="Jenis kelamin", choices=[("", "Tidak dicatat"), *Sex.choices], required=False
    )
    category = forms.ChoiceField(label="Kelompok", choices=Category.choices)
    phone = PhoneField(label="Nomor HP", help_text="Hanya terlihat oleh petugas kantor Anda.")

    @staticmethod
    def standing_of(attendee: Attendee) -> Seen:
        """What stands."""
        return {name: getattr(attendee, name) for name in AttendeeForm.base_fields}


class DropAttendeeForm(forms.Form):
    """Why a row is wrong."""

    reason = LongText(
        label="Alasan",
        max_length=500,
        rows=2,
        error_messages={"required": "Isi alasan baris ini dihapus."},
    )


class SchoolForm(EditForm, RefusableForm):
    """How many pupils of a class came."""

    school = NamedField(label="Sekolah", max_length=LONGEST_PLACE)
    grade = NamedField(
        label="Kelas", max_length=LONGEST_GRADE, help_text="Misalnya XI atau XI TKJ 2."
    )
    boys = CountField(label="Laki-laki", min_value=0, max_value=MOST_PUPILS, error_messages=PUPILS)
    girls = CountField(label="Perempuan", min_value=0, max_value=MOST_PUPILS, error_messages=PUPILS)

    def clean(self) -> dict[str, Any]:
        """Somebody came."""
        data = super().clean() or {}
        if data.get("boys") == 0 and data.get("girls") == 0:
            self.add_error("boys", "Isi jumlah siswa yang hadir.")
        return data

    @staticmethod
    def standing_of(school: SchoolCount) -> Seen:
        """What stands."""
        return {name: getattr(school, name) for name in SchoolForm.base_fields}


class SignedPageForm(forms.Form):
    """A photographed or scanned sheet."""

    file = CheckedFileField(
        label="Foto atau pindaian lembar", help_text="JPEG, PNG, atau PDF, paling besar 10 MB."
    )


class PairForm(forms.Form):
    """Two rows, and whether they are one person: the button names the one that is kept."""

    first = forms.IntegerField(min_value=1, max_value=2**62)
    second = forms.IntegerField(min_value=1, max_value=2**62)
    keep = forms.IntegerField(min_value=1, max_value=2**62, required=False)

    def clean(self) -> dict[str, Any]:
        """The pair with the kept one first; two people where none is named."""
        data = super().clean() or {}
        pair = [data.get("first"), data.get("second")]
        keep = data.get("keep")
        if keep is not None and keep not in pair:
            raise ValidationError("Pilih salah satu dari keduanya.")
        data["pair"] = pair[::-1] if keep == pair[1] else pair
        data["is_one"] = keep is not None
        return data


class SheetForm(forms.Form):
    """Which sheet is wanted: to be signed, with so many free rows, or the list as it is."""

    SIGN, FILLED = "sign", "filled"

    sheet = forms.ChoiceField(
        label="Lembar",
        widget=forms.RadioSelect,
        choices=[
            (SIGN, "Untuk ditandatangani: nama yang sudah diketahui, lalu baris kosong"),
            (FILLED, "Daftar hadir terisi, seperti yang tercatat sekarang"),
        ],
        initial=SIGN,
    )
    blank = CountField(label="Baris kosong", min_value=0, max_value=MOST_BLANK_ROWS, required=False)

    def paper_of(self, event: Event) -> Paper:
        """The paper that was chosen."""
        if self.cleaned_data["sheet"] == self.FILLED:
            return as_it_is(event)
        return to_sign(event, self.cleaned_data["blank"] or 0)
