"""Who is told of what: by the roles of the day on which the mail is written, while it stands."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import accounts.actions
from accounts import mailing, notices, owed
from accounts.models import Membership, Notice
from certificates.actions import attach_scan, withdraw_scan
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    JurisdictionFactory,
    MembershipFactory,
    NumberTemplateFactory,
    OfficeFactory,
    OfficerFactory,
    RegionFactory,
    UserFactory,
    VillageAccessFactory,
    VillageFactory,
    approval,
    ask_to_revoke,
    bring_in,
    draw_now,
    signed_pdf,
)
from tests.notices import addressees, mailed, post_after
from villages import actions
from villages.actions import HandOver, Terms
from villages.actions.officers import assign_each
from villages.models import Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    office = OfficeFactory()
    NumberTemplateFactory(office=office)
    return office


@pytest.fixture
def head(office):
    return mailed(head_of=office)


@pytest.fixture
def staff(office):
    return mailed(staff_of=office)


def sheet(office, staff, **stage):
    return DesignationFactory(office=office, created_by=staff, **stage)


def approve(designation, head, **changed):
    as_head = Membership.objects.get(user=head, role="head")
    decision = approval(designation.office, head=as_head, **changed)
    return actions.approve(designation, decision, by=head)


# --- Something waits for a head ------------------------------------------------------------------


def test_a_submitted_sheet_is_told_to_every_head_who_may_decide(office, head, staff) -> None:
    acting = mailed(head_of=office, head_of__acting_kind="plh")
    preparer = mailed(head_of=office, head_of__acting_kind="plt")
    past, gone = {"acting_kind": "plh", "ends_on": date(2024, 12, 31)}, mailed()
    MembershipFactory(user=gone, office=office, role="head", **past)
    mailed(admin_of=office)
    mailed(head_of=OfficeFactory())
    submitted = sheet(office, preparer, submitted=True)

    letters = post_after()

    assert addressees(letters) == sorted([head.email, acting.email])
    assert letters[0].subject == f"Usulan menunggu keputusan: {submitted.village}"
    assert f"/penetapan/{submitted.pk}/" in letters[0].body


def test_whoever_stands_in_from_tomorrow_on_is_told_then_of_what_still_waits(office, staff) -> None:
    sheet(office, staff, submitted=True)
    assert post_after() == []

    acting = mailed(head_of=office, head_of__acting_kind="plh")

    assert addressees(post_after()) == [acting.email]


def test_a_head_who_left_before_the_mail_is_not_told(office, head, staff) -> None:
    sheet(office, staff, submitted=True)

    Membership.objects.filter(user=head).update(ends_on=office.today() - timedelta(days=1))

    assert post_after() == []


@pytest.mark.parametrize("settled", ["returned", "rejected", "approved"])
def test_a_sheet_that_was_decided_meanwhile_is_not_announced_as_waiting(
    office, head, settled
) -> None:
    acting = mailed(head_of=office, head_of__acting_kind="plh")
    sheet(office, UserFactory(staff_of=office), **{settled: True})

    assert post_after() == []
    assert not Notice.objects.open().filter(kind="sheet.waiting").exists()
    assert acting.email


def test_what_waits_for_a_week_is_told_again_in_the_morning(office, head, staff) -> None:
    sheet(office, staff, submitted=True)
    post_after()

    assert post_after(timedelta(days=6)) == []
    assert addressees(post_after(timedelta(days=2))) == [head.email]
    assert post_after(timedelta(days=2)) == []


def test_a_request_to_revoke_is_told_to_a_head_who_did_not_ask(office, head, staff) -> None:
    acting = mailed(head_of=office, head_of__acting_kind="plh")
    designated = sheet(office, UserFactory(staff_of=office), approved=True)

    ask_to_revoke(designated, by=head, reason="Rahasia kantor.")
    (letter,) = post_after()

    assert letter.to == [acting.email]
    assert "pencabutan menunggu keputusan" in letter.subject
    assert "Rahasia" not in letter.body


def test_a_request_that_was_declined_is_no_news(office, head, staff) -> None:
    acting = mailed(head_of=office, head_of__acting_kind="plh")
    designated = sheet(office, UserFactory(staff_of=office), revocation_requested=True)

    role = acting.memberships.get()
    actions.decline_revocation(designated, note="Tidak.", head=role, by=acting)

    assert post_after() == []


# --- Something comes back to staff ---------------------------------------------------------------


def test_a_returned_sheet_is_told_to_its_preparers_without_the_note(office, staff) -> None:
    colleague, outsider = mailed(staff_of=office), mailed(staff_of=office)
    returned = sheet(office, staff, complete=True)
    finding = returned.findings.get()
    text = "Lebih jelas."
    actions.write_finding(returned, finding.criterion, justification=text, by=colleague)
    actions.submit(returned, by=staff)
    head = UserFactory(head_of=office)

    actions.return_to_staff(returned, note="Nomor telepon pak lurah salah.", by=head)
    letters = post_after()

    assert addressees(letters) == sorted([staff.email, colleague.email])
    assert outsider.email not in addressees(letters)
    assert letters[0].subject == f"Usulan dikembalikan: {returned.village}"
    assert "Nomor telepon" not in letters[0].body


def test_a_preparer_who_left_the_office_is_not_told(office, staff) -> None:
    sheet(office, staff, returned=True)

    Membership.objects.filter(user=staff).update(ends_on=date(2024, 12, 31))

    assert post_after() == []


def test_returned_and_submitted_again_before_the_mail_nobody_is_told_that_it_came_back(
    office, staff
) -> None:
    returned = sheet(office, staff, returned=True)

    actions.submit(returned, by=staff)

    assert post_after() == []


def test_a_rejection_is_told_to_the_preparers(office, staff) -> None:
    sheet(office, staff, rejected=True)

    (letter,) = post_after()

    assert letter.to == [staff.email]
    assert "ditolak" in letter.body


def test_a_missing_decree_number_is_recalled_to_all_staff_in_the_morning_until_it_is_there(
    office, staff
) -> None:
    colleague = mailed(staff_of=office)
    designated = sheet(office, staff, approved=True, approved__number="")
    assert addressees(post_after()) == [staff.email]  # that it was approved

    letters = post_after(timedelta(days=2))
    again = post_after(timedelta(days=9))
    actions.record_decree(designated, number="W.13-9", dated=office.today(), by=colleague)
    finally_ = post_after(timedelta(days=9))

    assert addressees(letters) == sorted([staff.email, colleague.email])
    assert letters[0].subject.startswith("Penetapan menunggu nomor SK")
    assert addressees(again) == addressees(letters)
    assert finally_ == []


# --- Something is ready --------------------------------------------------------------------------


def test_a_certificate_is_told_once_it_is_drawn_and_says_that_the_village_is_designated(
    office, staff, head
) -> None:
    submitted = sheet(office, staff, submitted=True)
    official = VillageAccessFactory(village=submitted.village, user=mailed()).user
    approved = approve(submitted, head)
    ended = VillageAccessFactory(village=submitted.village, user=mailed())
    actions.end_account(ended, by=UserFactory(admin_of=office))
    VillageAccessFactory(village=submitted.village)  # without an address
    at_first = post_after(timedelta(minutes=3))

    draw_now(approved.certificate)
    letters = {letter.to[0]: letter for letter in post_after(timedelta(minutes=3))}

    assert at_first == []
    assert set(letters) == {staff.email, official.email}
    assert letters[staff.email].subject == f"Sertifikat siap diunduh: {approved.village}"
    assert "ditetapkan" in letters[staff.email].body
    own = letters[official.email]
    assert f"/sertifikat/{approved.certificate.code}/" in own.body
    assert f"/penetapan/{approved.pk}/" not in own.body


def test_nobody_is_told_of_a_certificate_that_is_still_being_drawn(office, staff, head) -> None:
    submitted = sheet(office, staff, submitted=True)
    official = VillageAccessFactory(village=submitted.village, user=mailed()).user
    approved = approve(submitted, head)

    before = post_after()
    draw_now(approved.certificate)
    afterwards = post_after(timedelta(hours=2))

    assert [(it.to[0], it.subject) for it in before] == [
        (staff.email, f"Usulan diputuskan: {approved.village}")
    ]
    assert addressees(afterwards) == sorted([staff.email, official.email])


def test_a_village_is_told_that_a_signed_certificate_came(office, staff, head) -> None:
    approved = sheet(office, staff, approved=True, approved__ready=True)
    official = VillageAccessFactory(village=approved.village, user=mailed()).user
    paper = approved.certificate
    post_after()

    attach_scan(paper, signed_pdf("lembar.pdf"), by=staff)
    (letter,) = post_after(timedelta(hours=2))

    assert letter.to == [official.email]
    assert letter.subject == f"Sertifikat bertanda tangan siap diunduh: {approved.village}"
    assert f"/sertifikat/{paper.code}/" in letter.body


def test_a_scan_that_was_withdrawn_meanwhile_is_no_news(office, staff) -> None:
    approved = sheet(office, staff, approved=True, approved__ready=True)
    VillageAccessFactory(village=approved.village, user=mailed())
    post_after()

    scan = attach_scan(approved.certificate, signed_pdf("lembar.pdf"), by=staff)
    withdraw_scan(scan, reason="Salah lembar.", by=staff)

    assert post_after(timedelta(hours=2)) == []


def test_a_village_that_gets_its_account_afterwards_is_told_of_its_certificate(
    office, head
) -> None:
    approved = sheet(office, UserFactory(staff_of=office), approved=True, approved__ready=True)
    assert post_after() == []

    official = VillageAccessFactory(village=approved.village, user=mailed()).user

    assert addressees(post_after()) == [official.email]


def test_twenty_five_certificates_are_one_mail_for_each_person(office, head, staff) -> None:
    sheets = [sheet(office, staff, submitted=True) for _ in range(25)]
    official = mailed()
    for it in sheets:
        VillageAccessFactory(village=it.village, user=official)
    post_after()
    for it in sheets:
        draw_now(approve(it, head).certificate)

    letters = {letter.to[0]: letter for letter in post_after(timedelta(hours=2))}

    assert set(letters) == {staff.email, official.email}
    assert letters[staff.email].subject == "25 sertifikat siap diunduh"
    assert letters[staff.email].body.count("/penetapan/") == 20
    assert "Dan 5 lainnya" in letters[staff.email].body
    assert letters[official.email].subject == "25 sertifikat desa siap diunduh"


def test_an_officer_is_told_of_their_villages_in_one_mail(office, staff) -> None:
    officer = OfficerFactory(office=office, user=mailed())
    villages = [VillageFactory(office=office) for _ in range(3)]
    terms = Terms("member", office.today(), "letter", "W.13-4", office.today())

    actions.assign([officer], villages, terms, by=staff)
    (letter,) = post_after()

    assert letter.to == [officer.user.email]
    assert letter.subject == "3 penugasan sebagai PIMPASA"
    assert officer.user.nip not in letter.body


def test_whoever_takes_villages_over_is_told_of_them(office, staff) -> None:
    leaver, heir = OfficerFactory(office=office), OfficerFactory(office=office, user=mailed())
    held = [AssignmentFactory(officer=leaver) for _ in range(2)]
    today = office.today()
    plan = HandOver(today, "letter", "W.13-5", today, {assignment.pk: heir for assignment in held})

    actions.hand_over(leaver, plan, by=staff)
    (letter,) = post_after()

    assert letter.to == [heir.user.email]
    assert letter.subject == "2 penugasan sebagai PIMPASA"
    assert f"/pimpasa/{heir.pk}/" in letter.body


def test_an_officer_is_told_of_the_villages_of_a_table_in_one_mail(office, staff) -> None:
    officer = OfficerFactory(office=office, user=mailed())
    today = office.today()
    new = Terms("member", today, "decree", "W.13-4", today)
    old = Terms("member", date(2024, 3, 7), "decree", "W.13-3", date(2024, 3, 7))
    wanted = [(officer, VillageFactory(office=office), terms) for terms in (new, new, old)]

    assign_each(wanted, by=staff)
    (letter,) = post_after()

    assert letter.to == [officer.user.email]
    assert letter.subject == "2 penugasan sebagai PIMPASA"
    assert str(wanted[0][1]) in letter.body


@pytest.mark.parametrize("why", ["cancelled", "noted by themselves", "long ago"])
def test_some_assignments_are_no_news(office, staff, why) -> None:
    officer = OfficerFactory(office=office, user=mailed(staff_of=office))
    by = officer.user if why == "noted by themselves" else staff
    since = date(2024, 3, 7) if why == "long ago" else office.today()
    terms = Terms("member", since, "letter", "W.13-4", since)

    (assignment,) = actions.assign([officer], [VillageFactory(office=office)], terms, by=by)
    if why == "cancelled":
        actions.cancel_assignment(assignment, by=staff)

    assert post_after() == []


def test_every_kind_is_told_by_a_verb_and_every_verb_tells_a_kind() -> None:
    base = Path(settings.BASE_DIR)
    places = ("villages/actions/*.py", "certificates/actions/*.py", "accounts/*.py")
    verbs = [path for place in places for path in base.glob(place)]
    said = "".join(path.read_text() for path in verbs)
    # Verbs tell by name, or go through several: `for kind in ("certificate.ready", …):`
    spoken = re.findall(r"\b(?:tell(?:_all)?|for kind in )\(([^()]*)", said)
    told = {verb for words in spoken for verb in re.findall(r'"(\w+\.\w+)"', words)}
    known = {kind.key for kind in notices.every()}

    assert told == known
    assert {kind.covers for kind in notices.every()} <= known | {""}


# --- What is written down afterwards, and what it costs ------------------------------------------


def test_designations_from_before_the_portal_are_told_as_one_table(office, staff, head) -> None:
    JurisdictionFactory(office=office)
    names = [RegionFactory().name for _ in range(5)]
    batch = bring_in(office, *names, by=staff)

    actions.record_import(batch, by=staff)

    assert Village.objects.filter(office=office).count() == 5
    assert Notice.objects.get().kind == "import.unconfirmed"
    (letter,) = post_after()
    assert letter.to == [head.email]
    assert "5 desa; dicatat" in letter.body


def test_a_step_with_a_day_of_its_own_is_told_to_nobody(office, head, staff) -> None:
    submitted = sheet(office, staff, complete=True)
    actions.submit(submitted, by=staff, at=timezone.now() - timedelta(days=400))

    assert not Notice.objects.exists()


def test_the_survey_asks_as_much_for_many_as_for_few(office, head, staff) -> None:
    def everything() -> int:
        for stage in ("submitted", "returned", "approved", "revocation_requested"):
            it = sheet(office, staff, **{stage: True})
            VillageAccessFactory(village=it.village, user=mailed())
        with CaptureQueriesContext(connection) as asked:
            found = owed.survey()
        assert len(found.owed) >= 2
        return len(asked)

    few = everything()
    for _ in range(3):
        many = everything()

    assert many == few
    assert few <= 25


def test_a_mail_says_no_more_than_it_must(office, head, staff) -> None:
    sheet(office, staff, submitted=True)

    (letter,) = post_after()
    text = letter.message().as_string()

    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert letter.extra_headers["List-Unsubscribe"] == "<http://localhost:8000/pemberitahuan/>"
    assert text.isascii()
    for secret in (staff.nip, head.nip, staff.name, "081", "Sekitar 140"):
        assert secret not in letter.body
    assert head.name in letter.body
    assert office.name in letter.body
    assert mail.outbox == [letter]
    assert mailing.send_owed() == 0


# --- What a village hears ------------------------------------------------------------------------


def villager_of(village):
    return mailed(village=village)


@pytest.mark.parametrize(
    ("stage", "words"),
    [("revoked", "penetapan dicabut"), ("ended", "masa pembinaan diakhiri")],
)
def test_a_village_hears_that_its_designation_is_over(office, staff, stage, words) -> None:
    designation = sheet(office, staff, **{stage: True})
    villager = villager_of(designation.village)

    letters = [it for it in post_after() if it.to == [villager.email]]

    (letter,) = letters
    assert letter.subject.startswith("Status Desa Binaan berakhir")
    assert words in letter.body
    assert designation.status_note not in letter.body
    assert designation.get_absolute_url() in letter.body


def test_a_village_hears_once_who_guides_it_now(office, staff) -> None:
    village = VillageFactory(office=office)
    villager = villager_of(village)
    first, second = OfficerFactory(office=office), OfficerFactory(office=office)
    held = AssignmentFactory(officer=first, village=village)
    today = office.today()
    plan = HandOver(
        last_day=today - timedelta(days=1),
        basis="letter",
        basis_number="ST-1",
        basis_dated=today,
        successors={held.pk: second},
    )
    actions.hand_over(first, plan, by=staff)

    (letter,) = [it for it in post_after() if it.to == [villager.email]]

    assert letter.subject.startswith("PIMPASA desa berganti")
    assert f"kini {second.user.name}" in letter.body
    assert first.user.name not in letter.body


def test_a_village_without_a_guide_hears_that_too_and_a_muted_one_nothing(office, staff) -> None:
    villages = [VillageFactory(office=office) for _ in range(2)]
    villager, muted = (villager_of(village) for village in villages)
    accounts.actions.choose_notices(muted, pace="at_once", muted=["village.guided"], by=muted)
    for village in villages:
        held = AssignmentFactory(officer__office=office, village=village)
        yesterday = office.today() - timedelta(days=1)
        actions.end_assignment(held, ends_on=yesterday, by=staff)

    letters = {it.to[0]: it for it in post_after()}

    assert "belum ada PIMPASA" in letters[villager.email].body
    assert muted.email not in letters


def test_a_village_hears_of_an_officer_whom_a_table_names(office, staff) -> None:
    officer = OfficerFactory(office=office)
    known, of_old = (VillageFactory(office=office) for _ in range(2))
    villager, unmoved = villager_of(known), villager_of(of_old)
    today = office.today()
    new = Terms("member", today, "decree", "W.13-4", today)
    old = Terms("member", date(2024, 3, 7), "decree", "W.13-3", date(2024, 3, 7))

    assign_each([(officer, known, new), (officer, of_old, old)], by=staff)

    letters = {it.to[0]: it for it in post_after()}
    assert officer.user.name in letters[villager.email].body
    assert unmoved.email not in letters


def test_what_ended_long_ago_is_no_news_to_a_village(office, staff) -> None:
    held = AssignmentFactory(officer__office=office, village=VillageFactory(office=office))
    villager = villager_of(held.village)

    actions.end_assignment(held, ends_on=office.today() - timedelta(days=90), by=staff)

    assert villager.email not in addressees(post_after())
