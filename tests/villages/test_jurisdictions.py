"""Who serves where: claims, confirmation, and what an import may not overrule."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError
from django.test import Client

from accounts.models import Office, User
from audit.models import Entry
from tests.factories import UserFactory
from tests.villages.conftest import OpenOffice, WriteEdition
from villages import actions, jurisdictions
from villages.jurisdictions import Claim
from villages.models import Jurisdiction, Region
from villages.models.jurisdiction import Coverage, claims_on
from villages.tables import TableRefused

pytestmark = pytest.mark.usefixtures("nation")

type SignIn = Callable[[User], Client]
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


# --- A kecamatan apart (decision 11) -------------------------------------------------------------


def settle(office_code: str, region_code: str, by: User) -> None:
    region = Region.objects.get(code=region_code)
    actions.settle_jurisdiction(Office.objects.get(code=office_code), region, by=by)


def served_by(code: str) -> set[str]:
    villages = Region.objects.villages().within(Office.objects.get(code=code))
    return set(villages.values_list("code", flat=True))


WONOREJO, PAKUNCEN, OF_PURWOREJO = "33.07.06.1001", "33.07.06.2009", "33.06.01.2001"


def test_a_kecamatan_confirmed_for_another_office_leaves_the_kabupaten_of_the_first(
    open_office: OpenOffice, national_admin: User
) -> None:
    for code in ("kanim-a", "kanim-b"):
        open_office(code)
    settle("kanim-a", "33.07", national_admin)
    settle("kanim-a", "33.06", national_admin)
    assert WONOREJO in served_by("kanim-a")

    settle("kanim-b", "33.07.06", national_admin)

    assert served_by("kanim-a") == {OF_PURWOREJO}
    assert {WONOREJO, PAKUNCEN} <= served_by("kanim-b")
    assert claimants(PAKUNCEN) == ["kanim-b"]
    assert claimants("33.07") == ["kanim-a"]  # its claim on the rest stands


@pytest.mark.parametrize("doubt", [{"is_confirmed": False}, {"coverage": Coverage.PART}])
def test_as_long_as_it_is_not_sure_both_may_propose(
    open_office: OpenOffice, national_admin: User, doubt: dict[str, object]
) -> None:
    for code in ("kanim-a", "kanim-b"):
        open_office(code)
    settle("kanim-a", "33.07", national_admin)
    settle("kanim-b", "33.07.06", national_admin)
    Jurisdiction.objects.filter(office__code="kanim-b").update(
        confirmed_by=None if "is_confirmed" in doubt else national_admin, **doubt
    )

    assert claimants(PAKUNCEN) == ["kanim-a", "kanim-b"]
    assert PAKUNCEN in served_by("kanim-a") & served_by("kanim-b")


def test_a_kabupaten_that_moves_takes_its_kecamatan_back(
    open_office: OpenOffice, national_admin: User
) -> None:
    kabupaten = Region.objects.get(code="33.07")
    new = [open_office(code) for code in ("kanim-a", "kanim-b", "kanim-c")][-1]
    settle("kanim-a", "33.07", national_admin)
    settle("kanim-b", "33.07.06", national_admin)

    actions.move_region(kabupaten, to=new, basis="Keputusan", by=national_admin)

    assert claimants(PAKUNCEN) == ["kanim-c"]
    for code in ("kanim-a", "kanim-b"):
        entry = Entry.objects.about(Office.objects.get(code=code))
        assert entry.filter(verb="jurisdiction.released").exists()


def test_both_offices_read_what_is_carved_out(
    sign_in: SignIn, open_office: OpenOffice, national_admin: User
) -> None:
    first, second = open_office("kanim-a"), open_office("kanim-b")
    settle("kanim-a", "33.07", national_admin)
    settle("kanim-b", "33.07.06", national_admin)

    of_first = sign_in(UserFactory(staff_of=first)).get("/kantor/kanim-a/wilayah/")
    of_second = sign_in(UserFactory(staff_of=second)).get("/kantor/kanim-b/wilayah/")

    assert "kecuali Kecamatan Selomerto (Kantor kanim-b)" in of_first.content.decode()
    assert "dikecualikan dari Kabupaten Wonosobo (Kantor kanim-a)" in of_second.content.decode()
