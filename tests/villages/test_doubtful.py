"""The nation's doubtful jurisdictions in one list, each confirmed where it stands."""

import pytest

from tests.factories import (
    DirectorateFactory,
    JurisdictionFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
)
from villages.models import Jurisdiction

pytestmark = pytest.mark.django_db
LIST = "/wilayah-kerja/belum-pasti/"


@pytest.fixture
def national():
    return UserFactory(admin_of=DirectorateFactory())


def test_the_list_holds_what_nobody_confirmed_with_every_claimant(client, national) -> None:
    wonosobo, kebumen = RegionFactory(code="33.07"), RegionFactory(code="33.05", name="Kebumen")
    one, other = OfficeFactory(), OfficeFactory()
    for office in (one, other):
        JurisdictionFactory(office=office, region=wonosobo)
    JurisdictionFactory(office=one, region=kebumen, is_confirmed=True)
    client.force_login(national)

    page = client.get(LIST)

    (row,) = page.context["page"]
    assert row == wonosobo
    assert {claim.office for claim in row.claims} == {one, other}


def test_a_press_confirms_and_the_list_goes_on_where_it_was(client, national) -> None:
    region, office = RegionFactory(code="33.07"), OfficeFactory()
    JurisdictionFactory(office=office, region=region)
    client.force_login(national)

    pressed = {"region": region.pk, "office": office.pk}
    answer = client.post(f"{LIST}?q=wono&halaman=2", pressed)

    claim = Jurisdiction.objects.get()
    assert (claim.is_confirmed, claim.confirmed_by) == (True, national)
    assert answer["Location"] == f"{LIST}?q=wono&halaman=2"
    assert not client.get(LIST).context["page"].object_list


def test_regions_that_no_office_serves_are_listed_apart(client, national) -> None:
    served, bare = RegionFactory(code="33.07"), RegionFactory(code="33.05", name="Kebumen")
    JurisdictionFactory(region=served)
    client.force_login(national)

    page = client.get(f"{LIST}?keadaan=kosong")

    assert list(page.context["page"]) == [bare]


def test_what_was_not_on_the_page_is_not_confirmed(client, national) -> None:
    desa = RegionFactory()
    client.force_login(national)

    strange = client.post(LIST, {"region": desa.pk, "office": OfficeFactory().pk})
    nothing = client.post(LIST, {"region": "x", "office": ""})

    assert (strange.status_code, nothing.status_code) == (404, 302)
    assert not Jurisdiction.objects.exists()


def test_only_the_nation_s_administrator_sees_it(client) -> None:
    office = OfficeFactory()
    client.force_login(UserFactory(admin_of=office, observer_of=office.parent))

    assert client.get(LIST).status_code == 403
    assert client.post(LIST, {}).status_code == 403
