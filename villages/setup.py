"""What an office needs before it can designate villages, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef

from accounts.access import Access
from accounts.models import Invitation, Membership, Office, Role
from certificates.models import NumberTemplate
from villages.models import Jurisdiction, Village
from villages.models.designation import PAPER


@dataclass(frozen=True)
class OfficeSetup:
    """Which steps are done; one query for all of them."""

    access: Access
    office: Office

    @cached_property
    def found(self) -> dict[str, Any]:
        """What is there already."""
        here = {"office": OuterRef("pk")}
        live = Membership.objects.on(self.office.today()).filter(**here)
        invited = Invitation.objects.waiting().order_by().filter(**here)
        villages = Village.objects.filter(**here).order_by().values("office")
        counted = villages.annotate(number=Count("pk")).values("number")
        found = (
            Office.objects.filter(pk=self.office.pk)
            .values(
                has_area=Exists(Jurisdiction.objects.filter(**here).standing()),
                has_admin=Exists(live.filter(role=Role.ADMIN)),
                has_head=Exists(live.filter(role=Role.HEAD)),
                invited_admin=Exists(invited.filter(role=Role.ADMIN)),
                invited_head=Exists(invited.filter(role=Role.HEAD)),
                has_numbers=Exists(NumberTemplate.objects.filter(**here, kind=PAPER)),
                guided=counted,
            )
            .get()
        )
        return {**found}

    @property
    def is_complete(self) -> bool:
        """Whether the office can designate villages today."""
        needed = ["has_admin"]
        if self.office.designates:
            needed += ["has_area", "has_head", "has_numbers"]
        return all(self.found[name] for name in needed)

    @property
    def may_settle(self) -> bool:
        """Whether this person says which regions and villages are the office's."""
        return self.access.is_national_admin
