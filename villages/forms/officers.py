"""PIMPASA: the person and the appointment, the assignment, its end, the hand-over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, override

from django import forms
from django.core.exceptions import ValidationError

from accounts import nip
from accounts.actions import Person
from accounts.models import Employment, Office, Rank, User
from accounts.models.user import GRADE_NAMES, GRADES
from desabinaan import formats, legibility
from desabinaan.editing import EditForm
from desabinaan.fields import DayField, PastDayField, PrintedText, TextField
from desabinaan.forms import EndingForm, RefusableForm
from villages.actions import Appointment, Terms
from villages.actions.officers import too_early
from villages.forms.fields import DatedForm
from villages.models import Assignment, Basis, Officer, Part

NUMBER_ELSEWHERE = (
    "NIP adalah nama masuk orangnya, sehingga tidak diubah di sini. Yang membetulkannya adalah "
    "administrator."
)


class OfficeForm(RefusableForm, DatedForm):
    """A form about an office's officers."""

    FIELD_OF = {"username": "nip", "user": "nip"}

    def _in_order(self, data: dict[str, Any]) -> None:
        ends_on, starts_on = data.get("ends_on"), data.get("starts_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "Tanggal akhir tidak boleh sebelum tanggal mulai.")


class OfficerForm(EditForm, OfficeForm):
    """Who, on what terms of service, and by which decree."""

    name = PrintedText(
        label="Nama lengkap",
        max_length=120,
        help_text="Dengan gelar, seperti tercetak pada surat.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    nip = TextField(
        label="NIP",
        max_length=30,
        help_text="18 angka, boleh dengan spasi. Untuk PPPK, nomor induk PPPK.",
        widget=forms.TextInput(
            attrs={"class": "input-medium", "autocomplete": "off", "inputmode": "numeric"}
        ),
    )
    employment = forms.ChoiceField(
        label="Status kepegawaian", choices=Employment.choices, widget=forms.RadioSelect
    )
    rank = forms.ChoiceField(
        label="Pangkat atau golongan",
        required=False,
        help_text="Pangkat untuk PNS, golongan I–XVII untuk PPPK.",
        choices=[("", "Tidak dicatat"), ("PNS", Rank.choices), ("PPPK", GRADES)],
    )
    decree_number = PrintedText(
        label="Nomor SK pengangkatan", tidied=legibility.number, max_length=100
    )
    decree_dated = PastDayField(label="Tanggal SK pengangkatan")
    decree_signer_title = PrintedText(
        label="Jabatan penanda tangan SK",
        max_length=120,
        help_text="Misalnya Kepala Kantor Imigrasi atau Kepala Kantor Wilayah.",
    )
    starts_on = DayField(label="PIMPASA mulai")
    ends_on = DayField(label="Sampai dengan", required=False, help_text="Bila SK menyebutkannya.")

    def __init__(self, *args: Any, person: User | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        if person:
            del self.fields["name"]
            if person.nip:
                self.fields["nip"].disabled = True
                self.fields["nip"].help_text = NUMBER_ELSEWHERE

    @staticmethod
    def noted_of(person: User | None) -> dict[str, Any]:
        """What is noted of the person already, in whatever office."""
        if person is None:
            return {}
        return {"nip": person.nip, "rank": person.rank, "employment": person.employment}

    @classmethod
    def initial_of(
        cls, office: Office, person: User | None, officer: Officer | None
    ) -> dict[str, Any]:
        """What is known already."""
        known: dict[str, Any] = {"starts_on": office.today(), **cls.noted_of(person)}
        if officer:
            known |= {name: getattr(officer, name) for name in Appointment.__slots__}
        return known

    def clean_nip(self) -> str:
        """The digits alone: eighteen of them."""
        digits = nip.tidy(self.cleaned_data["nip"])
        if not nip.is_shaped(digits):
            raise ValidationError("NIP terdiri atas 18 angka.")
        return digits

    def clean(self) -> dict[str, Any]:
        """What the number says fits the terms of service, and so does the rank."""
        data = super().clean() or {}
        employment, rank = data.get("employment"), data.get("rank")
        if employment == Employment.PNS and "nip" in data:
            wrong = nip.wrong_with_pns(data["nip"], self.office.today())
            if wrong:
                self.add_error("nip", wrong)
        if rank and employment and (rank in GRADE_NAMES) is not (employment == Employment.PPPK):
            self.add_error("rank", "PNS mempunyai pangkat, PPPK mempunyai golongan I–XVII.")
        self._in_order(data)
        return data

    def person_facts(self) -> Person:
        """The person, with number, terms and rank."""
        data = self.cleaned_data
        name = self.person.name if self.person else data["name"]
        return Person(name, data["nip"], rank=data["rank"], employment=data["employment"])

    def appointment(self) -> Appointment:
        """The appointment as it was decreed."""
        return Appointment(**{name: self.cleaned_data[name] for name in Appointment.__slots__})


class KnownOfficerForm(OfficerForm):
    """An appointment of somebody whose number is noted already: compared before it is saved."""

    @override
    def _renew(self, name: str, now: Any) -> None:
        super()._renew(name, now)
        self.renewed.discard(name)  # it was noted before, and nobody changed it meanwhile

    @override
    def _differs(self, last: Any) -> str:
        return "Tercatat lain. Pilih isian yang benar."

    @override
    def _told(self, last: Any) -> str:
        return (
            "Belum disimpan: NIP ini sudah tercatat di portal. Bandingkan status kepegawaian dan "
            "pangkatnya dengan yang tercatat, lalu simpan sekali lagi."
        )


class EndOfficerForm(OfficeForm):
    """The last day of an officer's term, and why it ends."""

    ends_on = DayField(label="Hari terakhir bertugas")
    reason = TextField(
        label="Alasan", required=False, max_length=200, help_text="Misalnya mutasi, pensiun."
    )

    def __init__(self, *args: Any, officer: Officer, **options: Any) -> None:
        super().__init__(*args, office=officer.office, **options)
        self.officer = officer
        self.fields["ends_on"].initial = max(officer.office.today(), officer.starts_on)

    def clean_ends_on(self) -> date:
        """Not before the term began."""
        day: date = self.cleaned_data["ends_on"]
        if day < self.officer.starts_on:
            since = formats.long_date(self.officer.starts_on)
            raise ValidationError(f"Masa tugasnya baru mulai {since}.")
        return day


class BasisForm(OfficeForm):
    """The document on which an assignment stands."""

    basis = forms.ChoiceField(
        label="Dasar penugasan", choices=Basis.choices, widget=forms.RadioSelect
    )
    basis_number = TextField(label="Nomor dokumen", tidied=legibility.number, max_length=100)
    basis_dated = PastDayField(label="Tanggal dokumen")


class AssignmentForm(BasisForm):
    """As what, from when until when, and on the ground of what."""

    part = forms.ChoiceField(
        label="Kedudukan", choices=Part.choices, initial=Part.MEMBER, widget=forms.RadioSelect
    )
    starts_on = DayField(label="Bertugas mulai")
    ends_on = DayField(
        label="Sampai dengan", required=False, help_text="Kosongkan bila belum ditentukan."
    )
    field_order = ["part", "basis", "basis_number", "basis_dated", "starts_on", "ends_on"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["starts_on"].initial = self.office.today()

    def clean(self) -> dict[str, Any]:
        """A term ends after it began."""
        data = super().clean() or {}
        self._in_order(data)
        return data

    def terms(self) -> Terms:
        """How the officers are assigned."""
        return Terms(**{name: self.cleaned_data[name] for name in Terms.__slots__})


class EndAssignmentForm(EndingForm, OfficeForm):
    """The last day of an assignment, and why it ends."""

    ends_on = DayField(
        label="Hari terakhir bertugas", help_text="Pada hari itu penugasannya masih berlaku."
    )
    reason = TextField(label="Alasan", required=False, max_length=200)
    mistaken = forms.BooleanField(
        label="Penugasan ini salah catat: batalkan sekarang juga", required=False
    )

    def __init__(
        self, *args: Any, assignment: Assignment, is_own: bool, may_strike: bool, **options: Any
    ) -> None:
        super().__init__(*args, office=assignment.officer.office, **options)
        self.assignment = assignment
        yesterday = self.office.today() - timedelta(days=1)
        self.not_before = None if is_own else yesterday
        self.fields["ends_on"].initial = max(self.office.today(), assignment.starts_on)
        if not (assignment.is_new() and may_strike):
            del self.fields["mistaken"]

    def clean_ends_on(self) -> date:
        """Within the term, as far as it is known; another office rewrites nothing of the past."""
        day: date = self.cleaned_data["ends_on"]
        if day < self.assignment.starts_on:
            since = formats.long_date(self.assignment.starts_on)
            raise ValidationError(f"Penugasan ini baru mulai {since}.")
        if self.not_before and day < self.not_before:
            raise ValidationError(too_early(self.assignment, self.not_before))
        if self.assignment.ends_on and day >= self.assignment.ends_on:
            until = formats.long_date(self.assignment.ends_on)
            raise ValidationError(f"Penugasan ini sudah berakhir {until}.")
        return day
