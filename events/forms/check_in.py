"""What people say of themselves at the door of an event."""

from __future__ import annotations

from typing import Any

from django import forms

from desabinaan.fields import PrintedText, TextField
from events.forms.attendance import NamedField, PersonForm, PhoneField
from events.models.attendance import LONGEST_NAME, LONGEST_PLACE, LONGEST_TITLE
from events.models.check_in import PIN_LENGTH


class CheckInForm(PersonForm):
    """Name and institution; the PIN, for whoever did not come by the screen."""

    name = NamedField(
        label="Nama",
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    institution = NamedField(
        label="Instansi atau desa", max_length=LONGEST_PLACE, help_text="Misalnya Desa Sukamaju."
    )
    title = PrintedText(label="Jabatan", max_length=LONGEST_TITLE, help_text="Misalnya warga.")
    phone = PhoneField(label="Nomor HP")
    pin = TextField(
        label="PIN",
        max_length=PIN_LENGTH,
        help_text="Empat angka, disebutkan petugas di tempat.",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "input-short"}
        ),
    )

    field_order = ("pin", "name", "institution", "title", "sex", "phone")

    def __init__(self, *args: Any, asks_pin: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks_pin:
            del self.fields["pin"]
