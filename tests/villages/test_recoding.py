"""A village whose code a new edition replaced is here already, and is not registered twice."""

from __future__ import annotations

import pytest

from accounts.models import Office
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DesignationFactory,
    DirectorateFactory,
    JurisdictionFactory,
    RegionFactory,
    UserFactory,
    VillageFactory,
    bring_in,
)
from villages import actions
from villages.models import Edition, EditionChange, Region, RowStatus, Village

pytestmark = pytest.mark.django_db

OLD = "33.07.06.2001"


@pytest.fixture
def office() -> Office:
    """An office with a designated village, that served 33.07 and serves 33.80 now."""
    office = JurisdictionFactory().office
    RegionFactory(code="33.80")
    JurisdictionFactory(office=office, region=Region.objects.get(code="33.80"))
    village = VillageFactory(region=RegionFactory(code=OLD, name="Pakuncen"), office=office)
    DesignationFactory(village=village, office=office, approved=True)
    return office


def listed(code: str, name: str = "Pakuncen") -> Region:
    """A village in a kecamatan that is called as the one of the old code."""
    region = RegionFactory(code=code, name=name)
    Region.objects.filter(pk=region.parent_id).update(name=Region.objects.get(code=OLD[:8]).name)
    return region


def recoded(to: str) -> Region:
    """The same village as the next edition has it."""
    region = listed(to)
    Region.objects.filter(code__startswith="33.07").update(retired_on="2026-01-01")
    return region


def pair(region: Region, *, applied: bool = True) -> None:
    """What the edition's preview said of the two."""
    nation = UserFactory(admin_of=DirectorateFactory())
    status = "applied" if applied else "previewed"
    edition = Edition.objects.create(
        file_name="2026.csv", status=status, created_by=nation, status_by=nation
    )
    EditionChange.objects.create(
        edition=edition, change="retired", code=OLD, level=4, successor=region.code,
        renamed=False, rekinded=False, reparented=False, villages=1, designated=1, sheets=0,
        jurisdictions=0,
    )  # fmt: skip


def test_it_is_proposed_no_second_time(office: Office) -> None:
    region = recoded("33.80.06.2001")

    with pytest.raises(TransitionRefused, match=f"kode lama {OLD}, dibina {office}"):
        actions.propose(region, office=office, by=UserFactory(staff_of=office))

    assert Village.objects.count() == 1


def test_a_table_registers_it_no_second_time(office: Office) -> None:
    recoded("33.80.06.2001")

    row = bring_in(office, "Pakuncen").rows.get()

    assert (row.status, f"kode lama {OLD}" in row.reason) == (RowStatus.REFUSED, True)


def test_nor_where_the_edition_comes_after_the_table_was_checked(office: Office) -> None:
    region = listed("33.80.06.2001")
    staff = UserFactory(staff_of=office)
    batch = bring_in(office, "Pakuncen", by=staff)
    row = actions.choose_region(batch.rows.get(), region, by=staff)  # the old one is listed, too
    Region.objects.filter(code__startswith="33.07").update(retired_on=office.today())

    with pytest.raises(TransitionRefused, match=rf"Baris {row.line}, .*kode lama"):
        actions.record_import(batch, by=staff)


def test_what_an_applied_edition_pairs_is_one_whatever_the_serial(office: Office) -> None:
    region = recoded("33.80.09.2044")
    pair(region)

    with pytest.raises(TransitionRefused, match="kode lama"):
        actions.propose(region, office=office, by=UserFactory(staff_of=office))


def test_what_a_mere_preview_pairs_is_not(office: Office) -> None:
    region = recoded("33.80.09.2044")
    pair(region, applied=False)

    assert actions.propose(region, office=office, by=UserFactory(staff_of=office))


def test_a_namesake_elsewhere_is_another_village(office: Office) -> None:
    region = recoded("33.80.06.2002")

    sheet = actions.propose(region, office=office, by=UserFactory(staff_of=office))

    assert sheet.village.region == region
