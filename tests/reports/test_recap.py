"""The recap counts what its viewer may know of, region by region, in the days that were asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.access import access_of
from accounts.models import Office, User
from reports.coverage import Coverage
from reports.monthly import REPORT, Report
from reports.roll import Roll
from reports.scope import Scope, scope_of
from reports.tables import tables_of
from reports.waiting import Waiting
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    DirectorateFactory,
    JurisdictionFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
    VillageAccessFactory,
    VillageFactory,
    ask_to_revoke,
    bring_in,
    confirm,
    head_of,
)
from villages import actions
from villages.models import Designation, GuidingTerm, Region, Village

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]
PAGES = ["recap", "recap_villages", "recap_officers", "recap_waiting", "recap_outreach",
         "recap_report", "recap_download", "recap_export"]  # fmt: skip


def scoped(user: User, code: str = "", **asked: str) -> Scope:
    return scope_of(access_of(user), {"wilayah": code, **asked})


def of(user: User, code: str = "", **asked: str) -> Coverage:
    return Coverage(scoped(user, code, **asked))


def counted(coverage: Coverage) -> dict[str, tuple[int, int, int]]:
    return {row.region.code: (row.villages, row.designated, row.under_way) for row in coverage.rows}


def sheet_in(code: str, **stage: object) -> Designation:
    return DesignationFactory(village=VillageFactory(region=RegionFactory(code=code)), **stage)


def listed(user: User, **asked: str) -> list[str]:
    return [entry.region.code for entry in Roll.asked(scoped(user, **asked), asked).entries]


def test_an_office_sees_the_regencies_that_it_serves_or_works_in() -> None:
    office = OfficeFactory()
    JurisdictionFactory(office=office)  # 33.07
    RegionFactory(code="33.07.06.2009")
    RegionFactory(code="33.07.06.2010")
    sheet_in("33.07.06.2009", office=office, approved=True)
    sheet_in("33.05.01.2015", office=office)

    coverage = of(UserFactory(staff_of=office))

    assert counted(coverage) == {"33.05": (1, 0, 1), "33.07": (2, 1, 0)}
    total = coverage.total
    assert (total.villages, total.designated, total.under_way, total.left) == (3, 1, 1, 2)


def test_a_regency_opens_into_its_districts_and_a_district_into_its_villages(
    sign_in: SignIn,
) -> None:
    office = OfficeFactory()
    sheet_in("33.07.06.2009", office=office, approved=True)
    sheet_in("33.07.07.2001", office=office, submitted=True)
    sheet_in("33.05.01.2015", office=office, submitted=True)
    RegionFactory(code="33.07.06.2010")
    staff = UserFactory(staff_of=office)

    opened = of(staff, "33.07")
    further = sign_in(staff).get(reverse("reports:recap"), {"wilayah": "33.07.06"})

    assert counted(opened) == {"33.07.06": (2, 1, 0), "33.07.07": (1, 0, 1)}
    assert further["Location"] == reverse("reports:recap_villages") + "?wilayah=33.07.06"
    assert listed(staff, wilayah="33.07.06") == ["33.07.06.2009", "33.07.06.2010"]


def test_nobody_is_offered_to_propose_where_their_office_does_not_serve(sign_in: SignIn) -> None:
    office = OfficeFactory()
    JurisdictionFactory(office=office)  # 33.07
    for code in ("33.07.06.2010", "35.09.11.2004"):
        RegionFactory(code=code)
    client, roll = sign_in(UserFactory(staff_of=office)), reverse("reports:recap_villages")

    here, elsewhere = (client.get(roll, {"wilayah": it}).text for it in ("33.07.06", "35.09.11"))

    assert "Usulkan <span" in here
    assert "Usulkan <span" not in elsewhere
    assert "Belum diusulkan" in elsewhere


def test_villages_are_counted_where_they_lie_and_while_they_are_on_the_list() -> None:
    for code in ("33.07.06.2009", "33.07.06.2010", "33.07.07.2001", "33.70.01.2001"):
        RegionFactory(code=code)
    RegionFactory(code="33.07.06.2011", retired_on="2026-01-01")

    assert villages_in("33", "33.07", "33.07.06", "33.70") == [4, 3, 2, 1]
    assert villages_in("33.07.06.2009") == [0]

    Region.objects.filter(code="33.07.06.2009").update(retired_on="2026-01-01")
    Region.objects.filter(code="33.07.06.2010").update(code="33.07.07.2010")
    assert villages_in("33", "33.07", "33.07.06", "33.07.07") == [3, 2, 0, 2]

    Region.objects.filter(code="33.07.06.2011").update(retired_on=None)
    Region.objects.filter(code="33.70.01.2001").delete()
    assert villages_in("33", "33.07", "33.07.06", "33.70") == [3, 3, 1, 0]


def villages_in(*codes: str) -> list[int]:
    """How many villages are said to lie in these regions."""
    return [Region.objects.get(code=code).village_count for code in codes]


@pytest.mark.parametrize("standing", ["", "belum", "tanpa", "approved", "submitted"])
def test_the_roll_says_how_many_it_lists(standing: str) -> None:
    office = OfficeFactory()
    JurisdictionFactory(office=office)  # 33.07
    sheet_in("33.07.06.2009", office=office, approved=True)
    sheet_in("33.07.06.2010", office=office, submitted=True)
    sheet_in("33.07.06.2011", office=office, revoked=True)
    gone = sheet_in("33.07.06.2012", office=office, approved=True).village.region
    Region.objects.filter(pk=gone.pk).update(retired_on=office.today())
    sheet_in("33.70.01.2001", office=office, approved=True)  # worked in, not served
    twice = sheet_in("33.08.01.2001", submitted=True).village
    DesignationFactory(village=twice)
    for code in ("33.07.06.2013", "33.07.07.2001", "33.08.01.2002", "34.01.01.2001"):
        RegionFactory(code=code)

    for user in (head_of(office).user, UserFactory(admin_of=DirectorateFactory())):
        for code in ("", "33", "33.07", "33.07.06", "33.70"):
            roll = Roll.asked(scoped(user, code), {"status": standing})
            assert roll.page.paginator.count == len(roll.regions), (user, code)


@pytest.mark.parametrize("retired", ["33.07", "33.07.06", "33.07.06.2009"])
def test_rows_and_total_agree_after_an_edition_that_recodes(retired: str) -> None:
    office = OfficeFactory()
    JurisdictionFactory(office=office)  # 33.07
    sheet_in("33.07.06.2009", office=office, approved=True)
    sheet_in("33.07.07.2001", office=office, approved=True)
    head, nation = head_of(office).user, UserFactory(admin_of=DirectorateFactory())
    RegionFactory(code="33.80.06.2009")

    Region.objects.filter(code__startswith=retired).update(retired_on=office.today())

    for person, codes in ((head, ("", "33.07")), (nation, ("", "33", "33.07"))):
        for code in codes:
            coverage = of(person, code)
            stood = coverage.scope.sheets.filter(coverage.scope.stood).count()
            rows = sum(row.designated for row in coverage.rows)
            assert (rows, coverage.total.designated, stood) == (2, 2, 2), (person, code)
    names = {row.name for row in of(head, "").rows}
    assert any("(kode lama)" in name for name in names) is (retired == "33.07")


def test_the_nation_sees_provinces_and_everybody_s_sheets() -> None:
    sheet_in("33.07.06.2009", approved=True)
    sheet_in("63.02.15.2002", approved=True)

    coverage = of(UserFactory(observer_of=DirectorateFactory()))

    assert counted(coverage) == {"33": (1, 1, 0), "63": (1, 1, 0)}


def test_other_offices_sheets_are_not_counted() -> None:
    office = OfficeFactory()
    JurisdictionFactory(office=office)
    sheet_in("33.07.06.2009", approved=True)

    coverage = of(UserFactory(staff_of=office))

    assert counted(coverage) == {"33.07": (1, 0, 0)}


def test_an_observer_narrows_to_one_office_and_to_nobody_elses() -> None:
    here, there = OfficeFactory(), OfficeFactory()
    sheet_in("33.07.06.2009", office=here, approved=True)
    sheet_in("33.07.06.2010", office=there, approved=True)
    stranger = OfficeFactory(parent=DirectorateFactory())
    kanwil = UserFactory(observer_of=here.parent)

    assert of(kanwil).total.designated == 2
    assert of(kanwil, kantor=here.code).total.designated == 1
    for code in (stranger.code, "tidak-ada"):
        with pytest.raises(Http404):
            _ = scoped(kanwil, kantor=code).office
    with pytest.raises(Http404):  # staff of one office have nothing to choose from
        _ = scoped(UserFactory(staff_of=here), kantor=there.code).office


def test_the_ditjen_narrows_to_a_kanwil_with_all_below_it() -> None:
    office = OfficeFactory()
    sheet_in("33.07.06.2009", office=office, approved=True)
    sheet_in("63.02.15.2002", office=OfficeFactory(parent=DirectorateFactory()), approved=True)

    coverage = of(UserFactory(observer_of=DirectorateFactory()), kantor=office.parent.code)

    assert counted(coverage) == {"33.07": (1, 1, 0)}


def test_a_village_that_moved_counts_where_it_is_guided_now() -> None:
    sheet = sheet_in("33.07.06.2009", approved=True)
    new = OfficeFactory()
    Village.objects.filter(pk=sheet.village_id).update(office=new)

    before, after = (of(UserFactory(staff_of=it)) for it in (sheet.office, new))

    assert before.total.designated == 0
    assert after.total.designated == 1


def moved(sheet: Designation, *offices: Office, since: list[datetime]) -> None:
    """The village passes from office to office, as if on these days."""
    nation = UserFactory(admin_of=DirectorateFactory())
    for office in offices:
        village = Village.objects.get(pk=sheet.village_id)
        actions.move_village(village, to=office, basis="Keputusan 7", by=nation)
    GuidingTerm.objects.filter(village=sheet.village_id).delete()
    GuidingTerm.objects.bulk_create(
        GuidingTerm(village=sheet.village, office=office, since=begun, until=over)
        for office, begun, over in zip(
            [sheet.office, *offices], [None, *since], [*since, None], strict=True
        )
    )


def told(user: User) -> tuple[int, int, int, int]:
    total, times = of(user).total, Waiting(scoped(user)).total
    return total.designated, total.became, total.went, times.decided


def test_who_designated_a_village_and_who_ended_it_tell_each_their_own_part() -> None:
    sheet = sheet_in("33.07.06.2009", approved=True)
    new = OfficeFactory()
    issuer, guide = UserFactory(staff_of=sheet.office), UserFactory(staff_of=new)
    nation = UserFactory(admin_of=DirectorateFactory())

    actions.move_village(sheet.village, to=new, basis="Keputusan 7", by=nation)
    before = told(issuer), told(guide)
    head = head_of(new)
    actions.end(sheet, note="Masa bina selesai.", head=head, by=head.user)

    assert before == ((0, 1, 0, 1), (1, 0, 0, 0))
    assert (told(issuer), told(guide)) == ((0, 1, 0, 1), (0, 0, 1, 0))
    assert told(nation) == (0, 1, 1, 1)
    assert listed(guide, status="ended") == ["33.07.06.2009"]
    assert listed(issuer, status="ended") == []


def test_a_past_day_stays_with_whoever_guided_then() -> None:
    sheet = sheet_in("33.07.06.2009", approved=True, approved__dated=date(2020, 5, 20))
    offices = [sheet.office, OfficeFactory(), OfficeFactory()]
    since = [datetime(year, 3, 1, tzinfo=UTC) for year in (2021, 2022)]

    moved(sheet, *offices[1:], since=since)

    def stood(year: int) -> list[int]:
        people = [UserFactory(staff_of=it) for it in offices]
        return [of(user, periode=str(year)).total.designated for user in people]

    assert stood(2020) == [1, 0, 0]
    assert stood(2021) == [0, 1, 0]
    assert stood(2022) == stood(sheet.office.today().year) == [0, 0, 1]


def test_who_guided_before_a_designation_learns_nothing_of_it() -> None:
    sheet = sheet_in("33.07.06.2009", ended=True)
    second, third = OfficeFactory(), OfficeFactory()
    moved(sheet, second, third, since=[datetime(year, 3, 1, tzinfo=UTC) for year in (2021, 2022)])

    again = DesignationFactory(village=sheet.village, office=third, approved=True)

    assert again not in scoped(UserFactory(staff_of=second)).sheets
    assert again in scoped(UserFactory(staff_of=third)).sheets


def test_who_designates_a_village_guided_it_all_along_where_others_had_a_draft() -> None:
    village = VillageFactory(region=RegionFactory(code="33.07.06.2009"))
    drafter, office = village.office, OfficeFactory()

    DesignationFactory(village=village, office=office, approved=True)

    term = GuidingTerm.objects.get(village=village)
    assert drafter != term.office == office
    assert (term.since, term.until) == (None, None)


# --- Periods -------------------------------------------------------------------------------------


def revoked(sheet: Designation) -> None:
    ask_to_revoke(sheet)
    decree = {"decree_number": "W.13-CABUT-1", "decree_dated": sheet.office.today()}
    head = head_of(sheet.office)
    actions.revoke(sheet, **decree, head=head, by=head.user)


def test_a_past_month_shows_what_stood_then() -> None:
    office = OfficeFactory()
    user = UserFactory(staff_of=office)
    today = office.today()
    last_year = str(today.year - 1)
    may, june = date(today.year - 1, 5, 20), date(today.year - 1, 6, 1)
    sheet_in("33.07.06.2009", office=office, approved=True, approved__dated=may)
    sheet_in("33.07.06.2010", office=office, approved=True)
    revoked(sheet_in("33.07.06.2011", office=office, approved=True, approved__dated=june))

    def told(key: str) -> tuple[int, int, int]:
        total = of(user, periode=key).total
        return total.designated, total.became, total.went

    assert told(f"{last_year}-04") == (0, 0, 0)
    assert told(f"{last_year}-05") == (1, 1, 0)
    assert told(f"{last_year}-T2") == (2, 2, 0)  # the revoked one stood until this year
    assert told(last_year) == (2, 2, 0)
    assert told(f"{today:%Y-%m}") == (2, 1, 1)


def test_wherever_the_designated_are_counted_the_unconfirmed_are_named(sign_in: SignIn) -> None:
    office = JurisdictionFactory().office
    RegionFactory(code="33.07.06.2009", name="Pakuncen")
    sheet_in("33.07.06.2010", office=office, approved=True)
    staff = UserFactory(staff_of=office)
    table = actions.record_import(bring_in(office, "Pakuncen", by=staff), by=staff)
    client, words = sign_in(staff), "termasuk 1 belum dibenarkan"

    def everywhere() -> tuple[bool, bool, int, Any]:
        scope = scoped(staff, periode=str(office.today().year))
        facts = Report(scope).paper().facts
        figures = dict(list(row[:2]) for row in next(iter(tables_of(scope))).rows())
        page = client.get(reverse("reports:recap")).content.decode()
        paper = render_to_string(REPORT.template, {"facts": facts})
        told = facts["total"]["unconfirmed"]
        return words in page, words in paper, told, figures["Termasuk belum dibenarkan"]

    before = everywhere()
    confirm(table)

    assert before == (True, True, 1, 1)
    assert everywhere() == (False, False, 0, 0)


def test_a_past_day_names_whom_no_head_had_answered_for_by_then() -> None:
    office = JurisdictionFactory().office
    RegionFactory(code="33.07.06.2009", name="Pakuncen")
    staff = UserFactory(staff_of=office)
    confirm(actions.record_import(bring_in(office, "Pakuncen", by=staff), by=staff))
    year = office.today().year - 1

    def then(recorded: tuple[int, int], confirmed: tuple[int, int], month: int) -> tuple[int, int]:
        stamps = [datetime(year, *day, 12, tzinfo=UTC) for day in (recorded, confirmed)]
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # triggers rest
            Designation.objects.update(recorded_at=stamps[0], confirmed_at=stamps[1])
            cursor.execute("SET LOCAL session_replication_role = origin")
        total = of(staff, periode=f"{year}-{month:02}").total
        return total.designated, total.unconfirmed

    assert then(recorded=(3, 10), confirmed=(5, 10), month=4) == (1, 1)
    assert then(recorded=(3, 10), confirmed=(5, 10), month=5) == (1, 0)
    assert then(recorded=(4, 29), confirmed=(4, 30), month=4) == (1, 0)
    # Brought in later, and vouched for since: nobody was told of it then, and nobody need doubt it.
    assert then(recorded=(7, 10), confirmed=(8, 10), month=4) == (1, 0)


def test_a_sheet_is_under_way_from_its_beginning_to_its_end() -> None:
    office = OfficeFactory()
    user = UserFactory(staff_of=office)
    sheet = sheet_in("33.07.06.2009", office=office, approved=True)
    long_ago = timezone.now() - timedelta(days=800)
    stamps = {"created_at": long_ago, "submitted_at": long_ago}
    Designation.objects.filter(pk=sheet.pk).update(**stamps)
    withdrawn = sheet_in("33.07.06.2010", office=office, withdrawn=True)
    Designation.objects.filter(pk=withdrawn.pk).update(created_at=long_ago, status_at=long_ago)

    year = f"{timezone.now().year - 1}"

    assert of(user, periode=year).total.under_way == 1
    assert of(user).total.under_way == 0


def test_every_village_has_one_standing_its_designation_before_all_else() -> None:
    office = OfficeFactory()
    JurisdictionFactory(office=office)
    RegionFactory(code="33.07.06.2011")
    twice = sheet_in("33.07.06.2009", office=office, rejected=True)
    DesignationFactory(village=twice.village, office=office, approved=True)
    Designation.objects.filter(pk=twice.pk).update(status_at=timezone.now())
    sheet_in("33.07.06.2010", office=office, submitted=True)
    user = UserFactory(staff_of=office)

    told = {it.key: it.count for it in of(user).standings if it.count}

    assert told == {"approved": 1, "submitted": 1, "tanpa": 1}
    for key, count in told.items():
        assert len(listed(user, status=key)) == count
    assert listed(user, status="belum") == ["33.07.06.2010", "33.07.06.2011"]
    assert listed(user, status="rejected") == []


def test_the_roll_is_narrowed_by_name_and_by_who_guides() -> None:
    office = OfficeFactory()
    JurisdictionFactory(office=office)
    guided = sheet_in("33.07.06.2009", office=office, approved=True)
    alone = sheet_in("33.07.06.2010", office=office, approved=True)
    AssignmentFactory(village=guided.village, officer__office=office)
    user = UserFactory(staff_of=office)

    assert listed(user, status="approved", pimpasa="tanpa") == [alone.village.region.code]
    assert listed(user, q="PAKUN cen") == ["33.07.06.2009"]
    assert listed(user, q="33.07.06.2010") == ["33.07.06.2010"]
    assert len(listed(user, status="nonsense", pimpasa="nonsense")) == 2


def test_only_staff_are_offered_to_propose_what_is_left(sign_in: SignIn) -> None:
    office = OfficeFactory()
    JurisdictionFactory(office=office)
    RegionFactory(code="33.07.06.2009")
    way = reverse("villages:propose") + "?q=33.07.06.2009"

    def shown(user: User) -> str:
        return sign_in(user).get(reverse("reports:recap_villages")).content.decode()

    assert way in shown(UserFactory(staff_of=office))
    assert way not in shown(UserFactory(observer_of=office.parent))


# --- The pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_village_has_no_recap(name: str, sign_in: SignIn) -> None:
    client = sign_in(VillageAccessFactory().user)

    assert client.get(reverse(f"reports:{name}")).status_code == 403


@pytest.mark.parametrize("name", [it for it in PAGES if it != "recap_report"])
def test_strange_addresses_find_nothing(name: str, sign_in: SignIn) -> None:
    RegionFactory(code="33.07.06.2009")
    other = OfficeFactory()
    client = sign_in(UserFactory(staff_of=OfficeFactory()))

    def status(**asked: str) -> int:
        return client.get(reverse(f"reports:{name}"), asked).status_code

    for code in ("99", "33.07.06.2009", "' OR 1=1", "٣٣"):
        assert status(wilayah=code) == 404
    assert status(kantor=other.code) == 404
    assert status(periode="2026-13", dari="x", sampai="\0") == 200


def test_filters_stay_in_every_link(sign_in: SignIn) -> None:
    office: Office = OfficeFactory()
    sheet_in("33.07.06.2009", office=office, approved=True)
    client = sign_in(UserFactory(observer_of=office.parent))
    asked = {"periode": "2025-T1", "kantor": office.code, "wilayah": "33.07"}

    page = client.get(reverse("reports:recap"), asked).content.decode()

    kept = f"?periode=2025-T1&amp;kantor={office.code}&amp;wilayah=33.07"
    for name in ("recap_villages", "recap_officers", "recap_waiting", "recap_download"):
        assert f'href="{reverse(f"reports:{name}")}{kept}"' in page
    assert "Triwulan I 2025" in page
