"""What people are to villages: their official, their PIMPASA, the head who decided on them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet, Value

from accounts.access import PersonsVillages, VillageTies
from accounts.models import Membership, User
from desabinaan.asked import Asked
from villages.models import Assignment, Designation, Officer, Revocation, VillageAccess
from villages.models.officer import OfficerQuerySet


def _sides(user: int) -> QuerySet[Any, tuple[int, str]]:
    own = VillageAccess.objects.live().filter(user=user).order_by()
    guided = Assignment.objects.live().filter(officer__user=user).order_by()
    found = own.values_list("village_id", Value("own")).union(
        guided.values_list("village_id", Value("assigned")), all=True
    )
    return found.order_by()  # the model's own order would come back


_SIDES = Asked(_sides)


def villages_of(user: User) -> PersonsVillages:
    """The villages of this person today, in one query; asked once per request by Access."""
    sides: dict[str, set[int]] = {"own": set(), "assigned": set()}
    for village_id, side in _SIDES.of(user=user.pk):
        sides[side].add(village_id)
    return PersonsVillages(frozenset(sides["own"]), frozenset(sides["assigned"]))


def guiding() -> OfficerQuerySet:
    """The terms of PIMPASA that hold today or are still to come."""
    return Officer.objects.not_over().order_by()


def ties_of(user: User) -> VillageTies:
    """Whether an account was ever opened for a village, and for which offices it guides; one query.

    A PIMPASA's assignments lie within their terms.
    """
    opened = VillageAccess.objects.filter(user=user).order_by()
    terms = guiding().filter(user=user)
    found = opened.values_list("village_id", Value("account")).union(
        terms.values_list("office_id", Value("office")), all=True
    )
    ties = list(found.order_by())
    offices = frozenset(pk for pk, side in ties if side == "office")
    return VillageTies(any(side == "account" for _, side in ties), offices)


def acted_on(role: Membership) -> date | None:
    """The last day on which a head decided, confirmed, certified or ended something in this role.

    As the trigger `membership_outlasts_acts` asks it; one query.
    """
    sheets, requests = Designation.objects.order_by(), Revocation.objects.order_by()
    found = sheets.filter(decided_as=role).values_list("decided_at")
    found = found.union(
        sheets.filter(confirmed_as=role).values_list("confirmed_at"),
        sheets.filter(certified_as=role).values_list("certificate__ordered_at"),
        sheets.filter(ended_as=role).values_list("status_at"),
        requests.filter(decided_as=role).values_list("decided_at"),
    )
    moments = (moment for (moment,) in found.order_by() if moment)
    return max(map(role.office.day_of, moments), default=None)
