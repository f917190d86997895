"""A village whose designation was revoked may be designated again, but nobody overlooks it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.models import Office
from desabinaan import formats
from tests.factories import (
    DesignationFactory,
    JurisdictionFactory,
    NumberTemplateFactory,
    RegionFactory,
    UserFactory,
    VillageFactory,
    bring_in,
    head_of,
)
from tests.looks import sk
from villages import actions, picker
from villages.earlier import Earlier, earlier_of
from villages.models import Designation

pytestmark = pytest.mark.django_db

CAME_TO = {
    "revoked": ("Pernah dicabut", "Desa mengundurkan diri."),
    "ended": ("Pembinaan pernah berakhir", "Masa pembinaan selesai."),
    "rejected": ("Pernah ditolak", "Belum memenuhi kriteria."),
}


@pytest.fixture
def office() -> Any:
    return NumberTemplateFactory().office


def again(office: Office, before: str, now: str = "submitted") -> tuple[Designation, Designation]:
    """A sheet that came to this, and a later one of the same village."""
    first = DesignationFactory(office=office, **{before: True})
    return first, DesignationFactory(office=office, village=first.village, **{now: True})


def told(sheet: Designation) -> Earlier | None:
    return earlier_of(Designation.objects.with_page().get(pk=sheet.pk))


def words(page: Any) -> str:
    return " ".join(page.content.decode().split())


def line(first: Designation, said: str, reason: str) -> str:
    day = formats.long_date(first.status_at, first.office)
    link = f'<a href="{first.get_absolute_url()}">Baca lembarnya'
    return f"<strong>{said} {day}</strong>: {escape(reason)} {link}"


@pytest.mark.parametrize("before", CAME_TO)
@pytest.mark.parametrize("role", ["staff_of", "head_of", "observer_of"])
def test_the_sheet_says_what_became_of_the_one_before(sign_in, office, before, role) -> None:
    first, sheet = again(office, before)
    reader = head_of(office).user
    if role != "head_of":
        reader = UserFactory(**{role: office.parent if role == "observer_of" else office})

    page = words(sign_in(reader).get(sheet.get_absolute_url()))

    assert line(first, *CAME_TO[before]) in page


def test_so_does_a_draft_but_no_sheet_that_was_decided_on(sign_in, office) -> None:
    first, draft = again(office, "revoked", "complete")
    _, designated = again(office, "revoked", "approved")
    client = sign_in(UserFactory(staff_of=office))

    assert line(first, *CAME_TO["revoked"]) in words(client.get(draft.get_absolute_url()))
    assert "Pernah dicabut" not in words(client.get(designated.get_absolute_url()))
    assert "Pernah dicabut" not in words(client.get(first.get_absolute_url()))


def test_the_village_and_its_guide_are_told_nothing_of_it(sign_in, office) -> None:
    _, sheet = again(office, "revoked")

    page = words(sign_in(UserFactory(village=sheet.village)).get(sheet.get_absolute_url()))

    assert "Pernah dicabut" not in page
    assert "mengundurkan diri" not in page


def test_what_was_taken_back_is_told_before_what_came_later(office) -> None:
    first, rejected = again(office, "revoked", "rejected")
    sheet = DesignationFactory(office=office, village=rejected.village, submitted=True)

    found = told(sheet)

    assert found
    assert found.sheet == first


@pytest.mark.parametrize("before", ["withdrawn", "complete"])
def test_what_was_given_up_or_is_a_draft_does_not_count(office, before) -> None:
    village = DesignationFactory(office=office, withdrawn=True).village
    if before == "complete":
        DesignationFactory(village=village, complete=True)

    assert told(DesignationFactory(office=office, village=village, submitted=True)) is None


def test_what_was_struck_out_does_not_count() -> None:
    office = JurisdictionFactory().office
    RegionFactory(code="33.07.06.2009", name="Pakuncen")
    table = bring_in(office, "Pakuncen")
    actions.record_import(table, by=table.created_by)
    struck = Designation.objects.get()
    actions.strike_out(struck, reason="Bukan desa ini.", by=table.created_by)

    sheet = DesignationFactory(office=office, village=struck.village, submitted=True)

    assert told(sheet) is None


@pytest.mark.parametrize("before", CAME_TO)
def test_the_picker_says_it_beside_the_village(sign_in, office, before) -> None:
    first = DesignationFactory(office=office, **{before: True})
    JurisdictionFactory(office=office, region=first.village.region.regency)

    client = sign_in(UserFactory(staff_of=office))
    page = words(client.get(reverse("villages:propose"), {"q": first.village.region.name}))

    assert line(first, *CAME_TO[before]) in page


def test_another_office_s_refusal_is_told_without_its_reason(sign_in, office) -> None:
    theirs = DesignationFactory(rejected=True)
    village = theirs.village
    JurisdictionFactory(office=office, region=village.region.regency)
    sheet = DesignationFactory(office=office, village=village, submitted=True)
    client = sign_in(head_of(office).user)

    draftless = picker.search(office, village.region.name).candidates
    page = words(client.get(sheet.get_absolute_url()))

    day = formats.long_date(theirs.status_at, theirs.office)
    assert f"<strong>Pernah ditolak {day} di {theirs.office.short_name}</strong>" in page
    assert theirs.status_note not in page
    assert theirs.get_absolute_url() not in page
    assert [it.earlier.reason for it in draftless if it.earlier] == [""]


def test_an_office_that_took_the_village_over_reads_why(office) -> None:
    village = DesignationFactory(revoked=True).village
    village.office = office
    village.save()

    found = told(DesignationFactory(office=office, village=village, submitted=True))

    assert found
    assert found.is_readable
    assert found.reason == "Desa mengundurkan diri."


def test_the_last_look_says_it_and_refuses_nothing(sign_in, office) -> None:
    first, sheet = again(office, "revoked")
    client: Client = sign_in(head_of(office).user)
    typed = {"dilihat": sheet.stamp, **sk(office)}

    look = words(client.post(reverse("villages:approve", args=[sheet.pk]), typed))

    assert "Desa ini pernah diputuskan sebelumnya." in look
    assert line(first, *CAME_TO["revoked"]) in look
    assert "Tetapkan desa" in look


def test_the_choice_and_the_look_at_several_name_the_villages(sign_in, office) -> None:
    first, sheet = again(office, "revoked")
    other = DesignationFactory(office=office, submitted=True)
    client: Client = sign_in(head_of(office).user)
    typed = {"usulan": [sheet.pk, other.pk], "dilihat": other.stamp, **sk(office)}

    choice = words(client.get(reverse("villages:waiting")))
    look = words(client.post(reverse("villages:approve_all"), typed))

    said = line(first, *CAME_TO["revoked"])
    assert choice.count("Pernah dicabut") == 1
    assert said in choice
    assert "1 desa pernah diputuskan sebelumnya." in look
    assert f"{sheet.village}: {said}" in look


def test_only_the_first_of_many_are_told_one_by_one(sign_in, office) -> None:
    sheets = [again(office, "rejected")[1] for _ in range(8)]
    client: Client = sign_in(head_of(office).user)
    typed = {"usulan": [it.pk for it in sheets], "dilihat": sheets[-1].stamp, **sk(office)}

    look = words(client.post(reverse("villages:approve_all"), typed))

    assert "8 desa pernah diputuskan sebelumnya." in look
    assert look.count("Pernah ditolak") == 6
    assert "2 desa lain." in look


def test_a_village_that_nobody_decided_on_is_told_nothing(sign_in, office) -> None:
    sheet = DesignationFactory(office=office, village=VillageFactory(office=office), submitted=True)
    client: Client = sign_in(head_of(office).user)

    look = words(
        client.post(
            reverse("villages:approve", args=[sheet.pk]), {"dilihat": sheet.stamp, **sk(office)}
        )
    )

    assert "pernah diputuskan" not in look
