"""Who serves where: claims, confirmation, and what an import may not overrule."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from accounts.models import User
from tests.villages.conftest import OpenOffice, WriteEdition
from villages import jurisdictions
from villages.jurisdictions import Claim
from villages.models import Jurisdiction, Region
from villages.models.jurisdiction import Coverage, claims_on
from villages.tables import TableRefused

pytestmark = pytest.mark.usefixtures("nation")

HEADER = ",".join(jurisdictions.HEADER)


def claim(office_code: str, region_code: str = "33.07", coverage: str = "whole") -> Claim:
    return Claim(office_code, region_code, coverage, "2025", "koran")


def claimants(code: str = "33.07.06.2009") -> list[str]:
    return [office.code for office in claims_on(Region.objects.get(code=code))]


def confirmed(region_code: str = "33.07") -> dict[str, bool]:
    rows = Jurisdiction.objects.filter(region__code=region_code)
    return dict(rows.values_list("office__code", "is_confirmed"))


def test_a_sole_claim_is_confirmed(open_office: OpenOffice) -> None:
    open_office("kanim-a")

    tally = jurisdictions.take_over([claim("kanim-a")])

    assert (tally.added, tally.changed) == (1, 0)
    assert confirmed() == {"kanim-a": True}
    assert claimants() == ["kanim-a"]


def test_where_nobody_is_known_nobody_claims() -> None:
    assert claimants() == []


def test_two_claims_both_stand_until_one_is_confirmed(
    open_office: OpenOffice, national_admin: User
) -> None:
    for code in ("kanim-a", "kanim-b"):
        open_office(code)
    jurisdictions.take_over([claim("kanim-a"), claim("kanim-b")])
    assert confirmed() == {"kanim-a": False, "kanim-b": False}
    assert claimants() == ["kanim-a", "kanim-b"]

    Jurisdiction.objects.filter(office__code="kanim-b").update(
        is_confirmed=True, confirmed_by=national_admin
    )

    assert claimants() == ["kanim-b"]
    villages = Region.objects.villages()
    assert [
        villages.within(row.office).exists()
        for row in Jurisdiction.objects.order_by("office__code")
    ] == [False, True]


def test_an_import_does_not_overrule_a_person(
    open_office: OpenOffice, national_admin: User
) -> None:
    for code in ("kanim-a", "kanim-b", "kanim-c"):
        open_office(code)
    claims = [claim("kanim-a"), claim("kanim-b")]
    jurisdictions.take_over(claims)
    Jurisdiction.objects.filter(office__code="kanim-b").update(
        is_confirmed=True, confirmed_by=national_admin, coverage=Coverage.PART
    )

    again = jurisdictions.take_over(claims)
    with_a_third = jurisdictions.take_over([*claims, claim("kanim-c")])

    assert (again.added, again.changed) == (0, 0)
    assert (with_a_third.added, with_a_third.changed) == (1, 0)
    assert confirmed() == {"kanim-a": False, "kanim-b": True, "kanim-c": False}
    assert claimants() == ["kanim-b"]
    assert Jurisdiction.objects.get(office__code="kanim-b").coverage == Coverage.PART


def test_a_regency_that_moves_in_the_list_becomes_open(open_office: OpenOffice) -> None:
    for code in ("kanim-a", "kanim-b"):
        open_office(code)
    jurisdictions.take_over([claim("kanim-a")])

    tally = jurisdictions.take_over([claim("kanim-b")])

    assert (tally.added, tally.changed) == (1, 1)
    assert confirmed() == {"kanim-a": False, "kanim-b": False}


def test_a_newer_office_claims_what_it_probably_took_over(
    open_office: OpenOffice, write_edition: WriteEdition
) -> None:
    open_office("kanim-old")
    open_office("kanim-new")
    path = write_edition(
        f"{HEADER}\nkanim-old,33.07,Kabupaten Wonosobo,whole,2018,kanim-new,koran,\n"
    )

    jurisdictions.take_over(jurisdictions.read_claims(path))

    assert claimants() == ["kanim-new", "kanim-old"]
    assert confirmed() == {"kanim-new": False, "kanim-old": False}
    assert "kanim-old" in Jurisdiction.objects.get(office__code="kanim-new").source


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("kanim-a,33.07,x,mostly,2018,,koran,", "tidak dikenal"),
        ("kanim-a,33.07,x,whole,,,k,\nkanim-a,33.07,x,part,,,k,", "dua kali"),
        ("kanim-z,33.07,x,whole,,,k,", "Kantor kanim-z tidak ada"),
        ("kanim-a,99.07,x,whole,,,k,", "jalankan import_regions"),
        ("kanim-a,33,x,whole,,,k,", "bukan kabupaten/kota"),
        ("kanim-a,33.07,x,whole,,,k", "berisi 7 kolom"),
    ],
)
def test_broken_claims_are_refused_in_a_sentence(
    open_office: OpenOffice, write_edition: WriteEdition, lines: str, reason: str
) -> None:
    open_office("kanim-a")

    with pytest.raises(TableRefused, match=reason):
        jurisdictions.take_over(jurisdictions.read_claims(write_edition(f"{HEADER}\n{lines}\n")))

    assert not Jurisdiction.objects.exists()


@pytest.mark.parametrize(
    ("second", "promise"),
    [("kanim-a", "jurisdiction_once"), ("kanim-b", "jurisdiction_one_confirmed_whole")],
)
def test_the_database_keeps_one_confirmed_whole_claim(
    open_office: OpenOffice, second: str, promise: str
) -> None:
    offices = {code: open_office(code) for code in ("kanim-a", "kanim-b")}
    region = Region.objects.get(code="33.07")
    Jurisdiction.objects.create(office=offices["kanim-a"], region=region, is_confirmed=True)

    with pytest.raises(IntegrityError, match=promise):
        Jurisdiction.objects.create(office=offices[second], region=region, is_confirmed=True)


def test_two_offices_may_share_a_regency_by_parts(open_office: OpenOffice) -> None:
    region = Region.objects.get(code="33.07")
    for code in ("kanim-a", "kanim-b"):
        Jurisdiction.objects.create(
            office=open_office(code), region=region, is_confirmed=True, coverage=Coverage.PART
        )

    assert claimants() == ["kanim-a", "kanim-b"]
