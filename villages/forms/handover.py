"""The hand-over of an officer: who takes each village on, from which day, on what ground."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from desabinaan import formats
from desabinaan.fields import DayField, TextField
from villages.actions import HandOver
from villages.actions.officers import term_words
from villages.forms.officers import BasisForm
from villages.models import Assignment, Basis, Designation, Officer
from villages.officers import Holdings

SAME, NOBODY, STAYS = "same", "nobody", "stays"
YESTERDAY = timedelta(days=1)


def _standing(assignment: Assignment) -> str:
    """What the officer is there, with whom, where the village stands, and what it lacks."""
    words = f"{assignment.get_part_display()}, {term_words(assignment)}"
    if assignment.others:
        words = f"{words}, bersama {' dan '.join(assignment.others)}"
    lacks = f"{assignment.village.head_post} belum tercatat" if assignment.lacks_head else ""
    return "; ".join(filter(None, [words, assignment.village.standing_label.lower(), lacks]))


class HandOverForm(BasisForm):
    """One choice for all villages, and another where one differs; then the day and the document."""

    depending = ("successor",)

    successor = forms.ChoiceField(
        label="Pengganti untuk semua desa",
        required=False,
        help_text="Di bawah, setiap desa dapat diberi pengganti lain.",
    )
    last_day = DayField(
        label="Hari terakhir bertugas", help_text="Penggantinya mulai sehari sesudahnya."
    )
    reason = TextField(
        label="Alasan", required=False, max_length=200, help_text="Misalnya mutasi, pensiun."
    )
    ends_term = forms.BooleanField(
        label="Akhiri juga masa tugasnya sebagai PIMPASA", required=False
    )
    confirmed = forms.BooleanField(
        label="Saya mengerti: desa-desa itu tanpa PIMPASA sampai ada penugasan baru",
        required=False,
    )

    def __init__(self, *args: Any, officer: Officer, holdings: Holdings, **options: Any) -> None:
        super().__init__(*args, office=officer.office, **options)
        self.officer, self.holdings = officer, holdings
        self.unguided: list[str] = []  # villages that nobody would guide; known once cleaned
        self.fields["last_day"].initial = self.office.today()
        people = [(str(it.pk), it.user.name) for it in holdings.successors]
        self._choose("successor", [("", "Tidak satu orang: pilih di setiap desa"), *people])
        each = [(SAME, "Pengganti untuk semua desa"), *people, (NOBODY, "Tidak ada pengganti")]
        for assignment in holdings.assignments:
            name = f"village_{assignment.pk}"
            self.fields[name] = forms.ChoiceField(
                label=str(assignment.village), help_text=_standing(assignment)
            )
            self._choose(name, each)
        staff = [(str(it.pk), it.name) for it in holdings.colleagues]
        for sheet in holdings.sheets:
            name = f"sheet_{sheet.pk}"
            self.fields[name] = forms.ChoiceField(
                label=str(sheet.village), help_text=sheet.get_status_display()
            )
            self._choose(name, [(STAYS, "Biarkan"), *staff])
        # As the page shows them: so stand the errors in its summary, too.
        each_choice = [name for name in self.fields if name.startswith(("village_", "sheet_"))]
        self.order_fields(["confirmed", "successor", *each_choice, "last_day"])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types
        field.choices = choices

    @property
    def village_fields(self) -> list[forms.BoundField]:
        """One field for each village that the officer holds."""
        return [self[f"village_{assignment.pk}"] for assignment in self.holdings.assignments]

    @property
    def sheet_fields(self) -> list[forms.BoundField]:
        """One field for each sheet in preparation."""
        return [self[f"sheet_{sheet.pk}"] for sheet in self.holdings.sheets]

    @property
    def basis_words(self) -> str:
        """The kind of document, as it is read."""
        return Basis(self.cleaned_data["basis"]).label

    @property
    def passed_sheets(self) -> list[tuple[Designation, User]]:
        """Each sheet that a colleague takes on."""
        taking = self._preparers()
        return [(it, taking[it.pk]) for it in self.holdings.sheets if it.pk in taking]

    def clean_last_day(self) -> date:
        """Not before the term began."""
        day: date = self.cleaned_data["last_day"]
        if day < self.officer.starts_on - YESTERDAY:
            since = formats.long_date(self.officer.starts_on)
            raise ValidationError(f"Masa tugas {self.officer} baru mulai {since}.")
        return day

    def clean(self) -> dict[str, Any]:
        """Every village has somebody, or nobody knowingly."""
        data = super().clean() or {}
        for assignment in self.holdings.assignments:
            name = f"village_{assignment.pk}"
            chosen = self._chosen(name)
            if not chosen and name not in self.errors:
                self.add_error(name, "Pilih penggantinya, atau pilih tidak ada pengganti.")
            if chosen == NOBODY and not assignment.others:
                self.unguided.append(str(assignment.village))
        if self.unguided and not data.get("confirmed"):
            self.add_error("confirmed", "Centang bila desa-desa itu memang belum ada penggantinya.")
        return data

    def plan(self) -> HandOver:
        """Who takes what on."""
        data = self.cleaned_data
        names = ("last_day", "basis", "basis_number", "basis_dated", "ends_term", "reason")
        return HandOver(
            successors={it.pk: self._successor(it.pk) for it in self.holdings.assignments},
            preparers=self._preparers(),
            **{name: data[name] for name in names},
        )

    def _chosen(self, name: str) -> str:
        """What was chosen for the village, by itself or with all."""
        chosen = self.cleaned_data.get(name, SAME)
        return str(self.cleaned_data.get("successor", "") if chosen == SAME else chosen)

    def _successor(self, assignment_pk: int) -> Officer | None:
        chosen = self._chosen(f"village_{assignment_pk}")
        return next((it for it in self.holdings.successors if str(it.pk) == chosen), None)

    def _preparers(self) -> dict[int, User]:
        people = {str(it.pk): it for it in self.holdings.colleagues}
        chosen = {it.pk: self.cleaned_data[f"sheet_{it.pk}"] for it in self.holdings.sheets}
        return {pk: people[person] for pk, person in chosen.items() if person != STAYS}
