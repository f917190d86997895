"""The hand-over: all that an officer holds passes on in one step, or nothing changes."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import User
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    OfficerFactory,
    UserFactory,
    VillageFactory,
)
from villages import actions
from villages.actions import HandOver
from villages.models import Assignment, Officer, Preparer

SignIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)
NEXT = DAY + timedelta(days=1)


def plan(successors: dict[int, Officer | None], **more: object) -> HandOver:
    return HandOver(**{
        "last_day": DAY, "basis": "letter", "basis_number": "ST-9", "basis_dated": DAY,
        "successors": successors, **more,
    })  # fmt: skip


@pytest.fixture
def officer() -> Officer:
    return OfficerFactory()


@pytest.fixture
def heir(officer: Officer) -> Officer:
    return OfficerFactory(office=officer.office)


def held_by(officer: Officer) -> list[Assignment]:
    return list(Assignment.objects.filter(officer=officer, ends_on=None))


def test_every_village_ends_here_and_starts_there(officer: Officer, heir: Officer) -> None:
    held = [AssignmentFactory(officer=officer, part="lead") for _ in range(3)]

    made = actions.hand_over(officer, plan({it.pk: heir for it in held}), by=officer.user)

    assert not held_by(officer)
    assert {it.village for it in made} == {it.village for it in held}
    assert {(it.part, it.starts_on, it.basis_number) for it in made} == {("lead", NEXT, "ST-9")}
    assert Entry.objects.about(officer).filter(verb="officer.handed_over").count() == 1


def test_a_village_may_be_left_to_nobody(officer: Officer) -> None:
    held = AssignmentFactory(officer=officer)

    actions.hand_over(officer, plan({held.pk: None}), by=officer.user)

    held.refresh_from_db()
    assert held.ends_on == DAY
    assert Assignment.objects.count() == 1


def test_a_successor_who_guides_the_village_already_simply_stays(
    officer: Officer, heir: Officer
) -> None:
    held = AssignmentFactory(officer=officer)
    theirs = AssignmentFactory(officer=heir, village=held.village)

    actions.hand_over(officer, plan({held.pk: heir}), by=officer.user)

    assert held_by(heir) == [theirs]


def test_what_was_handed_over_is_not_handed_over_again(officer: Officer, heir: Officer) -> None:
    held = AssignmentFactory(officer=officer, part="lead")
    today = officer.office.today()
    actions.hand_over(officer, plan({held.pk: heir}, last_day=today), by=officer.user)
    third = OfficerFactory(office=officer.office)

    with pytest.raises(TransitionRefused, match="berubah sejak halaman ini dibuka"):
        actions.hand_over(officer, plan({held.pk: third}, last_day=today), by=officer.user)

    later = Assignment.objects.filter(village=held.village, starts_on__gt=today)
    assert [(it.officer, it.part) for it in later] == [(heir, "lead")]


def test_a_member_who_takes_over_leads_from_the_next_day(officer: Officer, heir: Officer) -> None:
    held = AssignmentFactory(officer=officer, part="lead")
    theirs = AssignmentFactory(officer=heir, village=held.village, part="member")

    actions.hand_over(officer, plan({held.pk: heir}), by=officer.user)

    theirs.refresh_from_db()
    (leads,) = held_by(heir)
    assert theirs.ends_on == DAY
    assert (leads.part, leads.starts_on) == ("lead", NEXT)


def test_a_member_who_stays_longer_leads_as_long(officer: Officer, heir: Officer) -> None:
    soon = officer.office.today() + timedelta(days=9)
    held = AssignmentFactory(officer=officer, part="lead", ends_on=soon)
    AssignmentFactory(officer=heir, village=held.village, part="member")

    (made,) = actions.hand_over(officer, plan({held.pk: heir}), by=officer.user)

    assert (made.part, made.starts_on, made.ends_on) == ("lead", NEXT, None)


def test_a_member_who_came_after_the_last_day_stops_all(officer: Officer, heir: Officer) -> None:
    held = AssignmentFactory(officer=officer, part="lead")
    came = NEXT + timedelta(days=5)
    AssignmentFactory(officer=heir, village=held.village, part="member", starts_on=came)

    with pytest.raises(TransitionRefused, match="paling awal hari"):
        actions.hand_over(officer, plan({held.pk: heir}), by=officer.user)

    assert held_by(officer) == [held]


def test_what_has_not_begun_passes_on_as_it_was_planned(officer: Officer, heir: Officer) -> None:
    today = officer.office.today()
    soon, later = today + timedelta(days=9), today + timedelta(days=99)
    coming = AssignmentFactory(officer=officer, starts_on=soon, ends_on=later)

    made = actions.hand_over(officer, plan({coming.pk: heir}, last_day=today), by=officer.user)

    assert [(it.starts_on, it.ends_on) for it in made] == [(soon, later)]
    assert not Assignment.objects.filter(officer=officer).exists()


def test_one_that_cannot_pass_on_stops_all(officer: Officer, heir: Officer) -> None:
    held = [AssignmentFactory(officer=officer) for _ in range(2)]
    leaving = OfficerFactory(office=officer.office, ends_on=NEXT)

    chosen = plan({held[0].pk: heir, held[1].pk: leaving})
    with pytest.raises(TransitionRefused, match="isi tanggal akhir"):
        actions.hand_over(officer, chosen, by=officer.user)

    assert set(held_by(officer)) == set(held)
    assert not held_by(heir)


def test_a_village_that_came_meanwhile_is_not_left_behind(officer: Officer, heir: Officer) -> None:
    held = AssignmentFactory(officer=officer)
    AssignmentFactory(officer=officer)

    with pytest.raises(TransitionRefused, match="berubah sejak halaman ini dibuka"):
        actions.hand_over(officer, plan({held.pk: heir}), by=officer.user)

    assert len(held_by(officer)) == 2


def test_whoever_moves_may_end_the_term_in_the_same_step(officer: Officer, heir: Officer) -> None:
    held = AssignmentFactory(officer=officer)

    chosen = plan({held.pk: heir}, ends_term=True, reason="Mutasi.")
    actions.hand_over(officer, chosen, by=officer.user)

    officer.refresh_from_db()
    assert officer.ends_on == DAY
    assert "Mutasi." in Entry.objects.about(officer).get(verb="officer.ended").note


def test_a_colleague_takes_a_sheet_on_as_a_preparer(officer: Officer) -> None:
    sheet = DesignationFactory(office=officer.office, created_by=officer.user)
    colleague = UserFactory(staff_of=officer.office)

    actions.hand_over(officer, plan({}, preparers={sheet.pk: colleague}), by=officer.user)

    assert Preparer.objects.filter(designation=sheet, user=colleague).exists()
    assert Entry.objects.about(sheet).get(verb="designation.passed_on").note == colleague.name


def test_a_sheet_that_was_submitted_meanwhile_is_not_passed_on(officer: Officer) -> None:
    sheet = DesignationFactory(office=officer.office, created_by=officer.user, submitted=True)
    colleague = UserFactory(staff_of=officer.office)

    with pytest.raises(TransitionRefused, match="sudah diajukan"):
        actions.hand_over(officer, plan({}, preparers={sheet.pk: colleague}), by=officer.user)

    assert not Preparer.objects.filter(designation=sheet, user=colleague).exists()


# --- The page ------------------------------------------------------------------------------------

PAPER = {"basis": "letter", "basis_number": "ST-9", "basis_dated": "2026-03-02",
         "last_day": "2026-03-02"}  # fmt: skip
SURE = {"checked": "1"}  # the button of the check page


def test_the_page_lists_all_and_passes_it_on(
    sign_in: SignIn, officer: Officer, heir: Officer
) -> None:
    held = [AssignmentFactory(officer=officer) for _ in range(2)]
    sheet = DesignationFactory(office=officer.office, created_by=officer.user)
    browser = sign_in(UserFactory(staff_of=officer.office))
    address = f"/pimpasa/{officer.pk}/serah-terima/"

    page = browser.get(address).content.decode()
    each = {f"village_{it.pk}": "same" for it in held} | {f"sheet_{sheet.pk}": "stays"}
    answer = browser.post(address, {**PAPER, **each, **SURE, "successor": heir.pk})

    assert all(it.village.full_name in page for it in held)
    assert sheet.village.full_name in page
    assert answer.status_code == 302
    assert {it.village for it in held_by(heir)} == {it.village for it in held}


def test_the_page_shows_what_goes_on_without_them_and_what_a_village_lacks(
    sign_in: SignIn, officer: Officer
) -> None:
    with_head = DesignationFactory(office=officer.office, created_by=officer.user, submitted=True)
    unnumbered = DesignationFactory(
        office=officer.office, created_by=officer.user, approved=True, approved__number=""
    )
    foreign = DesignationFactory(office=officer.office, submitted=True)
    AssignmentFactory(officer=officer, village=with_head.village)
    browser = sign_in(UserFactory(staff_of=officer.office))

    answer = browser.get(f"/pimpasa/{officer.pk}/serah-terima/")

    page = answer.content.decode()
    assert set(answer.context["holdings"].running) == {with_head, unnumbered}
    assert "diajukan, menunggu keputusan" in page
    assert "ditetapkan, menunggu nomor SK" in page
    assert foreign.village.full_name not in page
    assert "kepala desa belum tercatat" in page


def test_a_village_left_to_nobody_is_said_loudly_and_confirmed(
    sign_in: SignIn, officer: Officer
) -> None:
    held = AssignmentFactory(officer=officer)
    browser = sign_in(UserFactory(admin_of=officer.office))
    address, chosen = f"/pimpasa/{officer.pk}/serah-terima/", {f"village_{held.pk}": "nobody"}

    asked = browser.post(address, {**PAPER, **chosen})

    assert "1 desa tidak lagi memiliki PIMPASA" in asked.content.decode()
    assert held_by(officer) == [held]
    browser.post(address, {**PAPER, **chosen, **SURE, "confirmed": "on"})
    assert not held_by(officer)


def test_every_village_needs_a_choice(sign_in: SignIn, officer: Officer, heir: Officer) -> None:
    held = AssignmentFactory(officer=officer)
    browser = sign_in(UserFactory(staff_of=officer.office))

    chosen = {f"village_{held.pk}": "same", "successor": ""}
    answer = browser.post(f"/pimpasa/{officer.pk}/serah-terima/", {**PAPER, **chosen})

    assert f"village_{held.pk}" in answer.context["form"].errors
    assert held_by(officer) == [held]


def test_an_officer_of_another_office_is_no_successor(sign_in: SignIn, officer: Officer) -> None:
    held, stranger = AssignmentFactory(officer=officer), OfficerFactory()
    VillageFactory(office=stranger.office)
    browser = sign_in(UserFactory(staff_of=officer.office))

    chosen = {f"village_{held.pk}": str(stranger.pk)}
    answer = browser.post(f"/pimpasa/{officer.pk}/serah-terima/", {**PAPER, **chosen})

    assert f"village_{held.pk}" in answer.context["form"].errors
    assert held_by(officer) == [held]


def test_the_last_look_says_what_becomes_of_each_village_and_writes_nothing(
    sign_in: SignIn, officer: Officer, heir: Officer
) -> None:
    rising, shared, left = (AssignmentFactory(officer=officer, part="lead") for _ in range(3))
    AssignmentFactory(officer=heir, village=rising.village, part="member")
    leader, member = (OfficerFactory(office=officer.office) for _ in range(2))
    AssignmentFactory(officer=leader, village=shared.village, part="lead")
    AssignmentFactory(officer=member, village=left.village, part="member")
    browser = sign_in(UserFactory(staff_of=officer.office))

    chosen = {f"village_{it.pk}": "same" for it in [rising, shared]}
    chosen |= {f"village_{left.pk}": "nobody"}
    answer = browser.post(
        f"/pimpasa/{officer.pk}/serah-terima/", {**PAPER, **chosen, "successor": heir.pk}
    )

    told = {it.village: it for it in answer.context["passings"]}
    assert "menjadi ketua mulai 3 Maret 2026; sebagai anggota sampai 2 Maret" in (
        told[rising.village].words
    )
    assert "Lebih dari satu ketua" in told[shared.village].doubt
    assert leader.user.name in told[shared.village].doubt
    assert told[left.village].doubt == "Tanpa ketua: yang tinggal hanya anggota."
    assert len(held_by(officer)) == len(told)


def test_what_was_handed_over_says_until_when_and_to_whom(
    sign_in: SignIn, officer: Officer, heir: Officer
) -> None:
    held = AssignmentFactory(officer=officer, part="lead")
    today = officer.office.today()
    actions.hand_over(officer, plan({held.pk: heir}, last_day=today), by=officer.user)
    browser = sign_in(UserFactory(staff_of=officer.office))

    record = browser.get(officer.get_absolute_url()).content.decode()
    again = browser.get(f"/pimpasa/{officer.pk}/serah-terima/").content.decode()

    assert f"Sudah diserahkan kepada {heir}" in record
    assert "Serah terima tugas</a>" not in record
    assert "Sudah diserahkan, dan tidak ikut" in again
    assert f"village_{held.pk}" not in again
