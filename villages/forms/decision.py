"""The head's forms: approve under a decree, return with a note, reject with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import Membership
from desabinaan import legibility
from desabinaan.editing import EditForm
from desabinaan.fields import PastDayField, PrintedText
from desabinaan.workflow import TransitionRefused
from villages import prints
from villages.actions import Approval, Certification, decrees
from villages.forms.fields import DatedForm, LongText, SheetForm
from villages.models import Decree, Designation, SignerLevel
from villages.models.status import Signs

RECENT_DECREES = 20
NEEDED = {
    "title": "Isi tentang apa SK ini.",
    "signer_level": "Pilih siapa yang menandatangani SK.",
    "signer_name": "Isi nama penanda tangan SK.",
}


class DecreeChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the decrees that the office has recorded already."""

    def label_from_instance(self, obj: Decree) -> str:
        """Number, date and subject."""
        return obj.full_name


class DecreeForm(DatedForm):
    """What a decree says; its number may come later, and with it the certificates."""

    depending: tuple[str, ...] = tuple(NEEDED)

    number = PrintedText(
        label="Nomor SK",
        tidied=legibility.number,
        max_length=100,
        required=False,
        help_text=(
            "Dari sistem persuratan. Kosongkan bila belum terbit: desa tetap ditetapkan, "
            "sertifikat dipesan setelah nomor dicatat."
        ),
    )
    dated = PastDayField(label="Tanggal SK", required=False)
    title = PrintedText(
        label="Tentang",
        tidied=legibility.subject,
        max_length=250,
        required=False,
        help_text="Persis seperti pada SK; tercetak pada sertifikat setiap desa dalam SK ini.",
    )
    signer_level = forms.ChoiceField(
        label="SK ditandatangani oleh", choices=SignerLevel.choices, required=False
    )
    signer_name = PrintedText(label="Nama penanda tangan SK", max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """The facts are there, and a number has its date."""
        data = super().clean() or {}
        data.setdefault("number", "")
        for name, sentence in NEEDED.items():
            if name in data and not data[name]:
                self.add_error(name, sentence)
        if data["number"] and "dated" in data and not data["dated"]:
            self.add_error("dated", "Isi tanggal SK yang nomornya Anda ketik.")
        return data

    def compare_with_recorded(self, decree: Decree) -> None:
        """Say at the number what the action would: it is known, and means another decree."""
        try:
            decrees.recorded(decree)
        except TransitionRefused as refusal:
            self.add_error("number", refusal.message)


class DecreeChangeForm(EditForm, DecreeForm):
    """What a decree says that was noted without its number, to be put right."""

    depending = ()

    def __init__(self, *args: Any, decree: Decree, **options: Any) -> None:
        self.decree = decree
        said = {name: getattr(decree, name) for name in self.base_fields}
        super().__init__(*args, office=decree.office, standing=said, place=decree.office, **options)
        for name, sentence in NEEDED.items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = sentence
        self.fields["number"].help_text = (
            "Dari sistem persuratan. Begitu disimpan dengan nomor, sertifikat setiap desa dalam "
            "SK ini dipesan, dan isi SK tidak dapat diubah lagi."
        )

    def clean(self) -> dict[str, Any]:
        """A number that is known belongs to a decree that says the same."""
        data = super().clean()
        if not self.errors:
            typed = {name: data[name] for name in self.base_fields}
            changed = Decree(pk=self.decree.pk, office=self.decree.office, **typed)
            self.compare_with_recorded(changed)
        return data


class DecreeCorrectionForm(DecreeChangeForm):
    """What a table said of its decree, to be put right before anybody vouches for it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("number", "dated"):
            self.fields[name].required = True
        for name in ("number", "title"):
            self.fields[name].help_text = "Persis seperti pada SK."


class ApprovalForm(DecreeForm):
    """The decree under which villages are designated, and who signs their certificates."""

    depending = ("decree", *NEEDED)

    decree = DecreeChoice(
        label="SK",
        queryset=Decree.objects.none(),
        required=False,
        empty_label="SK baru: isi di bawah",
        help_text="Satu SK dapat mencakup beberapa desa; pilih SK yang sudah tercatat di sini.",
    )
    certificate_signer = forms.ChoiceField(
        label="Sertifikat ditandatangani oleh",
        choices=[(Signs.DECIDER, "Saya yang memutuskan"), (Signs.DECREE, "Penanda tangan SK")],
        widget=forms.RadioSelect,
        initial=Signs.DECIDER,
    )
    unnumbered = forms.BooleanField(
        label="Nomor SK ini memang belum terbit: tetapkan sekarang, nomornya dicatat nanti",
        required=False,
    )

    def __init__(self, *args: Any, head: Membership, **options: Any) -> None:
        super().__init__(*args, **options)
        self.head = head
        recorded = Decree.objects.covering_more(self.office)[:RECENT_DECREES]
        self.recorded = list(recorded)
        choice = self.fields["decree"]
        assert isinstance(choice, DecreeChoice)  # noqa: S101 - told to the type checker
        choice.queryset = Decree.objects.filter(pk__in=[each.pk for each in self.recorded])
        choice.choices = [("", choice.empty_label), *((d.pk, d.full_name) for d in self.recorded)]
        # Names no village: one SK may cover several, and its subject is printed for each of them.
        self.initial.setdefault("title", "Penetapan Desa Binaan Imigrasi")
        self.initial.setdefault("signer_name", head.user.name)
        self.initial.setdefault("signer_level", SignerLevel.OFFICE)

    def clean(self) -> dict[str, Any]:
        """A recorded decree says everything; a new one needs its facts."""
        data = self.cleaned_data
        if data.get("decree"):
            if data.get("number") not in ("", data["decree"].number):
                self.add_error("number", "Kosongkan nomor ini: SK sudah dipilih dari daftar.")
            return data
        data = super().clean()
        if self.lacks_number and not data.get("unnumbered"):
            self.add_error(
                "number",
                "Isi nomornya juga, atau kosongkan tanggalnya. Bila tanggalnya sudah pasti dan "
                "hanya nomornya yang belum terbit, centang pilihan di bawahnya.",
            )
        elsewhere = data.get("signer_level") not in (None, "", SignerLevel.OFFICE)
        if elsewhere and data.get("signer_name") == self.head.user.name:
            self.add_error("signer_name", "Isi nama pejabat yang menandatangani SK itu.")
        if not self.errors:
            self.compare_with_recorded(self.approval().proposed_decree(self.office))
        return data

    @property
    def lacks_number(self) -> bool:
        """Whether there is a date without a number: left out by mistake, or not given yet."""
        return bool(self.data.get("dated") and not self.data.get("number", "").strip())

    def approval(self) -> Approval:
        """What the head decided with."""
        data = self.cleaned_data
        return Approval(
            number=data["number"],
            dated=data["dated"],
            title=data["title"],
            signer_level=data["signer_level"],
            signer_name=data["signer_name"],
            head=self.head,
            signs=data["certificate_signer"],
            decree=data["decree"],
            printed=self.data.get(prints.SHOWN, ""),
        )


class CertifyForm(forms.Form):
    """Which of a decree's recorded villages get the portal's certificate now, and who signs it."""

    sheets = forms.ModelMultipleChoiceField(
        label="Desa",
        queryset=Designation.objects.none(),
        error_messages={
            "required": "Pilih sedikitnya satu desa.",
            "invalid_choice": "Salah satu desa baru saja berubah; pilih lagi.",
        },
    )
    signer = forms.ChoiceField(
        label="Sertifikat ditandatangani oleh",
        choices=[(Signs.DECIDER, "Saya yang menerbitkan"), (Signs.DECREE, "Penanda tangan SK")],
        widget=forms.RadioSelect,
        initial=Signs.DECIDER,
        help_text="Sertifikat bertanggal hari ini. Pilih penanda tangan SK hanya bila ia masih "
        "menjabat dan akan menandatanganinya.",
    )

    def __init__(
        self, *args: Any, sheets: QuerySet[Designation], head: Membership, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.head = head
        choice = self.fields["sheets"]
        assert isinstance(choice, forms.ModelMultipleChoiceField)  # noqa: S101 - for the type checker
        choice.queryset = sheets

    def certification(self) -> Certification:
        """In whose capacity, and who signs."""
        return Certification(self.head, self.cleaned_data["signer"])


class ReturnForm(SheetForm):
    """What the preparers should mend."""

    note = LongText(
        label="Catatan untuk petugas",
        help_text="Apa yang perlu dilengkapi atau diperbaiki. Hanya kantor yang membacanya.",
        error_messages={"required": "Isi catatan agar petugas tahu apa yang diperbaiki."},
    )


class RejectForm(SheetForm):
    """Why the answer is no."""

    reason = LongText(
        label="Alasan penolakan",
        error_messages={"required": "Isi alasan mengapa usulan ini ditolak."},
    )
