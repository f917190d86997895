"""Who reads the news of a village and of its sheets: by the roles of today, many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from accounts.models import Membership, Office, Role
from accounts.models.office import today_there
from villages.models import Designation, Preparer, Village, VillageAccess


def serving(offices: Collection[Office], *roles: Role) -> Mapping[int, set[int]]:
    """The people who hold one of these roles today, by office; acting heads are heads."""
    live = Membership.objects.on(today_there("office__"))
    found: defaultdict[int, set[int]] = defaultdict(set)
    for office, user in live.filter(role__in=roles, office__in=offices).values_list(
        "office_id", "user_id"
    ):
        found[office].add(user)
    return found


def preparers(sheets: Collection[Designation]) -> Mapping[int, set[int]]:
    """Whoever prepared each sheet, wherever they are today."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for sheet, user in Preparer.objects.filter(designation__in=sheets).values_list(
        "designation_id", "user_id"
    ):
        found[sheet].add(user)
    return found


def still_preparers(sheets: Collection[Designation]) -> Mapping[int, frozenset[int]]:
    """Whoever prepared each sheet and still works in its office."""
    at_work = serving({sheet.office for sheet in sheets}, Role.STAFF, Role.HEAD)
    made = preparers(sheets)
    return {it.pk: frozenset(made[it.pk] & at_work[it.office_id]) for it in sheets}


def officials(villages: Iterable[Village]) -> Mapping[int, set[int]]:
    """Whoever acts for each village today."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    live = VillageAccess.objects.live().filter(village__in=list(villages)).order_by()
    for village, user in live.values_list("village_id", "user_id"):
        found[village].add(user)
    return found
