"""Form fields that every app needs."""

from __future__ import annotations

from typing import Any

from django import forms


class DayField(forms.DateField):
    """A date in the browser's own picker; also typed as people write it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget",
            forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input-short"}),
        )
        options.setdefault("input_formats", ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"])
        super().__init__(**options)
