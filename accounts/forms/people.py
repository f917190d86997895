"""People of an office: adding one with a role, and letting a role end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError

from accounts.access import acted_on
from accounts.actions import Person
from accounts.models import ActingKind, Membership, Office, Rank, Role, User
from accounts.models.membership import MembershipQuerySet
from accounts.models.user import tidy_sign_in_name
from accounts.permissions import roles_given_in
from desabinaan import formats
from desabinaan.fields import DayField, PrintedText, TextField
from desabinaan.forms import EndingForm, RefusableForm

ROLE_HINTS = {
    Role.STAFF: "Petugas – menyiapkan usulan, tidak memutuskan",
    Role.HEAD: "Kepala kantor – memutuskan dan menandatangani",
    Role.OBSERVER: "Pengamat – membaca data semua kantor di bawahnya",
    Role.ADMIN: "Administrator – mengelola orang dan profil kantor, tidak memutuskan",
}
DEFINITIVE = "definitive"
ACTING_HINTS = {
    ActingKind.PLT: "Plt. – jabatan kosong",
    ActingKind.PLH: "Plh. – kepala sedang berhalangan",
}


class RoleForm(RefusableForm):
    """A role in an office, from when until when."""

    depending: tuple[str, ...] = ("ends_on",)

    role = forms.ChoiceField(label="Peran", widget=forms.RadioSelect)
    acting_kind = forms.TypedChoiceField(
        label="Status jabatan, khusus kepala kantor",
        choices=[
            (DEFINITIVE, "Definitif"),
            *ACTING_HINTS.items(),
        ],
        initial=DEFINITIVE,
        coerce=lambda kind: "" if kind == DEFINITIVE else kind,
        widget=forms.RadioSelect,
    )
    title = PrintedText(
        label="Jabatan",
        required=False,
        max_length=120,
        help_text="Misalnya Kepala Seksi Teknologi Informasi dan Komunikasi Keimigrasian.",
    )
    together = forms.BooleanField(
        label="Benar, keduanya bertindak sebagai kepala pada hari yang sama", required=False
    )
    starts_on = DayField(label="Berlaku mulai")
    ends_on = DayField(
        label="Sampai dengan",
        required=False,
        help_text="Hari terakhir. Wajib untuk Plt. dan Plh., selain itu boleh dikosongkan.",
    )

    ROLE_FACTS: tuple[str, ...] = ("role", "acting_kind", "title", "starts_on", "ends_on")

    def __init__(self, *args: Any, office: Office, **options: Any) -> None:
        super().__init__(*args, **options)
        self.office = office
        self.others: list[Membership] = []  # who acts as head on the same days
        given = [(role.value, ROLE_HINTS[role]) for role in roles_given_in(office)]
        cast(forms.ChoiceField, self.fields["role"]).choices = given
        self.fields["starts_on"].initial = office.today()

    def clean(self) -> dict[str, Any]:
        """An acting head is a head, for a time that ends."""
        data = super().clean() or {}
        acting, ends_on = data.get("acting_kind"), data.get("ends_on")
        if acting and data.get("role") != Role.HEAD:
            self.add_error("acting_kind", "Plt. dan Plh. hanya untuk kepala kantor.")
        if acting and not ends_on and "ends_on" not in self.errors:
            self.add_error("ends_on", "Isi hari terakhir masa Plt. atau Plh.")
        if ends_on and data.get("starts_on") and ends_on < data["starts_on"]:
            self.add_error("ends_on", "Tanggal akhir tidak boleh sebelum tanggal mulai.")
        elif acting and ends_on and data.get("starts_on"):
            self._ask_about_others(data)
        return data

    def _ask_about_others(self, data: dict[str, Any]) -> None:
        """Two who act for one head on one day is possible, and seldom meant."""
        whose = self._whose(data)
        beside = Membership.objects.beside(self.office, data["starts_on"], data["ends_on"])
        self.others = [it for it in beside if it.user.name != whose]
        if self.others and not data.get("together"):
            names = ", ".join(_acting_words(it) for it in self.others)
            who = f"Selain {whose}, " if whose else "Pada masa itu "
            self.add_error(
                "together",
                f"{who}sudah tercatat {names}. Ubah masanya, atau centang bila memang keduanya.",
            )

    def _whose(self, data: dict[str, Any]) -> str:
        """The name of whoever gets the role."""
        return str(data.get("name", ""))

    def _role_facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.ROLE_FACTS}


def _acting_words(acting: Membership) -> str:
    """Who acts as head, and when: "Bagas (Plh., 1 Maret 2026 – 7 Maret 2026)"."""
    term = f"{formats.long_date(acting.starts_on)} – {formats.long_date(acting.ends_on)}"
    return f"{acting.user.name} ({acting.acting_words}, {term})"


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the office's people."""

    def label_from_instance(self, obj: User) -> str:
        """Name and number: two may have one name."""
        return f"{obj.name} ({obj.nip or obj.email})"


class ActingForm(RoleForm):
    """Who acts as head of the office, on what terms, from when until when, and on what basis."""

    depending = ()

    person = PersonChoice(
        label="Siapa",
        queryset=User.objects.none(),
        empty_label="Pilih orang kantor ini",
        error_messages={"required": "Pilih siapa yang ditunjuk."},
    )
    basis = TextField(
        label="Dasar penunjukan",
        required=False,
        max_length=160,
        help_text="Nomor dan tanggal surat perintah, misalnya W.13-KP.04.01-12, 2 Maret 2026.",
    )

    ROLE_FACTS = ("acting_kind", "starts_on", "ends_on", "basis")
    FIELD_OF: ClassVar[dict[str, str]] = {"user": "person"}

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["role"], self.fields["title"]
        kinds = cast(forms.ChoiceField, self.fields["acting_kind"])
        kinds.choices = list(ACTING_HINTS.items())
        kinds.label, kinds.initial = "Status", ActingKind.PLH
        self.fields["ends_on"].required = True
        self.fields["ends_on"].help_text = ""
        people = User.objects.filter(memberships__in=self._serving()).exclude(pk=by.pk)
        cast(PersonChoice, self.fields["person"]).queryset = people.distinct().order_by("name")

    def clean(self) -> dict[str, Any]:
        """Whoever acts is a head."""
        self.cleaned_data["role"] = Role.HEAD
        return super().clean()

    def membership(self) -> Membership:
        """The role to give."""
        return Membership(
            office=self.office,
            user=self.cleaned_data["person"],
            role=Role.HEAD,
            **self._role_facts(),
        )

    def _serving(self) -> MembershipQuerySet:
        """Those of the office who are not its head proper."""
        live = Membership.objects.on(self.office.today()).filter(office=self.office)
        return live.exclude(role=Role.HEAD, acting_kind="")

    def _whose(self, data: dict[str, Any]) -> str:
        person = data.get("person")
        return person.name if person else ""


class MemberForm(RoleForm):
    """Who, in what role, from when until when."""

    sign_in_name = TextField(
        label="NIP atau surel",
        max_length=254,
        help_text="NIP 18 angka; tanpa NIP, alamat surel. Dengan inilah orangnya masuk.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    name = PrintedText(
        label="Nama lengkap",
        max_length=120,
        help_text="Dengan gelar, seperti tercetak pada surat.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label="Surel",
        required=False,
        max_length=254,
        help_text="Untuk meminta sandi baru sendiri.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    rank = forms.ChoiceField(
        label="Pangkat", required=False, choices=[("", "Tidak dicatat"), *Rank.choices]
    )

    FIELD_OF: ClassVar[dict[str, str]] = {"username": "sign_in_name", "user": "sign_in_name"}

    def clean_sign_in_name(self) -> str:
        """The name as it is stored; 18 digits, or an address."""
        name = tidy_sign_in_name(self.cleaned_data["sign_in_name"])
        if not (name.isdigit() and len(name) == 18) and "@" not in name:
            raise ValidationError("Isi NIP 18 angka atau alamat surel.")
        return name

    def known_user(self) -> User | None:
        """Whoever has this NIP or address already, in whatever office."""
        return User.objects.with_sign_in_name(self.cleaned_data["sign_in_name"])

    def person(self) -> Person:
        """The account to open."""
        name, email = self.cleaned_data["sign_in_name"], self.cleaned_data["email"]
        username, address = ("", name) if "@" in name else (name, email)
        return Person(self.cleaned_data["name"], username, address, self.cleaned_data["rank"])

    def as_invited(self) -> dict[str, Any]:
        """What the form of an invitation begins with, as far as it was typed here."""
        person = self.person()
        typed = {name: self[name].value() for name in ("role", "acting_kind", "title", "rank")}
        days = {name: self.cleaned_data[name] for name in ("starts_on", "ends_on")}
        who = {"name": person.name, "username": person.username, "email": person.email}
        return typed | days | who

    def membership(self) -> Membership:
        """The role to give, not yet to anybody."""
        return Membership(office=self.office, **self._role_facts())


class EndRoleForm(EndingForm):
    """The last day of a role, and why it ends."""

    ends_on = DayField(
        label="Hari terakhir berlaku", help_text="Pada hari itu perannya masih berlaku."
    )
    reason = TextField(
        label="Alasan", required=False, max_length=200, help_text="Misalnya mutasi, pensiun."
    )
    mistaken = forms.BooleanField(
        label="Peran ini salah catat: batalkan sekarang juga", required=False
    )

    def __init__(self, *args: Any, membership: Membership, **options: Any) -> None:
        super().__init__(*args, **options)
        self.membership = membership
        today = membership.office.today()
        self.acted_on = acted_on(membership)
        days = [membership.starts_on, today - timedelta(days=1), self.acted_on]
        self.earliest = max(day for day in days if day)
        self.ends_at_once = self.earliest < today
        self.fields["ends_on"].initial = max(today, self.earliest)
        if not membership.is_new():
            del self.fields["mistaken"]

    def clean_ends_on(self) -> date:
        """From yesterday (at once) or its last act on, and not later than it ends anyway."""
        day: date = self.cleaned_data["ends_on"]
        role = self.membership
        if day < self.earliest:
            earliest = formats.long_date(self.earliest)
            raise ValidationError(f"Paling awal {earliest}: yang sudah terjadi tidak diubah.")
        if role.ends_on and day >= role.ends_on:
            raise ValidationError(f"Peran ini sudah berakhir {formats.long_date(role.ends_on)}.")
        return day
