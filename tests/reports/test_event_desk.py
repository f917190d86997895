"""Events on the desk: what should be over by now, and what comes next, for whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import (
    AssignmentFactory,
    EventFactory,
    OfficeFactory,
    OfficerFactory,
    UserFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db
OVERDUE = "Kegiatan yang waktunya sudah lewat"
COMING = "Kegiatan dua pekan ini"


def in_days(days: int) -> dict[str, object]:
    return {"starts_at": timezone.now() + timedelta(days=days)}


@pytest.fixture
def village():
    return VillageFactory()


@pytest.fixture
def events(village):
    """One of each sort, all for one village; and one of another office."""
    its = {"office": village.office, "regions": [village.region]}
    made = {
        "past": EventFactory(**its, **in_days(-3), title="Sudah lewat"),
        "soon": EventFactory(**its, **in_days(3), title="Sebentar lagi"),
        "far": EventFactory(**its, **in_days(30), title="Masih lama"),
        "done": EventFactory(**its, **in_days(-1), went="finished", title="Sudah selesai"),
        "off": EventFactory(**its, **in_days(2), went="cancelled", title="Tidak jadi"),
    }
    return made | {"elsewhere": EventFactory(**in_days(1), title="Kantor lain")}


def desk(client, user) -> str:
    client.force_login(user)
    return client.get("/").content.decode()


def shown(page: str, events) -> set[str]:
    return {name for name, event in events.items() if event.title in page}


def test_staff_are_told_what_should_be_over_and_what_comes(client, village, events) -> None:
    page = desk(client, UserFactory(staff_of=village.office))

    assert shown(page, events) == {"past", "soon"}
    assert page.index(OVERDUE) < page.index(COMING)


def test_a_head_is_told_of_both_but_closes_nothing(client, village, events) -> None:
    page = desk(client, UserFactory(head_of=village.office))

    assert shown(page, events) == {"past", "soon"}
    assert OVERDUE in page
    assert "Nyatakan selesai" not in page


def test_the_village_and_its_guide_see_what_comes(client, village, events) -> None:
    guide = AssignmentFactory(officer=OfficerFactory(office=village.office), village=village)
    for user in (UserFactory(village=village), guide.officer.user):
        page = desk(client, user)
        assert shown(page, events) == {"soon"}
        assert OVERDUE not in page


def test_what_nobody_closed_leaves_room_for_what_comes(client) -> None:
    office = OfficeFactory()
    for days in range(12):
        EventFactory(office=office, regions=[], **in_days(-30 - days))
    EventFactory(office=office, regions=[], title="Besok pagi", **in_days(1))

    assert "Besok pagi" in desk(client, UserFactory(staff_of=office))


def test_a_desk_without_events_says_nothing_of_them(client) -> None:
    page = desk(client, UserFactory(staff_of=OfficeFactory()))

    assert OVERDUE not in page
    assert COMING not in page
