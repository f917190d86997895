"""The roles of a person, with what every page needs to know of them: one query, written once."""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet

from accounts import second_factor
from accounts.models import Membership, Office, User
from desabinaan.asked import Asked, columns

_ROLE, _OFFICE = columns(Membership), columns(Office)
_ANNOTATED = ["reach", "is_secured"]


def roles_of(user: User) -> tuple[Membership, ...]:
    """All that they ever held, the earliest first: with office and parent, reach, second factor."""
    return tuple(_role(row, user) for row in _ROLES.of(user=user.pk))


def _roles(user: int) -> QuerySet[Any, tuple[Any, ...]]:
    mine = Membership.objects.filter(user=user).with_reach().order_by("starts_on", "pk")
    # Asked with the roles that may need one: no page asks once more.
    secured: QuerySet[Any] = mine.annotate(is_secured=second_factor.has_been_set_up())
    offices = [f"{way}__{name}" for way in ("office", "office__parent") for name in _OFFICE]
    return secured.values_list(*_ROLE, *_ANNOTATED, *offices)


_ROLES = Asked(_roles)


def _role(row: tuple[Any, ...], user: User) -> Membership:
    own, beside = len(_ROLE), len(_ROLE) + len(_ANNOTATED)
    its, above = row[beside : beside + len(_OFFICE)], row[beside + len(_OFFICE) :]
    role = Membership.from_db(DEFAULT_DB_ALIAS, _ROLE, row[:own])
    role.reach, role.has_second_factor = row[own:beside]
    role.user = user
    role.office = Office.from_db(DEFAULT_DB_ALIAS, _OFFICE, its)
    if role.office.parent_id:
        role.office.parent = Office.from_db(DEFAULT_DB_ALIAS, _OFFICE, above)
    return role
