"""What an office needs before it can designate villages, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.access import Access
from accounts.models import Invitation, Membership, Office, Role
from accounts.models.office import OfficeQuerySet, today_there
from certificates.models import NumberTemplate
from villages.models import Jurisdiction, Village
from villages.models.designation import PAPER


def with_readiness(offices: OfficeQuerySet) -> QuerySet[Any, Any]:
    """Offices with what each has of all that it needs; claims that rest are no land to work on."""
    here = {"office": OuterRef("pk")}
    live = Membership.objects.on(today_there("office__")).filter(**here)
    return offices.annotate(
        has_area=Exists(Jurisdiction.objects.filter(**here).in_effect()),
        has_admin=Exists(live.filter(role=Role.ADMIN)),
        has_head=Exists(live.filter(role=Role.HEAD)),
        has_staff=Exists(live.filter(role=Role.STAFF)),
        has_numbers=Exists(NumberTemplate.objects.filter(**here, kind=PAPER)),
        has_villages=Exists(Village.objects.filter(**here)),
    )


@dataclass(frozen=True)
class OfficeSetup:
    """Which steps are done; one query for all of them."""

    access: Access
    office: Office

    @cached_property
    def found(self) -> dict[str, Any]:
        """What is there already."""
        here = {"office": OuterRef("pk")}
        invited = Invitation.objects.waiting().order_by().filter(**here)
        villages = Village.objects.filter(**here).order_by().values("office")
        ready = with_readiness(Office.objects.filter(pk=self.office.pk))
        found: dict[str, Any] = ready.values(
            "has_area",
            "has_admin",
            "has_head",
            "has_numbers",
            invited_admin=Exists(invited.filter(role=Role.ADMIN)),
            invited_head=Exists(invited.filter(role=Role.HEAD)),
            guided=villages.annotate(number=Count("pk")).values("number"),
        ).get()
        return found

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
