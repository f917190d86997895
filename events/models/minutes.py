"""What was said at an event: the minutes, and who asked what and was answered how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from desabinaan.locking import LockingQuerySet
from events.models.event import Event

if TYPE_CHECKING:
    from accounts.access import Access

LONGEST_MINUTES = 20_000  # signs; some eight pages


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, access: Access) -> Self:
        """Those of events of their offices, and of villages that they guide; no village's own."""
        return self.filter(event__in=Event.objects.heard_by(access))


class Minutes(models.Model):
    """The minutes of an event, one text; who took them, by name or title."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="minutes")
    taken_by = models.CharField("notulis", max_length=160, blank=True)
    text = models.TextField("notulen", max_length=LONGEST_MINUTES)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = "notulen"
        constraints = [
            models.CheckConstraint(name="minutes_say_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"Notulen {self.event}"


class QuestionQuerySet(LockingQuerySet["Question"]):
    def visible_to(self, access: Access) -> Self:
        """Those of events of their offices, and of villages that they guide; no village's own."""
        return self.filter(event__in=Event.objects.heard_by(access))

    def with_held(self) -> Self:
        """With the event and its office."""
        return self.select_related("event__office")


class Question(models.Model):
    """What somebody asked at an event, as what they asked it, and what they were answered."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField("urutan")
    asked_by = models.CharField("penanya", max_length=160)
    text = models.TextField("pertanyaan", max_length=2000)
    answer = models.TextField("jawaban", max_length=3000, blank=True)
    answered_by = models.CharField("dijawab oleh", max_length=160, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "pertanyaan"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="question_is_asked_by_somebody", condition=~Q(text="") & ~Q(asked_by="")
            ),
            models.CheckConstraint(
                name="question_answered_by_an_answer", condition=Q(answered_by="") | ~Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return self.text
