"""From which day on an office is closed, and on what basis."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from accounts.forms.units import BasisForm
from accounts.models import Office
from desabinaan import formats
from desabinaan.fields import DayField

FURTHEST = timedelta(days=366)


class CloseForm(BasisForm):
    """The first day on which the office is no more."""

    on = DayField(
        label="Ditutup sejak", help_text="Hari pertama kantor ini tidak ada lagi; boleh mendatang."
    )
    field_order = ("on", "basis")

    def __init__(self, *args: Any, office: Office, **options: Any) -> None:
        super().__init__(*args, **options)
        self.office = office
        self.fields["on"].initial = office.today()

    def clean_on(self) -> date:
        """Not beyond a year: by then it is another plan."""
        day: date = self.cleaned_data["on"]
        latest = self.office.today() + FURTHEST
        if day > latest:
            raise ValidationError(f"Paling lambat {formats.long_date(latest)}.")
        return day
