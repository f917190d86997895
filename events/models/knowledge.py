"""What those who came know before and after: questions with choices, and sheets of nobody."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import User
from desabinaan.locking import LockingQuerySet
from events.models.event import Event

if TYPE_CHECKING:
    from accounts.access import Access

KEY_LENGTH = 10
MOST_KNOWLEDGE_QUESTIONS = 10
LONGEST_TEXT = 300
LONGEST_CHOICE = 160
FEWEST_CHOICES, MOST_CHOICES = 2, 5
LETTERS = "ABCDE"  # of the choices, in their order
UNKNOWN = 0  # what a sheet says of a question that its person does not know


class Phase(models.TextChoices):
    """When people answer: before the event, or after it."""

    BEFORE = "before", "Sebelum kegiatan"
    AFTER = "after", "Sesudah kegiatan"


class KnowledgeCheckQuerySet(LockingQuerySet["KnowledgeCheck"]):
    def visible_to(self, access: Access) -> Self:
        """Those of events of the person's offices: the right answers are read with them."""
        return self.filter(event__office__among=access.office_ids)

    def live(self) -> Self:
        """Those that count: an event has one at most."""
        return self.filter(withdrawn_at=None)

    def with_key(self, key: str) -> Self:
        """The one that whoever holds this key may know of; with what its page says."""
        return self.filter(key=key).select_related("event__office")

    def with_held(self) -> Self:
        """With the event and its office."""
        return self.select_related("event__office")


class KnowledgeCheck(models.Model):
    """The knowledge check of an event: its address for everybody, and in which phase it is open.

    One that turned out wrong is withdrawn with all its sheets; another one may follow it.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="knowledge_checks")
    key = models.CharField(max_length=KEY_LENGTH, unique=True)
    open_phase = models.CharField("dibuka", max_length=6, choices=Phase, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_because = models.TextField(max_length=500, blank=True)

    objects = KnowledgeCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "cek pengetahuan"
        constraints = [
            models.UniqueConstraint(
                name="knowledge_check_one_live", fields=["event"], condition=Q(withdrawn_at=None)
            ),
            models.CheckConstraint(
                name="knowledge_check_key_whole",
                condition=Q(key__regex=rf"^[a-z0-9]{{{KEY_LENGTH}}}$"),
            ),
            models.CheckConstraint(
                name="knowledge_check_phase_known",
                condition=Q(open_phase__in=["", *Phase.values]),
            ),
            models.CheckConstraint(
                name="knowledge_check_withdrawn_with_a_reason",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, open_phase="")
                & ~Q(withdrawn_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Cek pengetahuan {self.event}"

    @property
    def takes_answers(self) -> bool:
        """Whether anybody may answer now: a phase is open, and the event not settled."""
        return bool(self.open_phase) and not self.event.is_settled


class KnowledgeQuestionQuerySet(LockingQuerySet["KnowledgeQuestion"]):
    def visible_to(self, access: Access) -> Self:
        """Those of the checks that this person may know of, while they count."""
        mine = KnowledgeCheck.objects.visible_to(access).live()
        return self.filter(knowledge_check__in=mine)

    def with_held(self) -> Self:
        """With the event, and everything that the head of its pages names."""
        its = ("office", "kind", "status_by")
        return self.select_related(*(f"knowledge_check__event__{name}" for name in its))


class KnowledgeQuestion(models.Model):
    """A question of a knowledge check, with its choices and which of them is right."""

    knowledge_check = models.ForeignKey(
        KnowledgeCheck, on_delete=models.CASCADE, related_name="questions"
    )
    position = models.PositiveSmallIntegerField("urutan")
    text = models.CharField("pertanyaan", max_length=LONGEST_TEXT)
    choices = ArrayField(models.CharField(max_length=LONGEST_CHOICE), verbose_name="pilihan")
    right = models.PositiveSmallIntegerField("pilihan yang benar")  # counted from 1

    objects = KnowledgeQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "pertanyaan cek pengetahuan"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="knowledge_question_asks_something",
                condition=~Q(text="") & ~Q(choices__contains=[""]),
            ),
            models.CheckConstraint(
                name="knowledge_question_has_choices",
                condition=Q(choices__len__range=(FEWEST_CHOICES, MOST_CHOICES)),
            ),
            models.CheckConstraint(
                name="knowledge_question_one_is_right",
                condition=Q(right__gte=1, right__lte=F("choices__len")),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def event(self) -> Event:
        """The event at which it is asked."""
        return self.knowledge_check.event

    @property
    def lettered(self) -> list[tuple[str, str]]:
        """The choices with their letters."""
        return list(zip(LETTERS, self.choices, strict=False))

    @property
    def right_letter(self) -> str:
        """The letter of the right choice."""
        return LETTERS[self.right - 1]


class AnswerSheet(models.Model):
    """What somebody answered in one phase; nothing says who: no person, no device, no hour."""

    # Told by a random number of the device, which it forgets once the sheet is there.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    knowledge_check = models.ForeignKey(
        KnowledgeCheck, on_delete=models.CASCADE, related_name="sheets"
    )
    phase = models.CharField("fase", max_length=6, choices=Phase)
    answers = models.JSONField("jawaban")  # of each question by its key: the choice from 1, or 0
    answered_on = models.DateField("tanggal")

    class Meta:
        verbose_name = "lembar jawaban"
        indexes = [models.Index(fields=["knowledge_check", "phase"], name="answer_sheet_by_phase")]
        constraints = [
            models.CheckConstraint(
                name="answer_sheet_phase_known", condition=Q(phase__in=Phase.values)
            ),
        ]

    def __str__(self) -> str:
        return self.get_phase_display()
