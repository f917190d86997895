"""The desks: what waits, since when, and the button that does it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.access import access_of
from accounts.models import Office, User
from certificates.actions import attach_scan
from certificates.models import Certificate
from desabinaan import formats
from reports import desks
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    DirectorateFactory,
    JurisdictionFactory,
    MembershipFactory,
    NumberTemplateFactory,
    OfficeFactory,
    OfficerFactory,
    RegionalOfficeFactory,
    RegionFactory,
    UserFactory,
    VillageAccessFactory,
    VillageFactory,
    bring_in,
    designate,
    draw_now,
    signed_pdf,
)
from villages import actions
from villages.models import Designation, Import

SignIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db


def desk_page(sign_in: SignIn, user: User) -> str:
    return page_of(sign_in, user, "/")


def page_of(sign_in: SignIn, user: User, address: str) -> str:
    response = sign_in(user).get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_staff_see_drafts_and_returned_sheets_with_the_note(sign_in: SignIn) -> None:
    office = OfficeFactory()
    draft = DesignationFactory(office=office)
    returned = DesignationFactory(office=office, returned=True, returned__note="Tambah lampiran.")

    page = desk_page(sign_in, UserFactory(staff_of=office))

    assert "2 hal menunggu Anda" in page
    assert draft.village.full_name in page
    assert returned.village.full_name in page
    assert "Tambah lampiran." in page
    assert f'href="{returned.get_absolute_url()}">Lengkapi' in page


def test_staff_see_who_holds_what_they_submitted(sign_in: SignIn) -> None:
    sheet = DesignationFactory(submitted=True)
    head = UserFactory(head_of=sheet.office)

    page = desk_page(sign_in, UserFactory(staff_of=sheet.office))

    assert "Di meja Kepala Kantor" in page
    assert f"Keputusan ada pada {head.name}." in page
    assert "putuskan" not in page


def test_a_sheet_without_its_decree_number_asks_for_it(sign_in: SignIn) -> None:
    sheet = DesignationFactory(approved=True, approved__number="")

    page = desk_page(sign_in, UserFactory(staff_of=sheet.office))

    assert "Menunggu nomor SK" in page
    assert f"/penetapan/{sheet.pk}/nomor-sk/" in page


def test_the_head_decides_the_longest_waiting_first(sign_in: SignIn) -> None:
    office = OfficeFactory()
    later = DesignationFactory(office=office, submitted=True)
    sooner = DesignationFactory(office=office, submitted=True)
    three_days_ago = timezone.now() - timedelta(days=3)
    Designation.objects.filter(pk=sooner.pk).update(status_at=three_days_ago)

    page = desk_page(sign_in, UserFactory(head_of=office))

    assert page.index(sooner.village.full_name) < page.index(later.village.full_name)
    assert "menunggu 3 hari" in page
    assert page.count("Periksa dan putuskan") == 2


def test_a_head_who_prepared_a_sheet_waits_for_another(sign_in: SignIn) -> None:
    office = OfficeFactory()
    both = UserFactory(head_of=office, staff_of=office)
    DesignationFactory(office=office, created_by=both, submitted=True)

    page = desk_page(sign_in, both)

    assert "Menunggu pejabat lain" in page
    assert "Anda ikut menyiapkan</span>" in page
    assert "Tidak ada yang menunggu Anda." in page
    assert "Periksa dan putuskan" not in page


def test_a_requested_revocation_waits_for_a_head_who_is_another(sign_in: SignIn) -> None:
    sheet = DesignationFactory(revocation_requested=True)

    acting = UserFactory(head_of=sheet.office, head_of__acting_kind="plh")

    page = desk_page(sign_in, acting)

    assert "Usul pencabutan" in page
    assert "Periksa dan putuskan" in page


def test_the_one_who_asked_for_a_revocation_is_not_asked_to_confirm_it(sign_in: SignIn) -> None:
    office = OfficeFactory()
    head = UserFactory(head_of=office)
    DesignationFactory(office=office, revocation_requested=True, revocation_requested__by=head)

    page = desk_page(sign_in, head)

    assert "Anda mengusulkan pencabutan" in page
    assert "Periksa dan putuskan" not in page


def test_what_was_rejected_stays_in_sight_until_it_is_proposed_again(sign_in: SignIn) -> None:
    sheet = DesignationFactory(rejected=True, rejected__reason="Desa belum bersedia.")
    staff = UserFactory(staff_of=sheet.office)

    page = desk_page(sign_in, staff)
    DesignationFactory(office=sheet.office, village=sheet.village)
    later = desk_page(sign_in, staff)

    assert "Baru ditolak" in page
    assert "Desa belum bersedia." in page
    assert "Baru ditolak" not in later


def test_a_certificate_that_struggles_is_seen(sign_in: SignIn) -> None:
    sheet = DesignationFactory(approved=True)
    Certificate.objects.filter(pk=sheet.certificate.pk).update(attempts=3, tried_at=timezone.now())

    page = desk_page(sign_in, UserFactory(head_of=sheet.office, head_of__acting_kind="plh"))

    assert "Sertifikat masih disiapkan" in page
    assert "3 kali belum berhasil" in page


def test_a_designated_village_shows_its_certificate(sign_in: SignIn) -> None:
    sheet = DesignationFactory(approved=True, approved__ready=True)

    page = desk_page(sign_in, UserFactory(staff_of=sheet.office))

    assert "Baru ditetapkan" in page
    assert f"/sertifikat/{sheet.certificate.code}/unduh/" in page


def test_without_a_number_template_everybody_learns_whom_to_ask(sign_in: SignIn) -> None:
    office = OfficeFactory()
    keeper = UserFactory(admin_of=office)

    for_head = desk_page(sign_in, UserFactory(head_of=office))
    for_keeper = desk_page(sign_in, keeper)

    assert "belum memilih pola nomor" in for_head
    assert keeper.name in for_head
    assert f"/kantor/{office.code}/penomoran/" in for_keeper


def test_an_administrator_learns_that_nobody_leads_and_who_leaves(sign_in: SignIn) -> None:
    office = OfficeFactory()
    NumberTemplateFactory(office=office)
    soon = office.today() + timedelta(days=10)
    leaving = UserFactory(staff_of=office, staff_of__ends_on=soon)
    staying = UserFactory(staff_of=office)

    page = desk_page(sign_in, UserFactory(admin_of=office))

    assert "Tidak ada kepala kantor hari ini" in page
    assert leaving.name in page
    assert staying.name not in page


def test_the_national_administrator_counts_offices_that_cannot_work(sign_in: SignIn) -> None:
    ready = OfficeFactory()
    settled = JurisdictionFactory(office=ready, is_confirmed=True, confirmed_by=UserFactory())
    NumberTemplateFactory(office=ready)
    UserFactory(head_of=ready)
    JurisdictionFactory(office=OfficeFactory(), region=settled.region)  # it rests: no land yet

    page = desk_page(sign_in, UserFactory(admin_of=DirectorateFactory()))

    assert "Kantor imigrasi yang belum siap" in page
    assert "Dari 2 kantor imigrasi" in page
    assert "<dt>Tanpa wilayah kerja</dt><dd>1 kantor</dd>" in page
    assert '?kurang=admin">2 kantor</a></dd>' in page


def test_heads_are_counted_by_the_calendar_of_their_office(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Half past ten in the evening of 30 June in Jakarta is 1 July in Jayapura.
    for zone in ("Asia/Jakarta", "Asia/Jayapura"):
        office = OfficeFactory(timezone=zone)
        UserFactory(head_of=office, head_of__ends_on=date(2026, 6, 30))
    national = access_of(UserFactory(admin_of=DirectorateFactory()))

    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 6, 30, 15, 30, tzinfo=UTC))

    assert desks.desk_of(national).nation["headless"] == 1


def test_an_observer_sees_counts_of_the_subtree_only(sign_in: SignIn) -> None:
    mine = DesignationFactory(submitted=True)
    elsewhere = RegionalOfficeFactory(code="kanwil-lain", name="Kantor Wilayah Lain")
    theirs = DesignationFactory(office=OfficeFactory(parent=elsewhere), submitted=True)

    page = desk_page(sign_in, UserFactory(observer_of=mine.office.parent))

    assert mine.office.name in page
    assert theirs.office.name not in page


def test_a_village_downloads_its_certificate_from_its_desk(sign_in: SignIn) -> None:
    sheet = DesignationFactory(approved=True, approved__ready=True)
    official = UserFactory(village=sheet.village)

    page = desk_page(sign_in, official)

    assert f"/sertifikat/{sheet.certificate.code}/unduh/" in page
    assert sheet.office.name in page
    assert sheet.office.address in page


def test_what_another_office_was_refused_hides_no_certificate(sign_in: SignIn) -> None:
    sheet = DesignationFactory()
    DesignationFactory(village=sheet.village, office=OfficeFactory(), rejected=True)
    designate(sheet, ready=True)

    page = desk_page(sign_in, UserFactory(village=sheet.village))

    assert f"/sertifikat/{sheet.certificate.code}/unduh/" in page
    assert "Ditolak" not in page


def test_a_village_does_not_see_drafts_notes_or_withdrawn_sheets(sign_in: SignIn) -> None:
    draft = DesignationFactory()
    returned = DesignationFactory(returned=True, returned__note="Rahasia kantor.")
    withdrawn = DesignationFactory(withdrawn=True)
    official = UserFactory(village=draft.village)
    for sheet in (returned, withdrawn):
        sheet.village.accesses.create(
            user=official, starts_on="2020-01-01", created_by=sheet.created_by
        )

    page = desk_page(sign_in, official)

    assert page.count("belum diusulkan menjadi Desa Binaan") == 2
    assert "sedang melengkapi usulan desa Anda" in page
    assert "Rahasia kantor" not in page


@pytest.mark.parametrize("address", ["/", "/desa/{}/"])
def test_a_village_learns_who_guides_it_and_how_to_reach_the_office(
    sign_in: SignIn, address: str
) -> None:
    office = OfficeFactory(phone="(0286) 321-628", whatsapp="+628112345678", email="w@example.id")
    village = DesignationFactory(approved=True, office=office).village
    guide = AssignmentFactory(village=village, officer__office=office)
    over = AssignmentFactory(village=village, officer__office=office, ends_on=guide.starts_on)
    client = sign_in(VillageAccessFactory(village=village).user)

    page = client.get(address.format(village.pk)).content.decode()

    assert guide.officer.user.name in page
    assert "sejak 7 Maret 2024" in page
    assert guide.get_part_display().lower() in page.partition(guide.officer.user.name)[2].lower()
    assert over.officer.user.name not in page
    assert 'href="tel:0286321628"' in page
    assert "https://wa.me/628112345678" in page
    assert "mailto:w@example.id" in page


@pytest.mark.parametrize("address", ["/", "/desa/{}/"])
def test_where_the_office_gave_no_number_its_village_is_sent_to_the_door(
    sign_in: SignIn, address: str
) -> None:
    account = VillageAccessFactory()

    page = sign_in(account.user).get(address.format(account.village_id)).content.decode()

    assert "Belum dicatat kantor. Datanglah ke alamat kantor." in page
    assert "https://wa.me/" not in page


@pytest.mark.parametrize("numbers", [{"phone": "(0286) 000 100"}, {"whatsapp": "+628112345678"}])
def test_the_administrator_is_asked_for_a_number_until_there_is_one(
    sign_in: SignIn, numbers: dict[str, str]
) -> None:
    office = OfficeFactory()
    admin = sign_in(UserFactory(admin_of=office))
    task = ">Telepon kantor</a>"
    asked = admin.get("/").content.decode().partition(task)[2].partition("</li>")[0]
    setup = admin.get(f"/kantor/{office.code}/langkah/").content.decode()

    Office.objects.filter(pk=office.pk).update(**numbers)
    done = admin.get("/").content.decode().partition(task)[2].partition("</li>")[0]

    assert "Belum" in asked
    assert task in setup
    assert "Lengkap" in done


def test_the_administrator_sees_which_designated_villages_nobody_can_sign_in_for(
    sign_in: SignIn,
) -> None:
    office = OfficeFactory()
    bare, closed, kept = (DesignationFactory(office=office, approved=True) for _ in range(3))
    DesignationFactory(office=office, submitted=True)
    DesignationFactory(approved=True)  # of another office
    VillageAccessFactory(village=closed.village, ends_on=office.today())
    VillageAccessFactory(village=kept.village)
    admin = sign_in(UserFactory(admin_of=office))

    desk = " ".join(admin.get("/").content.decode().split())
    listed = admin.get("/desa/?akun=tanpa&status=approved").context["page"].object_list
    staff = desk_page(sign_in, UserFactory(staff_of=office))

    heap = desk.partition("Desa binaan tanpa akun")[2]
    assert heap.startswith(' <span class="counter">2</span>')
    for sheet in (bare, closed):
        assert sheet.village.full_name in heap
        assert reverse("villages:village_account", args=[sheet.village_id]) in heap
    assert kept.village.full_name not in heap
    assert {village.pk for village in listed} == {bare.village_id, closed.village_id}
    assert "tanpa akun" not in staff


# --- Who acts for the head -----------------------------------------------------------------------


def test_a_head_sees_who_acts_until_when_and_who_notes_it(sign_in: SignIn) -> None:
    office = OfficeFactory()
    head, keeper = UserFactory(head_of=office), UserFactory(admin_of=office)
    before = desk_page(sign_in, head)
    week = timedelta(days=7)
    now = MembershipFactory(
        office=office, role="head", acting_kind="plh", basis="SP-1",
        starts_on=office.today(), ends_on=office.today() + week,
    )  # fmt: skip
    soon = MembershipFactory(
        office=office, role="head", acting_kind="plt", basis="SP-2",
        starts_on=office.today() + week * 9, ends_on=office.today() + week * 10,
    )  # fmt: skip

    of_head, of_acting = desk_page(sign_in, head), desk_page(sign_in, now.user)
    of_keeper, of_staff = (
        desk_page(sign_in, keeper),
        desk_page(sign_in, UserFactory(staff_of=office)),
    )

    assert f"Administrator kantor mencatat Plh. atau Plt.: {keeper.name}." in before
    assert f"sampai {formats.long_date(now.ends_on)}" not in before
    for membership in (now, soon):
        assert f"<strong>{membership.user.name}</strong>" in of_head
        assert f"sampai {formats.long_date(membership.ends_on)}." in of_head
    assert "<strong>Anda</strong> adalah Plh." in of_acting
    assert soon.user.name not in of_keeper  # ends in ten weeks: no news for who keeps the roles
    assert "Akan cuti" not in of_keeper
    assert "Akan cuti" not in of_staff


# --- The paper -----------------------------------------------------------------------------------


def recorded_table(office: Office) -> Import:
    """A village that one of the staff brought in, which waits for the head's word."""
    region = RegionFactory(code="33.07.06.2099", name="Bumirejo")
    JurisdictionFactory(office=office, region=region.regency)
    staff = UserFactory(staff_of=office)
    return actions.record_import(bring_in(office, region.name, by=staff), by=staff)


def in_this_order(page: str, *words: str) -> bool:
    places = [page.index(each) for each in words]
    return places == sorted(places)


def test_what_waits_for_the_head_comes_before_what_is_only_told(sign_in: SignIn) -> None:
    office = OfficeFactory()
    person = UserFactory(head_of=office)
    asked = DesignationFactory(office=office, revocation_requested=True)
    waiting = DesignationFactory(office=office, submitted=True)
    table = recorded_table(office)
    MembershipFactory(
        office=office, role="head", acting_kind="plh", basis="SP-1",
        starts_on=office.today(), ends_on=office.today() + timedelta(days=7),
    )  # fmt: skip

    page = desk_page(sign_in, person)

    told = ("mewajibkan faktor kedua", "adalah Plh.", "Akan cuti")
    for sheet in (waiting, asked):
        assert in_this_order(page, sheet.village.full_name, *told)
    assert in_this_order(page, f"Tabel {table}", *told)


def test_what_came_back_to_the_staff_comes_before_what_only_a_head_settles(
    sign_in: SignIn,
) -> None:
    office = OfficeFactory()
    person = UserFactory(staff_of=office)
    recorded_table(office)
    DesignationFactory(office=office, returned=True)
    DesignationFactory(office=office)
    DesignationFactory(office=office, submitted=True)

    page = desk_page(sign_in, person)

    assert in_this_order(
        page, "Dikembalikan untuk dilengkapi", "Draf usulan", "Tabel menunggu pembenaran"
    )


def test_the_village_reads_whether_its_certificate_is_signed_and_what_a_download_weighs(
    sign_in: SignIn,
) -> None:
    sheet = DesignationFactory(approved=True, approved__ready=True)
    paper, official = sheet.certificate, VillageAccessFactory(village=sheet.village).user
    unsigned = desk_page(sign_in, official)
    its_page = sign_in(official).get(paper.get_absolute_url()).content.decode()
    sheet_unsigned = page_of(sign_in, official, sheet.get_absolute_url())

    attach_scan(paper, signed_pdf("lembar.pdf"), by=UserFactory(staff_of=sheet.office))
    signed = desk_page(sign_in, official)
    sheet_signed = page_of(sign_in, official, sheet.get_absolute_url())

    drawn = f"(PDF, {formats.file_size(paper.size)})".replace("\N{NO-BREAK SPACE}", " ")
    assert "belum ditandatangani" in unsigned
    assert "belum ditandatangani" in its_page
    assert f"Unduh sertifikat {drawn}" in unsigned
    scan = f"(PDF, {formats.file_size(paper.scan.size)})".replace("\N{NO-BREAK SPACE}", " ")
    assert f"Unduh sertifikat bertanda tangan {scan}" in signed
    assert f"Unduh yang belum ditandatangani {drawn}" in signed
    assert f"Unduh sertifikat, belum ditandatangani {drawn}" in sheet_unsigned
    assert f"Unduh sertifikat bertanda tangan {scan}" in sheet_signed
    assert f"/sertifikat/{paper.code}/asli/" in signed


def test_somebody_with_nothing_learns_whom_to_ask(sign_in: SignIn) -> None:
    page = desk_page(sign_in, UserFactory())

    assert "Akun Anda belum memiliki peran" in page
    assert "administrator kantor" in page


@pytest.mark.parametrize("what", ["role", "account", "officer"])
def test_an_account_that_has_ended_names_the_office_that_can_open_it_again(
    sign_in: SignIn, what: str
) -> None:
    office = OfficeFactory(phone="(0286) 321123")
    day = office.today() - timedelta(days=3)
    over = {"starts_on": day - timedelta(days=90), "ends_on": day}
    account: Any
    if what == "role":
        account = MembershipFactory(office=office, role="staff", **over)
    elif what == "officer":
        account = OfficerFactory(office=office, **over)
    else:
        account = VillageAccessFactory(village__office=office, **over)
    MembershipFactory(user=account.user, role="staff", starts_on=day + timedelta(days=30))
    MembershipFactory(user=account.user, starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1))

    page = desk_page(sign_in, account.user)

    assert "Akses Anda sudah berakhir" in page
    assert f"sampai {formats.long_date(day)}" in page
    assert f"mintalah {office} membukanya kembali" in page
    assert office.phone in page
    assert "belum memiliki peran" not in page


@pytest.mark.parametrize("address", ["/", "/sertifikat/{}/"])
def test_a_village_whose_guidance_ended_is_not_led_to_sign_and_stamp(
    sign_in: SignIn, address: str
) -> None:
    sheet = DesignationFactory(ended=True)
    client = sign_in(UserFactory(village=sheet.village))

    page = " ".join(client.get(address.format(sheet.certificate.code)).content.decode().split())

    assert "Unduh untuk arsip desa" in page
    assert "disimpan sebagai arsip desa" in page
    assert "SAH, SUDAH BERAKHIR" in page
    assert f'href="/v/{sheet.certificate.code}"' in page
    for offer in ("panel tone-gold", "siap dicetak", "mengecap", "Beri tahu desa"):
        assert offer not in page


def test_the_office_sees_that_a_certificate_has_ended_and_tells_nobody_it_is_ready(
    sign_in: SignIn,
) -> None:
    sheet = DesignationFactory(ended=True)
    client = sign_in(UserFactory(staff_of=sheet.office))

    for address in (sheet.get_absolute_url(), sheet.certificate.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "masa pembinaan" in page.lower()
        for offer in ("panel tone-gold", "siap dicetak", "Siap diunduh", "Beri tahu desa"):
            assert offer not in page


@pytest.mark.parametrize("address", ["/", "/sertifikat/{}/"])
def test_a_village_that_was_revoked_is_told_to_take_the_sheet_down(
    sign_in: SignIn, address: str
) -> None:
    sheet = DesignationFactory(revoked=True)
    client = sign_in(UserFactory(village=sheet.village))

    page = " ".join(client.get(address.format(sheet.certificate.code)).content.decode().split())

    assert "Turunkan lembar yang terpasang dan kembalikan kepada kantor." in page
    assert "melihat jawaban DICABUT" in page
    assert f'href="/v/{sheet.certificate.code}"' in page


def test_empty_desks_say_what_to_do(sign_in: SignIn) -> None:
    office = OfficeFactory()

    for_staff = desk_page(sign_in, UserFactory(staff_of=office))
    for_head = desk_page(sign_in, UserFactory(head_of=office))

    assert "Mulailah dari desa yang memenuhi kriteria" in for_staff
    assert "/penetapan/usul/" in for_staff
    assert "Usulan yang diajukan petugas muncul di sini" in for_head


def test_another_office_is_not_on_the_desk(sign_in: SignIn) -> None:
    theirs = DesignationFactory(submitted=True)

    page = desk_page(sign_in, UserFactory(head_of=OfficeFactory(), staff_of=OfficeFactory()))

    assert theirs.village.full_name not in page


def test_a_long_heap_shows_its_beginning_and_leads_to_the_rest(sign_in: SignIn) -> None:
    office = OfficeFactory()
    sheets = DesignationFactory.create_batch(desks.ROWS + 2, office=office)

    page = desk_page(sign_in, UserFactory(staff_of=office))

    assert sum(sheet.village.full_name in page for sheet in sheets) == desks.ROWS
    assert "Lihat 2 lainnya" in page
    assert "/penetapan/?status=draft" in page


def asked(client: Client) -> int:
    """How many queries the desk takes in the middle of the work; savepoints are the test's own."""
    client.get("/")  # the first page notes the sign-in, and the session's new end
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in queries)


def busy_office(count: int) -> object:
    office = OfficeFactory()
    for _ in range(count):
        DesignationFactory(office=office)
        DesignationFactory(office=office, returned=True)
        DesignationFactory(office=office, submitted=True)
        DesignationFactory(office=office, approved=True)
        DesignationFactory(office=office, approved=True, approved__number="")
        DesignationFactory(office=office, revocation_requested=True)
    return office


@pytest.mark.parametrize("count", [0, 1, 4])
def test_a_desk_of_every_office_role_takes_ten_queries(sign_in: SignIn, count: int) -> None:
    office = busy_office(count)
    person = UserFactory(
        staff_of=office, head_of=office, head_of__acting_kind="plh", admin_of=office
    )
    client = sign_in(person)

    # 1 session, 2 user, 3 memberships with their offices, 4 villages of an official;
    # 5 the office with its people and gaps, 6 the top of every heap, 7 their rows,
    # 8 who leaves soon and who acts, 9 villages without PIMPASA, 10 those without an account.
    # Without any sheet, Django knows that there are no rows to ask for.
    assert asked(client) == (10 if count else 9)


@pytest.mark.parametrize("count", [0, 1, 4])
def test_an_observers_desk_takes_five_queries(sign_in: SignIn, count: int) -> None:
    office = busy_office(count)
    client = sign_in(UserFactory(observer_of=office.parent))

    # 1 session, 2 user, 3 memberships with the offices below, 4 villages of an official;
    # 5 counts by unit.
    assert asked(client) == 5


@pytest.mark.parametrize("count", [1, 4])
def test_a_village_desk_takes_nine_queries(sign_in: SignIn, count: int) -> None:
    official = UserFactory()
    for _ in range(count):
        sheet = DesignationFactory(approved=True)
        AssignmentFactory(village=sheet.village, officer__office=sheet.office)
        draw_now(sheet.certificate)
        sheet.village.accesses.create(
            user=official, starts_on="2020-01-01", created_by=sheet.created_by
        )
    client = sign_in(official)

    # 1 session, 2 user, 3 memberships, 4 villages of an official;
    # 5 their latest sheets, 6 what was signed and scanned of them, 7 the villages with office and
    # region, 8 who guides them, 9 the events of these weeks.
    assert asked(client) == 9


def test_a_national_desk_takes_eight_queries(sign_in: SignIn) -> None:
    client = sign_in(UserFactory(admin_of=VillageFactory().office.parent.parent))

    # 1 session, 2 user, 3 memberships with the offices below, 4 villages of an official;
    # 5 the office, 6 who leaves soon, 7 offices that cannot work, 8 counts by unit.
    assert asked(client) == 8


def test_who_makes_the_letters_is_led_to_her_own(sign_in: Callable[[User], Client]) -> None:
    assignment = AssignmentFactory()
    officer = assignment.officer
    words = "petugas kantor yang membuatnya"
    alone = sign_in(officer.user).get("/").content.decode()
    MembershipFactory(user=officer.user, office=officer.office, role="staff")

    both = sign_in(officer.user).get("/").content.decode()

    assert words in alone
    assert words not in both
    assert reverse("villages:officer_letter", args=[officer.pk]) in both
