"""The office's profile: what its papers print."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import RegexValidator

from accounts.models import Office
from desabinaan.editing import EditForm
from desabinaan.fields import PrintedText, TextField
from desabinaan.uploads import CheckedFileField

LETTERHEAD_LINES = 4
LETTERHEAD_WIDTH = 90
FIELDS = ("address", "phone", "whatsapp", "email", "letterhead", "prints_rank", "prints_nip")
SHORTEST_NUMBER, LONGEST_NUMBER = 8, 15  # digits with the country's, as E.164 counts them


class ProfileForm(EditForm):
    """Address, letterhead, emblem, and what is printed of the signer."""

    address = PrintedText(label="Alamat", required=False, max_length=250)
    phone = TextField(
        label="Telepon kantor",
        required=False,
        max_length=30,
        validators=[RegexValidator(r"^[+(\d][\d ()./-]{5,}$", "Isi nomor telepon kantor.")],
        help_text="Tampil di halaman umum, seperti dua yang berikut. Bukan nomor orang.",
        widget=forms.TextInput(attrs={"type": "tel", "class": "input-medium"}),
    )
    whatsapp = TextField(
        label="Nomor WhatsApp kantor",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "class": "input-medium"}),
    )
    email = forms.EmailField(label="Surel kantor", required=False, max_length=254)
    letterhead = PrintedText(
        label="Kop surat di atas nama kantor",
        required=False,
        max_length=500,
        help_text=(
            f"Satu baris per tingkat, paling banyak {LETTERHEAD_LINES}. "
            "Bila kosong, mengikuti susunan kantor."
        ),
        widget=forms.Textarea(attrs={"rows": LETTERHEAD_LINES}),
    )
    emblem = CheckedFileField(
        label="Lambang kantor",
        required=False,
        pictures_only=True,
        help_text="JPEG atau PNG, paling besar 10 MB. Tercetak di kepala sertifikat.",
    )
    remove_emblem = forms.BooleanField(label="Lepas lambang yang sekarang", required=False)
    prints_rank = forms.BooleanField(label="Cetak pangkat penanda tangan", required=False)
    prints_nip = forms.BooleanField(label="Cetak NIP penanda tangan", required=False)

    def __init__(self, *args: Any, office: Office, **options: Any) -> None:
        standing = {name: getattr(office, name) for name in (*FIELDS, "emblem")}
        super().__init__(*args, standing=standing, place=office, **options)
        self.office = office
        if not office.emblem:
            del self.fields["remove_emblem"]

    def clean_whatsapp(self) -> str:
        """The number with its country, as a link needs it."""
        digits = re.sub(r"\D", "", self.cleaned_data["whatsapp"])
        if digits.startswith("0"):
            digits = f"62{digits[1:]}"
        if digits and not SHORTEST_NUMBER <= len(digits) <= LONGEST_NUMBER:
            raise ValidationError("Isi nomor WhatsApp lengkap, misalnya 0811-1234-5678.")
        return f"+{digits}" if digits else ""

    def clean_letterhead(self) -> str:
        """Few lines, and short enough for the width of the paper; no empty ones."""
        text = self.cleaned_data["letterhead"]
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > LETTERHEAD_LINES:
            raise ValidationError(f"Paling banyak {LETTERHEAD_LINES} baris.")
        if any(len(line) > LETTERHEAD_WIDTH for line in lines):
            raise ValidationError(f"Satu baris paling panjang {LETTERHEAD_WIDTH} huruf.")
        return "\n".join(lines)

    def changes(self) -> dict[str, Any]:
        """What differs from the profile as it stands."""
        given = dict(self.cleaned_data)
        emblem, remove = given.pop("emblem"), given.pop("remove_emblem", False)
        changed = {
            name: value for name, value in given.items() if value != getattr(self.office, name)
        }
        if emblem:
            suffix = "png" if emblem.content_type == "image/png" else "jpg"
            changed["emblem"] = ContentFile(emblem.content, name=f"{emblem.sha256}.{suffix}")
        elif remove:
            changed["emblem"] = ""
        return changed
