"""Certificates of attendance: who gets one by the rule of an event, and whose each one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import Membership
from certificates import codes
from certificates.kinds import Replacement
from certificates.models import Certificate
from certificates.models import Status as PaperStatus
from desabinaan.locking import LockingQuerySet
from events.models.agenda import Contribution, Contributor
from events.models.attendance import LONGEST_NAME, Attendee, Category, OfEventQuerySet
from events.models.certificate_name import CertificateName
from events.models.event import Event
from events.models.status import Status

if TYPE_CHECKING:
    from accounts.access import Access

KEY_LENGTH = 12
KEY_ALPHABET = codes.ALPHABET.lower()  # nothing that is mistaken for another sign
CERTIFIED = [Contribution.SPEAKER, Contribution.MODERATOR, Contribution.OPENER]


class Dated(models.TextChoices):
    """Which day the certificates bear."""

    EVENT = "event", "Hari terakhir kegiatan"
    ORDER = "order", "Hari sertifikat dibuat"


class CertificateRuleQuerySet(OfEventQuerySet["CertificateRule"]):
    def with_held(self) -> Self:
        """With whoever signs."""
        return self.select_related("signed_as__user", "signed_as__office")


class CertificateRule(models.Model):
    """Who of an event gets a certificate, which day it bears, and who signs it."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="certificate_rule")
    categories = ArrayField(models.CharField(max_length=10), verbose_name="kelompok peserta")
    contributions = ArrayField(models.CharField(max_length=10), verbose_name="pengisi acara")
    dated = models.CharField("tanggal", max_length=10, choices=Dated, default=Dated.EVENT)
    # Gone where that role was noted by mistake: then somebody else is chosen.
    signed_as = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    signer_title = models.CharField(max_length=160, blank=True)
    signer_name = models.CharField(max_length=120, blank=True)
    signer_nip = models.CharField(max_length=18, blank=True)

    objects = CertificateRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "aturan sertifikat"
        constraints = [
            models.CheckConstraint(
                name="certificate_rule_of_known_people",
                condition=Q(categories__contained_by=Category.values)
                & Q(contributions__contained_by=CERTIFIED)
                & Q(dated__in=Dated.values),
            ),
            models.CheckConstraint(
                name="certificate_rule_for_somebody",
                condition=~Q(categories=[]) | ~Q(contributions=[]),
            ),
            models.CheckConstraint(
                name="certificate_rule_signer_whole",
                condition=Q(signer_title="", signer_name="", signer_nip="")
                | Q(signed_as=None) & ~Q(signer_title="") & ~Q(signer_name=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Aturan sertifikat {self.event}"

    @property
    def has_signer(self) -> bool:
        """Whether somebody signs; nobody does once a role was struck out."""
        return self.signed_as_id is not None or bool(self.signer_name)


# In SQL, as merges may follow one another: what came after a certificate for the same person, by
# every row of the list that somebody said is theirs; who speaks is one row.
_AFTERWARDS = RawSQL(
    """
    WITH RECURSIVE same (id) AS (
        SELECT events_participation.attendee_id
        UNION
        SELECT CASE same.id WHEN said.kept_id THEN said.other_id ELSE said.kept_id END
        FROM same JOIN events_merge AS said
        ON said.is_one AND same.id IN (said.kept_id, said.other_id)
    )
    SELECT jsonb_build_object(
        'successor', (
            SELECT its.key FROM events_participation AS its
            JOIN certificates_certificate AS paper ON paper.id = its.certificate_id
            WHERE paper.status <> 'revoked' AND (
                its.attendee_id IN (SELECT id FROM same)
                OR its.contributor_id = events_participation.contributor_id)
            LIMIT 1),
        'is_excluded', EXISTS (
            SELECT FROM events_exclusion AS its
            WHERE its.attendee_id IN (SELECT id FROM same)
            OR its.contributor_id = events_participation.contributor_id)
    )
    """,
    (),
    models.JSONField(),
)


class ParticipationQuerySet(LockingQuerySet["Participation"]):
    def visible_to(self, access: Access) -> Self:
        """Those of events of the person's offices: other people's names are in them."""
        return self.filter(event__office__among=access.office_ids)

    def with_held(self) -> Self:
        """With the event, its office and the certificate."""
        return self.select_related("event__office", "certificate__entry")

    def with_list(self) -> Self:
        """With everything that a row of a list names, and how whoever it is is to be called now."""
        theirs = Q(attendee=OuterRef("attendee")) | Q(contributor=OuterRef("contributor"))
        names = CertificateName.objects.filter(theirs)
        mended = Participation.objects.filter(theirs).exclude(mended_name="").order_by("-pk")
        unsaid = mended.exclude(models.Exists(names))  # before it was kept beside the lists
        called = Coalesce(
            Subquery(names.standing().values("name")[:1]),
            Subquery(unsaid.values("mended_name")[:1]),
            F("attendee__name"),
            F("contributor__name"),
        )
        related = self.select_related("certificate__entry", "attendee", "contributor")
        return related.with_replacement().annotate(called=called)

    def with_replacement(self) -> Self:
        """With what a revoked one needs to say whether another came, or comes, in its place."""
        return self.select_related("event").annotate(afterwards=_AFTERWARDS)

    def with_key(self, key: str) -> Self:
        """The one that whoever holds this key may know of; with what its page says."""
        found = self.filter(key=key).with_replacement()
        return found.select_related("event__office", "certificate__office", "certificate__entry")

    def in_force(self) -> Self:
        """Those whose certificate was not revoked."""
        return self.exclude(certificate__status=PaperStatus.REVOKED)

    def not_telling(self, event_facts: dict[str, str]) -> Self:
        """Those in force that bear another name, day or place of the event than these."""
        return self.in_force().exclude(certificate__facts__event=event_facts)

    def matching(self, text: str) -> Self:
        """Those whose printed name or number contains the text."""
        text = text.replace("\0", "")
        named = Q(certificate__facts__name__icontains=text)
        return self.filter(named | Q(certificate__entry__number__icontains=text)) if text else self

    def counted(self) -> dict[str, int]:
        """How many are ready, waiting, tried again, revoked; in one question."""
        waits = Q(certificate__status=PaperStatus.ORDERED)
        counts: dict[str, int] = self.aggregate(
            ready=Count("pk", filter=Q(certificate__status=PaperStatus.READY)),
            waiting=Count("pk", filter=waits),
            retried=Count("pk", filter=waits & Q(certificate__attempts__gt=1)),
            revoked=Count("pk", filter=Q(certificate__status=PaperStatus.REVOKED)),
        )
        return counts


class Participation(models.Model):
    """A certificate of attendance: whose it is, and the key under which they fetch it.

    What it says is frozen in the certificate itself. Whoever was noted by mistake is taken off the
    event once their certificate is revoked; the certificate stays.
    """

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, primary_key=True, related_name="participation"
    )
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="participations")
    attendee = models.ForeignKey(
        Attendee, on_delete=models.SET_NULL, null=True, related_name="participations"
    )
    contributor = models.ForeignKey(
        Contributor, on_delete=models.SET_NULL, null=True, related_name="participations"
    )
    key = models.CharField(max_length=KEY_LENGTH, unique=True)
    # Said when it is revoked, where the lists of the event change no more: a `CertificateName`.
    mended_name = models.CharField("nama yang benar", max_length=LONGEST_NAME, blank=True)
    # The same: for cause, so that the next order makes none in its place. Not so any more once
    # whose it was is taken in again.
    unreplaced = models.BooleanField("tidak diganti", default=False)

    called: str | None  # annotated by with_list()
    afterwards: dict[str, Any]  # annotated by with_replacement()

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "sertifikat kehadiran"
        constraints = [
            models.CheckConstraint(
                name="participation_key_whole",
                condition=Q(key__regex=f"^[{KEY_ALPHABET}]{{{KEY_LENGTH}}}$"),
            ),
            models.CheckConstraint(
                name="participation_of_one", condition=Q(attendee=None) | Q(contributor=None)
            ),
            models.CheckConstraint(
                name="participation_mended_is_replaced",
                condition=Q(mended_name="") | Q(unreplaced=False),
            ),
        ]

    def __str__(self) -> str:
        return self.certificate.title

    def get_absolute_url(self) -> str:
        """The page for whoever holds the key."""
        return reverse("events:participation", args=[self.key])

    @property
    def person(self) -> Attendee | Contributor | None:
        """Who they are on the event now; nobody once they were taken off it."""
        return self.attendee or self.contributor

    @property
    def replacement(self) -> Replacement:
        """What comes in its place, once it is revoked; of what `with_replacement` loaded.

        Only where it is surely the same person: by the row of the list whose it was, or by rows
        that somebody merged with it. Nobody is looked for whom their office took off the event.
        """
        if self.unreplaced:
            return Replacement.NONE
        if self.afterwards["successor"]:
            return Replacement.IN_FORCE
        is_there = self.attendee_id or self.contributor_id
        is_off = self.afterwards["is_excluded"] or self.event.status == Status.CANCELLED
        return Replacement.DUE if is_there and not is_off else Replacement.NONE

    @property
    def is_replaced(self) -> bool:
        """Whether another is in force in its place."""
        return self.certificate.is_revoked and self.replacement == Replacement.IN_FORCE

    @property
    def awaits_another(self) -> bool:
        """Whether the office makes another in its place."""
        return self.certificate.is_revoked and self.replacement == Replacement.DUE

    @property
    def name(self) -> str:
        """As it is printed."""
        return str(self.certificate.facts["name"])

    @property
    def is_outdated(self) -> bool:
        """Whether a certificate in force bears another name than they have now."""
        return bool(self.called) and not self.certificate.is_revoked and self.called != self.name
