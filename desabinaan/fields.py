"""Form fields that every app needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from desabinaan import formats, legibility
from desabinaan.typefaces import unprintable


class TextField(forms.CharField):
    """Words as they are stored: composed, without signs that nobody sees.

    On one line, every space is one space, and < and > are refused: nothing is called so, and a
    browser could take it for a part of the page. In a paragraph lines stay, and so do those signs.
    `tidied` leaves out more of a line: see `legibility.number` and `subject`.
    """

    def __init__(self, *, tidied: Callable[[str], str] = legibility.line, **options: Any) -> None:
        self.tidied = tidied
        super().__init__(**options)

    @property
    def has_lines(self) -> bool:
        """Whether more than one line may be typed."""
        return isinstance(self.widget, forms.Textarea)

    def to_python(self, value: Any) -> str:
        """The words, tidied; the null character is left to its own validator."""
        text = str(super().to_python(value))
        if "\0" in text:
            return text
        return legibility.lines(text) if self.has_lines else self.tidied(text)

    @property
    def takes_brackets(self) -> bool:
        """Whether < and > are words here."""
        return self.has_lines

    def validate(self, value: str) -> None:
        """Refuse what is no part of a name, a number or a title."""
        super().validate(value)
        if not self.takes_brackets and set(value) & set("<>"):
            raise ValidationError("Tanda < dan > tidak dapat dipakai di sini.")


class PrintedText(TextField):
    """Words that papers print, on one line or on each of several: only signs of their typefaces."""

    takes_brackets = False

    def validate(self, value: str) -> None:
        """Refuse what could not be printed, and name it."""
        super().validate(value)
        if missing := unprintable(value):
            raise ValidationError(
                f"Tanda {' '.join(missing)} tidak dapat dicetak pada surat dan sertifikat."
            )


FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)
EARLIEST = date(2000, 1, 1)  # before the programme, and before what came shortly before it
THOUSANDS = re.compile(r"\d{1,3}([. ]\d{3})+")


class DayField(forms.DateField):
    """A date in the browser's own picker; also typed as people write it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget",
            forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input-short"}),
        )
        options.setdefault("input_formats", ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"])
        super().__init__(**options)

    def validate(self, value: Any) -> None:
        """Refuse a day that nobody means; at the ends of time there is no day before or after."""
        super().validate(value)
        if value and value < FIRST:
            raise ValidationError("Periksa tahunnya: tanggal ini terlalu lama.")
        if value and value > LAST:
            raise ValidationError("Periksa tahunnya: tanggal ini terlalu jauh.")


class ClockField(forms.TimeField):
    """A time of day in the browser's own picker; also typed as people write it: 09.00."""

    def __init__(self, **options: Any) -> None:
        attrs = {"type": "time", "class": "input-short"}
        options.setdefault("widget", forms.TimeInput(format="%H:%M", attrs=attrs))
        options.setdefault("input_formats", ["%H:%M", "%H.%M", "%H:%M:%S"])
        super().__init__(**options)


class PastDayField(DayField):
    """A day that has come, by the calendar of whoever the form belongs to."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.today: date | None = None

    def clean(self, value: Any) -> Any:
        """Refuse a day that is still to come, or older than the programme could be."""
        day = super().clean(value)
        if day and day < EARLIEST:
            raise ValidationError("Periksa tahunnya: tanggal ini terlalu lama.")
        if day and self.today and day > self.today:
            raise ValidationError(
                f"Tanggal ini belum tiba. Hari ini {formats.long_date(self.today)}."
            )
        return day


def let_days_go_by(form: forms.BaseForm, today: date) -> None:
    """Say to the form what day it is, where its office is."""
    for field in form.fields.values():
        if isinstance(field, PastDayField):
            field.today = today


class CountField(forms.IntegerField):
    """A whole number, plain or as people write it: "1200" or "1.200"."""

    widget = forms.TextInput  # a number input reads "1.200" as one and a bit

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}
        self.widget.attrs.setdefault("class", "input-short")

    def to_python(self, value: Any) -> int | None:
        """A dot is understood only where it stands before three digits."""
        text = str("" if value is None else value).strip().replace("\N{NO-BREAK SPACE}", " ")
        if THOUSANDS.fullmatch(text):
            text = re.sub(r"[. ]", "", text)
        if text and not re.fullmatch(r"-?\d+", text):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)
