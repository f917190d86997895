"""Which villages are a person's: as their official, or as the PIMPASA who guides them."""

from __future__ import annotations

from django.db.models import Value

from accounts.access import PersonsVillages
from accounts.models import User
from villages.models import Assignment, Officer, VillageAccess


def villages_of(user: User) -> PersonsVillages:
    """The villages of this person today, in one query; asked once per request by Access."""
    own = VillageAccess.objects.live().filter(user=user).order_by()
    guided = Assignment.objects.live().filter(officer__user=user).order_by()
    found = own.values_list("village_id", Value("own")).union(
        guided.values_list("village_id", Value("assigned")), all=True
    )
    sides: dict[str, set[int]] = {"own": set(), "assigned": set()}
    for village_id, side in found.order_by():  # the model's own order would come back
        sides[side].add(village_id)
    return PersonsVillages(frozenset(sides["own"]), frozenset(sides["assigned"]))


def guides_for(user: User) -> frozenset[int]:
    """The offices whose PIMPASA this person is today or will be: assignments lie within terms."""
    terms = Officer.objects.not_over().filter(user=user).order_by()
    return frozenset(terms.values_list("office_id", flat=True))
