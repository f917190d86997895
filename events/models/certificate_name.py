"""How somebody is called on a certificate of attendance, once the lists change no more."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import User
from events.models.agenda import Contributor
from events.models.attendance import LONGEST_NAME, Attendee, OfEventQuerySet
from events.models.event import Event


class CertificateNameQuerySet(OfEventQuerySet["CertificateName"]):
    def of(self, person: Attendee | Contributor) -> Self:
        """That of this person."""
        return self.filter(**{person._meta.model_name or "": person})

    def standing(self) -> Self:
        """Those of people whose name on the list was not mended since, after a report came back."""
        same = Q(attendee__name=F("instead_of")) | Q(contributor__name=F("instead_of"))
        return self.filter(same)


class CertificateName(models.Model):
    """The right name of somebody for certificates, beside a list that was closed with another.

    It holds as long as the list says what it said then.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="certificate_names")
    attendee = models.ForeignKey(
        Attendee, on_delete=models.CASCADE, null=True, related_name="certificate_names"
    )
    contributor = models.ForeignKey(
        Contributor, on_delete=models.CASCADE, null=True, related_name="certificate_names"
    )
    name = models.CharField("nama", max_length=LONGEST_NAME)
    instead_of = models.CharField("nama pada daftar", max_length=LONGEST_NAME)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects = CertificateNameQuerySet.as_manager()

    class Meta:
        verbose_name = "nama pada sertifikat"
        constraints = [
            models.CheckConstraint(
                name="certificate_name_of_one",
                condition=Q(attendee=None, contributor__isnull=False)
                | Q(attendee__isnull=False, contributor=None),
            ),
            models.CheckConstraint(name="certificate_name_said", condition=~Q(name="")),
            models.UniqueConstraint(name="certificate_name_attendee_once", fields=["attendee"]),
            models.UniqueConstraint(
                name="certificate_name_contributor_once", fields=["contributor"]
            ),
        ]

    def __str__(self) -> str:
        return self.name
