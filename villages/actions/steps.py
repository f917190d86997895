"""How a sheet moves: locked, checked, stamped with who and when; each verb adds what it means."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from desabinaan.workflow import Transition
from villages.models import Designation

STAMPS = ("status", "status_at", "status_by", "status_note")


def lock(designation: Designation) -> Designation:
    """The sheet with what its papers name, its row held until the transaction ends."""
    related = ("office__parent", "village__region__parent__parent__parent", "status_by", "decree")
    return Designation.objects.select_related(*related).lock(designation.pk)


def is_repeated(designation: Designation, step: Transition, by: User) -> bool:
    """Whether this person took this very step already: a double click, not a conflict."""
    return designation.status == step.target and designation.status_by_id == by.pk


def move(
    designation: Designation,
    step: Transition,
    *,
    by: User,
    note: str = "",
    at: datetime | None = None,
) -> None:
    """Take the step, unsaved, and stamp who took it and when; or refuse."""
    step.apply(designation)
    designation.status_at = at or timezone.now()
    designation.status_by = by
    designation.status_note = note
