"""The minutes of an event, and a question with its answer."""

from __future__ import annotations

from typing import Any

from desabinaan.editing import EditForm, Seen
from desabinaan.fields import TextField
from events.models import Minutes, Question
from events.models.minutes import LONGEST_MINUTES
from villages.forms.fields import LongText


class MinutesForm(EditForm):
    """What was said, in one text."""

    text = LongText(
        label="Notulen",
        max_length=LONGEST_MINUTES,
        rows=16,
        help_text="Jalannya acara dan pokok-pokok yang disampaikan; dipakai dalam laporan.",
    )
    taken_by = TextField(label="Notulis", max_length=160, required=False)

    @staticmethod
    def standing_of(minutes: Minutes | None) -> Seen:
        """What stands; nothing where nobody wrote any."""
        if minutes is None:
            return {}
        return {name: getattr(minutes, name) for name in MinutesForm.base_fields}


class QuestionForm(EditForm):
    """Who asked what, and the answer."""

    asked_by = TextField(
        label="Penanya",
        max_length=160,
        help_text="Jabatan atau asalnya, misalnya Kepala Desa Ampel; nama tidak harus ditulis.",
    )
    text = LongText(label="Pertanyaan", max_length=2000, rows=3)
    answer = LongText(label="Jawaban", max_length=3000, rows=4, required=False)
    answered_by = TextField(label="Dijawab oleh", max_length=160, required=False)

    def clean(self) -> dict[str, Any]:
        """Nobody answered where there is no answer."""
        data = super().clean() or {}
        if not data.get("answer") and "answer" in data:
            data["answered_by"] = ""
        return data

    @staticmethod
    def standing_of(item: Question) -> Seen:
        """What stands."""
        return {name: getattr(item, name) for name in QuestionForm.base_fields}
