"""How a sheet moves: locked, checked, stamped with who and when; each verb adds what it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Office, User
from desabinaan import formats
from desabinaan.constraints import broke
from desabinaan.workflow import Transition, TransitionRefused
from villages.models import Designation, Village
from villages.models.guidance import guided_elsewhere

STAMPS = ("status", "status_at", "status_by", "status_note")
NAMED = (
    "office__parent",
    "village__region__parent__parent__parent",
    "status_by",
    "decree__office__parent",
    "decided_as__user",
    "decided_as__office",
)
NO_MORE_VILLAGES = ("village_in_an_open_office", "designation_in_an_open_office")


def lock(designation: Designation) -> Designation:
    """The sheet, its row held until the transaction ends.

    One is locked for every part that is written on it; the few verbs that read more load that.
    """
    return Designation.objects.select_related("office", "status_by").lock(designation.pk)


def lock_all(designations: Iterable[Designation]) -> list[Designation]:
    """Several with what their papers name, in the order of their villages' codes."""
    return Designation.objects.select_related(*NAMED).lock_all(it.pk for it in designations)


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


def refuse_guided_elsewhere(village: Village, office: Office) -> None:
    """Refuse where another office guides the village: what it keeps of it passes by a move only."""
    guided = guided_elsewhere(office).filter(pk=village.pk).first()
    if guided:
        raise TransitionRefused(guided.guidance)


@contextmanager
def unless_closing(office: Office) -> Iterator[None]:
    """Take villages in, or refuse: an office with a day to close takes no more of them.

    The day may come while they are written, and then the database refuses. The office is not held
    against that: whoever moves villages holds those before it, and each would wait for the other.
    """
    _refuse_closing(office)
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refusal:
        if any(broke(refusal, name) for name in NO_MORE_VILLAGES):
            _refuse_closing(office)
        raise


def _refuse_closing(office: Office) -> None:
    closes = Office.objects.values_list("closed_on", flat=True).get(pk=office.pk)
    if closes:
        day = formats.long_date(closes)
        raise TransitionRefused(f"{office} ditutup sejak {day} dan tidak menambah desa binaan.")
