"""Questions that are written once: the answer is that of the queryset, for each key and moment."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Q
from django.utils import timezone

from accounts.access import access_of
from accounts.held import roles_of
from accounts.models import Membership, Office
from accounts.models.office import today_there
from desabinaan.asked import Asked, present
from tests.factories import AssignmentFactory, MembershipFactory, UserFactory, VillageAccessFactory
from villages.people import villages_of

pytestmark = pytest.mark.django_db
RECENTLY, FIXED = timedelta(days=7), datetime(2026, 3, 2, tzinfo=UTC)


def test_each_key_gets_its_own_answer() -> None:
    first, second, third = (MembershipFactory() for _ in range(3))
    asked = Asked(
        lambda office, user: (
            Membership.objects.filter(Q(office__among=[office]) | Q(user=user))
            .order_by("pk")
            .values_list("pk")
        )
    )

    assert asked.of(office=first.office_id, user=second.user_id) == [(first.pk,), (second.pk,)]
    assert asked.of(office=second.office_id, user=third.user_id) == [(second.pk,), (third.pk,)]
    assert asked.of(office=0, user=0) == []


def test_the_present_moves_on(monkeypatch: pytest.MonkeyPatch) -> None:
    office = MembershipFactory().office
    asked = Asked(
        lambda office: Office.objects.filter(pk=office).values_list(today_there(), flat=False)
    )
    assert asked.of(office=office.pk) == [(office.today(),)]

    monkeypatch.setattr(timezone, "now", lambda: datetime(2031, 5, 6, 20, tzinfo=UTC))
    assert asked.of(office=office.pk) == [(date(2031, 5, 7),)]  # past midnight in Jakarta


@pytest.mark.parametrize(
    "stale",
    [
        lambda user: Membership.objects.on(timezone.localdate()).filter(user=user),
        lambda user: Membership.objects.filter(user=user, created_at__lt=timezone.now()),
        lambda user: Membership.objects.filter(user=user, created_at__gt=present() - RECENTLY),
        lambda user: Membership.objects.filter(user=user, created_at__gt=FIXED),
    ],
    ids=["a day", "the clock's now", "shortly before now", "a fixed moment"],
)
def test_what_would_stay_as_it_was_is_refused(stale: Any) -> None:
    with pytest.raises(TypeError, match="would stay the same"):
        Asked(lambda user: stale(user).values_list("pk")).of(user=1)


def test_the_present_is_marked_for_the_question_alone() -> None:
    before = timezone.now()
    role = MembershipFactory()
    asked = Asked(
        lambda office: Membership.objects.filter(
            office=office, created_at__lte=present()
        ).values_list("pk")
    )

    assert asked.of(office=role.office_id) == [(role.pk,)]
    assert before <= present() <= timezone.now()


def test_the_roles_are_those_that_a_queryset_finds() -> None:
    today = MembershipFactory().office.today()
    user = UserFactory()
    live = MembershipFactory(user=user, starts_on=today)
    over = MembershipFactory(
        user=user, starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=2)
    )

    held = roles_of(user)

    assert held == (over, live)
    for role in held:
        kept = Membership.objects.select_related("user", "office__parent").get(pk=role.pk)
        for mine, theirs in (
            (role, kept),
            (role.office, kept.office),
            (role.office.parent, kept.office.parent),
        ):
            values = {f.attname: getattr(mine, f.attname) for f in theirs._meta.concrete_fields}
            assert values == {
                f.attname: getattr(theirs, f.attname) for f in theirs._meta.concrete_fields
            }
    assert access_of(user).memberships == (live,)


def test_one_persons_villages_are_never_anothers() -> None:
    official, guide = VillageAccessFactory(), AssignmentFactory()

    first, second = villages_of(official.user), villages_of(guide.officer.user)

    assert (first.own, first.assigned) == ({official.village_id}, frozenset())
    assert (second.own, second.assigned) == (frozenset(), {guide.village_id})
