"""The nation's doubtful jurisdictions in one list, each confirmed where it stands."""

import re

import pytest

from tests.factories import (
    DirectorateFactory,
    JurisdictionFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
)
from villages.models import Jurisdiction, Region
from villages.views.doubtful import FEW

pytestmark = pytest.mark.django_db
LIST = "/wilayah-kerja/belum-pasti/"


@pytest.fixture
def national():
    return UserFactory(admin_of=DirectorateFactory())


def listed(page) -> list[Region]:
    return [region for fold in page.context["folds"] for region in fold.regions]


def folds(page) -> dict[str, str]:
    """How each province's fold begins."""
    found = re.findall(r'<details class="fold" id="provinsi-(\d\d)"([^>]*)>', page.content.decode())
    return dict(found)


def test_the_list_holds_what_nobody_confirmed_with_every_claimant(client, national) -> None:
    wonosobo, kebumen = RegionFactory(code="33.07"), RegionFactory(code="33.05", name="Kebumen")
    one, other = OfficeFactory(), OfficeFactory()
    for office in (one, other):
        JurisdictionFactory(office=office, region=wonosobo)
    JurisdictionFactory(office=one, region=kebumen, is_confirmed=True)
    client.force_login(national)

    page = client.get(LIST)

    (row,) = listed(page)
    assert row == wonosobo
    assert {claim.office for claim in row.claims} == {one, other}


def test_a_press_confirms_and_the_list_goes_on_where_it_was(client, national) -> None:
    region, office = RegionFactory(code="33.07"), OfficeFactory()
    JurisdictionFactory(office=office, region=region)
    client.force_login(national)

    pressed = {"region": region.pk, "office": office.pk}
    answer = client.post(f"{LIST}?q=wono", pressed)

    claim = Jurisdiction.objects.get()
    assert (claim.is_confirmed, claim.confirmed_by) == (True, national)
    assert answer["Location"] == f"{LIST}?q=wono&buka=33"
    assert not listed(client.get(LIST))


def test_regions_that_no_office_serves_are_listed_apart(client, national) -> None:
    served, bare = RegionFactory(code="33.07"), RegionFactory(code="33.05", name="Kebumen")
    JurisdictionFactory(region=served)
    client.force_login(national)

    page = client.get(f"{LIST}?keadaan=kosong")

    assert listed(page) == [bare]


def test_a_long_list_is_folded_by_province_and_opens_where_one_works(client, national) -> None:
    office = OfficeFactory()
    for number in range(1, FEW + 1):
        JurisdictionFactory(office=office, region=RegionFactory(code=f"33.{number:02}"))
    JurisdictionFactory(office=office, region=RegionFactory(code="35.01"))
    client.force_login(national)

    folded, opened = client.get(LIST), client.get(f"{LIST}?buka=35")

    assert [(it.code, len(it.regions)) for it in folded.context["folds"]] == [("33", 10), ("35", 1)]
    assert "open" not in folds(folded)["33"] + folds(folded)["35"]
    assert "open" in folds(opened)["35"]
    assert "open" not in folds(opened)["33"]


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
