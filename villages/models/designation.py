"""The designation: a village becomes a Desa Binaan Imigrasi, from draft to decree and after."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.access import Access
from accounts.models import Membership, Office, User
from certificates.models import Certificate, Scan
from desabinaan import formats
from villages import rounds
from villages.models.decree import Decree
from villages.models.designation_promises import CONSTRAINTS
from villages.models.guiding_term import GuidingTerm
from villages.models.loading import OUTCOME, LoadedQuerySet
from villages.models.region import named_or_placed
from villages.models.status import (
    CEREMONIAL,
    DESIGNATED,
    EDITABLE,
    LACKS_CERTIFICATE,
    UNDER_DECREE,
    UNNUMBERED,
    VOUCHED_FOR,
    Outcome,
    Signs,
    Status,
)
from villages.models.village import Village

if TYPE_CHECKING:
    from villages.models.sheet import Revocation


PAPER = "designation"  # the kind of its certificate
UNCERTIFIED = "tanpa-sertifikat"  # as lists filter it, beside the statuses


_STANDING = {
    Status.DRAFT: "usulan ini masih draf",
    Status.SUBMITTED: "usulan ini sudah diajukan",
    Status.RETURNED: "usulan ini sudah dikembalikan",
    Status.REJECTED: "usulan ini sudah ditolak",
    Status.APPROVED: "desa ini sudah ditetapkan",
    Status.REVOKED: "penetapan ini sudah dicabut",
    Status.ENDED: "masa pembinaan ini sudah diakhiri",
    Status.WITHDRAWN: "usulan ini sudah ditarik",
    Status.STRUCK: "catatan ini sudah dinyatakan salah catat",
}


class DesignationQuerySet(LoadedQuerySet["Designation"]):
    def visible_to(self, access: Access) -> Self:
        """The sheets this person may know of: once submitted, official and PIMPASA see theirs."""
        own = Q(office__among=access.office_ids)
        mine = access.village_ids | access.assigned_village_ids
        came_out = Q(submitted_at__isnull=False) | Q(recorded_at__isnull=False)
        # A village that moved takes its designations along; what issued them goes on reading.
        guided = Q(village__office__among=access.office_ids, status__in=UNDER_DECREE)
        return self.filter(own | guided | Q(village__in=mine) & came_out)

    def in_current_office(self, access: Access) -> Self:
        """Those of the office that the person works in now; of all below it, at a Kanwil."""
        here, mine = access.working_office_ids, access.village_ids | access.assigned_village_ids
        guided = Q(village__office__among=here, status__in=UNDER_DECREE)
        return self.filter(Q(office__among=here) | guided | Q(village__in=mine))

    def kept_by(self, offices: Collection[int]) -> Self:
        """Those on which these offices act: a designation goes with its village, no other sheet."""
        theirs = Q(village__office__among=offices, status__in=UNDER_DECREE)
        return self.filter(theirs | Q(office__among=offices) & ~Q(status__in=UNDER_DECREE))

    def counted_by(self, offices: Collection[int]) -> Self:
        """What figures of these offices may tell of: their sheets; what stood where they guided.

        A past day stays as it was, wherever the village went since: so does what one knows of it.
        """
        terms = GuidingTerm.objects.of(offices)
        since = Q(until=None) | Q(until__date__gte=OuterRef("designated_on"))
        then = Exists(terms.filter(since, village=OuterRef("village")))
        # The villages first: they are looked up once, and few are left to be asked one by one.
        stood_there = Q(status__in=DESIGNATED, village__in=terms.values("village")) & Q(then)
        return self.counted().filter(Q(office__among=offices) | stood_there)

    def counted(self) -> Self:
        """All but those that were struck out: of them no figure and no list of villages tells."""
        return self.exclude(status=Status.STRUCK)

    def of_village(self, village: Village) -> Self:
        """The sheets of one village, the latest first."""
        return self.filter(village=village).with_list().order_by("-pk")

    def matching(self, text: str) -> Self:
        """Those of villages whose name contains the text, or that of where they lie."""
        return self.filter(named_or_placed(text, at="village__region__")) if text else self

    def standing_at(self, status: str) -> Self:
        """Those with this status; all where it is none that exists."""
        if status == UNCERTIFIED:
            return self.uncertified()
        return self.filter(status=status) if status in Status.values else self

    def waiting_in(self, office: Office) -> Self:
        """Those on the desk of the office's head."""
        return self.filter(office=office, status=Status.SUBMITTED)

    def in_preparation(self) -> Self:
        """Those on a preparer's desk."""
        return self.filter(status__in=EDITABLE)

    def before_print(self) -> Self:
        """With the head, or decided and not printed yet: what the head reads is what is printed."""
        unprinted = Q(status=Status.APPROVED, decided_as__isnull=False, certificate=None)
        return self.filter(Q(status=Status.SUBMITTED) | unprinted)

    def awaiting_decree_number(self) -> Self:
        """Designated, but the decree has no number yet, so no certificate was ordered."""
        return self.filter(UNNUMBERED)

    def recorded(self) -> Self:
        """Recorded from their decree, and standing."""
        return self.filter(recorded_by__isnull=False, status=Status.APPROVED)

    def vouched_for(self) -> Self:
        """Those for which two persons answer; the public hears of no others."""
        return self.filter(VOUCHED_FOR)

    def unconfirmed(self) -> Self:
        """Recorded and standing, on the word of those who brought them in."""
        return self.recorded().filter(confirmed_by=None)

    def certifiable(self) -> Self:
        """Those whose certificate a head may order, as `why_not_certify` says of one."""
        here = self.recorded().filter(village__office=F("office"))
        return here.with_pending_request().filter(awaits_revocation=False)

    def awaiting_revocation(self) -> Self:
        """Those that somebody asked to revoke, and nobody has decided on yet."""
        return self.with_pending_request().filter(awaits_revocation=True)

    def uncertified(self) -> Self:
        """Those of them without a certificate of the portal."""
        return self.filter(LACKS_CERTIFICATE)


SHARED_SHOWN = 3  # villages whose letter of consent is the same file


class Designation(models.Model):
    """The decision that a village becomes a Desa Binaan Imigrasi.

    Staff prepare it (criteria, consent), submit it, and the sheet is frozen; a head or acting head
    who did not prepare it returns, rejects or approves it; an approved one may be revoked or end.

    One that was decided before the portal is *recorded* from its decree: nobody decided it here.
    """

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="designations")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="designations")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("dibuat", db_default=Now(), editable=False)
    preparers = models.ManyToManyField(User, through="Preparer", related_name="prepared_sheets")
    submitted_at = models.DateTimeField("pertama kali diajukan", null=True)
    decree = models.ForeignKey(
        Decree, on_delete=models.PROTECT, related_name="designations", null=True
    )
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="decisions", null=True
    )
    decided_as = models.ForeignKey(
        Membership,
        verbose_name="diputuskan selaku",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
    )
    decided_at = models.DateTimeField("diputuskan", null=True)
    recorded_by = models.ForeignKey(
        User,
        verbose_name="dicatat oleh",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
    )
    recorded_at = models.DateTimeField("dicatat", null=True)
    # Of one that was recorded: who vouched for it, in whose capacity; nobody who brought it in.
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    confirmed_as = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", null=True
    )
    confirmed_at = models.DateTimeField("dibenarkan", null=True)
    designated_on = models.DateField("ditetapkan pada", null=True)
    # Chosen with the decision. Who that is, is asked with the order, which may wait for the SK.
    signs = models.CharField(
        "sertifikat ditandatangani oleh", max_length=7, choices=Signs, blank=True
    )
    signer = models.JSONField("penanda tangan sertifikat", null=True)
    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, related_name="designation", null=True
    )
    # Of one that was recorded: in whose capacity the portal's certificate was ordered.
    certified_as = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", null=True
    )
    # Of one whose guidance is over: in whose capacity it was ended.
    ended_as = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.DRAFT)
    status_at = models.DateTimeField("sejak", db_default=Now())
    status_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    status_note = models.TextField("catatan", blank=True)
    office_numbers_certificates: bool  # annotated by with_page()
    waiting_around: int | None  # annotated by with_page()
    last_entry: int  # annotated by with_last_entry()
    # Of an earlier sheet of the village, annotated by with_page() and with_decision().
    earlier_facts: dict[str, Any] | None = None
    consent_shared: Sequence[str] = ()  # the same, with whose letter the consent is one file
    decree_signed_as: str  # annotated by with_outcome()
    import_pk: int | None  # annotated by with_page()
    import_status: str | None  # annotated by with_page()
    has_later: bool  # annotated by with_page()
    granted_revocation: Revocation | None = None  # of one that was revoked, by open_sheet()
    has_account: bool = True  # of a decided one, by open_sheet(), like the next
    account_givers: Sequence[str] = ()
    latest_scan: dict[str, Any] | None = None

    coordination_event: int | None  # annotated by with_page(), like the next: an event's key
    ceremony_event: int | None

    objects = DesignationQuerySet.as_manager()

    class Meta:
        verbose_name = "penetapan"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["office", "status"], name="designation_office_status"),
            models.Index(fields=["-status_at", "-id"], name="designation_latest_step"),
        ]
        constraints = CONSTRAINTS

    def __str__(self) -> str:
        return f"Penetapan {self.village}"

    def get_absolute_url(self) -> str:
        return reverse("villages:designation", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        """Whether the sheet is with its preparers."""
        return self.status in EDITABLE

    @property
    def is_approved(self) -> bool:
        """Whether the village is designated today."""
        return self.status == Status.APPROVED

    @property
    def keeper(self) -> Office:
        """The office that acts on it, as `kept_by` has it."""
        return self.village.office if self.status in UNDER_DECREE else self.office

    @property
    def reader_ids(self) -> set[int]:
        """The offices that read all of it: whose it is; a designation also whoever guides now."""
        guides = {self.village.office_id} if self.status in UNDER_DECREE else set()
        return {self.office_id} | guides

    @property
    def is_recorded(self) -> bool:
        """Whether it was decided outside the portal, and is known here from its decree."""
        return self.recorded_by_id is not None

    @property
    def is_unconfirmed(self) -> bool:
        """Whether it was recorded, and nobody but those who brought it in answers for it."""
        return self.is_recorded and self.confirmed_by_id is None

    @property
    def is_struck(self) -> bool:
        """Whether it was recorded by mistake, and never was a designation."""
        return self.status == Status.STRUCK

    @property
    def is_uncertified(self) -> bool:
        """Whether it was recorded and stands, and the portal has printed no certificate for it."""
        return self.is_recorded and self.is_approved and self.certificate_id is None

    @property
    def has_coordination(self) -> bool:
        """Whether the coordination was noted; recommended, not required."""
        return hasattr(self, "coordination")

    @property
    def has_consent(self) -> bool:
        """Whether the village's letter is there."""
        return hasattr(self, "consent")

    @property
    def has_ceremony(self) -> bool:
        """Whether the pengukuhan was noted."""
        return hasattr(self, "ceremony")

    @property
    def decided_acting(self) -> str:
        """The word for an acting head who decided, Plt. or Plh.; nothing for the head proper."""
        return self.decided_as.acting_words if self.decided_as else ""

    @property
    def consent_shared_words(self) -> str:
        """The first of the villages whose letter of consent is the same file, and how many more."""
        return formats.first_of(self.consent_shared, SHARED_SHOWN)

    @property
    def may_have_ceremony(self) -> bool:
        """Whether a pengukuhan may be noted: from the submission on, unless it came to nothing."""
        return self.status in CEREMONIAL

    @property
    def stamp(self) -> str:
        """Which submission of it a page shows, for the decision to say."""
        return rounds.stamp(self.status_at)

    def take_outcome(self, loaded: Designation) -> None:
        """Have what another loading of the same row knows of its outcome (`with_outcome`)."""
        for name in (*OUTCOME, "has_account", "account_givers", "latest_scan"):
            setattr(self, name, getattr(loaded, name))
        if self.decree:
            self.decree.signed_acting_kind = loaded.decree_signed_as
        request: Revocation | None = getattr(loaded, "request", None)
        is_granted = request is not None and request.outcome == Outcome.CONFIRMED
        self.pending_revocation = None if is_granted else request
        self.granted_revocation = request if is_granted else None

    @property
    def signed_copy(self) -> Scan | None:
        """What its village downloads as signed, by type and size; none that was withdrawn."""
        scan = Scan(**self.latest_scan) if self.latest_scan else None
        return None if scan is None or scan.is_withdrawn else scan

    def missing_parts(self) -> list[str]:
        """What a sheet needs before it can be submitted, in the words of its task list."""
        parts = {"kriteria": bool(self.findings.all()), "kesediaan desa": self.has_consent}
        return [part for part, is_there in parts.items() if not is_there]

    @property
    def awaits_decree_number(self) -> bool:
        """Whether the certificate waits for the number of the decree."""
        return self.is_approved and self.decree is not None and not self.decree.number

    @cached_property
    def pending_revocation(self) -> Revocation | None:
        """The request to revoke that waits for a second person; only a designation can have one."""
        if not self.is_approved or not getattr(self, "awaits_revocation", True):
            return None
        return (
            self.revocations.filter(outcome=Outcome.PENDING).select_related("requested_by").first()
        )

    def why_not_certify(self) -> str:
        """What stands in the way of its certificate, whoever orders it; nothing otherwise."""
        if not (self.is_recorded and self.is_approved):
            return self.standing()
        if self.village.office_id != self.office_id:
            return f"desa ini kini dibina {self.village.office}."
        if self.pending_revocation:
            return "pencabutannya sedang diusulkan; putuskan dahulu."
        return ""

    def standing(self) -> str:
        """Who did what and when, as the sheet stands now."""
        moment = formats.moment(self.status_at, self.office)
        if self.is_recorded and self.is_approved:
            return f"desa ini sudah ditetapkan dengan SK {self.decree}, di luar portal."
        return f"{_STANDING[Status(self.status)]} oleh {self.status_by.name}, {moment}."

    def standing_for(self, office: Office) -> str:
        """The same; another office is told how it stands and with whom, neither person nor time."""
        if office.pk == self.office_id:
            return self.standing()
        return f"{_STANDING[Status(self.status)]} oleh {self.office.short_name}."
