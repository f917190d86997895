"""Dated roles of people in offices; acting heads among them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Now

from accounts.models.office import Office, OfficeKind, today_there
from accounts.models.role import POWERFUL, ActingKind, Role, is_in_force, live_roles
from accounts.models.user import User
from audit.models import Entry, EntryQuerySet
from desabinaan import ranges
from desabinaan.locking import LockingQuerySet

if TYPE_CHECKING:
    from accounts.access import Access


class MembershipQuerySet(LockingQuerySet["Membership"]):
    def on(self, day: date | Combinable) -> Self:
        """Those in force on this day, the last one included; what awaits confirmation is not."""
        return self.filter(live_roles(day))

    def awaiting(self, day: date | Combinable) -> Self:
        """The heads whom nobody has confirmed yet, and whose time is not over."""
        return self.not_over(day).filter(awaits=True)

    def confirming(self, day: date | Combinable) -> Self:
        """The heads of this day who may confirm others, as `permissions.can_confirm` says."""
        there = Membership.objects.filter(office=OuterRef("office"), user=OuterRef("user"))
        administer = Exists(there.on(day).filter(role=Role.ADMIN))
        return self.on(day).filter(Q(acting_kind="") | ~administer, role=Role.HEAD)

    def appoints_heads(self, user: User, office: Office) -> bool:
        """Whether this person says on their own who leads the office: its head, or the nation's.

        An acting head does not: who leads for two days would make one for seventy years.
        """
        there = Q(role=Role.HEAD, office=office, acting_kind="")
        above = Q(role=Role.ADMIN, office__kind=OfficeKind.DIRECTORATE)
        live = self.on(today_there("office__"))
        return live.filter(there | above, user=user).exists()

    def has_ever_led(self, office: Office) -> bool:
        """Whether anybody was noted to lead the office, and not struck out as one's own slip.

        History is asked, too: a head sent from above stays in it, whoever strikes them out.
        """
        struck = heads_overruled(Entry.objects.about(office))
        return self.filter(office=office, role=Role.HEAD).exists() or struck.exists()

    def beside(self, office: Office, first: date, last: date) -> Self:
        """The acting heads of the office who act on any of these days."""
        acting = self.filter(office=office, starts_on__lte=last, ends_on__gte=first)
        return acting.exclude(acting_kind="").select_related("user").order_by("starts_on", "pk")

    def visible_to(self, access: Access) -> Self:
        """The roles in the offices that this person may read."""
        return self.filter(office__in=access.office_ids)

    def not_over(self, day: date | Combinable) -> Self:
        """Those in force on this day, and those still to come."""
        return self.exclude(ends_on__lt=day)

    def heads(self) -> Self:
        """Heads and acting heads, with the person; the head proper comes first."""
        return self.filter(role=Role.HEAD).select_related("user").order_by("acting_kind", "pk")

    def with_page(self) -> Self:
        """With the person and the office."""
        return self.select_related("user", "office")

    def with_power(self) -> Self:
        """With the person, and in `is_of_the_powerful` whether they hold or held power anywhere."""
        powers = Membership.objects.filter(user=OuterRef("user"), role__in=POWERFUL)
        struck = powers_struck_out(Entry.objects.about_each(User, "user"))
        power = Exists(powers) | Exists(struck)
        return self.select_related("user").annotate(is_of_the_powerful=power)

    def with_reach(self) -> Self:
        """In `reach` the units below the office that the role reads, if it does."""
        below = Office.objects.order_by().filter(
            Q(parent=OuterRef("office")) | Q(parent__parent=OuterRef("office"))
        )
        reads_below = Q(role=Role.OBSERVER) | Q(role=Role.ADMIN, office__kind="directorate")
        # Answered with the role itself, so that looking below costs no question of its own.
        reach = Case(
            When(reads_below, then=ArraySubquery(below.values("pk"))),
            default=Value([], output_field=ArrayField(models.BigIntegerField())),
        )
        return self.annotate(reach=reach)

    def with_held(self) -> Self:
        """With the person and the office."""
        return self.with_page()


class Membership(models.Model):
    """A person's role in an office, from one day to another."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField("peran", max_length=10, choices=Role)
    acting_kind = models.CharField("status jabatan", max_length=3, choices=ActingKind, blank=True)
    title = models.CharField("jabatan", max_length=120, blank=True)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("sampai", null=True, blank=True)
    basis = models.CharField("dasar", max_length=160, blank=True, default="")
    given_by = models.ForeignKey(
        User,
        verbose_name="diberikan oleh",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    awaits = models.BooleanField(
        "menunggu pengesahan", default=False, db_default=False, editable=False
    )
    confirmed_by = models.ForeignKey(
        User,
        verbose_name="disahkan oleh",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    confirmed_at = models.DateTimeField("disahkan", null=True, editable=False)
    created_at = models.DateTimeField("dibuat", db_default=Now(), editable=False)

    # Set by `roles_of`.
    reach: list[int]
    has_second_factor: bool

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "peran"
        ordering = ["office", "role", "-starts_on"]
        constraints = [
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="membership_acting_kind_known",
                condition=Q(acting_kind__in=["", *ActingKind.values]),
            ),
            models.CheckConstraint(
                name="membership_dates_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
            ),
            models.CheckConstraint(
                name="membership_acting_is_a_dated_head",
                condition=Q(acting_kind="") | Q(role=Role.HEAD, ends_on__isnull=False),
                violation_error_message=(
                    "Plt./Plh. hanya untuk kepala kantor, dengan tanggal akhir."
                ),
            ),
            models.CheckConstraint(
                name="membership_awaits_as_head",
                condition=Q(awaits=False)
                | Q(role=Role.HEAD, given_by__isnull=False, confirmed_by=None),
            ),
            models.CheckConstraint(
                name="membership_confirmed_by_another",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(role=Role.HEAD, awaits=False, confirmed_at__isnull=False)
                & ~Q(confirmed_by=F("given_by"))
                & ~Q(confirmed_by=F("user")),
            ),
            *(
                ExclusionConstraint(
                    name=f"membership_no_overlap_{role}",
                    expressions=[
                        (ranges.only("user_id"), RangeOperators.OVERLAPS),
                        (ranges.only("office_id"), RangeOperators.OVERLAPS),
                        (ranges.days(), RangeOperators.OVERLAPS),
                    ],
                    condition=Q(role=role),
                    violation_error_message=(
                        "Orang ini sudah memegang peran itu pada tanggal tersebut."
                    ),
                )
                for role in Role.values
            ),
            ExclusionConstraint(
                name="membership_one_head_at_a_time",
                expressions=[
                    (ranges.only("office_id"), RangeOperators.OVERLAPS),
                    (ranges.days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(role=Role.HEAD, acting_kind=""),
                violation_error_message=(
                    "Kantor ini sudah memiliki kepala pada tanggal tersebut; "
                    "akhiri dahulu masa jabatannya, atau pilih Plt./Plh."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()} {self.office}"

    @property
    def role_words(self) -> str:
        """The role as people say it: "Plh. Kepala Kantor", or the position's own title."""
        base = self.title or self.get_role_display()
        return f"{self.get_acting_kind_display()} {base}" if self.acting_kind else base

    @property
    def acting_words(self) -> str:
        """Plt. or Plh. before the position; nothing for the head proper."""
        return self.get_acting_kind_display() if self.acting_kind else ""

    def vouches_for(self, noted: Membership) -> bool:
        """Whether a head may confirm another: acting ones only acting ones, in their own term."""
        if self.role != Role.HEAD or self.office_id != noted.office_id:
            return False
        if not self.acting_kind:
            return True
        mine, theirs = self.ends_on, noted.ends_on  # acting heads have both
        return bool(noted.acting_kind and mine and theirs and theirs <= mine)

    @property
    def has_power(self) -> bool:
        """Whether its holder decides, or says who does; their way in is reset from outside."""
        return self.role in POWERFUL

    def is_live(self) -> bool:
        """Whether it is in force today, by the calendar of the office, and confirmed."""
        return self.counts_on(self.office.today())

    def counts_on(self, day: date) -> bool:
        """Whether it is in force on this day, and confirmed."""
        return not self.awaits and is_in_force(self, day)

    def is_awaited(self) -> bool:
        """Whether it would be in force today, had it been confirmed."""
        return self.awaits and is_in_force(self, self.office.today())

    def is_coming(self) -> bool:
        """Whether its first day is still to come, by the calendar of the office."""
        return self.starts_on > self.office.today()

    def is_new(self) -> bool:
        """Whether it has not counted for a whole day yet, so that a slip may be struck out."""
        return self.starts_on >= self.office.today()


def powers_struck_out(history: EntryQuerySet) -> EntryQuerySet:
    """What a person's history keeps of power that counted, and was struck out on its first day."""
    struck = history.filter(verb="membership.cancelled", data__counted=True)
    return struck.filter(data__role__in=POWERFUL)


def heads_overruled(history: EntryQuerySet) -> EntryQuerySet:
    """What an office's history keeps of heads whom another struck out than who noted them."""
    struck = history.filter(verb="membership.cancelled", data__overruled=True)
    return struck.filter(data__role=Role.HEAD)


def roles_of(at: str = "") -> models.Prefetch[str, MembershipQuerySet, str]:
    """People's roles with their offices, in one query more; `at` leads to the people."""
    return models.Prefetch(f"{at}memberships", Membership.objects.select_related("office"))
