"""Who serves where in which role: now, soon, before; and which offices lack somebody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.db.models import Case, Count, Exists, ExpressionWrapper, F, OuterRef, Q, Value, When
from django.http import QueryDict

from accounts import second_factor
from accounts.access import Access
from accounts.models import Membership, Office, OfficeKind, Role
from accounts.models.membership import MembershipQuerySet
from accounts.models.office import OfficeQuerySet, today_there
from accounts.models.role import POWERFUL, live_roles
from accounts.people import ORDER, SOON


class RoleFilter(models.TextChoices):
    """Which roles the roster shows, by when they count."""

    LIVE = "live", "Berlaku"
    SOON = "soon", "Segera berakhir"
    ACTING = "acting", "Plt. dan Plh."
    COMING = "coming", "Belum mulai"
    OVER = "over", "Sudah berakhir"
    UNPROTECTED = "unprotected", "Tanpa faktor kedua"


class Lack(models.TextChoices):
    """Of whom a Kantor Imigrasi has nobody today."""

    HEAD = "head", "Kantor tanpa kepala"
    ADMIN = "admin", "Kantor tanpa administrator"


@dataclass(frozen=True)
class Roster:
    """What is asked of the roles that a person looks after; the question lives in the address."""

    access: Access
    text: str
    term: str
    role: str
    office: str
    lack: str

    @classmethod
    def of(cls, access: Access, asked: QueryDict) -> Roster:
        """The search as it was typed and chosen; what does not exist asks for nothing."""
        text, office = (asked.get(name, "").strip().replace("\0", "") for name in ("q", "kantor"))
        term, role, lack = (asked.get(name, "") for name in ("keadaan", "peran", "kurang"))
        return cls(
            access=access,
            text=text,
            term=term if term in RoleFilter.values else RoleFilter.LIVE,
            role=role if role in Role.values else "",
            office=office,
            lack=lack if lack in Lack.values else "",
        )

    @property
    def terms(self) -> list[tuple[str, str, int]]:
        """Each heap of roles with its words and how many lie there."""
        counts = self.counts
        return [
            (term.value, str(term.label), counts[term])
            for term in RoleFilter
            if term != RoleFilter.UNPROTECTED or self.access.is_admin
        ]

    @property
    def lacks(self) -> list[tuple[str, str, int]]:
        """Which offices lack somebody, and how many they are."""
        return [(lack.value, str(lack.label), self.office_counts[lack]) for lack in Lack]

    @property
    def roles(self) -> list[tuple[str, str]]:
        """The roles to choose from."""
        return [(role.value, str(role.label)) for role in Role]

    @property
    def has_many(self) -> bool:
        """Whether there is more than one office to look after."""
        return len(self.access.overseen_office_ids) > 1

    @property
    def title(self) -> str:
        """What is listed, in words."""
        return str(Lack(self.lack).label) if self.lack else str(RoleFilter(self.term).label)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many roles lie on each heap."""
        counted = {term.value: Count("pk", filter=self._at(term)) for term in RoleFilter}
        return self._roles().order_by().aggregate(**counted)

    @cached_property
    def office_counts(self) -> dict[str, int]:
        """How many offices lack whom."""
        counted = {lack.value: Count("pk", filter=self._lacking(lack)) for lack in Lack}
        return self._offices().order_by().aggregate(**counted)

    def members(self) -> MembershipQuerySet:
        """The roles that were asked for, with person and office."""
        found = self._roles().filter(self._at(RoleFilter(self.term)))
        if self.role:
            found = found.filter(role=self.role)
        if self.text:
            names = ("user__name", "title", "office__name", "office__city")
            found = found.filter(_any_contains(self.text, *names))
        return found.with_page().order_by(*self._order())

    def lacking(self) -> OfficeQuerySet:
        """The offices that lack whom was asked for, with the unit above."""
        found = self._offices().filter(self._lacking(Lack(self.lack))).matching(self.text)
        return found.select_related("parent").order_by("name")

    def _roles(self) -> MembershipQuerySet:
        roles = Membership.objects.visible_to(self.access)
        roles = roles.filter(office__in=self.access.overseen_office_ids)
        if self.office:
            roles = roles.filter(office__code=self.office)
        return roles.annotate(
            holds=_whether(live_roles(today_there("office__"))),
            lacks_factor=self._lacks_factor(),
        )

    def _lacks_factor(self) -> models.expressions.BaseExpression:
        """Whether a role needs a second factor that the person has not set up.

        Told to those alone who keep the office, and can do something about it.
        """
        access = self.access
        kept = access.office_ids if access.is_national_admin else access.administered_office_ids
        if not kept:
            return Value(value=False)
        needs = Q(role__in=POWERFUL, office__in=kept)
        return _whether(needs & ~Q(second_factor.has_been_set_up()))

    def _offices(self) -> OfficeQuerySet:
        live = Membership.objects.on(today_there("office__")).filter(office=OuterRef("pk"))
        offices = Office.objects.visible_to(self.access).open()
        offices = offices.of_kind(OfficeKind.IMMIGRATION_OFFICE)
        offices = offices.filter(pk__in=self.access.overseen_office_ids)
        if self.office:
            offices = offices.filter(code=self.office)
        return offices.annotate(
            has_head=Exists(live.filter(role=Role.HEAD)),
            has_admin=Exists(live.filter(role=Role.ADMIN)),
        )

    def _at(self, term: RoleFilter) -> Q:
        today = today_there("office__")
        live = Q(holds=True)
        match term:
            case RoleFilter.LIVE:
                return live
            case RoleFilter.SOON:
                return live & Q(ends_on__lte=today + Value(SOON))
            case RoleFilter.ACTING:
                return live & ~Q(acting_kind="")
            case RoleFilter.COMING:
                return Q(starts_on__gt=today) | Q(awaits=True, holds=False) & ~Q(ends_on__lt=today)
            case RoleFilter.OVER:
                return Q(ends_on__lt=today)
            case RoleFilter.UNPROTECTED:
                return live & Q(lacks_factor=True)

    def _lacking(self, lack: Lack) -> Q:
        return Q(has_head=False) if lack == Lack.HEAD else Q(has_admin=False)

    def _order(self) -> list[str | models.expressions.Combinable]:
        ranks = [When(role=role, then=Value(place)) for role, place in ORDER.items()]
        match self.term:
            case RoleFilter.SOON | RoleFilter.ACTING:
                return ["ends_on", "office__name", "user__name", "pk"]
            case RoleFilter.COMING:
                return ["starts_on", "office__name", "user__name", "pk"]
            case RoleFilter.OVER:
                return [F("ends_on").desc(), "office__name", "user__name", "pk"]
            case _:
                return ["office__name", Case(*ranks), "acting_kind", "user__name", "pk"]


def _whether(condition: Q) -> ExpressionWrapper[Q]:
    return ExpressionWrapper(condition, output_field=models.BooleanField())


def _any_contains(text: str, *names: str) -> Q:
    found = Q()
    for name in names:
        found |= Q(**{f"{name}__icontains": text})
    return found
