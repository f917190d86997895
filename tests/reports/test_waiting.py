"""Waiting times: from proposal to decision, with what went back and what waits now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.access import access_of
from accounts.models import Office, User
from reports.scope import scope_of
from reports.waiting import Waiting
from tests.factories import DesignationFactory, OfficeFactory, UserFactory, head_of
from villages import actions
from villages.models import Designation

pytestmark = pytest.mark.django_db


def waiting_of(user: User, **asked: str) -> Waiting:
    return Waiting(scope_of(access_of(user), asked))


def decided_after(office: Office, days: int) -> Designation:
    sheet = DesignationFactory(office=office, rejected=True)
    proposed = sheet.decided_at - timedelta(days=days)
    Designation.objects.filter(pk=sheet.pk).update(submitted_at=proposed)
    return sheet


@pytest.mark.parametrize(
    ("days", "told"),
    [([1, 2, 30], (2, 24, 30)), ([4], (4, 4, 4)), ([], (None, None, None))],
)
def test_the_middle_the_ninth_tenth_and_the_slowest(
    days: list[int], told: tuple[int | None, ...]
) -> None:
    office = OfficeFactory()
    for each in days:
        decided_after(office, each)

    total = waiting_of(UserFactory(staff_of=office)).total

    assert total.decided == len(days)
    assert (total.middle_days, total.tenth_days, total.slowest_days) == told


def test_only_what_was_decided_in_the_period_counts() -> None:
    office = OfficeFactory()
    decided_after(office, 3)
    user = UserFactory(staff_of=office)

    this_month = f"{office.today():%Y-%m}"

    assert waiting_of(user, periode=this_month).total.decided == 1
    assert waiting_of(user, periode="2020").total.decided == 0


def test_every_return_is_a_round() -> None:
    office = OfficeFactory()
    sheet = DesignationFactory(office=office, returned=True)
    actions.submit(sheet, by=sheet.created_by)
    head = head_of(office)
    actions.return_to_staff(sheet, note="Sekali lagi.", by=head.user)
    actions.submit(sheet, by=sheet.created_by)
    actions.reject(sheet, reason="Belum.", head=head, by=head.user)
    DesignationFactory(office=office, rejected=True)
    DesignationFactory(office=office, returned=True)  # not decided: not counted

    waiting = waiting_of(UserFactory(staff_of=office))

    assert (waiting.total.decided, waiting.total.returned, waiting.total.rounds) == (2, 1, 2)
    assert {rounds for _, _, rounds in waiting.slowest} == {0, 2}


def test_what_waits_now_is_told_the_longest_first() -> None:
    office = OfficeFactory()
    late, later = (DesignationFactory(office=office, submitted=True) for _ in range(2))
    since = timezone.now() - timedelta(days=20)
    Designation.objects.filter(pk=late.pk).update(status_at=since)
    DesignationFactory(office=office)

    waiting = waiting_of(UserFactory(staff_of=office))

    assert waiting.longest == [late, later]
    assert (waiting.total.waiting, waiting.total.waiting_since) == (2, since)
    assert waiting.total.preparing == 1


def test_observers_see_office_by_office(sign_in) -> None:
    here, there = OfficeFactory(), OfficeFactory()
    decided_after(here, 2)
    DesignationFactory(office=there, submitted=True)
    OfficeFactory()  # nothing to tell
    kanwil = UserFactory(observer_of=here.parent)

    told = dict(waiting_of(kanwil).offices)
    page = sign_in(kanwil).get(reverse("reports:recap_waiting"))

    assert set(told) == {here, there}
    assert (told[here].middle_days, told[there].waiting) == (2, 1)
    assert f"?kantor={here.code}" in page.content.decode()


def test_what_was_decided_at_once_took_less_than_a_day(sign_in) -> None:
    sheet = DesignationFactory(approved=True)

    page = sign_in(UserFactory(staff_of=sheet.office)).get(reverse("reports:recap_waiting")).text

    assert "dalam <strong>kurang dari sehari</strong> sejak diajukan" in page
    assert "0 hari" not in page
