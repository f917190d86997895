"""The roles that people hold in offices, and when one of them is in force."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from django.db import models
from django.db.models import Q
from django.db.models.expressions import Combinable


class Role(models.TextChoices):
    """What a person does in an office."""

    STAFF = "staff", "Petugas"
    HEAD = "head", "Kepala Kantor"
    OBSERVER = "observer", "Pengamat"
    ADMIN = "admin", "Administrator"


# Who decides, and who says who does: with a second factor, and reset by the national one alone.
POWERFUL = frozenset({Role.HEAD, Role.ADMIN})


class ActingKind(models.TextChoices):
    """On what terms a head acts: vacant post, or a head who is away."""

    PLT = "plt", "Plt."
    PLH = "plh", "Plh."


class Term(Protocol):
    """From one day to another, the last one included; without it, until further notice."""

    starts_on: date
    ends_on: date | None


def in_force(day: date | Combinable, through: str = "") -> Q:
    """The terms that hold on this day; `through` is the way to them: "memberships__"."""
    begun = Q(**{f"{through}starts_on__lte": day})
    endless, not_over = Q(**{f"{through}ends_on": None}), Q(**{f"{through}ends_on__gte": day})
    return begun & (endless | not_over)


def meeting(starts_on: date, ends_on: date | None) -> Q:
    """The terms that hold on a day of another term, from `starts_on` through `ends_on`."""
    not_over = Q(ends_on=None) | Q(ends_on__gte=starts_on)
    return not_over & Q(starts_on__lte=ends_on) if ends_on else not_over


def meets(term: Term, starts_on: date, ends_on: date | None) -> bool:
    """Whether the two hold on a day together: `meeting` for a row at hand."""
    is_over = term.ends_on is not None and term.ends_on < starts_on
    return not is_over and (ends_on is None or term.starts_on <= ends_on)


def live_roles(day: date | Combinable, through: str = "") -> Q:
    """The roles that count on this day: in force, and not awaiting their confirmation."""
    return in_force(day, through) & Q(**{f"{through}awaits": False})


def is_in_force(term: Term, day: date) -> bool:
    """Whether this term holds on that day: `in_force` for a row at hand."""
    return term.starts_on <= day and (term.ends_on is None or day <= term.ends_on)
