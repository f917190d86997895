"""A village that another office guides is moved by the national administrator, never taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError

from desabinaan.workflow import TransitionRefused
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    DirectorateFactory,
    JurisdictionFactory,
    NumberTemplateFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
    VillageAccessFactory,
    VillageFactory,
    approval,
    bring_in,
    checked_pdf,
)
from villages import actions
from villages.models import Assignment, Import, ImportRow, Village

pytestmark = pytest.mark.django_db

HEAD = {"role": "head", "name": "Slamet Riyanto", "since": date(2020, 1, 1)}


def _with(build: Callable[[Village], object]) -> Callable[[], Village]:
    def made() -> Village:
        village = VillageFactory()
        build(village)
        return village

    return made


GUIDED: dict[str, Callable[[], Village]] = {
    "an account": _with(lambda it: VillageAccessFactory(village=it)),
    "a PIMPASA": lambda: AssignmentFactory().village,
    "a contact": _with(lambda it: actions.write_contact(it, facts=HEAD, by=UserFactory())),
    "a document": _with(
        lambda it: actions.attach_document(
            it, checked_pdf(), title="Peta", is_shared=False, by=UserFactory()
        )
    ),
    "a note": lambda: VillageFactory(note="Hubungi sore hari."),
    "a group": lambda: VillageFactory(whatsapp_group="https://chat.whatsapp.com/AbCdEfGhIjKl"),
    "a term that ended": lambda: DesignationFactory(ended=True).village,
}


def row_of(village: Village, office: object) -> ImportRow:
    return bring_in(office, village.region.name).rows.get()


@pytest.fixture
def taker():
    office = OfficeFactory()
    JurisdictionFactory(office=office)
    NumberTemplateFactory(office=office)
    return office


@pytest.mark.parametrize("kept", GUIDED)
def test_a_guided_village_is_neither_imported_nor_proposed(taker, kept) -> None:
    village = GUIDED[kept]()

    row = row_of(village, taker)
    with pytest.raises(TransitionRefused) as refusal:
        actions.propose(village.region, office=taker, by=UserFactory(staff_of=taker))

    assert row.status == "refused"
    assert "administrator nasional" in row.reason
    assert village.office.name in refusal.value.message
    assert Village.objects.get().office == village.office


@pytest.mark.parametrize("stands", ["submitted", "returned", "approved"])
def test_another_office_learns_how_a_village_stands_and_with_whom_but_neither_person_nor_time(
    taker, stands
) -> None:
    RegionFactory(code="33.07.06.2009", name="Pakuncen Lor")
    staff = UserFactory(staff_of=taker)
    mine = DesignationFactory(office=taker, complete=True)
    batch = bring_in(taker, mine.village.region.name)
    doubtful = bring_in(taker, "Pakuncen Lo").rows.get()
    sheet = DesignationFactory(village=mine.village, **{stands: True})

    told = []
    for refused in (
        lambda: actions.propose(mine.village.region, office=taker, by=staff),
        lambda: actions.submit(mine, by=mine.created_by),
        lambda: actions.record_import(batch, by=staff),
        lambda: actions.choose_region(doubtful, mine.village.region, by=staff),
    ):
        with pytest.raises(TransitionRefused) as refusal:
            refused()
        told.append(refusal.value.message)
    told.append(row_of(mine.village, taker).reason)

    done = {"submitted": "diajukan", "returned": "dikembalikan", "approved": "ditetapkan"}[stands]
    assert f"sudah {done} oleh {sheet.office.short_name}." in told[0]
    for sentence in told:
        assert sheet.office.short_name in sentence or sheet.office.name in sentence
        assert sheet.status_by.name not in sentence
        assert str(sheet.status_at.year) not in sentence


def test_one_s_own_office_is_told_who_and_when(taker) -> None:
    sheet = DesignationFactory(office=taker, submitted=True)

    with pytest.raises(TransitionRefused) as refusal:
        actions.propose(sheet.village.region, office=taker, by=UserFactory(staff_of=taker))
    row = row_of(sheet.village, taker)

    for sentence in (refusal.value.message, row.reason):
        assert f"diajukan oleh {sheet.status_by.name}" in sentence
        assert str(sheet.status_at.year) in sentence


def test_a_mere_draft_of_another_office_holds_nobody_up(taker) -> None:
    draft = DesignationFactory(complete=True)

    batch = bring_in(taker, draft.village.region.name)
    actions.record_import(batch, by=UserFactory(staff_of=taker))

    assert Village.objects.get().office == taker


def test_what_becomes_guided_meanwhile_is_refused_when_it_is_recorded(taker) -> None:
    village = VillageFactory()
    batch: Import = bring_in(taker, village.region.name)
    VillageAccessFactory(village=village)

    with pytest.raises(TransitionRefused) as refusal:
        actions.record_import(batch, by=UserFactory(staff_of=taker))

    assert "Baris 2" in refusal.value.message
    assert "administrator nasional" in refusal.value.message
    assert Village.objects.get().office == village.office


def test_a_doubtful_row_is_not_settled_on_a_guided_village(taker) -> None:
    RegionFactory(code="33.07.06.2009")
    village = VillageAccessFactory().village
    doubtful = bring_in(taker, "Pakunce").rows.get()

    with pytest.raises(TransitionRefused, match="administrator nasional"):
        actions.choose_region(doubtful, village.region, by=UserFactory(staff_of=taker))


def test_a_sheet_is_not_submitted_for_a_village_that_is_guided_by_now(taker) -> None:
    village = VillageFactory()
    sheet = DesignationFactory(village=village, office=taker, complete=True)
    VillageAccessFactory(village=village)

    with pytest.raises(TransitionRefused, match="administrator nasional"):
        actions.submit(sheet, by=sheet.created_by)

    assert Village.objects.get().office == village.office


def test_a_decision_takes_no_village_that_is_guided_by_now(taker) -> None:
    village = VillageFactory()
    sheet = DesignationFactory(village=village, office=taker, submitted=True)
    VillageAccessFactory(village=village)
    decision = approval(taker)

    with pytest.raises(TransitionRefused, match="administrator nasional"):
        actions.approve(sheet, decision, by=decision.head.user)

    assert Village.objects.get().office == village.office


def test_once_it_was_moved_the_new_office_goes_on(taker) -> None:
    assignment = AssignmentFactory()
    nation = UserFactory(admin_of=DirectorateFactory())

    actions.move_village(assignment.village, to=taker, basis="KEP-1", by=nation)
    sheet = actions.propose(assignment.village.region, office=taker, by=UserFactory(staff_of=taker))

    assert sheet.village.office == taker
    assert not Assignment.objects.not_over().exists()


def test_the_database_lets_no_village_go_that_somebody_guides(taker) -> None:
    village = AssignmentFactory().village

    with pytest.raises(IntegrityError, match="leaves no assignment behind"):
        Village.objects.filter(pk=village.pk).update(office=taker)
