"""Officers and their load: who guides how many, which villages nobody guides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.access import access_of
from accounts.models import Office, User
from reports.load import Load
from reports.roll import PAGE_SIZE
from reports.scope import scope_of
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    DirectorateFactory,
    JurisdictionFactory,
    OfficeFactory,
    OfficerFactory,
    RegionFactory,
    UserFactory,
    bring_in,
    confirm,
)
from villages import actions

pytestmark = pytest.mark.django_db


def load_of(user: User, **asked: str) -> Load:
    return Load(scope_of(access_of(user), asked))


def office_at_work() -> Office:
    """Three designated villages, of which two are guided by one officer; another has none."""
    office = OfficeFactory()
    first, second, _ = [DesignationFactory(office=office, approved=True) for _ in range(3)]
    DesignationFactory(office=office, submitted=True)  # not designated: not counted
    officer = OfficerFactory(office=office)
    AssignmentFactory(officer=officer, village=first.village, part="lead")
    AssignmentFactory(officer=officer, village=second.village)
    OfficerFactory(office=office)
    yesterday = office.today() - timedelta(days=1)
    OfficerFactory(office=office, ends_on=yesterday)  # no longer: not counted
    return office


def test_villages_and_officers_are_held_against_each_other() -> None:
    office = office_at_work()

    total = load_of(UserFactory(staff_of=office)).total

    assert (total.villages, total.unguided, total.officers, total.idle) == (3, 1, 2, 1)
    assert total.ratio == 1.5


def test_the_villages_for_which_no_head_answers_are_named(client: Client) -> None:
    office = office_at_work()
    JurisdictionFactory(office=office, region=RegionFactory(code="33.07"))
    RegionFactory(code="33.07.06.2009", name="Pakuncen")
    staff = UserFactory(staff_of=office)
    table = actions.record_import(bring_in(office, "Pakuncen", by=staff), by=staff)
    client.force_login(staff)

    def told() -> tuple[int, int, bool]:
        total = load_of(staff).total
        page = client.get(reverse("reports:recap_officers")).content.decode()
        return total.villages, total.unconfirmed, "termasuk 1 belum dibenarkan" in page

    before = told()
    confirm(table)

    assert before == (4, 1, True)
    assert told() == (4, 0, False)


def test_the_people_of_an_office_come_the_most_laden_first() -> None:
    office = office_at_work()

    load = load_of(UserFactory(staff_of=office))

    assert [(it.designated, it.leads, it.guides_since is None) for it in load.people] == [
        (2, 1, False),
        (0, 0, True),
    ]
    assert load.spread is not None
    assert (load.spread.least, load.spread.middle, load.spread.most) == (0, 1, 2)


def test_assignments_to_villages_that_do_not_stand_designated_are_told_apart(sign_in) -> None:
    office = office_at_work()
    officer = load_of(UserFactory(staff_of=office)).people[0]
    for state in ("revoked", "rejected", "submitted"):
        sheet = DesignationFactory(office=office, **{state: True})
        AssignmentFactory(officer=officer, village=sheet.village, part="lead")
    staff = UserFactory(staff_of=office)

    load = load_of(staff)
    page = " ".join(sign_in(staff).get(reverse("reports:recap_officers")).content.decode().split())
    above = sign_in(UserFactory(observer_of=office.parent)).get(reverse("reports:recap_officers"))

    assert [(it.designated, it.beside, it.leads) for it in load.people] == [(2, 3, 1), (0, 0, 0)]
    assert (load.total.villages, load.total.beside, load.total.idle) == (3, 3, 1)
    assert load.spread is not None
    assert load.spread.most == 2
    assert 'data-label="Desa binaan" class="numeric">2<' in page
    assert 'data-label="Penugasan lain" class="numeric">3<' in page
    assert "3 penugasan lain" in page
    assert 'data-label="Penugasan lain" class="numeric">3<' in above.content.decode()


def test_an_officer_whose_only_village_was_revoked_is_not_said_to_have_none(sign_in) -> None:
    office = OfficeFactory()
    AssignmentFactory(
        officer=OfficerFactory(office=office),
        village=DesignationFactory(office=office, revoked=True).village,
    )

    page = sign_in(UserFactory(staff_of=office)).get(reverse("reports:recap_officers"))

    assert "Tanpa desa" not in page.content.decode()
    assert "1 penugasan lain" in page.content.decode()


def test_observers_see_each_office_of_their_own() -> None:
    here, there = office_at_work(), office_at_work()
    elsewhere = OfficeFactory(parent=DirectorateFactory())
    OfficerFactory(office=elsewhere)
    OfficeFactory()  # has nothing: no row

    kanwil = load_of(UserFactory(observer_of=here.parent))
    nation = load_of(UserFactory(observer_of=DirectorateFactory()))

    assert {row.office for row in kanwil.offices} == {here, there}
    assert {row.office for row in nation.offices} == {here, there, elsewhere}
    assert (kanwil.total.villages, nation.total.officers) == (6, 5)


def test_numbers_lead_to_the_lists_that_they_count(sign_in) -> None:
    office = office_at_work()
    client: Client = sign_in(UserFactory(observer_of=office.parent))
    page = client.get(reverse("reports:recap_officers")).content.decode()
    unguided = (
        f"{reverse('reports:recap_villages')}?kantor={office.code}&status=approved&pimpasa=tanpa"
    )
    idle = f"{reverse('villages:officers')}?keadaan=idle&kantor={office.code}"

    for address in (unguided, idle):
        assert f'href="{address.replace("&", "&amp;")}"' in page
    assert client.get(unguided).context["roll"].page.paginator.count == 1
    assert client.get(idle).context["page"].paginator.count == 1


def test_the_list_of_officers_is_narrowed_to_an_office_of_ones_own(sign_in) -> None:
    office = office_at_work()
    other = OfficeFactory(parent=DirectorateFactory())
    OfficerFactory(office=other)
    client: Client = sign_in(UserFactory(observer_of=office.parent))

    def count(code: str) -> int:
        answer = client.get(reverse("villages:officers"), {"kantor": code})
        return int(answer.context["page"].paginator.count)

    assert (count(office.code), count(other.code), count("")) == (2, 0, 2)


def test_what_an_office_s_people_did_is_asked_by_period_and_load_by_office(sign_in) -> None:
    office = office_at_work()
    address = reverse("reports:recap_officers")

    of_the_office = sign_in(UserFactory(staff_of=office)).get(address).content.decode()
    of_the_kanwil = sign_in(UserFactory(observer_of=office.parent)).get(address).content.decode()

    assert ('id="periode"' in of_the_office, 'id="kantor"' in of_the_office) == (True, False)
    assert ('id="periode"' in of_the_kanwil, 'id="kantor"' in of_the_kanwil) == (True, True)


def test_many_offices_are_told_page_by_page(client: Client) -> None:
    nation = DirectorateFactory()
    offices = [OfficeFactory() for _ in range(PAGE_SIZE + 1)]
    for office in offices:
        OfficerFactory(office=office)
    client.force_login(UserFactory(observer_of=nation))
    here = reverse("reports:recap_officers")

    first, second = client.get(here), client.get(f"{here}?halaman=2")

    assert len(first.context["offices"]) == PAGE_SIZE
    assert len(second.context["offices"]) == 1
    assert first.context["load"].total.officers == PAGE_SIZE + 1
    assert f"1–{PAGE_SIZE} dari {PAGE_SIZE + 1}" in first.text
