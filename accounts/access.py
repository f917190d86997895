"""Who is asking: what a person may see and be today, resolved here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import second_factor
from accounts.held import roles_of
from accounts.models import Membership, Office, OfficeKind, Role, User
from accounts.models.office import today_there
from accounts.models.role import POWERFUL


@dataclass(frozen=True, slots=True)
class PersonsVillages:
    """For which villages a person acts today, and which they guide as PIMPASA."""

    own: frozenset[int] = frozenset()
    assigned: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class VillageTies:
    """What ties an account to villages: whether it was opened for one, and for whom it guides."""

    has_account: bool = False
    guides_for: frozenset[int] = frozenset()  # offices, from today on


def _nobody() -> QuerySet[Any]:
    return Membership.objects.none()


@dataclass(frozen=True, slots=True)
class VillageSide:
    """What the app above answers about people, roles and villages; nothing looks up from here."""

    villages_of: Callable[[User], PersonsVillages] = lambda _user: PersonsVillages()
    ties_of: Callable[[User], VillageTies] = lambda _user: VillageTies()
    # Who guides for which office, from today on: rows with `user` and `office`.
    guiding: Callable[[], QuerySet[Any]] = _nobody
    acted_on: Callable[[Membership], date | None] = lambda _role: None


_village_side = VillageSide()


def provide_villages(side: VillageSide) -> None:
    """Let the app above say what a person is to villages: theirs, acted for, guided for whom."""
    global _village_side  # noqa: PLW0603 - registered once, when the app above is ready
    _village_side = side


def serves_beyond(office_ids: Iterable[int]) -> Q:
    """Whether the person of a role serves outside these offices too, as `service_of` says.

    For the query that loads roles, so that a page of them asks no more.
    """
    mine = Membership.objects.order_by().filter(user=OuterRef("user"))
    roles = mine.not_over(today_there("office__")).exclude(office__among=office_ids)
    terms = _village_side.guiding().filter(user=OuterRef("user"))
    return Exists(roles) | Exists(terms.exclude(office__among=office_ids))


def leads_beyond(office_ids: Iterable[int]) -> Q:
    """Whether the person of a role is head or administrator outside these offices too.

    As `permissions.can_settle_employment` says, for the query that loads roles.
    """
    mine = Membership.objects.order_by().filter(user=OuterRef("user"), role__in=POWERFUL)
    return Q(Exists(mine.not_over(today_there("office__")).exclude(office__among=office_ids)))


def guides_of(office: Office) -> QuerySet[Any]:
    """Who guides for the office, today or soon: rows with `user`."""
    return _village_side.guiding().filter(office=office)


def is_village_account(user: User) -> bool:
    """Whether the account was opened for a village, ended or not: it never enters an office."""
    return user.has_village_code or _village_side.ties_of(user).has_account


def acted_on(role: Membership) -> date | None:
    """The last day on which something was decided in this role; it ends no earlier."""
    return _village_side.acted_on(role)


@dataclass(frozen=True, slots=True)
class Service:
    """Where a person serves today, soon or once confirmed; whether the account is a village's."""

    is_villages: bool
    office_ids: frozenset[int]


def service_of(user: User) -> Service:
    """By role, as PIMPASA, or for a village; one query. Reads `user.memberships`, with offices."""
    ties = _village_side.ties_of(user)
    held = user.memberships.all()
    roles = {m.office_id for m in held if m.is_live() or m.is_coming() or m.is_awaited()}
    return Service(user.has_village_code or ties.has_account, ties.guides_for | roles)


@dataclass(frozen=True)
class Access:
    """What a person may see and be today; built once per request from live memberships."""

    user: User
    memberships: tuple[Membership, ...]
    current_office: Office | None  # filters lists, default for new records
    has_second_factor: bool  # of a person with a live role; nobody else needs one
    office_ids: frozenset[int]  # own offices; subtrees for observers; all for the national admin
    village_ids: frozenset[int]  # of a village official
    assigned_village_ids: frozenset[int] = frozenset()  # of a PIMPASA
    needs_second_factor_from: date | None = None  # the day; nothing where no role takes one

    def has_role(self, role: Role, office_id: int) -> bool:
        """Whether the person holds that role in that office today, acting heads included."""
        return any(m.role == role and m.office_id == office_id for m in self.memberships)

    @cached_property
    def offices(self) -> tuple[Office, ...]:
        """The offices in which the person serves, each once."""
        return tuple({m.office_id: m.office for m in self.memberships}.values())

    @cached_property
    def administered_office_ids(self) -> frozenset[int]:
        """The offices whose administrator this person is."""
        return frozenset(m.office_id for m in self.memberships if m.role == Role.ADMIN)

    @cached_property
    def overseen_office_ids(self) -> frozenset[int]:
        """The offices of which they see who serves there: kept as administrator, or observed."""
        overseers = [m for m in self.memberships if m.role in {Role.ADMIN, Role.OBSERVER}]
        return frozenset(m.office_id for m in overseers) | _below(self.memberships)

    @cached_property
    def is_national_admin(self) -> bool:
        """Whether they are an administrator at the Ditjen."""
        return any(m.role == Role.ADMIN and m.office.is_directorate for m in self.memberships)

    @cached_property
    def working_office_ids(self) -> frozenset[int]:
        """The offices whose lists they work with now: the current one, or all below a Kanwil."""
        office = self.current_office
        if office is None or office.kind in (OfficeKind.DIRECTORATE, OfficeKind.REGIONAL):
            return self.office_ids
        return frozenset({office.pk})

    @property
    def is_admin(self) -> bool:
        """Whether they keep some office's people and profile."""
        return bool(self.administered_office_ids)

    @cached_property
    def lacks_second_factor(self) -> bool:
        """Whether their roles take a second factor, now or soon, and there is none."""
        return self.needs_second_factor_from is not None and not self.has_second_factor

    @property
    def is_village(self) -> bool:
        """Whether they are here for a village and no office."""
        return bool(self.village_ids) and not self.memberships and not self.assigned_village_ids

    @property
    def role_words(self) -> str:
        """Their roles in the current office, or the village side, in words."""
        if self.current_office is None and self.assigned_village_ids:
            return "PIMPASA"
        if self.current_office is None:
            return "Pemerintah desa" if self.village_ids else ""
        here = [m for m in self.memberships if m.office_id == self.current_office.pk]
        return ", ".join(dict.fromkeys(m.role_words for m in here))


def access_of(user: User, current_office_id: int | None = None) -> Access:
    """Resolve a person's live memberships, subtrees and villages into an Access."""
    ever = roles_of(user)
    live = tuple(m for m in ever if m.is_live())
    offices = {m.office_id: m.office for m in live}
    first = next(iter(offices.values()), None)
    villages = _village_side.villages_of(user)
    return Access(
        user=user,
        memberships=live,
        current_office=offices.get(current_office_id or 0, first),
        has_second_factor=any(m.has_second_factor for m in live),
        office_ids=frozenset(offices) | _below(live),
        village_ids=villages.own,
        assigned_village_ids=villages.assigned,
        needs_second_factor_from=second_factor.needed_from(ever),
    )


def _below(live: Iterable[Membership]) -> frozenset[int]:
    """The units that these roles read besides their own: `roles_of` loaded them."""
    return frozenset(office for membership in live for office in membership.reach)
