"""Whose role on an office's desk is about to end, and who waits to begin."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, Value

from accounts.access import Access
from accounts.models import Membership, Office
from accounts.models.office import today_there
from accounts.permissions import can_confirm

SOON = timedelta(days=30)
ROWS = 6


def turning(
    access: Access, office: Office | None, *, keeps: bool, leads: bool
) -> dict[str, tuple[Membership, ...]]:
    """In one query: whose role ends within a month, and which heads this person may confirm."""
    today, wanted = today_there("office__"), Q()
    if keeps:
        ending = Q(starts_on__lte=today, ends_on__lte=today + Value(SOON))
        wanted |= Q(office=office, awaits=False) & ending
    if access.is_national_admin:
        wanted |= Q(awaits=True)
    elif leads:
        wanted |= Q(awaits=True, office=office)
    if not wanted:
        return {}
    roles = Membership.objects.visible_to(access).not_over(today).filter(wanted)
    found = list(roles.with_page().order_by("ends_on", "pk"))
    awaiting = [it for it in found if it.awaits and can_confirm(access, it)]
    leaving = [it for it in found if not it.awaits]
    return {"awaiting": tuple(awaiting[:ROWS]), "leaving": tuple(leaving[:ROWS])}
