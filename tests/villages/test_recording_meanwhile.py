"""What happens to a village between the check of a table and its recording is not overlooked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import Office, User
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    JurisdictionFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
    bring_in,
    head_of,
)
from tests.races import just_before
from tests.spreadsheets import text, upload
from villages import actions
from villages.models import Assignment, Designation, Import, Region, Village, VillageContact
from villages.onboarding.spreadsheets import read

pytestmark = pytest.mark.django_db

HEADERS = ["Desa", "Kecamatan", "No SK", "Tgl SK", "Tentang", "Penanda tangan", "PIMPASA", "NIP",
           "Kepala desa"]  # fmt: skip
DECREE = ["W.13-7 Tahun 2024", "7 Maret 2024", "Penetapan Desa Binaan Imigrasi", "Ratna Wulandari"]
OFFICER = ("Bagas Prakoso", "199003142015031002")


@pytest.fixture
def office() -> Office:
    jurisdiction = JurisdictionFactory()
    for serial, name in enumerate(("Pakuncen", "Karangsari")):
        RegionFactory(code=f"33.07.06.20{serial:02}", name=name)
    return jurisdiction.office


@pytest.fixture
def staff(office: Office) -> User:
    return UserFactory(staff_of=office)


def table(office: Office, by: User, *added: str) -> Import:
    """A table with two villages, and what it adds of the second; checked, not yet recorded."""
    villages = [["Karangsari", "Selomerto", *DECREE], ["Pakuncen", "Selomerto", *DECREE, *added]]
    content = text([HEADERS, *(row + [""] * (len(HEADERS) - len(row)) for row in villages)])
    batch = actions.receive_import(read(upload(content.encode(), "a.csv")), office=office, by=by)
    return actions.map_import(batch, mapped=batch.columns, otherwise={}, by=by)


def known(office: Office, by: User, *added: str) -> tuple[Import, Village]:
    """The same where both villages are in the portal already: only what is added is recorded."""
    actions.record_import(table(office, by), by=by)
    return table(office, by, *added), Village.objects.get(region__name="Pakuncen")


ADDED: dict[str, tuple[str, ...]] = {
    "a contact": ("", "", "Slamet Riyanto"),
    "an officer": OFFICER,
}


def move(village: Village) -> None:
    actions.move_village(village, to=OfficeFactory(), basis="SK 1", by=UserFactory())


def end(village: Village) -> None:
    sheet = Designation.objects.get(village=village)
    head = head_of(sheet.office)
    actions.end(sheet, note="Selesai.", head=head, by=head.user)


def retire(village: Village) -> None:
    Region.objects.filter(pk=village.region_id).update(retired_on=village.office.today())


@pytest.mark.parametrize("added", ADDED.values(), ids=ADDED)
@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (move, "dibina kantor lain"),
        (end, "tidak lagi seperti semula"),
        (retire, "tidak berlaku lagi"),
    ],
)
def test_a_known_village_that_changed_meanwhile_stops_the_table_by_its_row(
    office: Office,
    staff: User,
    added: tuple[str, ...],
    happens: Callable[[Village], None],
    said: str,
) -> None:
    batch, village = known(office, staff, *added)

    happens(village)

    with pytest.raises(TransitionRefused, match=rf"Baris 3, Pakuncen, Selomerto: .*{said}"):
        actions.record_import(batch, by=staff)
    assert not VillageContact.objects.exists()
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("added", ADDED.values(), ids=ADDED)
def test_looking_at_the_columns_again_lets_the_rest_be_recorded(
    office: Office, staff: User, added: tuple[str, ...]
) -> None:
    batch, village = known(office, staff, *added)
    RegionFactory(code="33.07.06.2002", name="Bumirejo")
    move(village)

    batch = actions.map_import(batch, mapped=batch.columns, otherwise={}, by=staff)

    assert not batch.rows.to_record().exists()


def test_a_new_village_whose_code_is_gone_is_not_designated(office: Office, staff: User) -> None:
    batch = bring_in(office, "Pakuncen", by=staff)

    Region.objects.filter(name="Pakuncen").update(retired_on=office.today())

    with pytest.raises(TransitionRefused, match=r"Baris 2.* tidak berlaku lagi"):
        actions.record_import(batch, by=staff)
    assert not Village.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_move_in_this_very_moment_is_waited_for(office: Office, staff: User) -> None:
    batch, village = known(office, staff, *ADDED["a contact"])

    outcome = just_before(
        lambda: move(village),
        lambda: actions.record_import(batch, by=staff),
    )

    assert isinstance(outcome, TransitionRefused)
    assert not VillageContact.objects.exists()
