"""What a head reads before confirming a table, and what those who brought it in read meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import JSONObject
from django.urls import reverse

from accounts.access import Access
from accounts.models import Membership, Office, Role
from audit.models import Entry
from desabinaan import formats
from desabinaan.workflow import Answer, Denied
from villages import permissions
from villages.decree_doubts import doubts_of, other_days
from villages.mending import CORRECTED, outcome, repaired
from villages.models import (
    Decree,
    Designation,
    Document,
    Import,
    ImportRow,
    Region,
    RowStatus,
    Status,
)
from villages.models.onboarding import ASK_AGAIN, CONFIRM, SEND_BACK

HISTORY = 30  # entries of a table that its page shows
PAGE_SIZE = 50
SHOWN = 10  # tables on a desk; more of them at once no office has


@dataclass(frozen=True, slots=True)
class Tables:
    """The recorded tables of an office that nobody has confirmed, as they concern one person."""

    to_confirm: tuple[Import, ...] = ()
    returned: tuple[Import, ...] = ()
    with_others: tuple[Import, ...] = ()


def tables_of(access: Access, office: Office) -> Tables:
    """What waits in the office: for this person, for others, for those who mend; one query."""
    waiting = Import.objects.visible_to(access).filter(office=office).to_confirm().with_page()
    found = list(waiting[:SHOWN])
    open_ = [it for it in found if not it.is_returned]
    mine = [it for it in open_ if permissions.can_confirm(access, it)]
    return Tables(
        to_confirm=tuple(mine),
        returned=tuple(it for it in found if it.is_returned),
        with_others=tuple(it for it in open_ if it not in mine),
    )


@dataclass(frozen=True, slots=True)
class Source:
    """A scan of a decree: its name, where it is read, and since when it is here."""

    name: str
    url: str
    at: datetime

    @classmethod
    def of(cls, told: dict[str, str]) -> Source:
        """As the question for the decrees brought it along."""
        url = reverse("villages:document", args=[told["key"]])
        return cls(told["name"], url, datetime.fromisoformat(told["at"]))


@dataclass(frozen=True)
class ConfirmPage:
    """A recorded table as its villages will be known to everybody, for one person."""

    access: Access
    batch: Import
    page_number: str = ""

    @cached_property
    def may_confirm(self) -> Answer:
        """Whether this person vouches for it, or sends it back."""
        return permissions.can_confirm(self.access, self.batch)

    @property
    def confirms(self) -> bool:
        """Whether they may, and it is open."""
        waits = self.batch.awaits_confirmation and CONFIRM.is_open(self.batch)
        return waits and bool(self.may_confirm)

    @property
    def sends_back(self) -> bool:
        """Whether they may send it back now."""
        return self.confirms and SEND_BACK.is_open(self.batch)

    @property
    def asks_again(self) -> bool:
        """Whether they may put it before the head once more."""
        is_open = self.batch.awaits_confirmation and ASK_AGAIN.is_open(self.batch)
        return is_open and bool(permissions.can_import_for(self.access, self.batch.office))

    @property
    def brings_in(self) -> bool:
        """Whether they may open the table as it was brought in."""
        return bool(permissions.can_import_for(self.access, self.batch.office))

    @property
    def why_not(self) -> str:
        """What keeps a head from it; nothing for everyone else."""
        is_head = self.access.has_role(Role.HEAD, self.batch.office_id)
        if is_head and isinstance(self.may_confirm, Denied):
            return self.may_confirm.reason
        return ""

    @cached_property
    def others(self) -> list[str]:
        """The heads of today who did not bring it in, by name."""
        heads = Membership.objects.on(self.batch.office.today()).filter(
            office=self.batch.office, role=Role.HEAD
        )
        serving = (
            heads.exclude(user__in=self.batch.makers).select_related("user").order_by("user__name")
        )
        return [f"{it.user.name} ({it.role_words})" for it in serving]

    @cached_property
    def decrees(self) -> list[Decree]:
        """The decrees under which its villages stand: how many each covers, and its scans."""
        mine = Decree.objects.filter(designations__import_row__batch=self.batch)
        struck = Q(designations__status=Status.STRUCK)
        gone = Q(designations__status__in=[Status.REVOKED, Status.ENDED])
        others = Designation.objects.filter(decree=OuterRef("pk"))
        since = self.sent_back.at if self.sent_back else self.batch.created_at
        scans = Document.objects.visible_to(self.access).of_decree_in(OuterRef("pk"))
        told = JSONObject(key="key", name="name", at="uploaded_at")
        counted = mine.annotate(
            covered=Count("designations", filter=~struck),
            struck=Count("designations", filter=struck),
            ended=Count("designations", filter=Q(designations__confirmed_by=None) & gone),
            gone_since=Count("designations", filter=Q(designations__status_at__gt=since) & gone),
            is_kept=Exists(
                others.exclude(confirmed_by=None, certificate=None, recorded_by__isnull=False)
            ),
            other_days=other_days(),
            scans_told=ArraySubquery(scans.order_by("-pk").values(told=told)),
        )
        return list(counted.order_by("dated", "number"))

    @cached_property
    def sources(self) -> list[tuple[Decree, list[Source]]]:
        """Each decree with its scans, for the head to compare."""
        return [
            (decree, [Source.of(told) for told in decree.scans_told])  # type: ignore[attr-defined]
            for decree in self.decrees
        ]

    @property
    def lacks_scans(self) -> bool:
        """Whether a decree cannot be read here."""
        return not all(scans for _, scans in self.sources)

    @property
    def doubts(self) -> list[str]:
        """What looks wrong about its decrees."""
        return [
            f"SK {it}: {doubt}"
            for it in self.decrees
            for doubt in doubts_of(it, it.other_days)  # type: ignore[attr-defined]
        ]

    @property
    def total(self) -> int:
        """How many rows the table recorded, those included that were struck out since."""
        return self.page.paginator.count

    @property
    def standing(self) -> int:
        """How many villages it brought in, without those that were recorded by mistake."""
        return self.total - self.struck

    @cached_property
    def page(self) -> Page[ImportRow]:
        """Where in its villages we are, kecamatan by kecamatan."""
        rows = ImportRow.objects.visible_to(self.access).filter(
            batch=self.batch, status=RowStatus.RECORDED
        )
        ordered = rows.order_by("region__code").select_related(
            "designation__decree",
            "designation__village__office",
            "officer__user",
            "region__parent__parent__parent",
        )
        return Paginator(ordered, PAGE_SIZE).get_page(self.page_number)

    @property
    def groups(self) -> Iterable[tuple[Region, list[ImportRow]]]:
        """The page's villages by kecamatan."""
        grouped = groupby(self.page.object_list, key=lambda row: row.region.district)  # type: ignore[union-attr]
        return [(district, list(rows)) for district, rows in grouped]

    @property
    def struck(self) -> int:
        """How many were recorded by mistake."""
        return sum(decree.struck for decree in self.decrees)  # type: ignore[attr-defined]

    @property
    def mends(self) -> bool:
        """Whether they may correct the SK and strike villages out, while something waits."""
        return self.brings_in and self.batch.awaits_confirmation

    @property
    def only_decree(self) -> Decree | None:
        """The decree of all its villages, where it is one and may be corrected."""
        found = self.decrees[0] if len(self.decrees) == 1 else None
        return None if found is None or found.is_kept else found  # type: ignore[attr-defined]

    @property
    def has_kept(self) -> bool:
        """Whether a decree may not be corrected any more."""
        return any(decree.is_kept for decree in self.decrees)  # type: ignore[attr-defined]

    @property
    def ended(self) -> int:
        """How many ended before anybody confirmed them; they stay out."""
        return sum(decree.ended for decree in self.decrees)  # type: ignore[attr-defined]

    @property
    def sent_back(self) -> Entry | None:
        """The note with which it went back last."""
        return next((it for it in self.entries if it.verb == "import.sent_back"), None)

    @cached_property
    def mended(self) -> list[str]:
        """What was done about it since then, in words."""
        if self.sent_back is None:
            return []
        ended = sum(decree.gone_since for decree in self.decrees)  # type: ignore[attr-defined]
        every = [scan for _, scans in self.sources for scan in scans]
        scans = {scan.name for scan in every if scan.at > self.sent_back.at}
        told = outcome(repaired(self.entries))
        told += [f"{formats.number(ended)} desa diakhiri atau dicabut"] if ended else []
        return told + [f"pindaian SK {name} diunggah" for name in sorted(scans)]

    @property
    def attempts(self) -> list[str]:
        """Every correction of its SK since then, one by one."""
        made = [it for it in repaired(self.entries) if it.verb == CORRECTED]
        return [f"{it.sentence}: {it.note}" for it in reversed(made)] if self.sent_back else []

    @property
    def latest(self) -> list[Entry]:
        """The end of its history, for the page."""
        return self.entries[:HISTORY]

    @cached_property
    def entries(self) -> list[Entry]:
        """What happened to the table, the latest first."""
        return list(Entry.objects.about(self.batch))
