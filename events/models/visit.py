"""A PIMPASA calls on a village (sambang desa): when, whom they met, what was said."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from accounts.models import Office, User
from desabinaan import formats
from desabinaan.locking import LockingQuerySet
from events.models.event import day_there
from villages.models import Officer, Village
from villages.models.region import named_or_placed

if TYPE_CHECKING:
    from accounts.access import Access


class VisitQuerySet(LockingQuerySet["Visit"]):
    def visible_to(self, access: Access) -> Self:
        """Those of the person's offices and officers, their own, and those to whom they guide.

        The village itself reads none: what is noted may speak of people there.
        """
        inside = Q(office__among=access.office_ids) | Q(officer__office__among=access.office_ids)
        guided = Q(village__in=access.assigned_village_ids, office=F("village__office"))
        return self.filter(inside | guided | Q(officer__user=access.user))

    def in_current_office(self, access: Access) -> Self:
        """Those of the office that the person works in now; of all below it, at a Kanwil."""
        guided = Q(village__in=access.assigned_village_ids, office=F("village__office"))
        here = Q(office__among=access.working_office_ids)
        return self.filter(here | guided | Q(officer__user=access.user))

    def matching(self, text: str) -> Self:
        """Those to villages that are called so or lie there, or that tell of it."""
        text = text.replace("\0", "")
        if not text:
            return self
        told = Q(met__icontains=text) | Q(said__icontains=text)
        return self.filter(told | named_or_placed(text, at="village__region__"))

    def between(self, first: date | None, last: date | None) -> Self:
        """Those on one of these days, each by the calendar of its office."""
        found = self.alias(day=day_there(F("visited_at"))) if first or last else self
        if first:
            found = found.filter(day__gte=first)
        return found.filter(day__lte=last) if last else found

    def with_list(self) -> Self:
        """Everything that a row of a list names."""
        return self.select_related("office", "officer__user", "village__region__parent")

    def with_page(self) -> Self:
        """Everything that the record page names."""
        return self.select_related(
            "office", "officer__user", "village__office", "village__region__parent__parent__parent"
        )

    def with_held(self) -> Self:
        """With village, officer and office."""
        return self.select_related("office", "officer__user", "village__region")


class Visit(models.Model):
    """One call of an officer on a village that they guide."""

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="visits")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="visits")  # then
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="visits")
    visited_at = models.DateTimeField("waktu")
    met = models.CharField("menemui", max_length=250)
    said = models.TextField("yang dibicarakan", max_length=3000)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("dicatat", db_default=Now(), editable=False)

    told_follow_ups: list[dict[str, Any]]  # annotated by `events.visits.documented`, as the next
    told_photos: list[dict[str, Any]]

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "sambang desa"
        ordering = ["-visited_at", "-pk"]
        indexes = [
            models.Index(fields=["office", "-visited_at"], name="visit_by_office"),
            models.Index(fields=["village", "-visited_at"], name="visit_by_village"),
            models.Index(fields=["officer", "-visited_at"], name="visit_by_officer"),
        ]
        constraints = [
            models.CheckConstraint(name="visit_is_told", condition=~Q(met="") & ~Q(said="")),
        ]

    def __str__(self) -> str:
        return f"Sambang {self.village.region.full_name}, {formats.long_date(self.visited_on)}"

    def get_absolute_url(self) -> str:
        return reverse("events:visit", args=[self.pk])

    @property
    def visited_on(self) -> date:
        """The day, by the calendar of the office."""
        return self.office.day_of(self.visited_at)
