"""Whose role on an office's desk is about to end, who waits to begin, who acts for the head."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, Value

from accounts.access import Access
from accounts.models import Membership, Office, Role
from accounts.models.office import today_there
from accounts.permissions import can_confirm

SOON = timedelta(days=30)
ROWS = 6


def turning(
    access: Access, office: Office | None, *, keeps: bool, leads: bool
) -> dict[str, tuple[Membership, ...]]:
    """In one query: whose role ends within a month, and which heads this person may confirm.

    A head sees besides who acts, or is to act, for the head of the office.
    """
    today, wanted = today_there("office__"), Q()
    if keeps:
        ending = Q(starts_on__lte=today, ends_on__lte=today + Value(SOON))
        wanted |= Q(office=office, awaits=False) & ending
    if access.is_national_admin:
        wanted |= Q(awaits=True)
    elif leads:
        wanted |= Q(awaits=True, office=office)
    if leads:
        wanted |= Q(office=office, role=Role.HEAD, awaits=False) & ~Q(acting_kind="")
    if not wanted:
        return {}
    roles = Membership.objects.visible_to(access).not_over(today).filter(wanted)
    found = list(roles.with_page().order_by("ends_on", "pk"))
    awaiting = [it for it in found if it.awaits and can_confirm(access, it)]
    here = [it for it in found if not it.awaits]
    leaving = [it for it in here if keeps and it.is_live() and _ends_soon(it)]
    acting = [it for it in here if leads and it.acting_kind]
    return {
        "awaiting": tuple(awaiting[:ROWS]),
        "leaving": tuple(leaving[:ROWS]),
        "acting": tuple(sorted(acting, key=lambda it: (it.starts_on, it.pk))[:ROWS]),
    }


def _ends_soon(membership: Membership) -> bool:
    ends_on = membership.ends_on
    return ends_on is not None and ends_on <= membership.office.today() + SOON
