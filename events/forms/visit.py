"""A visit, told within a minute on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import Office
from desabinaan import formats
from desabinaan.editing import EditForm, Seen
from desabinaan.fields import ClockField, DayField, PastDayField, TextField, let_days_go_by
from desabinaan.uploads import PhotosField
from events.forms.photo import CONSENT, PHOTOS_HINT
from events.models import Visit
from villages.forms.fields import LongText
from villages.models import Assignment

USUAL_TERM = timedelta(days=14)  # for what is to be done, where nobody says until when


class VisitForm(EditForm):
    """When it was, whom they met, what was said; by the clock of the office."""

    visited_on = PastDayField(label="Tanggal")
    visited = ClockField(label="Pukul")
    met = TextField(
        label="Menemui", max_length=250, help_text="Jabatannya, misalnya kepala desa dan kader."
    )
    said = LongText(label="Yang dibicarakan", max_length=3000, rows=4)

    def __init__(self, *args: Any, office: Office, **options: Any) -> None:
        super().__init__(*args, place=office, **options)
        self.office = office
        self.fields["visited"].label = f"Pukul ({formats.zone_word(office)})"
        let_days_go_by(self, office.today())

    def facts(self) -> dict[str, Any]:
        """What was said, as a visit keeps it."""
        data = self.cleaned_data
        at = datetime.combine(data["visited_on"], data["visited"], formats.zone_of(self.office))
        return {"visited_at": at, "met": data["met"], "said": data["said"]}

    @staticmethod
    def standing_of(visit: Visit) -> Seen:
        """What stands, as the form asks for it."""
        at = visit.visited_at.astimezone(formats.zone_of(visit.office))
        facts = {"met": visit.met, "said": visit.said}
        return {**facts, "visited_on": at.date(), "visited": at.time()}

    @staticmethod
    def seen_of(visit: Visit) -> Seen:
        """What stands, as the visit keeps it: for the action to compare."""
        return {name: getattr(visit, name) for name in ("visited_at", "met", "said")}


class NewVisitForm(VisitForm):
    """The same for a visit that nobody noted yet: where, and what is to be done next."""

    assignment_id = forms.TypedChoiceField(label="Desa", coerce=int)
    what = TextField(
        label="Tindak lanjut",
        max_length=250,
        required=False,
        help_text="Bila ada yang perlu dikerjakan; tercatat atas nama PIMPASA-nya.",
    )
    due_on = DayField(
        label="Tindak lanjut paling lambat",
        required=False,
        help_text="Bila dikosongkan, dua minggu sesudah sambang.",
    )

    photos = PhotosField(label="Foto", required=False, help_text=PHOTOS_HINT)
    is_consented = forms.BooleanField(label=CONSENT, required=False)

    field_order = ["assignment_id"]

    def __init__(self, *args: Any, assignments: Sequence[Assignment], **options: Any) -> None:
        self.assignments = {it.pk: it for it in assignments}
        super().__init__(*args, office=self._office(*args), **options)
        several = len({it.officer_id for it in assignments}) > 1
        choices = [(it.pk, _named(it, several)) for it in assignments]
        nothing = [] if len(choices) == 1 else [("", "Pilih desa")]
        self.fields["assignment_id"].choices = nothing + choices  # type: ignore[attr-defined]

    def _office(self, data: Any = None, _files: Any = None) -> Office:
        """Of the village that was chosen, else of the first: its clock counts."""
        chosen = str((data or {}).get("assignment_id", ""))
        its = [*self.assignments.values()]
        return next((it for it in its if str(it.pk) == chosen), its[0]).village.office

    @property
    def assignment(self) -> Assignment:
        """What sent the officer there."""
        return self.assignments[self.cleaned_data["assignment_id"]]

    @staticmethod
    def initial_for(assignments: Sequence[Assignment], village: str) -> dict[str, Any]:
        """Just now, in the village that the address names."""
        named = next((it for it in assignments if str(it.village_id) == village), None)
        office = (named or assignments[0]).village.office
        now = timezone.localtime(timezone=formats.zone_of(office))
        clock = now.time().replace(second=0, microsecond=0)
        here = {"assignment_id": named.pk} if named else {}
        return {"visited_on": now.date(), "visited": clock, **here}

    def follow_up(self) -> dict[str, Any] | None:
        """What is to be done next, by the officer; nothing where nothing is."""
        data = self.cleaned_data
        if not data["what"]:
            return None
        owner = self.assignment.officer.user_id
        return {"what": data["what"], "due_on": data["due_on"], "owner_id": owner}

    def clean(self) -> dict[str, Any]:
        """What is to be done has a day; one that is left open costs no photo of the form."""
        data = super().clean() or {}
        day, due = data.get("visited_on"), data.get("due_on")
        if data.get("what") and not due and day and "due_on" not in self.errors:
            data["due_on"] = due = day + USUAL_TERM
        if due and not data.get("what") and "what" not in self.errors:
            self.add_error("what", "Isi tindak lanjutnya, atau kosongkan tanggalnya.")
        if day and due and due < day:
            self.add_error("due_on", "Tidak boleh sebelum hari sambang.")
        return data


def _named(assignment: Assignment, several: bool) -> str:
    region = assignment.village.region
    place = f"{region.full_name}, {region.district.full_name}"
    return f"{place}: {assignment.officer}" if several else place
