"""The overview of roles: who serves where, until when, and what is missing."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.permissions import can_oversee
from accounts.roster import Roster
from desabinaan.http import PortalRequest, render_page, require

PAGE_SIZE = 25


@require_safe
def memberships(request: PortalRequest) -> HttpResponse:
    """Roles in the offices that the person looks after, or the offices that lack somebody."""
    require(can_oversee(request.access))
    roster = Roster.of(request.access, request.GET)
    found = roster.lacking() if roster.lack else roster.members()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render_page(request, "accounts/roster.html", {"roster": roster, "page": page})
