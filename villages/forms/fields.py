"""The inputs that several forms share."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Office
from desabinaan.fields import TextField, let_days_go_by
from villages.models import Designation


class LongText(TextField):
    """A paragraph or two."""

    def __init__(self, *, rows: int = 5, **options: Any) -> None:
        options.setdefault("max_length", 2000)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)


class DatedForm(forms.Form):
    """A form of one office; days in it go by the office's calendar."""

    def __init__(self, *args: Any, office: Office, **options: Any) -> None:
        super().__init__(*args, **options)
        self.office = office
        let_days_go_by(self, office.today())


class SheetForm(DatedForm):
    """A form about one designation."""

    def __init__(self, *args: Any, designation: Designation, **options: Any) -> None:
        super().__init__(*args, office=designation.office, **options)
        self.designation = designation
