"""What forms of several apps do alike: show what was refused, strike out what was a mistake."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError


class RefusableForm(forms.Form):
    """A form whose record the rules of the database may still refuse."""

    # Fields of the record that the form calls otherwise.
    FIELD_OF: ClassVar[dict[str, str]] = {}

    def refuse(self, error: ValidationError) -> None:
        """Show what the rules refused, at the field where it can be mended."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, errors in by_field.items():
            field = self.FIELD_OF.get(name, name)
            self.add_error(field if field in self.fields else None, errors)


class EndingForm(forms.Form):
    """A form that ends a record; a new one may have been a mistake, if it offers to say so."""

    @property
    def is_mistake(self) -> bool:
        """Whether the record is to be struck out; then the day does not matter."""
        return "mistaken" in self.fields and bool(self["mistaken"].data)
