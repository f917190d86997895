"""PIMPASA: appointed by decree, assigned by document, and what the database promises of both."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.access import access_of
from accounts.actions import Person
from accounts.models import Office, OfficeKind, User
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    AssignmentFactory,
    DesignationFactory,
    DirectorateFactory,
    OfficeFactory,
    OfficerFactory,
    RegionalOfficeFactory,
    UserFactory,
    VillageAccessFactory,
    VillageFactory,
)
from tests.races import together
from villages import actions
from villages.actions import Appointment, Terms
from villages.models import Assignment, Designation, Officer, Village

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)
DECREE = Appointment("KP-1/2026", DAY, "Kepala Kantor", DAY)
TERMS = Terms("lead", DAY, "letter", "ST-1/2026", DAY)
BAYU = Person("Bayu Kusuma", "199407182020121003", rank="II/d", employment="pns")


def by() -> object:
    return UserFactory()


# --- Appointed -----------------------------------------------------------------------------------


def test_somebody_new_becomes_an_officer_without_a_way_in() -> None:
    office = OfficeFactory()

    officer = actions.appoint(BAYU, DECREE, office=office, by=UserFactory(staff_of=office))

    assert (officer.user.name, officer.signs_in, officer.is_live()) == ("Bayu Kusuma", False, True)
    assert "SK KP-1/2026" in Entry.objects.about(officer).get(verb="officer.appointed").note
    assert Entry.objects.about(officer.user).filter(verb="officer.appointed").exists()


def test_a_number_that_was_mended_meanwhile_stays_as_it_was_mended() -> None:
    office = OfficeFactory()
    known = UserFactory(staff_of=office, username="199407182020121003")
    shown = Person(known.name, known.nip, rank="II/d", employment="pns")
    mended = "199407182020121004"
    User.objects.filter(pk=known.pk).update(username=mended)

    officer = actions.appoint(shown, DECREE, office=office, by=UserFactory(), known=known)

    assert (officer.user.nip, officer.user.rank) == (mended, "II/d")


@pytest.mark.parametrize("ends_on", [None, 0])
def test_no_term_reaches_the_day_from_which_the_office_is_closed(ends_on: int | None) -> None:
    office = OfficeFactory()
    closes = office.today() + timedelta(days=30)
    Office.objects.filter(pk=office.pk).update(closed_on=closes)
    eve = replace(DECREE, ends_on=closes - timedelta(days=1))
    beyond = replace(DECREE, ends_on=ends_on if ends_on is None else closes)

    with pytest.raises(ValidationError) as refusal:
        actions.appoint(BAYU, beyond, office=office, by=UserFactory())
    officer = actions.appoint(BAYU, eve, office=office, by=UserFactory())
    with pytest.raises(ValidationError) as later:
        actions.change_officer(officer, BAYU, beyond, by=UserFactory())

    assert "ditutup sejak" in refusal.value.message_dict["ends_on"][0]
    assert "ditutup sejak" in later.value.message_dict["ends_on"][0]


def test_a_village_that_has_passed_to_another_office_is_assigned_to_nobody() -> None:
    officer = OfficerFactory()
    village = VillageFactory(office=officer.office)
    Village.objects.filter(pk=village.pk).update(office=OfficeFactory())  # since the page was read

    with pytest.raises(TransitionRefused) as refusal:
        actions.assign([officer], [village], TERMS, by=UserFactory())

    assert "kini dibina kantor lain" in refusal.value.message
    assert not Assignment.objects.exists()


def test_who_has_not_begun_stands_in_no_list_of_the_former() -> None:
    office = OfficeFactory()
    tomorrow, later = (office.today() + timedelta(days=days) for days in (1, 60))
    endless = OfficerFactory(office=office, starts_on=tomorrow)
    ending = OfficerFactory(office=office, starts_on=tomorrow, ends_on=later)
    former = OfficerFactory(office=office, ends_on=office.today() - timedelta(days=1))

    def listed(standing: str) -> set[Officer]:
        return set(Officer.objects.with_list().standing_at(standing))

    assert listed("over") == {former}
    assert listed("live") == {endless, ending}
    assert listed("idle") == set()


def test_a_colleague_becomes_an_officer_and_their_service_is_settled() -> None:
    office = OfficeFactory()
    colleague = UserFactory(username="b@example.go.id", email="b@example.go.id", staff_of=office)

    officer = actions.appoint(BAYU, DECREE, office=office, by=UserFactory(), known=colleague)

    colleague.refresh_from_db()
    assert officer.user == colleague
    assert (colleague.nip, colleague.rank, colleague.employment) == (BAYU.username, "II/d", "pns")
    assert colleague.has_usable_password()


def test_the_account_of_a_village_becomes_no_officer() -> None:
    account = VillageAccessFactory()

    with pytest.raises(ValidationError, match="akun desa"):
        actions.appoint(
            BAYU, DECREE, office=account.village.office, by=UserFactory(), known=account.user
        )


def test_nobody_is_an_officer_twice_at_a_time() -> None:
    first = OfficerFactory(ends_on=DAY)
    again = {"office": OfficeFactory(), "by": UserFactory(), "known": first.user}
    person = Person(first.user.name, first.user.username, employment="pns")

    with pytest.raises(ValidationError, match="sudah menjadi PIMPASA"):
        actions.appoint(person, DECREE, **again)
    later = Appointment("KP-2", DAY, "Kepala Kantor", DAY + timedelta(days=1))
    assert actions.appoint(person, later, **again).user == first.user
    with pytest.raises(IntegrityError, match="officer_one_term_at_a_time"):
        OfficerFactory(user=first.user, starts_on=DAY)


@pytest.mark.django_db(transaction=True)
def test_two_offices_that_appoint_one_person_at_once_get_one_officer() -> None:
    user, offices = UserFactory(), [OfficeFactory(), OfficeFactory()]
    person = Person(user.name, user.username, employment="pns")

    outcomes = together(
        *(
            lambda office=office: actions.appoint(
                person, DECREE, office=office, by=user, known=user
            )
            for office in offices
        )
    )

    assert sum(isinstance(it, ValidationError) for it in outcomes) == 1
    assert Officer.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "serves"),
    [("directorate", False), ("regional", False), ("detention_house", True)],
)
def test_officers_serve_in_a_kanim_or_a_rudenim(kind: str, serves: bool) -> None:
    made = {"directorate": DirectorateFactory, "regional": RegionalOfficeFactory}
    office = made.get(kind, OfficeFactory)(kind=OfficeKind(kind))

    if serves:
        assert OfficerFactory(office=office).pk
    else:
        with pytest.raises(IntegrityError, match="Kanim or Rudenim"):
            OfficerFactory(office=office)


def test_a_term_covers_its_assignments() -> None:
    officer = AssignmentFactory(starts_on=DAY).officer
    person = Person(officer.user.name, officer.user.username, employment="pns")

    with pytest.raises(ValidationError, match="tidak mencakup"):
        actions.change_officer(
            officer,
            person,
            Appointment("KP", DAY, "Kepala", DAY + timedelta(days=1)),
            by=officer.user,
        )
    with pytest.raises(TransitionRefused, match="memegang 1 desa"):
        actions.end_officer(officer, ends_on=DAY, by=officer.user)
    for change in ({"ends_on": DAY}, {"starts_on": DAY + timedelta(days=1)}):
        with pytest.raises(IntegrityError, match="assignments end"), transaction.atomic():
            Officer.objects.filter(pk=officer.pk).update(**change)


def test_a_term_ends_once() -> None:
    officer = OfficerFactory()

    actions.end_officer(officer, ends_on=DAY, by=officer.user, reason="Pensiun.")

    with pytest.raises(TransitionRefused, match="sudah berakhir 2 Maret 2026"):
        actions.end_officer(officer, ends_on=DAY, by=officer.user)
    assert "Pensiun." in Entry.objects.about(officer).get(verb="officer.ended").note


# --- Assigned ------------------------------------------------------------------------------------


def test_several_villages_are_assigned_at_once_and_both_sides_remember() -> None:
    officer = OfficerFactory()
    villages = [VillageFactory(office=officer.office) for _ in range(3)]

    made = actions.assign([officer], villages, TERMS, by=officer.user)

    assert {it.village for it in made} == set(villages)
    assert Entry.objects.about(officer).filter(verb="assignment.started").count() == 3
    note = Entry.objects.about(villages[0]).get().note
    assert note == f"{officer.user.name}: Ketua, sejak 2 Maret 2026"


def test_all_are_assigned_or_none() -> None:
    held = AssignmentFactory()
    other = VillageFactory(office=held.officer.office)

    with pytest.raises(TransitionRefused, match="sudah ditugaskan di"):
        actions.assign([held.officer], [other, held.village], TERMS, by=held.officer.user)

    assert Assignment.objects.count() == 1
    assert not Entry.objects.about(other).exists()


def test_one_officer_does_not_guide_one_village_twice_at_a_time() -> None:
    held = AssignmentFactory(ends_on=DAY)

    actions.assign(
        [held.officer],
        [held.village],
        Terms("member", DAY + timedelta(days=1), "decree", "SK-2", DAY),
        by=held.officer.user,
    )

    with pytest.raises(IntegrityError, match="assignment_once_at_a_time"), transaction.atomic():
        AssignmentFactory(officer=held.officer, village=held.village, starts_on=DAY)


@pytest.mark.django_db(transaction=True)
def test_two_who_assign_the_same_pair_at_once_make_one_assignment() -> None:
    officer = OfficerFactory()
    village, people = VillageFactory(office=officer.office), [UserFactory(), UserFactory()]

    outcomes = together(
        *(lambda it=it: actions.assign([officer], [village], TERMS, by=it) for it in people)
    )

    assert sum(isinstance(it, TransitionRefused) for it in outcomes) == 1
    assert Assignment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_assignment_and_the_end_of_the_term_at_once_leave_no_village_behind() -> None:
    officer = OfficerFactory()
    village, person = VillageFactory(office=officer.office), officer.user

    together(
        lambda: actions.assign([officer], [village], TERMS, by=person),
        lambda: actions.end_officer(officer, ends_on=DAY, by=person),
    )

    officer.refresh_from_db()
    assert (officer.ends_on is None) is Assignment.objects.exists()


def test_an_assignment_lies_within_the_term() -> None:
    officer = OfficerFactory(starts_on=DAY, ends_on=date(2026, 12, 31))
    village = VillageFactory(office=officer.office)
    early = Terms("lead", DAY - timedelta(days=1), "letter", "ST", DAY)

    with pytest.raises(TransitionRefused, match="baru menjadi PIMPASA 2 Maret 2026"):
        actions.assign([officer], [village], early, by=officer.user)
    with pytest.raises(TransitionRefused, match="sampai 31 Desember 2026"):
        actions.assign([officer], [village], TERMS, by=officer.user)
    with pytest.raises(IntegrityError, match="within its officer"), transaction.atomic():
        AssignmentFactory(officer=officer, village=village, starts_on=DAY)


def test_officers_guide_villages_of_their_own_office() -> None:
    with pytest.raises(IntegrityError, match="their own office"):
        AssignmentFactory(village=VillageFactory())


@pytest.mark.parametrize(
    "change",
    [{"starts_on": DAY}, {"basis_number": "ST-9"}, {"part": "lead"}, {"officer": OfficerFactory}],
)
def test_of_an_assignment_only_the_end_changes(change: dict) -> None:
    held = AssignmentFactory()
    values = {name: it() if callable(it) else it for name, it in change.items()}

    with pytest.raises(IntegrityError, match="only the end changes"):
        Assignment.objects.filter(pk=held.pk).update(**values)


@pytest.mark.parametrize(
    "change",
    [{"part": "boss"}, {"basis": "rumour"}, {"basis_number": ""}, {"ends_on": date(2024, 1, 9)}],
)
def test_the_database_knows_what_an_assignment_looks_like(change: dict) -> None:
    with pytest.raises(IntegrityError, match="assignment_"):
        AssignmentFactory(**change)


def test_an_assignment_ends_with_its_last_day() -> None:
    held = AssignmentFactory()
    today = held.officer.office.today()

    actions.end_assignment(held, ends_on=today, by=held.officer.user, reason="Mutasi.")

    held.refresh_from_db()
    assert held.is_live()
    assert "Mutasi." in Entry.objects.about(held.village).get(verb="assignment.ended").note
    with pytest.raises(TransitionRefused, match="sudah berakhir"):
        actions.end_assignment(held, ends_on=today, by=held.officer.user)


def test_a_slip_of_today_is_struck_out_and_what_has_counted_is_not() -> None:
    officer = OfficerFactory()
    slip = AssignmentFactory(officer=officer, starts_on=officer.office.today())
    counted = AssignmentFactory(officer=officer)

    actions.cancel_assignment(slip, by=officer.user)

    assert not Assignment.objects.filter(pk=slip.pk).exists()
    assert Entry.objects.about(officer).filter(verb="assignment.cancelled").exists()
    with pytest.raises(TransitionRefused, match="akhiri dengan tanggal"):
        actions.cancel_assignment(counted, by=officer.user)
    with pytest.raises(IntegrityError, match="not struck out"):
        counted.delete()


# --- Access --------------------------------------------------------------------------------------


def test_an_officer_without_a_role_sees_their_villages_and_nothing_else() -> None:
    held = AssignmentFactory()
    DesignationFactory(village=held.village, office=held.officer.office)
    VillageFactory(office=held.officer.office)

    access = access_of(held.officer.user)

    assert access.assigned_village_ids == {held.village_id}
    assert access.office_ids == frozenset()
    assert list(Village.objects.visible_to(access)) == [held.village]
    assert not Designation.objects.visible_to(access).exists()  # a draft is the office's own
    assert not access.is_village
    assert access.role_words == "PIMPASA"


@pytest.mark.parametrize("days", [-1, 1])
def test_an_assignment_counts_by_the_calendar_of_the_office(days: int) -> None:
    officer = OfficerFactory()
    today, turn = officer.office.today(), timedelta(days=days)
    term = {"starts_on": today + turn} if days > 0 else {"ends_on": today + turn}
    AssignmentFactory(officer=officer, **term)

    assert access_of(officer.user).assigned_village_ids == frozenset()


def test_a_village_that_nobody_guides_today_is_found() -> None:
    held = AssignmentFactory()
    alone = VillageFactory(office=held.officer.office)
    left = AssignmentFactory(officer=held.officer, ends_on=date(2024, 12, 31)).village

    assert set(Village.objects.unguided()) == {alone, left}
    assert Office.objects.filter(pk=held.officer.office_id).exists()
