"""Kinds of events, as data: those that the programme knows (programme.md §4.1)."""

from __future__ import annotations

from django.db import models


class EventKindQuerySet(models.QuerySet["EventKind"]):
    def choices(self) -> list[tuple[str, str]]:
        """For a form: each by its key, in the order of the list."""
        return list(self.values_list("key", "label"))


class EventKind(models.Model):
    """What an event is: a coordination, an outreach, an inauguration …"""

    key = models.SlugField("kunci", unique=True)
    label = models.CharField("jenis kegiatan", max_length=80)
    position = models.PositiveSmallIntegerField("urutan")

    objects = EventKindQuerySet.as_manager()

    class Meta:
        verbose_name = "jenis kegiatan"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label
