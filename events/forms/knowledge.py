"""A question of a knowledge check, the answers to all of them, and why a check is withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from desabinaan.editing import EditForm, Seen
from desabinaan.fields import TextField
from events.models import KnowledgeQuestion, Phase
from events.models.knowledge import (
    FEWEST_CHOICES,
    LETTERS,
    LONGEST_CHOICE,
    LONGEST_TEXT,
    UNKNOWN,
)
from villages.forms.fields import LongText

SLOTS = [f"choice_{letter.lower()}" for letter in LETTERS]


class KnowledgeQuestionForm(EditForm):
    """What is asked, the choices, and which of them is right."""

    text = TextField(label="Pertanyaan", max_length=LONGEST_TEXT)
    choice_a = TextField(label="Pilihan A", max_length=LONGEST_CHOICE)
    choice_b = TextField(label="Pilihan B", max_length=LONGEST_CHOICE)
    choice_c = TextField(label="Pilihan C", max_length=LONGEST_CHOICE, required=False)
    choice_d = TextField(label="Pilihan D", max_length=LONGEST_CHOICE, required=False)
    choice_e = TextField(label="Pilihan E", max_length=LONGEST_CHOICE, required=False)
    right = forms.TypedChoiceField(
        label="Jawaban yang benar",
        coerce=int,
        choices=[("", "Pilih satu"), *((place, it) for place, it in enumerate(LETTERS, 1))],
        help_text="Hanya petugas yang melihatnya. “Tidak tahu” ditambahkan dengan sendirinya.",
    )

    def clean(self) -> dict[str, Any]:
        """The choices differ, stand one after the other, and the right one is among them."""
        data = super().clean() or {}
        texts = [data.get(slot, "").casefold() for slot in SLOTS]
        for place, text in enumerate(texts):
            if text and not all(texts[FEWEST_CHOICES:place]):
                self.add_error(SLOTS[place], "Isi dahulu pilihan sebelumnya.")
            elif text and text in texts[:place]:
                self.add_error(SLOTS[place], "Pilihan ini sudah ada.")
        right = data.get("right")
        if right and not texts[right - 1] and SLOTS[right - 1] not in self.errors:
            self.add_error("right", f"Pilihan {LETTERS[right - 1]} kosong.")
        return data

    def facts(self) -> dict[str, Any]:
        """What was said, as a question keeps it."""
        data = self.cleaned_data
        return {
            "text": data["text"],
            "choices": self._choices(data),
            "right": data["right"],
        }

    @staticmethod
    def _choices(data: dict[str, Any]) -> list[str]:
        return [data[slot] for slot in SLOTS if data.get(slot)]

    @staticmethod
    def standing_of(item: KnowledgeQuestion) -> Seen:
        """What stands, as the form asks for it."""
        blank = [""] * (len(SLOTS) - len(item.choices))
        slots = dict(zip(SLOTS, [*item.choices, *blank], strict=True))
        return {"text": item.text, **slots, "right": item.right}

    @staticmethod
    def seen_of(item: KnowledgeQuestion) -> Seen:
        """What stands, as the question keeps it: for the action to compare."""
        return {name: getattr(item, name) for name in ("text", "choices", "right")}


class AnswersForm(forms.Form):
    """All questions of a check, each with its choices and the honest way out."""

    PHASE = "tahap"
    data: Any  # a QueryDict, copied before it is mended

    def __init__(
        self, *args: Any, questions: Iterable[KnowledgeQuestion], phase: str, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.phase = phase
        self.asked: dict[str, int] = {}
        for number, question in enumerate(questions, 1):
            name = f"p{question.pk}"
            self.asked[name] = question.pk
            self.fields[name] = forms.TypedChoiceField(
                label=f"{number}. {question.text}",
                coerce=int,
                choices=[*enumerate(question.choices, 1), (UNKNOWN, "Tidak tahu")],
                widget=forms.RadioSelect,
                error_messages={"required": "Pilih satu jawaban; bila ragu, “Tidak tahu”."},
            )
        hidden = forms.HiddenInput
        self.fields[self.PHASE] = forms.CharField(required=False, widget=hidden, initial=phase)

    def clean(self) -> dict[str, Any]:
        """Answers are of the phase in which they were given."""
        data = super().clean() or {}
        if data.get(self.PHASE) != self.phase:
            self.data = self.data.copy()
            self.data[self.PHASE] = self.phase
            label = Phase(self.phase).label.lower()
            self.add_error(None, f"Sekarang giliran jawaban {label}. Periksa, lalu kirim lagi.")
        return data

    def answers(self) -> dict[int, int]:
        """The choice for each question by its key, counted from 1; 0 where it is not known."""
        return {key: self.cleaned_data[name] for name, key in self.asked.items()}


class WithdrawCheckForm(forms.Form):
    """Why a knowledge check counts no more."""

    reason = LongText(
        label="Alasan",
        max_length=500,
        rows=2,
        error_messages={"required": "Isi alasan cek pengetahuan ini ditarik."},
    )
