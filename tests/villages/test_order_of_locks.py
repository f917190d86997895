"""Rows are held in one order by whatever verb, so that nobody's step is killed for another's.

Table, officer, sheet or decree, village; of one kind in the order of their keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    DirectorateFactory,
    JurisdictionFactory,
    NumberTemplateFactory,
    OfficeFactory,
    OfficerFactory,
    RegionFactory,
    UserFactory,
    VillageFactory,
    approval,
    bring_in,
    head_of,
)
from tests.races import behind
from villages import actions
from villages.actions import Terms
from villages.models import Assignment, Designation, Officer, Village

pytestmark = pytest.mark.django_db
BASIS = "Keputusan Menteri Nomor 7 Tahun 2026"

RANK = {
    "villages_import": 0,
    "villages_officer": 1,
    "villages_designation": 2,
    "villages_decree": 2,
    "villages_village": 3,
}
HELD = re.compile(r'FROM "(\w+)".*?(ORDER BY .*?)? FOR NO KEY UPDATE')


def terms_of(officer: Officer) -> Terms:
    return Terms("member", officer.office.today(), "letter", "ST-1", officer.office.today())


def moves(village: Village) -> Callable[[], list[Village]]:
    receiver, nation = OfficeFactory(), UserFactory(admin_of=DirectorateFactory())
    region = village.region.parent
    return lambda: actions.move_region(region, to=receiver, basis=BASIS, by=nation)


def holding(village: Village) -> Callable[[], Village]:
    return lambda: Village.objects.lock(village.pk)


@pytest.mark.django_db(transaction=True)
def test_a_region_that_moves_is_not_stopped_by_a_sheet_that_is_submitted() -> None:
    sheet = DesignationFactory(complete=True)

    moved, submitted = behind(
        holding(sheet.village),
        moves(sheet.village),
        lambda: actions.submit(sheet, by=sheet.created_by),
    )

    assert moved == [sheet.village]
    assert isinstance(submitted, TransitionRefused)
    assert Designation.objects.get().status == "withdrawn"


@pytest.mark.django_db(transaction=True)
def test_a_region_that_moves_is_not_stopped_by_an_assignment_there() -> None:
    guided = AssignmentFactory()
    officer, by = guided.officer, guided.created_by
    other = VillageFactory(office=officer.office)

    moved, assigned = behind(
        holding(guided.village),
        moves(guided.village),
        lambda: actions.assign([officer], [guided.village, other], terms_of(officer), by=by),
    )

    assert {it.pk for it in moved} == {guided.village_id, other.pk}
    assert isinstance(assigned, TransitionRefused)
    assert not Assignment.objects.not_over().exists()


@pytest.mark.django_db(transaction=True)
def test_a_table_is_recorded_while_somebody_assigns_its_officer() -> None:
    office = JurisdictionFactory().office
    RegionFactory(code="33.07.06.2009", name="Pakuncen")
    officer, staff = OfficerFactory(office=office), UserFactory(staff_of=office)
    village = VillageFactory(office=office, region=RegionFactory(code="33.07.06.2010"))
    person = [(officer.user.name, officer.user.nip)]
    names = ("Pakuncen", village.region.name)
    table = bring_in(office, *names, by=staff, guides=person)

    recorded, assigned = behind(
        holding(village),
        lambda: actions.record_import(table, by=staff),
        lambda: actions.assign([officer], [village], terms_of(officer), by=staff),
    )

    assert recorded.is_recorded
    assert isinstance(assigned, TransitionRefused)
    assert Assignment.objects.filter(officer=officer).count() == 2


# A verb that holds rows of several kinds, and of how many.
type Scene = tuple[Callable[[], Any], int]


def with_office() -> tuple[Any, User]:
    office = JurisdictionFactory().office
    return office, UserFactory(staff_of=office)


def confirming() -> Scene:
    office, staff = with_office()
    for serial, name in enumerate(("Pakuncen", "Karangsari")):
        RegionFactory(code=f"33.07.06.20{serial:02}", name=name)
    batch = actions.record_import(bring_in(office, "Pakuncen", "Karangsari", by=staff), by=staff)
    head = head_of(office)
    return lambda: actions.confirm_import(batch, head, by=head.user), 3


def recording() -> Scene:
    office, staff = with_office()
    RegionFactory(code="33.07.06.2009", name="Pakuncen")
    officer = OfficerFactory(office=office)
    person = [(officer.user.name, officer.user.nip)]
    batch = bring_in(office, "Pakuncen", by=staff, guides=person)
    return lambda: actions.record_import(batch, by=staff), 3


def deciding() -> Scene:
    office = OfficeFactory()
    NumberTemplateFactory(office=office)
    sheets = [DesignationFactory(office=office, submitted=True) for _ in range(3)]
    decision = approval(office)
    backwards = sheets[::-1]
    return lambda: actions.approve_all(backwards, decision, by=decision.head.user), 2


def moving() -> Scene:
    sheet = DesignationFactory(complete=True)
    AssignmentFactory(village=sheet.village, officer__office=sheet.office)
    return moves(sheet.village), 3


@pytest.mark.parametrize("scene", [confirming, recording, deciding, moving])
def test_a_verb_holds_its_rows_in_the_one_order(scene: Callable[[], Scene]) -> None:
    verb, kinds = scene()

    with CaptureQueriesContext(connection) as asked:
        verb()

    held = [found for it in asked if (found := HELD.search(it["sql"])) and found[1] in RANK]
    first = list(dict.fromkeys(it[1] for it in held))
    assert len(first) >= kinds
    assert first == sorted(first, key=lambda table: RANK[table])
    assert {it[2] for it in held} == {"ORDER BY 1 ASC"}  # by its key, the one column that is asked
