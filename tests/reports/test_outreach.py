"""What offices did with villages: events that were held, who came, visits; each where it counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from accounts.access import access_of
from accounts.models import Office, User
from events import actions
from events.actions import Person
from events.models import Attendee, Event, Turnout
from reports.load import Load
from reports.monthly import Report
from reports.outreach import Outreach
from reports.periods import named
from reports.scope import Scope, scope_of
from reports.tables import tables_of
from tests.factories import (
    AssignmentFactory,
    DirectorateFactory,
    EventFactory,
    JurisdictionFactory,
    OfficeFactory,
    OfficerFactory,
    RegionFactory,
    UserFactory,
    VillageFactory,
    VisitFactory,
)
from tests.races import together

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
MARCH = {"periode": "2026-03"}


def outreach_of(user: User, **asked: str) -> Outreach:
    return Outreach(scope_of(access_of(user), {**MARCH, **asked}))


def held(office: Office, *codes: str, at: datetime = NOON, **its: Any) -> Event:
    """An event that took place, for villages with these codes."""
    regions = [RegionFactory(code=code) for code in codes]
    return EventFactory(office=office, regions=regions, starts_at=at, went="finished", **its)


def came(event: Event, *people: Person, boys: int = 0, girls: int = 0) -> list[Attendee]:
    by = event.created_by
    if boys or girls:
        facts = {"school": "SMK 1", "grade": "XI", "boys": boys, "girls": girls}
        actions.write_school(event, facts=facts, by=by)
    return list(actions.attend(event, people, source="officer", by=by).new)


def figures(outreach: Outreach) -> tuple[int, ...]:
    return tuple(outreach.total)


@pytest.fixture
def office() -> Office:
    """It serves Kabupaten Wonosobo."""
    return JurisdictionFactory().office


@pytest.fixture
def staff(office) -> User:
    return UserFactory(staff_of=office)


def test_what_was_held_counts_with_who_came_and_nothing_else(office, staff) -> None:
    first = held(office, "33.07.06.2009")
    came(first, Person("Siti", "Tieng", sex="P"), Person("Agus", "Tieng", sex="L"),
         Person("Wati", "Burat"), boys=10, girls=12)  # fmt: skip
    for other in ({}, {"went": "cancelled"}):
        EventFactory(office=office, starts_at=NOON, **other)
    held(office, "33.07.06.2010", at=NOON - timedelta(days=30))
    held(OfficeFactory(), "33.07.06.2011")

    assert figures(outreach_of(staff)) == (1, 3, 22, 11, 13, 0)


def test_a_person_who_was_noted_twice_counts_once_and_again_when_that_is_undone(office, staff):
    event = held(office, "33.07.06.2009")
    kept, other = came(event, Person("Siti", "Tieng"), Person("Siti A.", "Tieng", sex="P"))

    merged = actions.merge(kept, other, by=staff)
    once = figures(outreach_of(staff))
    actions.undo_merge(merged, by=staff)
    twice = figures(outreach_of(staff))
    actions.drop_attendee(other, reason="Keliru.", by=staff)

    assert (once[1:5], twice[1:5]) == ((1, 0, 0, 0), (2, 0, 0, 1))
    assert figures(outreach_of(staff))[1:5] == (1, 0, 0, 0)


def test_an_event_for_several_places_counts_in_each_and_once_in_all(office, staff) -> None:
    JurisdictionFactory(office=office, region=RegionFactory(code="33.05"))
    wide = held(office, "33.07.06.2009", "33.07.06.2010", "33.05.01.2015")
    came(wide, Person("Siti", "Tieng", sex="P"))
    held(office, "33.07.07.2001")

    def rows(code: str = "") -> dict[str, tuple[int, int]]:
        found = outreach_of(staff, wilayah=code).rows
        return {it.code: (reached.events, reached.people) for it, reached in found}

    assert figures(outreach_of(staff))[:2] == (2, 1)
    assert rows() == {"33.05": (1, 1), "33.07": (2, 1)}
    assert rows("33.07") == {"33.07.06": (1, 1), "33.07.07": (1, 0)}
    assert rows("33.07.06") == {"33.07.06.2009": (1, 1), "33.07.06.2010": (1, 1)}
    assert figures(outreach_of(staff, wilayah="33.07"))[:2] == (2, 1)
    villages = {it.code: reached.people for it, reached in outreach_of(staff).by_village}
    assert outreach_of(staff).village_count == len(villages)
    assert villages == {"33.05.01.2015": 1, "33.07.06.2009": 1, "33.07.06.2010": 1,
                        "33.07.07.2001": 0}  # fmt: skip


def test_a_period_begins_by_the_clock_of_whoever_reads_as_for_all_that_a_recap_counts() -> None:
    jayapura = OfficeFactory(timezone="Asia/Jayapura")
    for code, month, day in (("2001", 3, 31), ("2002", 2, 28)):
        at = datetime(2026, month, day, 15, 30, tzinfo=UTC)  # the next day there
        held(jayapura, f"91.03.01.{code}", at=at)

    there = outreach_of(UserFactory(staff_of=jayapura))
    above = outreach_of(UserFactory(admin_of=DirectorateFactory()))

    assert [it.code for it, _ in there.by_village] == ["91.03.01.2002"]
    assert [it.code for it, _ in above.by_village] == ["91.03.01.2001"]


def test_a_visit_counts_for_its_village_and_its_officer(office, staff) -> None:
    village = VillageFactory(office=office, region=RegionFactory(code="33.07.06.2009"))
    sent = AssignmentFactory(officer=OfficerFactory(office=office), village=village)
    other = AssignmentFactory(officer=OfficerFactory(office=office), village=village)
    for assignment, days in ((sent, 0), (sent, 1), (other, 2), (other, -9)):
        VisitFactory(assignment=assignment, visited_at=NOON + timedelta(days=days))

    outreach = outreach_of(staff)
    people = {it.pk: it.visits_made for it in Load(outreach.scope).people}

    assert outreach.total.visits == 3
    assert [(it.code, reached.visits) for it, reached in outreach.rows] == [("33.07", 3)]
    assert people == {sent.officer_id: 2, other.officer_id: 1}


def test_an_officer_s_events_are_those_for_villages_that_they_guided_then(office, staff) -> None:
    regions = [RegionFactory(code=f"33.07.06.20{it}") for it in ("09", "10")]
    villages = [VillageFactory(office=office, region=it) for it in regions]
    officer, former, idle = (OfficerFactory(office=office) for _ in range(3))
    for village in villages:  # both of one event: it counts once
        AssignmentFactory(officer=officer, village=village)
    AssignmentFactory(officer=former, village=villages[0], ends_on=NOON.date() - timedelta(days=1))
    its = {"office": office, "regions": regions, "starts_at": NOON}
    EventFactory(went="finished", **its)
    EventFactory(went="cancelled", **its)
    EventFactory(went="finished", office=office, starts_at=NOON)

    people = {it.pk: it.events_held for it in Load(outreach_of(staff).scope).people}

    assert people == {officer.pk: 1, former.pk: 0, idle.pk: 0}


def test_kinds_and_offices_each_with_their_own(client) -> None:
    here, there = OfficeFactory(code="kanim-sini"), OfficeFactory(code="kanim-sana")
    for office, code in (
        (here, "33.07.06.2009"),
        (here, "33.07.06.2010"),
        (there, "33.05.01.2015"),
    ):
        came(held(office, code), Person("Siti", "Tieng"))
    national = UserFactory(admin_of=DirectorateFactory())

    outreach = outreach_of(national)
    client.force_login(national)
    page = client.get(reverse("reports:recap_outreach"), MARCH).content.decode()

    assert [(kind, it.events, it.people) for kind, it in outreach.kinds] == [("Sosialisasi", 3, 3)]
    assert {it.code: reached.events for it, reached in outreach.offices} == {
        "kanim-sini": 2, "kanim-sana": 1,
    }  # fmt: skip
    assert "<strong>3</strong> kegiatan dilaksanakan" in page
    load = {it.office.code: (it.events, it.came) for it in Load(outreach.scope).offices}
    assert load == {"kanim-sini": (2, 2), "kanim-sana": (1, 1)}
    only = outreach_of(national, kantor="kanim-sana")
    assert figures(only)[:2] == (1, 1)


def test_nothing_is_told_of_another_office(office, staff) -> None:
    elsewhere = held(OfficeFactory(), "33.07.06.2009")
    came(elsewhere, Person("Siti", "Tieng"))

    outreach = outreach_of(staff)

    assert not any(outreach.total)
    assert [reached for _, reached in outreach.rows if any(reached)] == []
    assert outreach.by_village == []


def test_a_page_without_anything_says_so(client, office, staff) -> None:
    client.force_login(staff)

    assert (
        "Belum ada kegiatan maupun"
        in client.get(reverse("reports:recap_outreach")).content.decode()
    )


def test_the_spreadsheet_and_the_report_say_the_same(office, staff) -> None:
    event = held(office, "33.07.06.2009", title="=1+1")
    came(event, Person("Siti", "Tieng", sex="P"), boys=1, girls=2)
    village = VillageFactory(office=office, region=event.villages.get().region)
    sent = AssignmentFactory(officer=OfficerFactory(office=office), village=village)
    VisitFactory(assignment=sent, visited_at=NOON)
    access, month = access_of(staff), named("2026-03")

    tables = {it.name: list(it.rows()) for it in tables_of(scope_of(access, MARCH))}
    facts = Report(Scope(access, month)).paper().facts

    reached = (1, 1, 3, 1, 3, 1)
    assert tables["Kegiatan dan sambang"] == [("33.07", "Kabupaten Wonosobo", *reached)]
    assert tables["Jenis kegiatan"] == [("Sosialisasi", *reached[:-1])]
    assert tables["Kegiatan per kantor"] == [(office.name, *reached)]
    [row] = tables["Kegiatan per desa"]
    assert (row[0], row[-6:]) == ("33.07.06.2009", reached)
    assert tables["PIMPASA"][0][-2:] == (1, 1)
    assert tuple(facts["outreach"].values()) == reached
    assert [(it["kind"], it["events"]) for it in facts["outreach_kinds"]] == [("Sosialisasi", 1)]
    assert (facts["people"][0]["events"], facts["people"][0]["visits"]) == (1, 1)


# --- What the database counts --------------------------------------------------------------------


def counted(event: Event) -> tuple[int, ...]:
    its = Turnout.objects.get(event=event)
    return its.people, its.men, its.women, its.boys, its.girls


def test_the_database_counts_whatever_way_the_list_is_written() -> None:
    event, other = EventFactory(went="started"), EventFactory(went="started")
    its = {"category": "public", "source": "officer", "recorded_by": event.created_by}
    Attendee.objects.bulk_create(
        Attendee(event=each, name=f"Peserta {number}", institution="Tieng", sex=sex, **its)
        for each in (event, other)
        for number, sex in enumerate("LLP")
    )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_attendee SET sex = '' WHERE name = 'Peserta 0'")
        cursor.execute("DELETE FROM events_attendee WHERE event_id = %s AND sex = 'P'", [other.pk])

    assert (counted(event), counted(other)) == ((3, 1, 1, 0, 0), (2, 1, 0, 0, 0))


def test_classes_are_counted_too_and_until_they_are_taken_off(staff) -> None:
    event = EventFactory(went="started")
    by = event.created_by
    facts = {"school": "SMK 1", "grade": "XI", "boys": 10, "girls": 12}
    school = actions.write_school(event, facts=facts, by=by)
    noted = counted(event)
    actions.write_school(event, facts={**facts, "boys": 9}, by=by, school=school)
    mended = counted(event)
    actions.drop_school(school, by=by)

    assert (noted[3:], mended[3:], counted(event)[3:]) == ((10, 12), (9, 12), (0, 0))


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_are_both_counted() -> None:
    event = EventFactory(went="started")
    its = {"event": event, "institution": "Tieng", "category": "public", "source": "self"}

    together(*(lambda name=name: Attendee.objects.create(name=name, **its) for name in "ABCD"))

    assert counted(event)[0] == 4
