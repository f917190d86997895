"""What an officer is and holds, found for a page: villages, sheets, those who could take over."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, prefetch_related_objects

from accounts.access import Access, is_village_account
from accounts.actions import VILLAGE_ACCOUNT, Person
from accounts.models import Membership, Office, Role, User
from accounts.models.membership import roles_of
from accounts.people import shares_a_word
from accounts.permissions import can_note_number, can_settle_employment
from desabinaan.workflow import Answer, Denied
from villages.models import (
    Assignment,
    ContactRole,
    Designation,
    Officer,
    Preparer,
    Status,
    Village,
)
from villages.models.designation import DesignationQuerySet
from villages.models.officer import OfficerQuerySet
from villages.models.status import EDITABLE, UNNUMBERED
from villages.models.village import VillageQuerySet
from villages.permissions import can_keep_officers


@dataclass(frozen=True, slots=True)
class NowAndBefore:
    """Assignments of an officer or of a village: those in force or to come, and those over."""

    current: list[Assignment]
    former: list[Assignment]

    @classmethod
    def of(cls, assignments: Iterable[Assignment]) -> NowAndBefore:
        """Part them."""
        everything = list(assignments)
        former = [it for it in everything if it.is_over()]
        return cls([it for it in everything if it not in former], former)

    @property
    def is_guided(self) -> bool:
        """Whether one of them holds today."""
        return any(it.is_live() for it in self.current)

    @property
    def passed_on(self) -> list[Assignment]:
        """Those that somebody else takes on once they end."""
        return [it for it in self.current if it.heirs]

    @property
    def to_pass_on(self) -> list[Assignment]:
        """The others."""
        return [it for it in self.current if not it.heirs]

    @property
    def unlettered(self) -> list[Assignment]:
        """Those in force or to come, and to stay, that no surat tugas of the portal speaks of.

        None is due where nothing is left to guide.
        """
        return [it for it in self.to_pass_on if it.letter is None and not it.is_adrift]


@dataclass(frozen=True, slots=True)
class Guides:
    """Who guides a village, and what this person may know and do about it."""

    assignments: NowAndBefore
    is_inside: bool
    may_keep: Answer

    @property
    def adrift(self) -> Assignment | None:
        """One that goes on though nothing is left to guide here, and where the village stands."""
        return next((it for it in self.assignments.current if it.is_adrift), None)

    @classmethod
    def of(cls, village: Village, access: Access) -> Guides:
        """In one query."""
        assignments = Assignment.objects.visible_to(access).filter(village=village)
        return cls(
            NowAndBefore.of(assignments.with_list().with_standing().with_heirs()),
            is_inside=village.office_id in access.office_ids,
            may_keep=can_keep_officers(access, village.office),
        )


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that an officer holds, and who could take it on."""

    assignments: list[Assignment] = field(default_factory=list)
    passed_on: list[Assignment] = field(default_factory=list)  # somebody takes it on already
    sheets: list[Designation] = field(default_factory=list)
    running: list[Designation] = field(default_factory=list)  # goes on without them
    successors: list[Officer] = field(default_factory=list)
    colleagues: list[User] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to hand over."""
        return not self.assignments and not self.sheets


def holdings_of(officer: Officer, access: Access) -> Holdings:
    """Everything that the officer holds today or is to hold, in five queries."""
    prepared = list(_prepared_by(officer, access))
    mine = Assignment.objects.visible_to(access).filter(officer=officer).not_over()
    held = _told(mine.with_desk().with_heirs())
    others = Officer.objects.visible_to(access).filter(office=officer.office).live().with_list()
    return Holdings(
        assignments=[it for it in held if not it.heirs],
        passed_on=[it for it in held if it.heirs],
        sheets=[sheet for sheet in prepared if sheet.is_editable],
        running=[sheet for sheet in prepared if not sheet.is_editable],
        successors=list(others.exclude(pk=officer.pk)),
        colleagues=_colleagues_of(officer),
    )


def _prepared_by(officer: Officer, access: Access) -> DesignationQuerySet:
    """The office's open sheets that the person opened or helped to fill in.

    In preparation, with the head, or designated under a decree that has no number yet.
    """
    helped = Preparer.objects.filter(designation=OuterRef("pk"), user=officer.user)
    theirs = Designation.objects.visible_to(access).filter(office=officer.office)
    still_open = theirs.filter(Q(status__in=[*EDITABLE, Status.SUBMITTED]) | UNNUMBERED)
    return still_open.filter(Q(created_by=officer.user) | Exists(helped)).with_list()


def _colleagues_of(officer: Officer) -> list[User]:
    """The office's staff, who may go on with a sheet."""
    today = officer.office.today()
    staff = Membership.objects.on(today).filter(office=officer.office, role=Role.STAFF)
    others = staff.exclude(user=officer.user).with_page().order_by("user__name")
    return list(dict.fromkeys(membership.user for membership in others))


def guided_by(access: Access) -> list[Assignment]:
    """The villages that this person guides today: since when, with whom, whom to call there."""
    mine = Assignment.objects.visible_to(access).filter(officer__user=access.user).live()
    return _told(mine.with_desk().with_heirs())


def _told(assignments: Iterable[Assignment]) -> list[Assignment]:
    """Each with the words for what its contacts are, and the village with where it stands."""
    told = list(assignments)
    for assignment in told:
        assignment.village.standing = assignment.standing
        for contact in assignment.contacts:
            contact["title"] = contact["title"] or ContactRole(contact["role"]).label
    return told


def candidates_for(village: Village) -> OfficerQuerySet:
    """Who may be sent to the village and is not there yet; a Rudenim lends its officers by name."""
    return Officer.objects.who_may_guide(village).not_over()


def once_guided_by(office: Office) -> VillageQuerySet:
    """The villages that the office guides or guided: of these it may be told the names."""
    return Village.objects.filter(guiding_terms__office=office).distinct()


def ticked[Row: Model](rows: Iterable[Row], chosen: frozenset[int]) -> list[tuple[Row, bool]]:
    """Each row of a list to choose from, and whether it was chosen: nothing ticked is lost."""
    return [(row, row.pk in chosen) for row in rows]


def candidates_of(office: Office) -> list[Membership]:
    """Who serves in the office and is no PIMPASA of any: each once, with what they are."""
    serving = Membership.objects.on(office.today()).filter(office=office)
    terms = Officer.objects.live().filter(user=OuterRef("user"))
    free = serving.exclude(Exists(terms)).with_page().order_by("user__name", "pk")
    return list({membership.user_id: membership for membership in free}.values())


def behind(number: str) -> User | None:
    """Whoever is in the portal with this number, in whatever office; `why_not` comes next."""
    return User.objects.with_sign_in_name(number)


def why_not(user: User, name: str, office: Office) -> str:
    """Why the person behind a number that is known already does not become one here; or nothing.

    Who serves here may, and who serves nowhere: others would get a way in that is not theirs.
    """
    if is_village_account(user):
        return VILLAGE_ACCOUNT
    return why_not_by_roles(user, user.memberships.select_related("office"), name, office)


def why_not_by_roles(user: User, roles: Iterable[Membership], name: str, office: Office) -> str:
    """The same for an account that is no village's, whose roles are at hand."""
    if not user.is_active:
        return "Akun ini dinonaktifkan. Hubungi administrator nasional."
    serves = {role.office_id for role in roles if role.is_live() or role.is_coming()}
    if serves and office.pk not in serves:
        return (
            "Orang ini bertugas di kantor lain. Minta administrator kantor Anda mengundangnya "
            "ke kantor ini dahulu."
        )
    if office.pk not in serves and not shares_a_word(user.name, name):
        return "NIP ini sudah tercatat dengan nama lain; periksa NIP dan namanya."
    return ""


def why_not_settled(access: Access, user: User, told: Person, office: Office) -> dict[str, str]:
    """Why this person may not change what is known of another, by field; nothing where they may."""
    prefetch_related_objects([user], roles_of())
    answers: dict[str, Answer] = {}
    if (told.username, told.employment, told.rank) != (user.username, user.employment, user.rank):
        answers["rank"] = can_settle_employment(access, user)
    if told.username != user.username:
        answers["nip"] = can_note_number(access, user, office)
    return {name: it.reason for name, it in answers.items() if isinstance(it, Denied)}


@dataclass(frozen=True, slots=True)
class VisitSide:
    """What the app above tells of an officer's visits: loaded with the officer, then read."""

    loaded: Callable[[OfficerQuerySet], OfficerQuerySet] = lambda officers: officers
    visits_of: Callable[[Officer], list[Any]] = lambda _officer: []


_visit_side = VisitSide()


def provide_visits(side: VisitSide) -> None:
    """Let the app above say which visits an officer made."""
    global _visit_side  # noqa: PLW0603 - registered once, when the app above is ready
    _visit_side = side


def with_visits(officers: OfficerQuerySet) -> OfficerQuerySet:
    """With the latest visits of each, and their number, as the app above tells them."""
    return _visit_side.loaded(officers)


def visits_of(officer: Officer) -> list[Any]:
    """The latest visits of an officer who was loaded `with_visits`."""
    return _visit_side.visits_of(officer)
