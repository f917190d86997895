"""Form fields that every app needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from desabinaan import wording


class TextField(forms.CharField):
    """Words as they are stored: composed, without signs that nobody sees.

    On one line, every space is one space, and < and > are refused: nothing is called so, and a
    browser could take it for a part of the page. In a paragraph lines stay, and so do those signs.
    """

    @property
    def has_lines(self) -> bool:
        """Whether more than one line may be typed."""
        return isinstance(self.widget, forms.Textarea)

    def to_python(self, value: Any) -> str:
        """The words, tidied; the null character is left to its own validator."""
        text = str(super().to_python(value))
        if "\0" in text:
            return text
        return wording.lines(text) if self.has_lines else wording.line(text)

    def validate(self, value: str) -> None:
        """Refuse what is no part of a name, a number or a title."""
        super().validate(value)
        if not self.has_lines and set(value) & set("<>"):
            raise ValidationError("Tanda < dan > tidak dapat dipakai di sini.")


class DayField(forms.DateField):
    """A date in the browser's own picker; also typed as people write it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget",
            forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input-short"}),
        )
        options.setdefault("input_formats", ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"])
        super().__init__(**options)
