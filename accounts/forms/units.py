"""Offices as the national administrator keeps them: a new one, what changes, another place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts import offices
from accounts.models import Office, OfficeKind
from accounts.models.office import KINDS_ABOVE, TimeZone
from desabinaan.editing import EditForm
from desabinaan.fields import PrintedText, TextField
from desabinaan.forms import RefusableForm

CLASSES = ("Kelas I Khusus", "Kelas I", "Kelas II", "Kelas III")
# Each class with and without TPI; a class that only the list knows stays selectable on its office.
CLASS_NAMES = [f"{name} {tpi}" for name in CLASSES for tpi in ("TPI", "Non TPI")]
KINDS = [(kind.value, kind.label) for kind in OfficeKind if kind != OfficeKind.DIRECTORATE]
RESERVED_CODES = {"tambah"}  # what the address of a page is called
TAKEN = "Sudah ada kantor dengan nama ini: {code}."


class BasisForm(forms.Form):
    """The decree on which a change of the tree stands, for its history."""

    basis = TextField(
        label="Dasar",
        max_length=250,
        help_text="Nomor dan tanggal keputusan, misalnya Permenimipas Nomor 1 Tahun 2025.",
        error_messages={"required": "Isi dasar perubahan ini."},
    )


class FactsForm(RefusableForm, BasisForm):
    """Class, name, city and time zone: what both a new and a changed office have."""

    office_class = forms.ChoiceField(
        label="Kelas dan TPI",
        required=False,
        help_text="Khusus Kantor Imigrasi. TPI: mempunyai tempat pemeriksaan imigrasi.",
    )
    city = PrintedText(
        label="Kota kedudukan", max_length=80, help_text="Tercetak di depan tanggal surat."
    )
    name = PrintedText(label="Nama resmi", required=False, max_length=120)
    timezone = forms.ChoiceField(label="Zona waktu", choices=TimeZone.choices)

    field_order = (
        "kind",
        "office_class",
        "city",
        "name",
        "code",
        "parent",
        "timezone",
        "address",
        "basis",
    )

    def __init__(self, *args: Any, known_class: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        names = list(dict.fromkeys([*CLASS_NAMES, *filter(None, [known_class])]))
        chooser = self.fields["office_class"]
        assert isinstance(chooser, forms.ChoiceField)  # noqa: S101 - for the types
        chooser.choices = [("", "Belum ditetapkan"), *((name, name) for name in names)]

    def _refuse_namesake(self, name: str, *, but: int = 0) -> None:
        namesake = Office.objects.staying().filter(name__iexact=name).exclude(pk=but).first()
        if namesake:
            self.add_error("name", TAKEN.format(code=namesake.code))


class OpenForm(FactsForm):
    """A new unit: what it is, where it stands in the tree, and its address."""

    kind = forms.ChoiceField(label="Jenis", choices=KINDS, initial=OfficeKind.IMMIGRATION_OFFICE)
    parent = forms.ModelChoiceField(
        label="Unit atasan",
        queryset=Office.objects.none(),
        empty_label="Pilih unit atasan",
        error_messages={"required": "Pilih unit atasannya."},
    )
    code = forms.SlugField(
        label="Kode",
        required=False,
        max_length=60,
        help_text="Huruf kecil, angka, tanda hubung; tetap untuk seterusnya. "
        "Bila kosong, disusun dari jenis dan kota: kanim-garut.",
    )
    address = PrintedText(label="Alamat", required=False, max_length=250)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)  # noqa: S101 - for the types
        parent.queryset = Office.objects.above(OfficeKind.IMMIGRATION_OFFICE)
        self.fields["name"].help_text = (
            "Bila kosong, disusun dari jenis, kelas, dan kota: "
            "Kantor Imigrasi Kelas II Non TPI Garut."
        )

    def clean_code(self) -> str:
        """In small letters, as addresses are."""
        code: str = self.cleaned_data["code"].lower()
        if code in RESERVED_CODES:
            raise ValidationError("Kode ini dipakai portal; pilih yang lain.")
        return code

    def clean(self) -> dict[str, Any]:
        """What was left open is composed; a unit stands below the right kind."""
        data = super().clean() or {}
        if not {"kind", "city"} <= data.keys():
            return data
        kind, city = data["kind"], data["city"]
        if kind != OfficeKind.IMMIGRATION_OFFICE:
            data["office_class"] = ""
        data["name"] = data.get("name") or offices.name_of(kind, data.get("office_class", ""), city)
        if "code" in data:
            data["code"] = data["code"] or offices.code_of(kind, city)
        parent = data.get("parent")
        if parent and parent.kind not in KINDS_ABOVE[kind]:
            self.add_error("parent", "Kantor Wilayah berada langsung di bawah Ditjen.")
        self._refuse_namesake(data["name"])
        return data

    def facts(self) -> dict[str, Any]:
        """The office to open."""
        return {name: value for name, value in self.cleaned_data.items() if name != "basis"}


class ChangeForm(EditForm, FactsForm):
    """What changes in time: the class, the name with it, the city, the time zone."""

    KEPT = ("office_class", "city", "name", "timezone")
    asked_anew = frozenset({"basis"})

    def __init__(self, *args: Any, office: Office, **options: Any) -> None:
        standing = {name: getattr(office, name) for name in self.KEPT}
        known = office.office_class
        super().__init__(*args, standing=standing, place=office, known_class=known, **options)
        self.office = office
        name = self.fields["name"]
        name.help_text = "Bila kelas berubah dan nama dibiarkan, nama mengikuti kelas yang baru."
        if not office.designates:
            del self.fields["office_class"]

    def clean(self) -> dict[str, Any]:
        """Two offices do not have one name."""
        data = super().clean()
        self._refuse_namesake(self._name(), but=self.office.pk)
        return data

    def meant(self) -> dict[str, Any]:
        """The facts as they are to be: a name that was left as it is follows the class."""
        data = {**self.cleaned_data, "name": self._name()}
        return {name: data[name] for name in self.KEPT if name in data}

    def _name(self) -> str:
        typed: str = self.cleaned_data.get("name", "")
        if typed in {"", self.office.name} or self.was_left_alone("name"):
            office_class = self.cleaned_data.get("office_class", self.office.office_class)
            return offices.renamed(self.office, office_class)
        return typed


class MoveOfficeForm(BasisForm):
    """Under which unit the office stands from now on."""

    parent = forms.ModelChoiceField(
        label="Unit atasan yang baru",
        queryset=Office.objects.none(),
        empty_label="Pilih unit atasan",
        error_messages={"required": "Pilih unit atasannya."},
    )
    field_order = ("parent", "basis")

    def __init__(self, *args: Any, office: Office, **options: Any) -> None:
        super().__init__(*args, **options)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)  # noqa: S101 - for the types
        parent.queryset = Office.objects.above(office.kind).exclude(pk=office.parent_id or 0)
