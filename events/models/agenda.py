"""What happens at an event, in its order, and who does what there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from desabinaan.locking import LockingQuerySet
from events.models.event import Event
from events.models.kind import EventKind
from events.positions import position

if TYPE_CHECKING:
    from accounts.access import Access

LONGEST_ITEM = 720  # minutes


class StandardItem(models.Model):
    """A part of the agenda that events of a kind usually have (programme.md §4.2)."""

    kind = models.ForeignKey(EventKind, on_delete=models.CASCADE, related_name="standard_items")
    position = models.PositiveSmallIntegerField("urutan")
    title = models.CharField("acara", max_length=160)
    minutes = models.PositiveSmallIntegerField("lama (menit)")

    class Meta:
        verbose_name = "acara baku"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class AgendaItemQuerySet(LockingQuerySet["AgendaItem"]):
    def visible_to(self, access: Access) -> Self:
        """Those of events that this person may know of."""
        return self.filter(event__in=Event.objects.visible_to(access))

    def with_held(self) -> Self:
        """With the event and its office."""
        return self.select_related("event__office")


class AgendaItem(models.Model):
    """One item of an event's agenda: what, for how long, and who leads it.

    It follows the one before, or opens the next day at an hour of its own.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField("urutan")
    title = models.CharField("acara", max_length=160)
    minutes = models.PositiveSmallIntegerField("lama (menit)")
    led_by = models.CharField("oleh", max_length=200, blank=True)
    opens_day_at = models.TimeField("mulai hari berikutnya pukul", null=True, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = "acara"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(name="agenda_item_is_named", condition=~Q(title="")),
            models.CheckConstraint(
                name="agenda_item_takes_time", condition=Q(minutes__range=(1, LONGEST_ITEM))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def may_open_day(self) -> bool:
        """Whether it may begin a day of its own, or does so until somebody takes that back."""
        if self.opens_day_at is not None:
            return True
        return self.event.lasts_days and self.event.agenda.first() != self


class Contribution(models.TextChoices):
    """What somebody does at an event (programme.md §4.2)."""

    CHAIR = "chair", "Ketua pelaksana"
    OPENER = "opener", "Pembuka acara"
    MC = "mc", "Pembawa acara"
    MODERATOR = "moderator", "Moderator"
    SPEAKER = "speaker", "Narasumber"
    PRESENTER = "presenter", "Penyerah dokumen"
    RECEIVER = "receiver", "Penerima dokumen"


ONLY_ONE = [Contribution.CHAIR, Contribution.OPENER]


class ContributorQuerySet(LockingQuerySet["Contributor"]):
    def visible_to(self, access: Access) -> Self:
        """Those of events that this person may know of."""
        return self.filter(event__in=Event.objects.visible_to(access))

    def with_held(self) -> Self:
        """With the event and its office."""
        return self.select_related("event__office")


class Contributor(models.Model):
    """Somebody who does something at an event, from the office or from outside."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="contributors")
    contribution = models.CharField("sebagai", max_length=10, choices=Contribution)
    name = models.CharField("nama", max_length=120)
    title = models.CharField("jabatan", max_length=160)
    institution = models.CharField("instansi", max_length=160)
    on_behalf_of = models.CharField("atas nama", max_length=160, blank=True)
    topic = models.CharField("judul materi", max_length=200, blank=True)

    objects = ContributorQuerySet.as_manager()

    class Meta:
        verbose_name = "pengisi acara"
        ordering = [
            models.Case(
                *(
                    models.When(contribution=it, then=models.Value(place))
                    for place, it in enumerate(Contribution.values)
                ),
                default=models.Value(len(Contribution.values)),
            ),
            "pk",
        ]
        constraints = [
            models.CheckConstraint(
                name="contributor_contribution_known",
                condition=Q(contribution__in=Contribution.values),
            ),
            models.CheckConstraint(
                name="contributor_is_named",
                condition=~Q(name="") & ~Q(title="") & ~Q(institution=""),
            ),
            models.CheckConstraint(
                name="contributor_topic_of_a_speaker",
                condition=Q(topic="") | Q(contribution=Contribution.SPEAKER),
            ),
            models.UniqueConstraint(
                name="contributor_one_chair_and_opener",
                fields=["event", "contribution"],
                condition=Q(contribution__in=ONLY_ONE),
                violation_error_message="Kegiatan ini sudah mempunyai seorang dengan peran itu.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def whose(self) -> str:
        """Title and institution, and on whose behalf: as it is read out."""
        said = position(self.title, self.institution)
        return f"{said}, atas nama {self.on_behalf_of}" if self.on_behalf_of else said
