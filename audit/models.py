"""History: who did what to which record, when. Rows are added, never changed."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Now

from audit import verbs


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, *records: models.Model) -> Self:
        """The history of these records, latest first, with the people in it."""
        subjects = models.Q(pk__in=[])
        for record in records:
            kind = ContentType.objects.get_for_model(record, for_concrete_model=True)
            subjects |= models.Q(subject_type=kind, subject_id=record.pk)
        return self.filter(subjects).select_related("by").order_by("-at", "-pk")

    def about_each(self, model: type[models.Model], key: str) -> Self:
        """The history of the record whose key a row of an outer query holds, for that query."""
        kind = ContentType.objects.get_for_model(model)
        return self.filter(subject_type=kind, subject_id=models.OuterRef(key))


class Entry(models.Model):
    """One thing that somebody did to one record."""

    at = models.DateTimeField("waktu kejadian")
    recorded_at = models.DateTimeField("waktu dicatat", db_default=Now(), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="oleh",
        on_delete=models.PROTECT,
        related_name="history_entries",
        null=True,  # the portal itself: a paper drawn, an import
        blank=True,
    )
    verb = models.CharField("tindakan", max_length=60)
    note = models.TextField("catatan", blank=True)
    data = models.JSONField("rincian", default=dict, blank=True)
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "catatan riwayat"
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-at"], name="audit_entry_subject"),
            models.Index(fields=["verb", "subject_type", "subject_id"], name="audit_entry_verb"),
        ]
        constraints = [
            models.CheckConstraint(
                name="audit_entry_verb_namespaced", condition=models.Q(verb__contains=".")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} #{self.subject_id}"

    @property
    def who(self) -> str:
        """The person's name, or the portal."""
        return self.by.name if self.by else "Portal"

    @property
    def sentence(self) -> str:
        """Who did what, in words."""
        return f"{self.who} {self.phrase}"

    @property
    def phrase(self) -> str:
        """What was done, in words that follow a name."""
        return verbs.phrase(self.verb)
