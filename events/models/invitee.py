"""Who is invited to an event, by institution and title, and what they answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject, Now

from accounts.models import User
from desabinaan.locking import LockingQuerySet
from events.models.event import Event
from events.models.institution import Institution, InstitutionKind, invited_key
from events.names import DEGREE
from events.one_person import ShownAs
from events.positions import position
from villages.models import Region
from villages.models.region import RegionLevel

if TYPE_CHECKING:
    from accounts.access import Access

OF_INVITEE = ("event__office", "event__kind", "event__status_by", "region__parent__parent")


class Reply(models.TextChoices):
    """What somebody who is invited answered."""

    COMING = "coming", "Akan hadir"
    REPRESENTED = "represented", "Diwakili"
    ABSENT = "absent", "Tidak hadir"


UNANSWERED = "none"  # in addresses: those who did not answer yet
CAME, MISSING = "came", "missing"  # likewise: those who are on the list of who came, or not
TONES = {Reply.COMING: "success", Reply.REPRESENTED: "progress", Reply.ABSENT: "danger"}


class InviteeQuerySet(LockingQuerySet["Invitee"]):
    def visible_to(self, access: Access) -> Self:
        """Those of events of the person's offices; villages read no list of guests."""
        return self.filter(event__office__among=access.office_ids)

    def unanswered(self) -> Self:
        """Those who did not answer yet."""
        return self.filter(reply="")

    def missing(self) -> Self:
        """Those as whom nobody is on the list of who came."""
        return self.filter(noted=None)

    def awaited(self) -> Self:
        """Those of them who did not say that they stay away."""
        return self.missing().exclude(reply=Reply.ABSENT)

    def answering(self, reply: str) -> Self:
        """Those with this answer, or without any, or who came; all for an unknown word."""
        if reply == UNANSWERED:
            return self.unanswered()
        if reply in {CAME, MISSING}:
            return self.filter(noted__isnull=reply == MISSING)
        return self.filter(reply=reply) if reply in Reply.values else self

    def matching(self, text: str) -> Self:
        """Those whose institution, title or person contains the text."""
        text = text.replace("\0", "")
        if not text:
            return self
        words = Q(institution__icontains=text) | Q(title__icontains=text)
        return self.filter(words | Q(person__icontains=text))

    def with_letter(self) -> Self:
        """With the latest letter that counts: its key and number, and what it says of the event."""
        from events.models.invitation_letter import InvitationLetter  # noqa: PLC0415 - it imports us

        named = InvitationLetter.objects.counting().filter(invitees=OuterRef("pk")).order_by("-pk")
        told = JSONObject(pk="pk", number="letter__entry__number", event="letter__facts__event")
        return self.annotate(letter=models.Subquery(named.values(told=told)[:1]))

    def with_noted(self) -> Self:
        """With the name of who came as them, as the list of who came shows it; None for nobody."""
        from events.models.attendance import Attendee  # noqa: PLC0415 - it imports us

        shown = Attendee.objects.filter(pk=ShownAs(OuterRef("pk"))).order_by()
        noted = Attendee.objects.filter(invitee=OuterRef("pk")).order_by()
        named = noted.annotate(called=models.Subquery(shown.values("name")))
        return self.annotate(noted_name=models.Subquery(named.values("called")[:1]))

    def with_held(self) -> Self:
        """With the event and where they are."""
        return self.select_related(*OF_INVITEE)


class Invitee(models.Model):
    """Somebody who is invited to an event; a copy of the address book, which may change later."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="invitees")
    entry = models.ForeignKey(
        Institution,
        verbose_name="alamat",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    kind = models.CharField("jenis", max_length=20, choices=InstitutionKind)
    institution = models.CharField("instansi", max_length=160)
    title = models.CharField("jabatan", max_length=160)
    person = models.CharField("nama", max_length=120, blank=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    key = invited_key()
    reply = models.CharField("jawaban", max_length=12, choices=Reply, blank=True)
    represented_by = models.CharField("diwakili oleh", max_length=200, blank=True)
    replied_at = models.DateTimeField("dijawab", null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("diundang", db_default=Now(), editable=False)

    letter: dict[str, Any] | None  # annotated by with_letter()
    noted_name: str | None  # annotated by with_noted()

    objects = InviteeQuerySet.as_manager()

    class Meta:
        verbose_name = "undangan"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="invitee_kind_known", condition=Q(kind__in=InstitutionKind.values)
            ),
            models.CheckConstraint(
                name="invitee_is_named", condition=~Q(institution="") & ~Q(title="")
            ),
            models.CheckConstraint(
                name="invitee_reply_known", condition=Q(reply="") | Q(reply__in=Reply.values)
            ),
            models.CheckConstraint(
                name="invitee_replied_at_a_time",
                condition=Q(reply="", replied_at=None) | ~Q(reply="") & Q(replied_at__isnull=False),
            ),
            models.CheckConstraint(
                name="invitee_represented_by_somebody",
                condition=Q(reply=Reply.REPRESENTED) & ~Q(represented_by="")
                | ~Q(reply=Reply.REPRESENTED) & Q(represented_by=""),
            ),
            models.UniqueConstraint(
                name="invitee_once",
                fields=["event", "key"],
                violation_error_message="Instansi dengan jabatan ini sudah diundang.",
            ),
        ]

    def __str__(self) -> str:
        return position(self.title, self.institution)

    @property
    def whereabouts(self) -> str:
        """What stands below the title on a letter: the institution, or where the village lies."""
        region = self.region
        if region is None or region.level != RegionLevel.VILLAGE:
            return self.institution
        return f"{region.district.full_name}, {region.regency.full_name}"

    @property
    def deputy(self) -> tuple[str, str]:
        """Name and title of who comes instead, as the form asks for them: "Siti, Sekretaris".

        Degrees, each behind a comma of its own, belong to the name: "Siti, S.Sos., M.Si.".
        """
        name, *parts = [part.strip() for part in self.represented_by.split(",")]
        while parts and DEGREE.fullmatch(parts[0]):
            name = f"{name}, {parts.pop(0)}"
        return name, ", ".join(parts)

    @property
    def tone(self) -> str:
        """The colour of the answer."""
        return TONES[Reply(self.reply)] if self.reply else "neutral"

    @property
    def answer(self) -> str:
        """The answer in words."""
        said = self.answer_word
        return f"{said} {self.represented_by}" if self.represented_by else said

    @property
    def answer_said(self) -> str:
        """The answer behind "menyatakan", once it is over what they did: "akan hadir"."""
        return self.answer_word[:1].lower() + self.answer_word[1:]

    @property
    def answer_word(self) -> str:
        """The same without who comes instead."""
        return str(self.get_reply_display()) if self.reply else "Belum menjawab"
