"""Who had a hand in a table: one of its makers for good, and none who confirms it."""

from __future__ import annotations

from accounts.models import User
from villages.models import Import, ImportMaker


def note(batch: Import, *, by: User) -> None:
    """Remember that this person worked on the table; once is enough."""
    ImportMaker.objects.bulk_create([ImportMaker(batch=batch, user=by)], ignore_conflicts=True)


def of(batch: Import) -> set[int]:
    """Everybody who worked on the table so far."""
    return set(ImportMaker.objects.filter(batch=batch).values_list("user", flat=True))
