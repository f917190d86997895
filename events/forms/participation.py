"""Who gets a certificate of attendance and who signs it; and why one is revoked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts import nip
from accounts.models import Membership
from desabinaan.editing import EditForm, Seen
from desabinaan.fields import PrintedText, TextField
from events.models import (
    Attendee,
    Category,
    CertificateName,
    CertificateRule,
    Contribution,
    Contributor,
    Event,
)
from events.models.attendance import LONGEST_NAME
from events.models.participation import CERTIFIED, Dated
from villages.forms.fields import LongText
from villages.forms.signing import ON_BEHALF, ON_BEHALF_NEEDS
from villages.papers import signer_of

TYPED = ("signer_title", "signer_name", "signer_nip")
PEOPLE = {
    Category.VILLAGE: "Peserta dari desa",
    Category.AGENCY: "Peserta dari instansi",
    Category.PUBLIC: "Peserta umum",
    Category.OFFICER: "Petugas imigrasi yang hadir",
}
ROLES = {
    Contribution.SPEAKER: "Narasumber",
    Contribution.MODERATOR: "Moderator",
    Contribution.OPENER: "Pembuka acara",
}
NONE, GETS_NONE = "tidak", "Tidak diganti: orang ini tidak mendapat sertifikat"
USUAL = [Category.VILLAGE, Category.AGENCY, Category.PUBLIC]


def _ticked(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class CertificateRuleForm(EditForm):
    """Who gets one, which day it bears, and who signs."""

    village = _ticked(PEOPLE[Category.VILLAGE])
    agency = _ticked(PEOPLE[Category.AGENCY])
    public = _ticked(PEOPLE[Category.PUBLIC])
    officer = _ticked(PEOPLE[Category.OFFICER])
    speaker = _ticked(ROLES[Contribution.SPEAKER])
    moderator = _ticked(ROLES[Contribution.MODERATOR])
    opener = _ticked(ROLES[Contribution.OPENER])
    dated = forms.ChoiceField(
        label="Tanggal yang tercetak", choices=Dated.choices, widget=forms.RadioSelect
    )
    signer = forms.ChoiceField(label="Penanda tangan", widget=forms.RadioSelect)
    signer_title = PrintedText(
        label="Jabatan penanda tangan",
        max_length=160,
        required=False,
        help_text="Misalnya Kepala Subbagian Tata Usaha.",
    )
    signer_name = PrintedText(label="Nama penanda tangan", max_length=120, required=False)
    signer_nip = TextField(
        label="NIP penanda tangan", max_length=30, required=False, help_text="18 angka."
    )

    def __init__(self, *args: Any, event: Event, **options: Any) -> None:
        super().__init__(*args, place=event.office, **options)
        self.heads = heads_of(event)
        choices = [(str(it.pk), _words_of(it)) for it in self.heads]
        choices.append((ON_BEHALF, f"Pejabat lain, a.n. Kepala {event.office.name}"))
        self.fields["signer"].choices = choices  # type: ignore[attr-defined]
        if not self.standing:
            usual: dict[str, Any] = dict.fromkeys(USUAL, True)
            self.initial = usual | {"speaker": True, "dated": Dated.EVENT, "signer": choices[0][0]}

    def clean_signer_nip(self) -> str:
        """The digits alone, or nothing."""
        digits = nip.tidy(self.cleaned_data["signer_nip"])
        if digits and not nip.is_shaped(digits):
            raise ValidationError("NIP terdiri atas 18 angka.")
        return digits

    def clean(self) -> dict[str, Any]:
        """Somebody gets one, and whoever signs for the head is named."""
        data = super().clean() or {}
        if not any(data.get(name) for name in (*PEOPLE, *ROLES)):
            self.add_error(None, "Pilih sedikitnya satu kelompok yang mendapat sertifikat.")
        if data.get("signer") != ON_BEHALF:
            return data | dict.fromkeys(TYPED, "")
        for name, sentence in ON_BEHALF_NEEDS.items():
            if name in data and not data[name]:
                self.add_error(name, sentence)
        return data

    def facts(self) -> dict[str, Any]:
        """What was said, as a rule keeps it."""
        data = self.cleaned_data
        head = next((it for it in self.heads if str(it.pk) == data["signer"]), None)
        return {
            "categories": [it for it in Category.values if data[it]],
            "contributions": [it for it in CERTIFIED if data[it]],
            "dated": data["dated"],
            "signed_as_id": head.pk if head else None,
            **{name: data[name] for name in TYPED},
        }

    @staticmethod
    def standing_of(rule: CertificateRule | None) -> Seen:
        """What stands, as the form asks for it."""
        if rule is None:
            return {}
        ticked = {it: it in rule.categories for it in Category.values}
        ticked |= {it.value: it in rule.contributions for it in CERTIFIED}
        typed = {name: getattr(rule, name) for name in TYPED}
        signer = ON_BEHALF if rule.signer_name else str(rule.signed_as_id or "")
        return {**ticked, **typed, "dated": rule.dated, "signer": signer}

    @staticmethod
    def seen_of(rule: CertificateRule | None) -> Seen:
        """What stands, as the rule keeps it: for the action to compare."""
        names = ("categories", "contributions", "dated", "signed_as_id", *TYPED)
        return {name: getattr(rule, name) for name in names} if rule else {}


def heads_of(event: Event) -> list[Membership]:
    """Who leads the office today, then who led it on the last day of the event."""
    office = event.office
    heads = office.memberships.heads().select_related("user", "office")
    found = {it.pk: it for day in (office.today(), event.ends_on) for it in heads.on(day)}
    return list(found.values())


def _words_of(head: Membership) -> str:
    signer = signer_of(head)
    return " ".join(filter(None, [f"{signer['name']},", signer["acting"], signer["title"]]))


class RevokeParticipationForm(forms.Form):
    """Why a certificate does not count any more."""

    reason = LongText(
        label="Alasan",
        max_length=500,
        rows=2,
        error_messages={"required": "Isi alasan sertifikat ini dicabut."},
        help_text="Terbaca oleh kantor; pemegangnya hanya membaca bahwa sertifikat dicabut.",
    )
    unreplaced = forms.TypedChoiceField(
        label="Sesudah dicabut",
        choices=[("ganti", "Nama salah, dibuatkan yang baru"), (NONE, GETS_NONE)],
        coerce=lambda it: it == NONE,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih apakah sertifikat ini diganti."},
    )
    mended_name = PrintedText(
        label="Nama yang benar",
        max_length=LONGEST_NAME,
        required=False,
        help_text="Bila namanya keliru: kegiatan sudah dilaporkan dan daftar hadirnya tidak "
        "berubah lagi, maka sertifikat penggantinya memakai nama ini.",
    )

    def __init__(self, *args: Any, event: Event, **options: Any) -> None:
        super().__init__(*args, **options)
        if not event.is_settled:  # then the lists are mended themselves
            del self.fields["mended_name"]

    def clean(self) -> dict[str, Any]:
        """Whoever gets none is not called anything on it."""
        data = super().clean() or {}
        if data.get("unreplaced") and data.get("mended_name"):
            self.add_error(
                "mended_name", "Kosongkan: nama hanya dipakai pada sertifikat penggantinya."
            )
        return data


class ExclusionForm(forms.Form):
    """Why somebody gets no certificate."""

    reason = LongText(
        label="Alasan",
        max_length=500,
        rows=2,
        error_messages={"required": "Isi alasan orang ini tidak mendapat sertifikat."},
        help_text="Terbaca oleh kantor, misalnya: hanya mengantar peserta, pulang sebelum selesai.",
    )


class CertificateNameForm(EditForm):
    """How somebody is called on their certificate."""

    name = PrintedText(
        label="Nama pada sertifikat",
        max_length=LONGEST_NAME,
        help_text="Dengan gelar dan huruf besar seperti akan tercetak.",
    )

    @staticmethod
    def standing_of(said: CertificateName | None, person: Attendee | Contributor) -> Seen:
        """What it would bear now."""
        return {"name": (said or person).name}

    @staticmethod
    def seen_of(said: CertificateName | None) -> Seen:
        """What was said before, if anything: for the action to compare."""
        return {"name": said.name} if said else {}
