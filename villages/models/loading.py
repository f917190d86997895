"""What lists, pages and actions load of a sheet, each in a fixed number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, JSONObject

from audit.models import Entry
from certificates.models import NumberTemplate
from desabinaan.locking import LockingQuerySet
from villages import meetings
from villages.models.decree import acting_kind_of
from villages.models.document import Document, Purpose
from villages.models.status import OVER, Outcome, Status

if TYPE_CHECKING:
    from villages.models.designation import Designation

SHARED_READ = 100  # names of villages whose letter is one file


def _has_number_template() -> Exists:
    """Whether the office has chosen how it numbers certificates; without it nobody approves."""
    from villages.models.designation import PAPER  # noqa: PLC0415 - it imports this

    return Exists(NumberTemplate.objects.filter(office=OuterRef("office"), kind=PAPER))


def _waiting_around() -> Subquery:
    """How many sheets of the same office and kecamatan wait for its head, itself among them."""
    from villages.models.designation import Designation  # noqa: PLC0415 - it imports this

    there = {name: OuterRef(name) for name in ("office", "village__region__parent")}
    waiting = Designation.objects.filter(status=Status.SUBMITTED, **there).order_by()
    return Subquery(waiting.values("office").annotate(count=Count("pk")).values("count"))


def _later() -> models.QuerySet[Designation]:
    """Newer sheets of the village; given up or struck out, or another office's draft, is none."""
    from villages.models.designation import Designation  # noqa: PLC0415 - it imports this

    newer = Designation.objects.filter(village=OuterRef("village"), pk__gt=OuterRef("pk"))
    counted = newer.exclude(status__in=[Status.WITHDRAWN, Status.STRUCK])
    return counted.exclude(~Q(office=OuterRef("office")), status=Status.DRAFT)


def _earlier_facts() -> Subquery:
    """Of the village's sheets that came to an end, one that was revoked, else the latest."""
    from villages.models.designation import Designation  # noqa: PLC0415 - it imports this

    over = Designation.objects.filter(village=OuterRef("village"), status__in=OVER)
    first = over.order_by(Case(When(status=Status.REVOKED, then=0), default=1), "-pk")
    keys = ("pk", "name", "office_class", "timezone")
    office = JSONObject(**{key: f"office__{key}" for key in keys})
    own = {key: key for key in ("pk", "status", "status_at", "status_note")}
    return Subquery(first.values(facts=JSONObject(**own, office=office))[:1])


def _consent_shared() -> ArraySubquery:
    """Other villages of the office whose letter of consent is the same file."""
    its = {name: OuterRef(name) for name in ("office", "village")}
    return ArraySubquery(same_letter(OuterRef("consent__scan__sha256"), **its))


def same_letter(sha256: Any, *, office: Any, village: Any) -> models.QuerySet[Any, str]:
    """Whose consent is this very file, too, in the same office: at most a hundred by name."""
    from villages.models.designation import Designation  # noqa: PLC0415 - it imports this

    # The purpose is said, since the hashes of these files alone have an index.
    letter = {"consent__scan__sha256": sha256, "consent__scan__purpose": Purpose.CONSENT}
    alike = Designation.objects.filter(**letter, office=office).exclude(village=village)
    others = alike.exclude(status__in=[Status.WITHDRAWN, Status.STRUCK]).order_by("pk")
    return others.values_list("village__region__name", flat=True)[:SHARED_READ]


# The records that a decision, or the word for one made before the portal, left on a sheet.
OUTCOME = (
    "decided_by",
    "decided_as",
    "recorded_by",
    "confirmed_by",
    "confirmed_as",
    "certified_as",
    "decree",
    "certificate",
)


class LoadedQuerySet[S: "Designation"](LockingQuerySet[S]):
    """How sheets are loaded and held; which ones is the matter of `DesignationQuerySet`."""

    def with_list(self) -> Self:
        """Everything that a row of a list names; anything else is an error, not a query a row."""
        return self.select_related(
            "office",
            "village__office",
            "village__region__parent__parent__parent",
            "status_by",
            "decree",
            "certificate",
        ).fetch_mode(models.FETCH_RAISE)

    def with_papers(self) -> Self:
        """The same, with the number of each certificate."""
        return self.with_list().select_related("certificate__entry")

    def with_prints(self) -> Self:
        """The same, with whoever answers for what each certificate would print."""
        return self.with_list().select_related("decided_as__user", "decided_as__office")

    def with_long_list(self) -> Self:
        """The same for a list that is cut into pages: the paths are loaded for one page only.

        Joining 91,599 regions four times before the cut costs more than three small queries.
        """
        related = self.select_related("office", "village__region", "status_by", "decree")
        paths = related.prefetch_related("village__region__parent__parent__parent")
        return paths.fetch_mode(models.FETCH_RAISE)

    def with_decision(self) -> Self:
        """What a list of those waiting names, and what says who may decide; in two queries.

        Of what a sheet says: its criteria, how many of them no file shows, and the coordination.
        """
        from villages.models.sheet import Coordination, Finding  # noqa: PLC0415 - it imports this

        findings = Finding.objects.filter(designation=OuterRef("pk"))
        bare = findings.filter(documents=None).order_by().values("designation")
        choosing = self.with_list().prefetch_related("preparers")
        return choosing.annotate(
            office_numbers_certificates=_has_number_template(),
            criteria_told=ArraySubquery(findings.values("criterion__label")),
            criteria_bare=Subquery(bare.annotate(number=Count("pk")).values("number")),
            earlier_facts=_earlier_facts(),
            consent_shared=_consent_shared(),
            is_coordinated=Exists(Coordination.objects.filter(designation=OuterRef("pk"))),
        )

    def with_page(self) -> Self:
        """Everything that the record page names but the outcome, in four queries."""
        from villages.models.sheet import Finding  # noqa: PLC0415 - it imports this

        findings = Prefetch("findings", Finding.objects.select_related("criterion"))
        its = {name: OuterRef(f"designation__{name}") for name in ("office", "village")}
        alike = ArraySubquery(same_letter(OuterRef("sha256"), **its))
        documents = Prefetch("documents", Document.objects.annotate(same_letter=alike))
        return (
            self.select_related(
                "office__parent",
                "village__office",
                "village__region__parent__parent__parent",
                "created_by",
                "status_by",
                "coordination",
                "consent__scan",
                "ceremony",
            )
            .prefetch_related(findings, documents, "preparers")
            .annotate(
                office_numbers_certificates=_has_number_template(),
                waiting_around=_waiting_around(),
                earlier_facts=_earlier_facts(),
                has_later=Exists(_later()),
                import_pk=F("import_row__batch"),
                import_status=F("import_row__batch__status"),
                import_note=F("import_row__batch__status_note"),
                import_since=F("import_row__batch__status_at"),
                **meetings.named_events(),
            )
            .fetch_mode(models.FETCH_RAISE)
        )

    def with_last_entry(self) -> Self:
        """With what happened to it last: asked no later than what it says, so never too new."""
        told = Entry.objects.about_each(self.model, "pk").order_by("-pk").values("pk")
        return self.annotate(last_entry=Coalesce(Subquery(told[:1]), 0))

    def with_outcome(self) -> Self:
        """What was decided, recorded, confirmed and printed of a sheet, and a request to revoke.

        Apart from the page's own: PostgreSQL plans thirty tables longer than it reads them.
        """
        # One at most: what was granted left nothing to ask for.
        open_or_granted = Q(revocations__outcome__in=[Outcome.PENDING, Outcome.CONFIRMED])
        request = FilteredRelation("revocations", condition=open_or_granted)
        behind = ("certified_as__user", "decree__office__parent", "certificate__entry")
        signed_as = acting_kind_of("decree", "decree__signer_name")
        asked = self.annotate(request=request, decree_signed_as=signed_as).select_related(
            "request__requested_by"
        )
        return asked.select_related(*OUTCOME, *behind).fetch_mode(models.FETCH_RAISE)

    def with_pending_request(self) -> Self:
        """With whether somebody asked to revoke, and nobody has decided on it yet."""
        from villages.models.sheet import Revocation  # noqa: PLC0415 - it imports this

        pending = Revocation.objects.filter(designation=OuterRef("pk"), outcome=Outcome.PENDING)
        return self.annotate(awaits_revocation=Exists(pending))

    def with_held(self) -> Self:
        """Several in the order of their villages' codes."""
        return self.order_by("village__region__code")
