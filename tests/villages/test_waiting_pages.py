"""The pages on which a head chooses what to decide at once, looks again, and decides."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from accounts.models import Office, User
from certificates.models import Certificate, NumberTemplate
from desabinaan.uploads import CheckedFile
from tests.factories import (
    DesignationFactory,
    NumberTemplateFactory,
    OfficeFactory,
    RegionFactory,
    RegisterEntryFactory,
    UserFactory,
    VillageFactory,
    approval,
    checked_pdf,
    draw_now,
    head_of,
)
from tests.looks import confirmed, read_of
from villages import actions, certifying, selection
from villages.models import Decree, Designation, Status
from villages.views import letters

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

WAITING = "/penetapan/menunggu/"
TOGETHER = "/penetapan/menunggu/tetapkan/"
AMBULU, WULUHAN = "35.09.12", "35.09.11"
SK = {
    "number": "W.15-1",
    "dated": "2026-03-02",
    "title": "Penetapan Desa Binaan Imigrasi",
    "signer_level": "office",
    "signer_name": "Ratna Wulandari",
    "certificate_signer": "decider",
}


@pytest.fixture
def office() -> Any:
    return NumberTemplateFactory().office


@pytest.fixture
def head(office: Office) -> User:
    return head_of(office).user


@pytest.fixture
def browser(sign_in: SignIn, head: User) -> Client:
    return sign_in(head)


def sheet_in(office: Office, district: str, serial: int = 2001, **stage: Any) -> Designation:
    region = RegionFactory(code=f"{district}.{serial}")
    village = VillageFactory(office=office, region=region)
    return DesignationFactory(office=office, village=village, **(stage or {"submitted": True}))


def ids(*sheets: Designation) -> dict[str, Any]:
    """What a page that shows these sheets sends: which are chosen, and the latest it has shown."""
    latest = max(sheets, key=lambda sheet: sheet.status_at)
    return {"usulan": [sheet.pk for sheet in sheets], "dilihat": latest.stamp}


def submit_again(sheet: Designation) -> Designation:
    """Sent back by a deputy and handed in once more, while the head has it open."""
    deputy = UserFactory(head_of=sheet.office, head_of__acting_kind="plh")
    actions.return_to_staff(sheet, note="Lengkapi.", by=deputy)
    return actions.submit(sheet, by=sheet.created_by)


def ticked(page: str) -> set[int]:
    """The sheets whose boxes are ticked on the page."""
    return {int(pk) for pk in re.findall(r'name="usulan" value="(\d+)" checked', page)}


# --- Choosing -----------------------------------------------------------------------------------


def test_sheets_wait_by_kecamatan_and_one_press_chooses_a_whole_one(
    office: Office, browser: Client
) -> None:
    other = sheet_in(office, AMBULU)
    sheets = [sheet_in(office, WULUHAN, 2001 + n) for n in range(3)]

    page = browser.get(WAITING, ids(other) | {"pilih": WULUHAN}).content.decode()

    assert ticked(page) == {other.pk, *(sheet.pk for sheet in sheets)}
    assert page.index(f'value="{AMBULU}"') > page.index(f'value="{WULUHAN}"')


def test_the_list_narrows_down_and_keeps_what_was_chosen(office: Office, browser: Client) -> None:
    chosen, hidden = sheet_in(office, AMBULU, 2001), sheet_in(office, AMBULU, 2002)
    shown = sheet_in(office, WULUHAN)

    page = browser.get(WAITING, ids(chosen) | {"wilayah": WULUHAN}).content.decode()
    regency = browser.get(WAITING, {"wilayah": "35.09"}).content.decode()
    nonsense = browser.get(
        WAITING, {"wilayah": "x\0%", "pilih": "\0", "usulan": ["²", "-1", "x", "9" * 40]}
    ).content.decode()

    assert ticked(page) == {chosen.pk}
    assert shown.get_absolute_url() in page
    assert hidden.get_absolute_url() not in page
    assert all(sheet.get_absolute_url() in regency for sheet in (chosen, hidden, shown))
    assert hidden.get_absolute_url() in nonsense
    assert not ticked(nonsense)


def test_what_the_head_prepared_is_listed_with_the_reason_and_not_chosen(
    office: Office, head: User, browser: Client
) -> None:
    sheet = sheet_in(office, WULUHAN)
    own = sheet_in(office, WULUHAN, 2002, created_by=head, submitted=True)

    page = browser.get(WAITING, {"pilih": WULUHAN}).content.decode()
    forced = browser.get(TOGETHER, ids(sheet, own)).content.decode()

    assert f'value="{own.pk}" disabled' in page
    assert "Anda ikut menyiapkan usulan ini" in page
    assert ticked(page) == {sheet.pk}
    assert "Sebagian pilihan Anda tidak dapat diputuskan" in forced
    assert 'name="number"' not in forced


def test_what_is_not_with_the_head_any_more_is_named_with_who_and_when(
    office: Office, browser: Client
) -> None:
    sheet, gone = sheet_in(office, WULUHAN), sheet_in(office, WULUHAN, 2002)
    deputy = UserFactory(head_of=office, head_of__acting_kind="plh")
    actions.return_to_staff(gone, note="Lengkapi.", by=deputy)

    page = browser.get(TOGETHER, ids(sheet, gone)).content.decode()

    assert f"sudah dikembalikan oleh {deputy.name}" in page
    assert gone.village.full_name in page
    assert ticked(page) == {sheet.pk}


def test_sheets_of_another_office_are_unknown(office: Office, browser: Client) -> None:
    stranger = DesignationFactory(submitted=True)

    page = browser.get(TOGETHER, ids(stranger)).content.decode()

    assert stranger.village.full_name not in page
    assert "Pilih sedikitnya satu usulan" in page


def test_somebody_with_two_offices_decides_in_the_one_they_work_in(
    office: Office, head: User, browser: Client
) -> None:
    elsewhere = OfficeFactory()
    here = sheet_in(office, WULUHAN)
    there = DesignationFactory(office=elsewhere, submitted=True)
    head.memberships.create(office=elsewhere, role="head", starts_on=elsewhere.today())

    page = browser.get(WAITING).content.decode()
    both = browser.get(TOGETHER, ids(here, there)).content.decode()

    assert here.get_absolute_url() in page
    assert there.get_absolute_url() not in page
    assert f"usulan ini diputuskan di {elsewhere}; pilih dahulu kantor itu" in both
    assert ticked(both) == {here.pk}


def test_too_many_at_once_are_refused_with_the_limit(
    office: Office, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = [sheet_in(office, WULUHAN, 2001 + n) for n in range(3)]
    monkeypatch.setattr(selection, "MOST_AT_ONCE", 2)

    page = browser.get(TOGETHER, ids(*sheets)).content.decode()

    assert "Paling banyak 2 usulan dalam satu langkah; Anda memilih 3." in page
    assert ticked(page) == {sheet.pk for sheet in sheets}


def test_everything_that_the_pages_show_fits_into_one_request() -> None:
    beside = 20  # the region, the button, the decree

    assert selection.MOST_AT_ONCE <= selection.MOST_SHOWN
    most = max(selection.MOST_SHOWN, certifying.AT_ONCE, letters.OFFERED)
    assert most + beside < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_a_cut_list_loses_nothing_that_was_chosen(
    office: Office, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = [sheet_in(office, WULUHAN, 2001 + n) for n in range(3)]
    monkeypatch.setattr(selection, "MOST_SHOWN", 2)

    page = browser.get(WAITING, ids(sheets[2])).content.decode()

    assert ticked(page) == {sheets[2].pk}
    assert "Masih ada usulan lain" in page


def test_without_a_number_pattern_nothing_can_be_decided(office: Office, browser: Client) -> None:
    sheet = sheet_in(office, WULUHAN)
    NumberTemplate.objects.all().delete()

    page = browser.get(WAITING).content.decode()
    forced = browser.post(TOGETHER, ids(sheet) | SK | {"confirmed": "1"})

    assert "belum memilih pola nomor sertifikat" in page
    assert TOGETHER not in page
    assert forced.status_code == 200
    assert not Decree.objects.exists()


def test_staff_see_what_waits_together_and_choose_for_a_draft_only(
    office: Office, sign_in: SignIn
) -> None:
    sheet = sheet_in(office, WULUHAN)
    client = sign_in(sheet.created_by)

    page = client.get(WAITING, {"pilih": WULUHAN}).content.decode()
    draft = client.get("/sk/draf/", ids(sheet)).content.decode()

    assert ticked(page) == {sheet.pk}
    assert "Buat draf SK" in page
    assert "Lanjut ke SK" not in page
    assert f'value="{sheet.pk}" checked' in draft
    assert client.get(TOGETHER, ids(sheet)).status_code == 403
    assert client.post(TOGETHER, ids(sheet) | SK | {"confirmed": "1"}).status_code == 403


@pytest.mark.parametrize("role", ["admin", "observer", "village"])
def test_others_choose_nothing(role: str, office: Office, sign_in: SignIn) -> None:
    places = {"observer": office.parent, "village": VillageFactory(office=office)}
    place = places.get(role, office)
    client = sign_in(UserFactory(**{role if role == "village" else f"{role}_of": place}))

    assert client.get(WAITING).status_code == 403
    assert client.get(TOGETHER).status_code == 403


def test_the_ways_lead_there(office: Office, head: User, browser: Client) -> None:
    sheet, _ = sheet_in(office, WULUHAN, 2001), sheet_in(office, WULUHAN, 2002)

    desk, listed = browser.get("/").content.decode(), browser.get("/penetapan/").content.decode()
    page = browser.get(sheet.get_absolute_url()).content.decode()

    assert WAITING in desk
    assert WAITING in listed
    assert f"{WAITING}?wilayah={WULUHAN}" in page
    assert "1 usulan lain dari Kecamatan" in page


def test_the_page_asks_no_more_for_more_sheets(office: Office, browser: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(WAITING, {"pilih": WULUHAN})
        return len(queries)

    sheet_in(office, WULUHAN)
    asked()
    few = asked()
    for n in range(4):
        sheet_in(office, WULUHAN, 2010 + n)

    assert asked() == few <= 10


# --- Deciding -----------------------------------------------------------------------------------


def test_the_decree_is_typed_looked_at_and_decided_for_all(office: Office, browser: Client) -> None:
    sheets = [sheet_in(office, WULUHAN, serial) for serial in (2003, 2001)]

    form = browser.get(TOGETHER, ids(*sheets)).content.decode()
    look = browser.post(TOGETHER, ids(*sheets) | SK).content.decode()
    untouched = Decree.objects.exists()
    answer = browser.post(TOGETHER, confirmed(browser, TOGETHER, ids(*sheets) | SK))

    decree = Decree.objects.get()
    assert "Tetapkan 2 desa dengan satu SK" in form
    assert look.index("2001") < look.index("2003")
    assert re.search(r"2 lembar, nomor 1/W13\S+ sampai 2/W13", look)
    assert not untouched
    assert answer["Location"] == decree.get_absolute_url()
    assert decree.designations.filter(status=Status.APPROVED).count() == 2
    assert Certificate.objects.count() == 2


def test_without_the_number_the_last_look_promises_no_numbers(
    office: Office, browser: Client
) -> None:
    sheet = sheet_in(office, WULUHAN)

    look = browser.post(TOGETHER, ids(sheet) | SK | {"number": "", "dated": ""}).content.decode()

    assert "Dipesan dan diberi nomor setelah nomor SK dicatat" in look
    assert "W13.IMI.7" not in look


def test_a_number_that_was_written_by_hand_is_seen_before_the_decision(
    office: Office, browser: Client
) -> None:
    sheets = [sheet_in(office, WULUHAN, 2001 + n) for n in range(2)]
    today = office.today()
    NumberTemplate.objects.update(pattern="{nomor}/DBI/{tahun}")
    taken = f"2/DBI/{today.year}"
    RegisterEntryFactory(office=office, by_hand=True, number=taken, dated=today)

    look = browser.post(TOGETHER, ids(*sheets) | SK).content.decode()

    assert f"Nomor {taken} sudah ditulis tangan" in look


def test_what_is_wrong_is_said_at_its_field_and_the_choice_is_kept(
    office: Office, browser: Client
) -> None:
    sheets = [sheet_in(office, WULUHAN, 2001 + n) for n in range(2)]

    answer = browser.post(TOGETHER, ids(*sheets) | SK | {"dated": "", "confirmed": "1"})

    assert "dated" in answer.context["form"].errors
    for sheet in sheets:
        assert f'name="usulan" value="{sheet.pk}"' in answer.content.decode()
    assert not Decree.objects.exists()


def test_a_double_click_and_a_step_back_show_the_decree(office: Office, browser: Client) -> None:
    sheets = [sheet_in(office, WULUHAN, 2001 + n) for n in range(2)]
    decided = confirmed(browser, TOGETHER, ids(*sheets) | SK)
    browser.post(TOGETHER, decided)

    again, back = browser.post(TOGETHER, decided), browser.get(TOGETHER, ids(*sheets))

    decree = Decree.objects.get()
    assert again["Location"] == back["Location"] == decree.get_absolute_url()
    assert Certificate.objects.count() == 2


def test_another_sk_for_what_is_decided_already_is_said_to_be_unused(
    office: Office, browser: Client
) -> None:
    sheets = [sheet_in(office, WULUHAN, 2001 + n) for n in range(2)]
    decided = confirmed(browser, TOGETHER, ids(*sheets) | SK)
    browser.post(TOGETHER, decided, follow=True)

    same = browser.post(TOGETHER, decided, follow=True).content.decode()
    other = browser.post(TOGETHER, decided | {"number": "W.13-99"}, follow=True).content.decode()

    assert "tidak dipakai" not in same
    assert "Isian Anda di halaman tadi tidak dipakai" in other


def test_a_decision_that_came_too_late_leads_back_to_the_choice(
    office: Office, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = [sheet_in(office, WULUHAN, 2001 + n) for n in range(2)]
    deputy = UserFactory(head_of=office, head_of__acting_kind="plh")
    ours = actions.approve_all

    def late(*args: Any, **options: Any) -> Any:
        actions.reject(sheets[1], reason="Belum.", head=deputy.memberships.get(), by=deputy)
        return ours(*args, **options)

    monkeypatch.setattr(actions, "approve_all", late)
    decided = confirmed(browser, TOGETHER, ids(*sheets) | SK)
    answer = browser.post(TOGETHER, decided, follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain[0][0].startswith(WAITING)
    assert "Tidak satu pun desa ditetapkan" in page
    assert f"sudah ditolak oleh {deputy.name}" in page
    assert ticked(page) == {sheets[0].pk}
    assert not Decree.objects.exists()


@pytest.mark.parametrize("step", [{}, {"confirmed": "1"}])
def test_what_was_submitted_again_meanwhile_is_read_before_it_is_decided(
    step: dict[str, str], office: Office, browser: Client
) -> None:
    sheets = [sheet_in(office, WULUHAN, 2001 + n) for n in range(2)]
    shown = ids(*sheets)
    again = submit_again(sheets[0])

    page = browser.post(TOGETHER, shown | SK | step).content.decode()

    assert f"diajukan lagi oleh {again.created_by.name}" in page
    assert ticked(page) == {sheets[1].pk}
    assert f'name="dilihat" value="{again.stamp}"' in page
    assert not Decree.objects.exists()


def test_the_choice_says_what_it_has_shown_on_the_way_to_the_decree(
    office: Office, browser: Client
) -> None:
    sheet = sheet_in(office, WULUHAN)
    listed = browser.get(WAITING).content.decode()
    carried = {"usulan": sheet.pk, "dilihat": re.search(r'name="dilihat" value="(\d+)"', listed)[1]}

    before = browser.get(TOGETHER, carried).content.decode()
    submit_again(sheet)
    after = browser.get(TOGETHER, carried).content.decode()

    assert "Tetapkan 1 desa dengan satu SK" in before
    assert "diajukan lagi oleh" in after


def test_a_decree_that_says_something_else_by_now_is_read_before_it_designates(
    office: Office, browser: Client, head: User
) -> None:
    decree = sheet_in(office, AMBULU, approved=True, approved__number="").decree
    sheets = [sheet_in(office, WULUHAN, 2001 + n) for n in range(2)]
    chosen = ids(*sheets) | {"decree": decree.pk, "certificate_signer": "decider"}
    read = confirmed(browser, TOGETHER, chosen)
    actions.change_decree(decree, words={"title": "Tentang hal lain", "number": ""}, by=head)

    look = browser.post(TOGETHER, read)
    undecided = Designation.objects.filter(status=Status.SUBMITTED).count()
    browser.post(TOGETHER, chosen | read_of(look) | {"confirmed": "1"})

    assert "berubah sesudah Anda memeriksanya (isi SK)" in look.content.decode()
    assert undecided == 2
    assert Designation.objects.filter(decree=decree, status=Status.APPROVED).count() == 3


def test_a_resubmission_in_the_last_moment_stops_all(
    office: Office, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = [sheet_in(office, WULUHAN, 2001 + n) for n in range(2)]
    ours = actions.approve_all
    decided = confirmed(browser, TOGETHER, ids(*sheets) | SK)

    def late(*args: Any, **options: Any) -> Any:
        submit_again(sheets[1])
        return ours(*args, **options)

    monkeypatch.setattr(actions, "approve_all", late)
    answer = browser.post(TOGETHER, decided, follow=True)

    page = answer.content.decode()
    assert "Tidak satu pun desa ditetapkan. Desa" in page
    assert f"diajukan lagi oleh {sheets[1].created_by.name}" in page
    assert f'type="hidden" name="number" value="{SK["number"]}"' in page
    assert not Decree.objects.exists()


def test_a_typed_sk_outlasts_a_choice_that_has_to_be_made_again(
    office: Office, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = [sheet_in(office, WULUHAN, 2001 + n) for n in range(2)]
    shown = ids(*sheets)
    submit_again(sheets[0])

    choice = browser.post(TOGETHER, shown | SK).text
    carried = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', choice))
    fields = browser.get(TOGETHER, carried | ids(*sheets)).text

    assert {name: carried[name] for name in SK} == SK
    for name in ("number", "dated", "title", "signer_name"):
        assert f'name="{name}" value="{SK[name]}"' in fields


# --- Afterwards ---------------------------------------------------------------------------------


def decided_together(office: Office, number: str = "W.15-9") -> list[Designation]:
    sheets = [sheet_in(office, WULUHAN, 2001 + n) for n in range(3)]
    decision = approval(office, number=number, dated=office.today() if number else None)
    return actions.approve_all(sheets, decision, by=decision.head.user)


def test_the_decree_s_page_tells_how_the_certificates_come_and_when_they_are_there(
    office: Office, browser: Client
) -> None:
    sheets = decided_together(office)
    address = sheets[0].decree.get_absolute_url()
    part = {"HX-Request": "true"}

    draw_now(sheets[0].certificate)
    page = browser.get(address).content.decode()
    nothing = browser.get(address, {"tampak": "1-2-0"}, headers=part)
    Certificate.objects.filter(pk=sheets[1].certificate.pk).update(attempts=3)
    struggling = browser.get(address, {"tampak": "1-2-0"}, headers=part).content.decode()
    for sheet in sheets[1:]:
        draw_now(sheet.certificate)
    finished = browser.get(address, {"tampak": "1-2-1"}, headers=part).content.decode()

    assert "<strong>1 dari 3</strong> sertifikat siap" in page
    assert "tampak=1-2-0" in page
    assert "Muat ulang" in page
    assert nothing.status_code == 204
    assert "1 tertunda" in struggling
    assert "3 sertifikat siap diunduh" in finished
    assert "hx-trigger" not in finished
    assert finished.count("/unduh/") == 3


def test_a_number_that_comes_later_leads_to_where_all_certificates_come(
    office: Office, browser: Client
) -> None:
    sheets = decided_together(office, number="")
    address = reverse("villages:decree_number", args=[sheets[0].pk])

    number = {"number": "W.15-8", "dated": office.today().isoformat()}
    look = browser.post(address, number)
    assert "3 lembar" in look.content.decode()
    assert not Certificate.objects.exists()
    answer = browser.post(address, number | read_of(look) | {"confirmed": "1"})

    assert answer["Location"] == sheets[0].decree.get_absolute_url()
    assert "<strong>0 dari 3</strong>" in browser.get(answer["Location"]).content.decode()


def test_a_revoked_certificate_is_not_waited_for(office: Office, browser: Client) -> None:
    sheets = decided_together(office)
    for sheet in sheets[:2]:
        draw_now(sheet.certificate)
    actions.request_revocation(sheets[2], reason="Mundur.", by=sheets[2].created_by)
    decree = {"decree_number": "W.15-C", "decree_dated": office.today()}
    actions.revoke(sheets[2], **decree, head=head_of(office), by=sheets[2].decided_by)

    page = browser.get(sheets[0].decree.get_absolute_url()).content.decode()

    assert "2 sertifikat siap diunduh" in page
    assert "hx-trigger" not in page


def test_the_draft_is_one_press_away_with_all_villages_of_the_decree(
    office: Office, browser: Client
) -> None:
    sheets = decided_together(office, number="")
    elsewhere = sheet_in(office, AMBULU)
    decree = sheets[0].decree

    page = browser.get(decree.get_absolute_url()).content.decode()
    draft = browser.get("/sk/draf/", {"sk": decree.pk}).content.decode()

    assert f"{reverse('villages:decree_draft')}?sk={decree.pk}" in page
    assert all(f'value="{sheet.pk}" checked' in draft for sheet in sheets)
    assert f'value="{elsewhere.pk}" checked' not in draft


def test_the_decree_s_page_asks_no_more_for_more_villages(office: Office, browser: Client) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        return len(queries)

    [one] = actions.approve_all(
        [sheet_in(office, AMBULU)], approval(office), by=head_of(office).user
    )
    many = decided_together(office)
    scan = CheckedFile("sk.pdf", "application/pdf", b"%PDF-1.7")
    known = {"number": one.decree.number, "dated": one.decree.dated}
    actions.record_decree(one, **known, scan=scan, by=one.created_by)
    browser.get("/")
    few = asked(one.decree.get_absolute_url())

    assert asked(many[0].decree.get_absolute_url()) <= few <= 10


def test_each_line_says_what_the_sheet_has_and_lacks(browser: Client, office: Office) -> None:
    plain = sheet_in(office, WULUHAN)
    full = sheet_in(office, WULUHAN, 2002, complete=True)
    criterion = full.findings.get().criterion
    facts = {"held_on": office.today(), "place": "Balai", "attended_by": "", "outcome": ""}
    actions.write_finding(
        full, criterion, justification="Dua kasus.", evidence=checked_pdf(), by=full.created_by
    )
    actions.write_coordination(full, facts=facts, by=full.created_by)
    actions.submit(full, by=full.created_by)
    submit_again(full)

    page = browser.get(WAITING).content.decode()
    lines = {pk: page.split(f'value="{pk}"')[1].split("</label>")[0] for pk in (plain.pk, full.pk)}

    assert all(escape(criterion.label) in line for line in lines.values())
    assert "tanpa bukti" in lines[plain.pk]
    assert "koordinasi belum" in lines[plain.pk]
    assert "pernah dikembalikan" not in lines[plain.pk]
    assert "tanpa bukti" not in lines[full.pk]
    assert "koordinasi belum" not in lines[full.pk]
    assert "pernah dikembalikan" in lines[full.pk]


def test_choosing_a_kecamatan_comes_back_to_it(browser: Client, office: Office) -> None:
    sheet_in(office, WULUHAN)

    page = browser.get(WAITING).content.decode()

    assert f'formaction="{WAITING}#kecamatan-{WULUHAN}"' in page
    assert f'<fieldset class="choices" id="kecamatan-{WULUHAN}">' in page


def test_a_typed_sk_is_not_left_by_a_link_unasked(office: Office, browser: Client) -> None:
    sheet = sheet_in(office, WULUHAN, 2001)

    pages = browser.get(TOGETHER, ids(sheet)), browser.get(f"{sheet.get_absolute_url()}tetapkan/")

    assert ['class="form" data-unsent' in page.text for page in pages] == [True, True]
