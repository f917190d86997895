"""The people of an office as its page shows them: now, soon, before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.access import Access, leads_beyond, serves_beyond
from accounts.models import Membership, Office, Role, User

ORDER = {
    role: place for place, role in enumerate((Role.HEAD, Role.STAFF, Role.OBSERVER, Role.ADMIN))
}
SOON = timedelta(days=60)
PAST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which somebody's role begins or ends."""

    day: date
    membership: Membership
    begins: bool


@dataclass(frozen=True, slots=True)
class People:
    """Roles in force, roles to come, roles that are over."""

    live: list[Membership]
    coming: list[Membership]
    past: list[Membership]
    turns: list[Turn]

    @property
    def has_head(self) -> bool:
        """Whether anybody may decide today, acting heads included."""
        return any(membership.role == Role.HEAD for membership in self.live)


def people_of(office: Office, access: Access) -> People:
    """Everybody's roles in the office, in three groups, and the days on which they change soon.

    Each with what decides whether this administrator mends their way in, and what they are called.
    """
    kept = {office.pk, *access.administered_office_ids}
    theirs = office.memberships.with_power().annotate(
        serves_beyond=serves_beyond(kept), leads_beyond=leads_beyond(kept)
    )
    roles = list(theirs.order_by("-starts_on", "-pk"))
    for role in roles:
        role.office = office
    live = sorted((r for r in roles if r.is_live()), key=_rank)
    coming = [r for r in reversed(roles) if r.is_coming() or r.is_awaited()]
    past = [r for r in roles if not (r.is_live() or r.is_coming() or r.is_awaited())]
    return People(live, coming, past[:PAST_SHOWN], _turns(office.today(), [*live, *coming]))


def _rank(membership: Membership) -> tuple[int, str, str]:
    return ORDER[Role(membership.role)], membership.acting_kind, membership.user.name


def _turns(today: date, roles: list[Membership]) -> list[Turn]:
    begins = [Turn(r.starts_on, r, begins=True) for r in roles if r.starts_on > today]
    ends = [Turn(r.ends_on, r, begins=False) for r in roles if r.ends_on]
    near = [turn for turn in (*begins, *ends) if turn.day <= today + SOON]
    return sorted(near, key=lambda turn: (turn.day, turn.begins))


def needs_confirmation(by: User, office: Office) -> bool:
    """Whether a head whom this person notes there counts only once somebody else agrees."""
    return not Membership.objects.appoints_heads(by, office)


def confirming(office: Office, by: User) -> list[Membership]:
    """Who of the office may confirm a head whom this person notes; acting ones in their term."""
    return list(office.memberships.confirming(office.today()).heads().exclude(user=by))


def acting_beside(membership: Membership) -> list[Membership]:
    """The others who act as head of the office on the same days."""
    last = membership.ends_on or membership.starts_on
    beside = Membership.objects.beside(membership.office, membership.starts_on, last)
    return list(beside.exclude(pk=membership.pk))


def shares_a_word(stored: str, typed: str) -> bool:
    """Whether two names share a word, titles aside: enough to notice another person's number."""
    words = {word.strip(".,").casefold() for word in typed.split() if len(word.strip(".,")) > 2}
    return bool(words & {word.strip(".,").casefold() for word in stored.split()})
