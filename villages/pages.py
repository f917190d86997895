"""What the record page of a sheet offers this person: found, permitted and open at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.access import Access
from accounts.models import Membership, Office, Role
from audit.models import Entry
from certificates.models import Scan
from desabinaan.workflow import Answer, Denied
from villages import messages, permissions, repairs
from villages.forms import ApprovalForm
from villages.mending import RETURNED, mended, untouched
from villages.models import (
    Coordination,
    Criterion,
    Designation,
    Document,
    Finding,
    Purpose,
    Village,
    VillageAccess,
)
from villages.models.status import DECIDED, END, REVOKE, SUBMIT, Status

MEETINGS = 5
JUST_NOW = timedelta(hours=1)


def open_sheet(access: Access, pk: int) -> Designation:
    """The sheet with everything that its page names; 404 where the person may not know of it."""
    known = Designation.objects.visible_to(access)
    sheet = get_object_or_404(known.with_page().with_last_entry(), pk=pk)
    if sheet.status in DECIDED or sheet.is_struck:
        loaded = Designation.objects.with_outcome().annotate(**_way_in(sheet.village))
        sheet.take_outcome(loaded.get(pk=pk))
    elif sheet.has_consent:
        letter = sheet.consent.scan_id
        # Each file was loaded with whose letter it is, too.
        named = {it.pk: it.same_letter for it in sheet.documents.all()}  # type: ignore[attr-defined]
        sheet.consent_shared = named[letter]
    return sheet


def _way_in(village: Village) -> dict[str, Any]:
    """Who can sign in of the village, who gives accounts, and the latest scan: asked by the way."""
    today = village.office.today()
    admins = Membership.objects.on(today).filter(office=village.office_id, role=Role.ADMIN)
    scans = Scan.objects.filter(certificate=OuterRef("certificate")).order_by("-pk")
    told = JSONObject(content_type="content_type", size="size", withdrawn_at="withdrawn_at")
    return {
        "latest_scan": Subquery(scans.values(told=told)[:1]),
        "has_account": Exists(VillageAccess.objects.on(today).filter(village=village)),
        "account_givers": ArraySubquery(admins.order_by("pk").values("user__name")),
    }


def criteria_of(sheet: Designation) -> list[tuple[Criterion, Finding | None]]:
    """Every criterion in force or already on the sheet, with what the sheet says of it."""
    written = {finding.criterion_id: finding for finding in sheet.findings.all()}
    criteria = Criterion.objects.open_to(sheet)
    return [(criterion, written.get(criterion.pk)) for criterion in criteria]


def recent_meetings(access: Access, sheet: Designation) -> list[Coordination]:
    """The office's latest coordinations for other villages, each meeting once: to take over."""
    others = Designation.objects.visible_to(access).filter(office=sheet.office).exclude(pk=sheet.pk)
    found = Coordination.objects.filter(designation__in=others)
    each = found.order_by("-held_on", "place", "-pk").distinct("held_on", "place")
    return list(each.select_related("designation__village__region")[:MEETINGS])


def next_to_decide(access: Access, sheet: Designation) -> Designation | None:
    """The sheet of the same office that waits longest for this person's decision."""
    waiting = Designation.objects.visible_to(access).standing_at(Status.SUBMITTED)
    theirs = waiting.filter(office=sheet.office).exclude(preparers=access.user)
    return theirs.select_related("village__region").order_by("status_at", "pk").first()


def deciding_membership(access: Access, office: Office) -> Membership:
    """In whose capacity the person decides there; `membership_no_overlap_head` leaves but one."""
    roles = access.memberships
    return next(m for m in roles if m.role == Role.HEAD and m.office_id == office.pk)


@dataclass(frozen=True)
class SheetPage:
    """The buttons and parts of the record page, for one person and one sheet."""

    access: Access
    sheet: Designation
    may_prepare: Answer
    may_decide: Answer
    may_approve: Answer

    @classmethod
    def of(cls, access: Access, sheet: Designation) -> SheetPage:
        """Ask every predicate once."""
        return cls(
            access=access,
            sheet=sheet,
            may_prepare=permissions.can_prepare(access, sheet),
            may_decide=permissions.can_decide(access, sheet),
            may_approve=permissions.can_approve(access, sheet),
        )

    @cached_property
    def entries(self) -> list[Entry]:
        """What happened to the sheet, the latest first."""
        return list(Entry.objects.about(self.sheet))

    @property
    def may_open_village(self) -> bool:
        """Whether the village's own record is this person's to read."""
        village = self.sheet.village
        return village.office_id in self.access.office_ids or village.pk in self.access.village_ids

    @property
    def earlier_return(self) -> Entry | None:
        """The note with which the sheet went back before it was submitted again."""
        return next((e for e in self.entries if e.verb == RETURNED), None)

    @property
    def mended(self) -> list[Entry]:
        """What was changed since it went back."""
        return mended(self.entries)

    @property
    def doubted(self) -> dict[str, bool]:
        """The parts of a returned sheet that nobody has touched since: the note may mean them."""
        is_returned = self.sheet.status == Status.RETURNED
        return {part: it and is_returned for part, it in untouched(self.entries).items()}

    @property
    def is_preparing(self) -> bool:
        """Whether this person fills the sheet in now."""
        return bool(SUBMIT.is_open(self.sheet) and self.may_prepare)

    @property
    def has_findings(self) -> bool:
        """Whether at least one criterion is justified."""
        return bool(self.sheet.findings.all())

    @property
    def findings_hint(self) -> str:
        """How many criteria are justified, in words."""
        count = len(self.sheet.findings.all())
        return f"{count} kriteria diisi" if count else "Sedikitnya satu, dengan uraian; wajib."

    @property
    def is_complete(self) -> bool:
        """Whether the sheet can be submitted."""
        return not self.sheet.missing_parts()

    @cached_property
    def other_drafts(self) -> str:
        """The other offices that prepare a sheet of the same village, by name."""
        others = Designation.objects.of_village(self.sheet.village).in_preparation()
        names = [other.office.short_name for other in others if other.pk != self.sheet.pk]
        return " dan ".join(names)

    @property
    def awaits_decision(self) -> bool:
        """Whether the sheet is with the head."""
        return self.sheet.status == Status.SUBMITTED

    @property
    def may_propose_next(self) -> bool:
        """Whether this person has just submitted the sheet, and may propose another village."""
        mine = self.awaits_decision and self.sheet.status_by_id == self.access.user.pk
        recently = timezone.now() - self.sheet.status_at < JUST_NOW
        return mine and recently and bool(permissions.can_propose(self.access))

    @property
    def may_propose_again(self) -> bool:
        """Whether this person may open a new sheet where this one was rejected, and nobody has."""
        if self.sheet.status != Status.REJECTED or not permissions.can_propose(self.access):
            return False
        current = self.access.current_office
        village = self.sheet.village
        here = current is not None and current.pk == village.office_id
        return here and not self.sheet.has_later and village.region.retired_on is None

    @property
    def why_not_decide(self) -> str:
        """What a head who may not decide should know; nothing for everyone else."""
        is_head = self.access.has_role(Role.HEAD, self.sheet.office_id)
        if is_head and isinstance(self.may_decide, Denied):
            return self.may_decide.reason
        return ""

    @property
    def why_not_approve(self) -> str:
        """What keeps a head who may decide from approving."""
        if self.may_decide and isinstance(self.may_approve, Denied):
            return self.may_approve.reason
        return ""

    @cached_property
    def approval_form(self) -> ApprovalForm:
        """The decision, with what is known filled in."""
        head = deciding_membership(self.access, self.sheet.office)
        return ApprovalForm(office=self.sheet.office, head=head)

    @cached_property
    def waiting_beside(self) -> int:
        """How many other sheets of the same kecamatan wait with this one, for who works there."""
        is_theirs = self.access.current_office == self.sheet.office
        if not (self.awaits_decision and is_theirs and permissions.can_draft_decree(self.access)):
            return 0
        return (self.sheet.waiting_around or 1) - 1

    @cached_property
    def may_certify(self) -> Answer:
        """Whether this person may order the certificate that a recorded designation lacks."""
        return permissions.can_certify_sheet(self.access, self.sheet)

    @property
    def may_read_table(self) -> bool:
        """Whether the table that brought it in is this person's to read."""
        return bool(permissions.can_read_table_of(self.access, self.sheet.office))

    @property
    def why_not_certify(self) -> str:
        """What keeps this person from it."""
        return self.may_certify.reason if isinstance(self.may_certify, Denied) else ""

    @property
    def decree_scans(self) -> list[Document]:
        """The scans of the decree, among the files already loaded."""
        return [file for file in self.sheet.documents.all() if file.purpose == Purpose.DECREE]

    @property
    def may_record_decree(self) -> bool:
        """Whether the decree's number is missing and this person may type it."""
        return self.sheet.awaits_decree_number and self._may(permissions.can_record_decree)

    @property
    def reminder(self) -> str:
        """What somebody who prepares may send the head; nothing to one who decides themselves."""
        if not self._may(permissions.can_remind):
            return ""
        revocation = self.sheet.pending_revocation
        if revocation and not self.may_settle_revocation:
            return messages.revocation_reminder(self.sheet, revocation)
        waits = self.awaits_decision and not self.may_decide
        return messages.reminder(self.sheet) if waits else ""

    @property
    def recall(self) -> str:
        """What they may send where they see a mistake in what they have submitted."""
        return messages.recall(self.sheet) if self.awaits_decision and self.reminder else ""

    @property
    def news_for_staff(self) -> str:
        """What the head may send the preparers of a sheet that came back."""
        came_back = self.sheet.status == Status.RETURNED
        may = came_back and self._may(permissions.can_send_back)
        return messages.returned(self.sheet) if may else ""

    @property
    def lacks_account(self) -> bool:
        """Whether nobody of the village can sign in to download its certificate."""
        return not self.sheet.has_account

    @property
    def account_givers(self) -> Sequence[str]:
        """The administrators of the guiding office, by name."""
        return self.sheet.account_givers

    @property
    def may_give_account(self) -> Answer:
        """Whether this person gives the village its account."""
        return permissions.can_give_account(self.access, self.sheet.village)

    @property
    def news_for_village(self) -> str:
        """What the office may send the village once its certificate can be downloaded."""
        paper = self.sheet.certificate
        if paper is None or not paper.is_ready or not self._may(permissions.can_pass_on):
            return ""
        return messages.ready(paper, has_account=not self.lacks_account)

    def _may(self, predicate: Callable[[Access, Designation], Answer]) -> bool:
        return bool(predicate(self.access, self.sheet))

    @property
    def may_write_ceremony(self) -> bool:
        """Whether a ceremony may be noted now, by this person."""
        return self.sheet.may_have_ceremony and self._may(permissions.can_write_ceremony)

    @property
    def may_request_revocation(self) -> bool:
        """Whether revocation is open, nobody asked yet, and this person may."""
        return (
            REVOKE.is_open(self.sheet)
            and self.sheet.pending_revocation is None
            and bool(permissions.can_request_revocation(self.access, self.sheet))
        )

    @property
    def may_settle_revocation(self) -> bool:
        """Whether a request to revoke waits for this person."""
        return self.sheet.pending_revocation is not None and bool(
            permissions.can_settle_revocation(self.access, self.sheet)
        )

    @property
    def why_not_settle(self) -> str:
        """Who decides on the requested revocation, if not this person."""
        answer = permissions.can_settle_revocation(self.access, self.sheet)
        return answer.reason if isinstance(answer, Denied) else ""

    @property
    def may_attach_scan(self) -> bool:
        """Whether the decree is numbered and this person may add its scan."""
        return (
            self.sheet.decree is not None
            and not self.sheet.awaits_decree_number
            and not self.sheet.is_struck
            and bool(permissions.can_record_decree(self.access, self.sheet))
        )

    @property
    def may_strike_out(self) -> bool:
        """Whether this person may say now that it was recorded by mistake."""
        return not repairs.why_not_strike(self.sheet) and self._may(permissions.can_strike_out)

    @property
    def may_end(self) -> bool:
        """Whether this person may let the guidance end now."""
        return (
            END.is_open(self.sheet)
            and self.sheet.pending_revocation is None
            and bool(permissions.can_end(self.access, self.sheet))
        )
