"""The page of an event's certificates of attendance: how far they are, and each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.http import QueryDict

from accounts.access import Access
from certificates.models import NumberTemplate
from certificates.models import Status as PaperStatus
from desabinaan.workflow import Answer
from events import permissions
from events.bundles import MOST_IN_PDF
from events.models import Event, EventQuerySet, Merge, Participation, ParticipationQuerySet
from events.models.attendance import phone_digits
from events.models.status import OVER
from events.participation import KINDS, event_facts, share_text

PAGE_SIZE = 50
LONGEST_SEARCH = 80


def with_rule(events: EventQuerySet) -> EventQuerySet:
    """With who gets a certificate and who signs, and which kinds the office numbers."""
    keys = [kind.key for kind in KINDS]
    chosen = NumberTemplate.objects.filter(office=OuterRef("office"), kind__in=keys)
    signer = ("certificate_rule__signed_as__user", "certificate_rule__signed_as__office")
    return events.select_related("certificate_rule", *signer).annotate(
        numbered_kinds=ArraySubquery(chosen.values("kind"))
    )


def unnumbered(event: Event) -> list[str]:
    """The kinds for which the office chose no pattern, in words; of what `with_rule` loaded."""
    chosen: list[str] = event.numbered_kinds  # type: ignore[attr-defined]
    return [kind.label.lower() for kind in KINDS if kind.key not in chosen]


def with_certificates(events: EventQuerySet) -> EventQuerySet:
    """With how many certificates are ready and how many to come, and what was said of names alike:
    the page asks enough already.
    """
    its = Participation.objects.filter(event=OuterRef("pk")).in_force().order_by()
    counted = its.values("event").annotate(
        ready=Count("pk", filter=Q(certificate__status=PaperStatus.READY)),
        waiting=Count("pk", filter=Q(certificate__status=PaperStatus.ORDERED)),
    )
    told = JSONObject(ready="ready", waiting="waiting")
    pair = JSONObject(kept_id="kept_id", other_id="other_id", is_one="is_one")
    merges = Merge.objects.filter(event=OuterRef("pk")).order_by("pk")
    its_merges = ArraySubquery(merges.values(told=pair))
    return events.annotate(
        **{"certificates_told": Subquery(counted.values(told=told)), "merges_told": its_merges}
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A certificate in the list, with what its holder is sent."""

    its: Participation
    reads_phone: bool
    event_facts: dict[str, str]  # as one that is ordered now would tell of the event

    @property
    def of_the_event(self) -> dict[str, str] | None:
        """What one in force tells of the event, where that is no longer what the event is."""
        paper = self.its.certificate
        told: dict[str, str] = paper.facts["event"]
        return None if paper.is_revoked or told == self.event_facts else told

    @property
    def text(self) -> str:
        """To send by WhatsApp."""
        return share_text(self.its, self.its.certificate)

    @property
    def whatsapp_url(self) -> str:
        """The same, opened there: to their number where it is noted, and its keepers read it."""
        digits = phone_digits(getattr(self.its.person, "phone", "")) if self.reads_phone else ""
        return f"https://wa.me/{'62' + digits if digits else ''}?text={quote(self.text, safe='')}"


@dataclass(frozen=True)
class CertificateList:
    """The certificates of an event for one person, as far as they were searched for."""

    access: Access
    event: Event
    asked: QueryDict

    @cached_property
    def keeps(self) -> Answer:
        """Whether they order, pass on and revoke."""
        return permissions.can_keep(self.access, self.event)

    @property
    def may_order(self) -> bool:
        """Whether they can order now."""
        return bool(self.keeps) and self.event.status in OVER

    @property
    def has_rule(self) -> bool:
        """Whether anybody said who gets one."""
        return hasattr(self.event, "certificate_rule")

    @property
    def unnumbered(self) -> list[str]:
        """The kinds that have no pattern of numbers yet."""
        return unnumbered(self.event)

    @property
    def text(self) -> str:
        """What was searched for."""
        return self.asked.get("q", "").strip()[:LONGEST_SEARCH]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many are ready, waiting, tried again, revoked."""
        return self._all.counted()

    @property
    def fits_one_pdf(self) -> bool:
        """Whether those that are ready are few enough for one PDF."""
        return self.counts["ready"] <= MOST_IN_PDF

    @property
    def total(self) -> int:
        """How many there are in force."""
        return self.counts["ready"] + self.counts["waiting"]

    @property
    def progress(self) -> str:
        """How they stand in one word, by which a waiting page knows whether anything changed."""
        return "-".join(map(str, self.counts.values()))

    @cached_property
    def page(self) -> Page[Participation]:
        """In the order of their numbers."""
        found = self._all.matching(self.text).with_list().order_by("pk")
        return Paginator(found, PAGE_SIZE).get_page(self.asked.get("halaman"))

    @property
    def rows(self) -> Iterator[Row]:
        """Those of the page."""
        now = event_facts(self.event)
        return (Row(its, bool(self.keeps), now) for its in self.page.object_list)

    @cached_property
    def untrue(self) -> int:
        """How many in force tell of the event what it no longer is."""
        return self._all.not_telling(event_facts(self.event)).count()

    @property
    def _all(self) -> ParticipationQuerySet:
        return Participation.objects.visible_to(self.access).filter(event=self.event)
