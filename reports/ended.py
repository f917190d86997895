"""What an account opened before it came to lead nowhere: its person is told, and whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db.models import Q

from accounts.access import Access
from accounts.models import Membership, Office
from villages.models import Officer, VillageAccess


@dataclass(frozen=True, slots=True)
class Ended:
    """A role, a term or a village's account, until when, and the office that can renew it."""

    what: str
    on: date
    office: Office


def ended_of(access: Access) -> Ended | None:
    """What the person's own account opened last; nothing where it never opened anything."""
    theirs = Q(user=access.user, ends_on__isnull=False)
    roles = Membership.objects.filter(theirs, awaits=False).select_related("office")
    terms = Officer.objects.filter(theirs).select_related("office")
    accounts = VillageAccess.objects.filter(theirs).with_page()
    known = [
        *(Ended(it.role_words, it.ends_on, it.office) for it in roles if it.ends_on),
        *(Ended("PIMPASA", it.ends_on, it.office) for it in terms if it.ends_on),
        *(
            Ended(f"akun {it.village}", it.ends_on, it.village.office)
            for it in accounts
            if it.ends_on
        ),
    ]
    over = [it for it in known if it.on <= it.office.today()]
    return max(over, key=attrgetter("on"), default=None)
