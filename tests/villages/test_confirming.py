"""What one person recorded from a table becomes public on the word of another: a head's."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import end_membership
from accounts.models import Membership, User
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    JurisdictionFactory,
    MembershipFactory,
    NumberTemplateFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
    bring_in,
    checked_pdf,
    confirm,
    head_of,
)
from tests.notices import addressees, mailed, post_after
from tests.races import together
from villages import actions
from villages.models import Designation, Import, ImportMaker

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]
NAMES = ["Pakuncen", "Karangsari", "Bumirejo"]
LIST = "/desa-binaan/"
SURE = {"confirmed": "1"}  # the button of the check page


@pytest.fixture
def table() -> Import:
    """Three villages of Selomerto, brought in and recorded by one of the staff."""
    office = JurisdictionFactory().office
    for serial, name in enumerate(NAMES):
        RegionFactory(code=f"33.07.06.20{serial:02}", name=name)
    staff = mailed(staff_of=office)
    return actions.record_import(bring_in(office, *NAMES, by=staff), by=staff)


def address(table: Import, step: str = "confirm") -> str:
    return reverse(f"villages:import_{step}", args=[table.pk])


def sheets(table: Import) -> list[Designation]:
    found = Designation.objects.filter(import_row__batch=table).select_related("village__region")
    return list(found.order_by("village__region__code"))


def end(sheet: Designation, *, note: str) -> None:
    head = head_of(sheet.office)
    actions.end(sheet, note=note, head=head, by=head.user)


def public(sheet: Designation) -> tuple[int, bool]:
    """How the public page answers, and whether the list names the village."""
    page = f"{LIST}{sheet.village.region.code}/"
    return Client().get(page).status_code, page in Client().get(LIST).content.decode()


def acting_head(user: User, table: Import) -> Client:
    MembershipFactory(
        user=user, office=table.office, role="head", acting_kind="plh",
        starts_on=table.office.today(),
    )  # fmt: skip
    client = Client()
    client.force_login(user)
    return client


# --- What the public hears ----------------------------------------------------------------------


def test_the_public_hears_of_no_village_that_one_person_alone_recorded(table: Import) -> None:
    (sheet, *_) = sheets(table)

    assert public(sheet) == (404, False)
    assert "Pakuncen" not in Client().get(LIST).content.decode()


def test_once_a_head_confirmed_the_table_everybody_hears_of_its_villages(
    table: Import, sign_in: SignIn
) -> None:
    head = head_of(table.office)
    client = sign_in(head.user)

    desk = client.get(reverse("reports:desk")).content.decode()
    page = client.get(address(table)).content.decode()
    client.post(address(table), SURE)

    assert "Periksa dan benarkan" in desk
    assert address(table) in desk
    for name in NAMES:
        assert f"Desa {name}" in page
    assert "Benarkan 3 desa" in page
    for sheet in sheets(table):
        assert public(sheet) == (200, True)
        assert (sheet.confirmed_by, sheet.confirmed_as) == (head.user, head)
        assert sheet.confirmed_at is not None
    assert "Periksa dan benarkan" not in client.get(reverse("reports:desk")).content.decode()


def test_inside_the_portal_it_counts_from_the_day_on_which_it_was_recorded(
    table: Import, sign_in: SignIn
) -> None:
    client = sign_in(head_of(table.office).user)

    listed = client.get(reverse("villages:villages")).content.decode()
    recap = client.get(reverse("reports:recap")).content.decode()

    assert "Desa Pakuncen" in listed
    assert "belum dibenarkan" in listed
    assert "3" in recap


def test_the_village_itself_reads_that_the_record_is_not_confirmed(
    table: Import, sign_in: SignIn
) -> None:
    (sheet, *_) = sheets(table)
    client = sign_in(UserFactory(village=sheet.village))

    before = client.get(reverse("reports:desk")).content.decode()
    page = client.get(sheet.get_absolute_url()).content.decode()
    confirm(table)
    after = client.get(reverse("reports:desk")).content.decode()

    assert "belum dibenarkan Kepala Kantor" in before
    assert "belum dibenarkan Kepala Kantor" in page
    assert "belum dibenarkan" not in after
    assert "Ditetapkan sebagai Desa Binaan Imigrasi pada 7 Maret 2024" in after


def test_what_ended_before_it_was_confirmed_is_never_heard_of(table: Import) -> None:
    wrong, *right = sheets(table)
    end(wrong, note="Bukan desa dalam SK ini.")

    confirm(table)

    assert public(wrong) == (404, False)
    assert all(public(sheet) == (200, True) for sheet in right)
    wrong.refresh_from_db()
    assert wrong.is_unconfirmed


def test_an_office_gives_no_word_for_a_village_that_moved_away(
    table: Import, sign_in: SignIn
) -> None:
    moved, *left = sheets(table)
    nation, head = UserFactory(admin_of=table.office.parent.parent), head_of(table.office)
    actions.move_village(moved.village, to=OfficeFactory(), basis="Keputusan Menteri", by=nation)
    client = sign_in(head.user)

    page = client.get(address(table)).content.decode()
    client.post(address(table), SURE)

    assert "Benarkan 2 desa" in page
    assert all(public(sheet) == (200, True) for sheet in left)
    assert public(moved) == (404, False)
    word = {"confirmed_by": head.user, "confirmed_as": head, "confirmed_at": timezone.now()}
    written(moved, "what another guides", **word)


def test_a_table_whose_villages_all_moved_asks_nobody(table: Import) -> None:
    nation = UserFactory(admin_of=table.office.parent.parent)
    for sheet in sheets(table):
        actions.move_village(
            sheet.village, to=OfficeFactory(), basis="Keputusan Menteri", by=nation
        )

    assert not Import.objects.to_confirm().exists()
    with pytest.raises(TransitionRefused, match="Tidak ada desa"):
        confirm(table)


def test_a_village_that_was_recorded_wrongly_is_recorded_again(table: Import) -> None:
    (wrong, *_) = sheets(table)
    end(wrong, note="SK-nya keliru.")
    staff = UserFactory(staff_of=table.office)

    again = actions.record_import(bring_in(table.office, "Pakuncen", by=staff), by=staff)
    confirm(again)

    assert public(wrong) == (200, True)


def test_another_village_ending_after_it_was_confirmed_says_so(table: Import) -> None:
    confirm(table)
    (sheet, *_) = sheets(table)
    end(sheet, note="Masa pembinaan selesai.")

    assert public(sheet) == (200, False)


# --- Who may ------------------------------------------------------------------------------------


def test_whoever_recorded_it_is_told_who_can_confirm_it(table: Import) -> None:
    client = acting_head(table.recorded_by, table)

    alone = client.get(address(table)).content.decode()
    other = head_of(table.office)
    with_another = client.get(address(table)).content.decode()
    answer = client.post(address(table), SURE)

    assert "Anda ikut menyiapkan tabel ini" in alone
    assert "Administrator kantor dapat mencatat seorang Plh." in alone
    assert "Benarkan 3 desa" not in alone
    assert other.user.name in with_another
    assert answer.status_code == 403
    assert not Designation.objects.filter(confirmed_by__isnull=False).exists()


def test_whoever_left_doubtful_rows_out_is_one_of_its_makers() -> None:
    office = JurisdictionFactory().office
    RegionFactory(code="33.07.06.2009", name="Pakuncen")
    staff, helper = UserFactory(staff_of=office), UserFactory(admin_of=office)
    table = bring_in(office, "Pakuncen", "Desa Entah", by=staff)
    table.rows.filter(line=3).update(status="doubtful")
    actions.drop_doubtful_rows(table, by=helper)
    table = actions.record_import(table, by=staff)

    assert ImportMaker.objects.filter(batch=table, user=helper).exists()
    assert acting_head(helper, table).post(address(table)).status_code == 403


def test_whoever_settled_a_row_is_one_of_its_makers() -> None:
    office = JurisdictionFactory().office
    region = RegionFactory(code="33.07.06.2009")
    staff, helper = UserFactory(staff_of=office), UserFactory(admin_of=office)
    table = bring_in(office, f"{region.name}x", by=staff)
    actions.choose_region(table.rows.get(), region, by=helper)
    table = actions.record_import(table, by=staff)
    client = acting_head(helper, table)

    assert client.post(address(table)).status_code == 403
    with pytest.raises(TransitionRefused, match="pejabat lain"):
        actions.confirm_import(table, helper.memberships.get(role="head"), by=helper)
    with pytest.raises(IntegrityError, match="who worked on a table"), transaction.atomic():
        Import.objects.filter(pk=table.pk).update(status="confirmed", status_by=helper)


def test_whoever_typed_the_decree_with_the_columns_is_one_of_its_makers() -> None:
    office = JurisdictionFactory().office
    RegionFactory(code="33.07.06.2009")
    staff, helper = UserFactory(staff_of=office), UserFactory(admin_of=office)
    table = bring_in(office, "Pakuncen", by=staff)
    for by in (helper, staff):  # what was typed first may stand in what is sent last
        actions.map_import(table, mapped=table.columns, otherwise=table.otherwise, by=by)
    table = actions.record_import(table, by=staff)
    client = acting_head(helper, table)

    page = client.get(address(table)).content.decode()
    answer = client.post(address(table), SURE)

    assert "Anda ikut menyiapkan tabel ini" in page
    assert answer.status_code == 403
    refused_by_the_database(table, helper)
    assert public(*sheets(table)) == (404, False)


def test_whoever_said_who_a_pimpasa_is_has_made_it_too() -> None:
    office = JurisdictionFactory().office
    RegionFactory(code="33.07.06.2009")
    staff, helper = UserFactory(staff_of=office), UserFactory(admin_of=office)
    guides = [("Bagas Prakoso", "199003142015031002")]
    table = bring_in(office, "Pakuncen", by=staff, guides=guides)
    actions.pass_over_officer(table.officers.get(), by=helper)
    table = actions.record_import(table, by=staff)

    assert acting_head(helper, table).post(address(table)).status_code == 403
    refused_by_the_database(table, helper)


def refused_by_the_database(table: Import, maker: User) -> None:
    """Neither the table nor a sheet of it takes this person's word, nor are they forgotten."""
    acting = maker.memberships.get(role="head")
    (sheet,) = sheets(table)
    written(
        sheet, "does not confirm", confirmed_by=maker, confirmed_as=acting,
        confirmed_at=timezone.now(),
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="import_maker"), transaction.atomic():
        Import.objects.filter(pk=table.pk).update(status="confirmed", status_by=maker)
    with pytest.raises(IntegrityError, match="stays one of its makers"), transaction.atomic():
        ImportMaker.objects.filter(batch=table, user=maker).delete()
    with pytest.raises(TransitionRefused, match="pejabat lain"):
        actions.confirm_import(table, acting, by=maker)


@pytest.mark.parametrize("role", ["staff", "admin", "observer"])
def test_nobody_but_a_head_confirms(table: Import, sign_in: SignIn, role: str) -> None:
    office = table.office.parent if role == "observer" else table.office
    client = sign_in(UserFactory(**{f"{role}_of": office}))

    assert client.post(address(table)).status_code == 403
    assert client.post(address(table, "send_back"), {"note": "Keliru."}).status_code == 403


def test_the_head_of_another_office_does_not_know_of_it(table: Import, sign_in: SignIn) -> None:
    client = sign_in(head_of(OfficeFactory()).user)

    assert client.get(address(table)).status_code == 404
    assert client.post(address(table)).status_code == 404


def test_an_office_does_not_close_over_what_nobody_confirmed(table: Import) -> None:
    nation, elsewhere = UserFactory(admin_of=table.office.parent.parent), OfficeFactory()
    today = table.office.today()
    for sheet in sheets(table):
        actions.move_village(sheet.village, to=elsewhere, basis="Keputusan Menteri", by=nation)
    Membership.objects.filter(office=table.office).update(ends_on=today - timedelta(days=1))

    with pytest.raises(TransitionRefused, match="3 penetapan dari tabel belum dibenarkan"):
        actions.close_office(table.office, on=today, basis="Keputusan Menteri", by=nation)


# --- What the database holds --------------------------------------------------------------------


def written(sheet: Designation, match: str, **changed: object) -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        Designation.objects.filter(pk=sheet.pk).update(**changed)


def test_the_database_refuses_the_word_of_whoever_recorded_it(table: Import) -> None:
    (sheet, *_) = sheets(table)
    acting = MembershipFactory(user=table.recorded_by, office=table.office, role="head")
    word = {"confirmed_by": acting.user, "confirmed_as": acting, "confirmed_at": timezone.now()}

    written(sheet, "does not confirm", **word)
    with pytest.raises(IntegrityError, match="import_maker"), transaction.atomic():
        Import.objects.filter(pk=table.pk).update(status="confirmed", status_by=acting.user)
    with pytest.raises(TransitionRefused, match="pejabat lain"):
        actions.confirm_import(table, acting, by=acting.user)
    with pytest.raises(TransitionRefused, match="pejabat lain"):
        actions.send_import_back(table, note="Keliru.", by=acting.user)
    assert public(sheet) == (404, False)


def test_the_database_asks_for_a_head_of_that_office(table: Import) -> None:
    (sheet, *_) = sheets(table)
    elsewhere, now = head_of(OfficeFactory()), timezone.now()
    word = {"confirmed_by": elsewhere.user, "confirmed_as": elsewhere, "confirmed_at": now}

    written(sheet, "a head of the office confirms", **word)
    for status in ("confirmed", "returned"):
        with pytest.raises(IntegrityError, match="a head of the office"), transaction.atomic():
            Import.objects.filter(pk=table.pk).update(
                status=status, status_by=elsewhere.user, status_note="Keliru."
            )


def test_a_head_whose_role_is_over_gives_no_word(table: Import) -> None:
    (sheet, *_) = sheets(table)
    head, by = head_of(table.office), UserFactory(admin_of=table.office)
    NumberTemplateFactory(office=table.office)
    end_membership(head, ends_on=table.office.today() - timedelta(days=1), by=by)
    word = {"confirmed_by": head.user, "confirmed_as": head, "confirmed_at": timezone.now()}

    for step in (
        lambda: actions.confirm_import(table, head, by=head.user),
        lambda: actions.send_import_back(table, note="Keliru.", by=head.user),
        lambda: actions.certify([sheet], actions.Certification(head), by=head.user),
    ):
        with pytest.raises(TransitionRefused, match="tidak berlaku"):
            step()
    written(sheet, "not in force", **word)
    with pytest.raises(IntegrityError, match="a head of the office"), transaction.atomic():
        Import.objects.filter(pk=table.pk).update(
            status="confirmed", status_by=head.user, status_at=timezone.now()
        )


def test_a_word_is_whole_and_given_once(table: Import) -> None:
    (sheet, *_) = sheets(table)
    head = head_of(table.office)
    other = MembershipFactory(
        office=table.office, role="head", acting_kind="plh", starts_on=table.office.today()
    )

    written(sheet, "confirmed_as_a_whole", confirmed_by=head.user, confirmed_as=head)
    confirm(table, by=head)
    written(sheet, "confirmed once", confirmed_by=other.user, confirmed_as=other)
    written(sheet, "confirmed once", confirmed_by=None, confirmed_as=None, confirmed_at=None)
    with pytest.raises(IntegrityError, match="confirmed once"), transaction.atomic():
        Import.objects.filter(pk=table.pk).update(status="recorded")
    with pytest.raises(IntegrityError, match="keeps who recorded it"), transaction.atomic():
        Import.objects.filter(pk=table.pk).update(recorded_by=other.user)


def test_no_certificate_without_a_word(table: Import) -> None:
    (sheet, *_) = sheets(table)
    head = head_of(table.office)
    NumberTemplateFactory(office=table.office)

    actions.certify([sheet], actions.Certification(head), by=head.user)

    sheet.refresh_from_db()
    assert (sheet.confirmed_by, sheet.confirmed_as) == (head.user, head)
    assert public(sheet) == (200, True)
    verbs = list(Entry.objects.about(sheet).values_list("verb", flat=True))
    assert {"designation.confirmed", "designation.certified"} <= set(verbs)


# --- Remembered, told, raced --------------------------------------------------------------------


def test_the_table_and_each_designation_remember_it(table: Import) -> None:
    head = head_of(table.office)

    confirm(table, by=head)
    confirm(table, by=head)  # a second click

    (told,) = Entry.objects.about(table).filter(verb="import.confirmed")
    assert (told.by, told.note) == (head.user, "3 desa")
    for sheet in sheets(table):
        (entry,) = Entry.objects.about(sheet).filter(verb="designation.confirmed")
        assert entry.note == f"Tabel {table}"


def test_the_heads_who_did_not_bring_it_in_hear_of_it_once() -> None:
    office = JurisdictionFactory().office
    RegionFactory(code="33.07.06.2009")
    head, staff = mailed(head_of=office), mailed(staff_of=office)
    MembershipFactory(
        user=staff, office=office, role="head", acting_kind="plh", starts_on=office.today()
    )
    table = actions.record_import(bring_in(office, "Pakuncen", by=staff), by=staff)

    letters = post_after()

    assert addressees(letters) == [head.email]
    assert letters[0].subject == f"Tabel menunggu pembenaran: Tabel {table}"
    assert address(table) in letters[0].body
    assert post_after() == []


def test_a_table_that_was_confirmed_meanwhile_is_no_news(table: Import) -> None:
    mailed(head_of=table.office, head_of__acting_kind="plh")
    confirm(table)

    assert post_after() == []


def test_a_table_that_is_not_right_goes_back_with_a_note(table: Import, sign_in: SignIn) -> None:
    head, maker = head_of(table.office).user, table.recorded_by
    note = "Bumirejo tidak ada dalam SK itu."

    sign_in(head).post(address(table, "send_back"), {"note": note})
    letters = post_after()
    desk = sign_in(maker).get(reverse("reports:desk")).content.decode()
    page = sign_in(maker).get(address(table)).content.decode()

    table.refresh_from_db()
    assert table.is_returned
    assert addressees(letters) == [maker.email]
    assert note in desk
    assert note in page
    assert "Ajukan lagi" in page
    (entry,) = Entry.objects.about(table).filter(verb="import.sent_back")
    assert entry.note == note
    assert all(public(sheet) == (404, False) for sheet in sheets(table))


def test_what_was_mended_meanwhile_is_not_sent_back_unread(table: Import, sign_in: SignIn) -> None:
    client = sign_in(head_of(table.office).user)
    opened = read_of_page(client, address(table, "send_back"))
    Import.objects.filter(pk=table.pk).update(mended_at=timezone.now(), mended_by=table.recorded_by)

    client.post(address(table, "send_back"), {"note": "Salah SK.", **opened})
    table.refresh_from_db()
    assert table.status == "recorded"

    opened = read_of_page(client, address(table, "send_back"))
    client.post(address(table, "send_back"), {"note": "Salah SK.", **opened})
    table.refresh_from_db()
    assert table.status == "returned"


@pytest.mark.parametrize("verb", ["confirm", "send back"])
def test_of_a_table_that_another_head_confirmed_the_slower_hears_that(
    table: Import, verb: str
) -> None:
    head, seen = head_of(table.office), timezone.now()
    deputy = UserFactory(head_of=table.office, head_of__acting_kind="plh")
    Import.objects.filter(pk=table.pk).update(mended_at=timezone.now(), mended_by=table.recorded_by)
    actions.confirm_import(table, deputy.memberships.get(), by=deputy)

    words = {
        "confirm": partial(actions.confirm_import, table, head),
        "send back": partial(actions.send_import_back, table, note="Salah SK."),
    }

    with pytest.raises(TransitionRefused, match=deputy.name):
        words[verb](by=head.user, seen=seen)


def read_of_page(client: Client, page: str) -> dict[str, str]:
    found = re.search(r'name="dilihat" value="(\d+)"', client.get(page).content.decode())
    assert found
    return {"dilihat": found[1]}


def test_what_was_sent_back_is_asked_for_again_or_confirmed_all_the_same(
    table: Import, sign_in: SignIn
) -> None:
    head = head_of(table.office)
    actions.send_import_back(table, note="Mengapa Bumirejo?", by=head.user)

    sign_in(table.recorded_by).post(address(table, "ask_again"))
    desk = sign_in(head.user).get(reverse("reports:desk")).content.decode()
    actions.send_import_back(table, note="Mengapa Bumirejo?", by=head.user)
    confirm(table, by=head)

    assert "Periksa dan benarkan" in desk
    assert all(public(sheet) == (200, True) for sheet in sheets(table))


def test_a_table_is_not_confirmed_without_a_last_look(table: Import, sign_in: SignIn) -> None:
    client = sign_in(head_of(table.office).user)

    look = client.post(address(table)).content.decode()

    assert "Yang Anda benarkan" in look
    assert "Pindaian SK belum diunggah" in look
    assert all(public(sheet) == (404, False) for sheet in sheets(table))


def test_whoever_sent_it_back_waits_and_reads_their_note_before_confirming_all_the_same(
    table: Import, sign_in: SignIn
) -> None:
    head = head_of(table.office)
    actions.send_import_back(table, note="Mengapa Bumirejo?", by=head.user)
    client = sign_in(head.user)

    page = client.get(address(table)).content.decode()
    look = client.post(address(table)).content.decode()

    assert "Dikembalikan, menunggu perbaikan" in page
    assert "Benarkan tabel ini" not in page
    assert "Mengapa Bumirejo?" in look
    assert "dan belum diajukan lagi" in look
    assert "Belum ada yang diubah sejak dikembalikan" in look


def test_a_note_is_asked_for(table: Import, sign_in: SignIn) -> None:
    answer = sign_in(head_of(table.office).user).post(address(table, "send_back"), {"note": " "})

    assert "Isi catatan agar petugas tahu" in answer.content.decode()
    table.refresh_from_db()
    assert not table.is_returned


def test_a_table_that_only_completes_what_is_known_asks_for_no_word() -> None:
    office = JurisdictionFactory().office
    RegionFactory(code="33.07.06.2009")
    staff = UserFactory(staff_of=office)
    confirm(actions.record_import(bring_in(office, "Pakuncen", by=staff), by=staff))
    guides = [("Bagas Prakoso", "199003142015031002")]
    decree = Designation.objects.get().decree
    more = bring_in(office, "Pakuncen", by=staff, guides=guides, number=decree.number)
    more = actions.record_import(more, by=staff)

    with pytest.raises(TransitionRefused, match="Tidak ada desa"):
        confirm(more)
    assert not Import.objects.to_confirm().exists()


@pytest.mark.django_db(transaction=True)
def test_two_heads_at_once_give_one_word() -> None:
    office = JurisdictionFactory().office
    RegionFactory(code="33.07.06.2009")
    staff = UserFactory(staff_of=office)
    table = actions.record_import(bring_in(office, "Pakuncen", by=staff), by=staff)
    heads = [
        head_of(office),
        MembershipFactory(office=office, role="head", acting_kind="plh", starts_on=office.today()),
    ]

    outcomes = together(*(lambda head=head: confirm(table, by=head) for head in heads))

    (refusal,) = [it for it in outcomes if isinstance(it, TransitionRefused)]
    sheet = Designation.objects.get()
    assert f"sudah dibenarkan oleh {sheet.confirmed_by.name}" in refusal.message
    assert Entry.objects.filter(verb="designation.confirmed").count() == 1


# --- What the head compares it with ---------------------------------------------------------------


def test_the_head_opens_the_scan_of_the_decree_or_reads_that_there_is_none(
    table: Import, sign_in: SignIn
) -> None:
    client = sign_in(head_of(table.office).user)
    (sheet, *_) = sheets(table)

    without = client.get(address(table)).content.decode()
    said = {"number": sheet.decree.number, "dated": sheet.decree.dated}
    actions.record_decree(sheet, **said, scan=checked_pdf("sk-2024.pdf"), by=table.created_by)
    page = client.get(address(table)).content.decode()

    scan = sheet.documents.get(purpose="decree")
    assert "SK belum diunggah" in without
    assert "SK belum diunggah" not in page
    assert scan.get_absolute_url() in page
    assert client.get(scan.get_absolute_url()).getvalue().startswith(b"%PDF")


def test_the_same_word_says_where_a_table_stands_wherever_it_is_listed(
    table: Import, sign_in: SignIn
) -> None:
    client = sign_in(table.created_by)
    places = [reverse("villages:imports"), table.get_absolute_url(), address(table)]

    waiting = [client.get(place).content.decode() for place in places]
    confirm(table)
    confirmed = [client.get(place).content.decode() for place in places]

    assert all("Menunggu pembenaran</span>" in page for page in waiting)
    assert not any("Sudah dicatat" in page for page in waiting)
    assert all("Sudah dibenarkan" in page for page in confirmed)


def test_a_note_stays_with_a_table_that_is_asked_for_again(table: Import, sign_in: SignIn) -> None:
    head = head_of(table.office)
    actions.send_import_back(table, note="Salah SK.", by=head.user)
    maker, reader = Client(), sign_in(head.user)
    maker.force_login(table.created_by)

    before = maker.get(address(table)).content.decode()
    actions.ask_again(table, by=table.created_by)
    untouched = reader.get(address(table)).content.decode()
    end(sheets(table)[0], note="Salah catat.")
    mended = reader.get(address(table)).content.decode()

    assert "Belum ada yang diubah sejak dikembalikan" in before
    assert all("Salah SK." in page for page in (untouched, mended))
    assert "Belum ada yang diubah sejak dikembalikan" in untouched
    assert "<li>1 desa diakhiri atau dicabut</li>" in mended
