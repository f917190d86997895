"""Acting heads by date, in the office's own time zone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

import accounts.actions
from accounts.access import access_of
from accounts.models import Membership, Office, Role, User
from tests.factories import DesignationFactory, OfficeFactory, UserFactory, head_of
from villages.models import Designation
from villages.permissions import can_decide

pytestmark = pytest.mark.django_db

# Half past midnight on 1 July in Jayapura is half past ten in the evening of 30 June in Jakarta.
BETWEEN_MIDNIGHTS = datetime(2026, 6, 30, 15, 30, tzinfo=UTC)


def decides(user: User, designation: Designation) -> bool:
    loaded = Designation.objects.with_page().get(pk=designation.pk)
    return bool(can_decide(access_of(user), loaded))


def test_a_plh_decides_beside_a_present_head() -> None:
    designation = DesignationFactory(submitted=True)
    today = designation.office.today()
    head = head_of(designation.office).user
    deputy = UserFactory(
        head_of=designation.office,
        head_of__acting_kind="plh",
        head_of__starts_on=today,
        head_of__ends_on=today,
    )

    assert decides(head, designation)
    assert decides(deputy, designation)


@pytest.mark.parametrize(("first", "last"), [(-9, -1), (1, 9)])
def test_an_acting_head_decides_only_between_the_dates(first: int, last: int) -> None:
    designation = DesignationFactory(submitted=True)
    today = designation.office.today()
    deputy = UserFactory(
        head_of=designation.office,
        head_of__acting_kind="plt",
        head_of__starts_on=today + timedelta(days=first),
        head_of__ends_on=today + timedelta(days=last),
    )

    assert not decides(deputy, designation)


@pytest.mark.parametrize(("zone", "is_over"), [("Asia/Jakarta", False), ("Asia/Jayapura", True)])
def test_the_last_day_ends_at_the_offices_own_midnight(
    zone: str, is_over: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = OfficeFactory(timezone=zone)
    designation = DesignationFactory(office=office, submitted=True)
    deputy = UserFactory(
        head_of=office, head_of__acting_kind="plh", head_of__ends_on=date(2026, 6, 30)
    )

    monkeypatch.setattr(timezone, "now", lambda: BETWEEN_MIDNIGHTS)

    assert decides(deputy, designation) is not is_over


def test_a_staff_member_who_acts_as_head_does_not_decide_on_their_own_sheet() -> None:
    designation = DesignationFactory(submitted=True)
    maker = designation.created_by
    accounts.actions.start_membership(_acting(maker, designation.office), by=None)

    assert access_of(maker).has_role(Role.HEAD, designation.office_id)
    assert not decides(maker, designation)


def test_an_acting_head_needs_an_end() -> None:
    endless = _acting(UserFactory(), OfficeFactory(), ends_on=None)

    with pytest.raises(ValidationError, match="dengan tanggal akhir"):
        accounts.actions.start_membership(endless, by=None)


def test_an_office_has_one_head_proper_at_a_time() -> None:
    office = OfficeFactory()
    head_of(office)
    second = Membership(user=UserFactory(), office=office, role=Role.HEAD, starts_on=office.today())

    with pytest.raises(ValidationError, match="sudah memiliki kepala"):
        accounts.actions.start_membership(second, by=None)


def _acting(user: User, office: Office, **changed: object) -> Membership:
    today = office.today()
    dates = {"starts_on": today, "ends_on": today, **changed}
    return Membership(user=user, office=office, role=Role.HEAD, acting_kind="plh", **dates)
