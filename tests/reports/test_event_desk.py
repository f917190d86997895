"""Events on the desk: what should be over by now, and what comes next, for whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from events import actions
from tests.factories import (
    AssignmentFactory,
    EventFactory,
    FollowUpFactory,
    OfficeFactory,
    OfficerFactory,
    UserFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db
OVERDUE = "Kegiatan yang waktunya sudah lewat"
COMING = "Kegiatan dua pekan ini"
UNREPORTED = "Laporan belum dibuat"
UNANSWERED = "Undangan belum dijawab"


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

    assert shown(page, events) == {"past", "soon", "done"}
    assert page.index(OVERDUE) < page.index(UNREPORTED) < page.index(COMING)


def test_what_is_held_today_stands_first_for_those_who_keep_it(client, village, events) -> None:
    its = {"office": village.office, "regions": [village.region]}
    today = EventFactory(**its, title="Hari ini juga", went="started")
    form = f'href="{today.get_absolute_url()}hadir/"'
    report = f'href="{events["done"].get_absolute_url()}laporan/"'

    page = desk(client, UserFactory(staff_of=village.office))
    head = desk(client, UserFactory(head_of=village.office))

    assert page.count("Hari ini juga") == 2  # by its name, and by its button
    assert page.index("Kegiatan hari ini") < page.index(form) < page.index(OVERDUE)
    assert "Sebentar lagi" in page.partition(COMING)[2]
    assert report in page
    assert "Hari ini juga" in head.partition(COMING)[2]
    assert form not in head
    assert report not in head


def test_a_head_is_told_of_both_but_closes_nothing(client, village, events) -> None:
    page = desk(client, UserFactory(head_of=village.office))

    assert shown(page, events) == {"past", "soon", "done"}
    assert OVERDUE in page
    assert "Nyatakan selesai" not in page


def test_the_village_and_its_guide_see_what_comes(client, village, events) -> None:
    guide = AssignmentFactory(officer=OfficerFactory(office=village.office), village=village)
    for user in (UserFactory(village=village), guide.officer.user):
        page = desk(client, user)
        assert shown(page, events) == {"soon", "off"}  # who was told of it hears that it is off
        assert page.index("Tidak jadi") < page.index("Sebentar lagi")
        assert "Dibatalkan" in page
        assert OVERDUE not in page


def test_what_nobody_closed_leaves_room_for_what_comes(client) -> None:
    office = OfficeFactory()
    for days in range(12):
        EventFactory(office=office, regions=[], **in_days(-30 - days))
    EventFactory(office=office, regions=[], title="Besok pagi", **in_days(1))

    assert "Besok pagi" in desk(client, UserFactory(staff_of=office))


def test_a_desk_without_events_says_nothing_of_them(client) -> None:
    page = desk(client, UserFactory(staff_of=OfficeFactory()))

    for heading in (OVERDUE, COMING, UNREPORTED, UNANSWERED):
        assert heading not in page


def test_reports_that_nobody_wrote_lie_there_the_oldest_first(client) -> None:
    office = OfficeFactory()
    for days, title in ((-2, "Pekan ini"), (-40, "Bulan lalu")):
        EventFactory(office=office, regions=[], went="finished", title=title, **in_days(days))

    page = desk(client, UserFactory(staff_of=office))

    assert page.index(UNREPORTED) < page.index("Bulan lalu") < page.index("Pekan ini")


def invited(event, *titles: str):
    facts = {"kind": "police", "institution": "Polsek", "person": ""}
    return [
        actions.invite(event, facts={**facts, "title": it}, by=event.created_by) for it in titles
    ]


def test_guests_who_did_not_answer_are_counted_while_the_event_comes(
    client, village, events
) -> None:
    for name in ("past", "soon", "far"):
        invited(events[name], "Kapolsek", "Wakapolsek")
    answered = EventFactory(office=village.office, regions=[], title="Semua hadir", **in_days(4))
    for guest in [*invited(answered, "Camat"), *invited(events["soon"], "Danramil")]:
        facts = {"reply": "coming", "represented_by": ""}
        actions.note_reply(guest, facts=facts, by=answered.created_by)

    staff, head = UserFactory(staff_of=village.office), UserFactory(head_of=village.office)
    heap = desk(client, staff).partition(UNANSWERED)[2].partition("</ul>")[0]

    assert "2 belum menjawab" in heap
    assert shown(heap, events) == {"soon"}
    assert "Semua hadir" not in heap
    assert UNANSWERED not in desk(client, head)


def test_what_is_due_and_what_should_be_over_waits_for_staff(client, village, events) -> None:
    staff = UserFactory(staff_of=village.office)
    FollowUpFactory(source=events["done"], owner=staff, due_on=village.office.today())
    head = UserFactory(head_of=village.office)

    page, of_head = desk(client, staff), desk(client, head)

    assert "3 hal menunggu Anda" in page  # one to close, one to report, one to do
    assert page.index(OVERDUE) < page.index(UNREPORTED)
    assert "Tidak ada yang menunggu Anda" in of_head
