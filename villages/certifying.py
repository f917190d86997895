"""What the pages show of the certificates under a decree: which may be ordered, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.access import Access
from accounts.models import User
from certificates.models import NumberTemplate
from villages.forms import CertifyForm
from villages.models import Decree, Designation, Import
from villages.models.decree import DecreeQuerySet
from villages.models.designation import PAPER, DesignationQuerySet
from villages.prints import Prints

AT_ONCE = 200  # certificates that one step orders; the rest follows with the next


def certifiable(sheets: DesignationQuerySet, *, by: User) -> DesignationQuerySet:
    """Those of which this person may order the certificate: of what may be had, not their own."""
    others = sheets.certifiable().exclude(preparers=by).exclude(recorded_by=by)
    return others.with_list().order_by("village__region__code")


def with_certifying(decrees: DecreeQuerySet, access: Access) -> DecreeQuerySet:
    """With whether this person may order the certificate of a village under it."""
    mine = Designation.objects.visible_to(access).filter(decree=OuterRef("pk"))
    waiting = certifiable(mine.uncertified(), by=access.user)
    found: dict[str, Any] = {"has_certifiable": Exists(waiting.order_by())}
    return decrees.annotate(**found)


def with_questioned(decrees: DecreeQuerySet, access: Access) -> DecreeQuerySet:
    """With whether somebody asked to revoke one without certificate: few decrees have any."""
    mine = Designation.objects.visible_to(access).filter(decree=OuterRef("pk"))
    asked: dict[str, Any] = {"has_questioned": Exists(mine.uncertified().awaiting_revocation())}
    return decrees.annotate(**asked)


def returned_under(decree: Decree) -> list[Import]:
    """The tables that a head sent back and nobody mended yet, with his note."""
    return list(Import.objects.returned_under(decree).with_page())


@dataclass(frozen=True)
class CertifyPage:
    """The choice of villages, or the last look at what will be printed for them."""

    decree: Decree
    waiting: DesignationQuerySet
    form: CertifyForm
    sheets: DesignationQuerySet
    edits: bool

    @property
    def is_last_look(self) -> bool:
        """Whether the villages are chosen."""
        return self.form.is_bound and self.form.is_valid() and not self.edits

    @cached_property
    def rows(self) -> list[tuple[Designation, bool]]:
        """The villages to choose from, and whether each is chosen; all are, to begin with."""
        chosen = self.form["sheets"].value()
        wanted = None if chosen is None else {str(pk) for pk in chosen}
        return [
            (sheet, wanted is None or str(sheet.pk) in wanted) for sheet in self.waiting[:AT_ONCE]
        ]

    @property
    def chosen(self) -> list[Designation]:
        """The villages whose certificates will be ordered."""
        return [sheet for sheet, is_chosen in self.rows if is_chosen]

    @property
    def unconfirmed(self) -> int:
        """How many to choose from nobody vouched for: whoever certifies them does."""
        return sum(sheet.is_unconfirmed for sheet, _ in self.rows)

    @cached_property
    def prints(self) -> Prints:
        """What they would say."""
        return self.form.certification().prints(self.decree, self.chosen)

    @cached_property
    def returned(self) -> list[Import]:
        """The tables sent back to be mended, whose villages stand under the decree."""
        return returned_under(self.decree)

    @cached_property
    def has_number_template(self) -> bool:
        """Whether the office has chosen how it numbers certificates."""
        return NumberTemplate.objects.of(self.decree.office, PAPER) is not None

    @cached_property
    def own(self) -> int:
        """How many wait for somebody else, because this person brought them in, or they moved."""
        return self.sheets.uncertified().count() - self._waiting_count - len(self.questioned)

    @cached_property
    def questioned(self) -> list[Designation]:
        """Those that get none before the request to revoke them is settled."""
        if not self.decree.has_questioned:
            return []
        asked = self.sheets.uncertified().awaiting_revocation()
        return list(asked.with_list().order_by("village__region__code"))

    @property
    def later(self) -> int:
        """How many are left for the next step."""
        return max(0, self._waiting_count - AT_ONCE)

    @cached_property
    def _waiting_count(self) -> int:
        shown = len(self.rows)
        return shown if shown < AT_ONCE else self.waiting.count()
