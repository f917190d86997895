"""The head's decision: with which decree, by whom it may be, and what follows from it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Office
from audit.models import Entry
from certificates.models import Certificate, RegisterEntry
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DesignationFactory,
    NumberTemplateFactory,
    UserFactory,
    approval,
    designate,
    head_of,
)
from villages import actions
from villages.models import Decree, Designation, Status

pytestmark = pytest.mark.django_db


def test_approval_orders_the_certificate_in_the_same_step() -> None:
    designation = DesignationFactory(approved=True)

    certificate = designation.certificate

    assert certificate.is_being_drawn
    assert certificate.facts["village"]["name"] == designation.village.name
    assert certificate.facts["decree"]["number"] == designation.decree.number
    assert certificate.facts["signer"]["name"] == designation.decided_by.name
    assert certificate.entry.serial == 1


def test_without_the_decree_number_the_certificate_waits_for_it() -> None:
    designation = DesignationFactory(approved=True, approved__number="")
    staff = UserFactory(staff_of=designation.office)
    dated = designation.office.today()

    actions.record_decree(designation, number="W.13-7", dated=dated, by=staff)

    waited = designation.certificate
    designation.refresh_from_db()
    assert waited is None
    assert designation.certificate.facts["decree"]["number"] == "W.13-7"
    assert designation.designated_on == dated


def test_one_decree_designates_several_villages() -> None:
    first = DesignationFactory(approved=True, approved__number="")
    second = DesignationFactory(office=first.office, submitted=True)
    by = head_of(first.office).user
    decree = first.decree
    actions.record_decree(first, number="W.13-8", dated=first.office.today(), by=by)

    actions.approve(second, approval(first.office, number="W.13-8"), by=by)

    second.refresh_from_db()
    assert second.decree == decree
    other = Certificate.objects.exclude(pk=second.certificate_id).get()
    assert second.certificate.number != other.number


def test_a_number_that_comes_later_is_printed_on_every_waiting_certificate() -> None:
    designations = [DesignationFactory(submitted=True)]
    designations.append(DesignationFactory(office=designations[0].office, submitted=True))
    office = designations[0].office
    NumberTemplateFactory(office=office)
    decision = approval(office, number="", dated=None)
    by = head_of(office).user
    for designation in designations:
        actions.approve(designation, decision, by=by)
    decree = Decree.objects.filter(office=office).first()
    Designation.objects.update(decree=decree)

    actions.record_decree(designations[0], number="W.13-9", dated=office.today(), by=by)

    numbers = RegisterEntry.objects.filter(office=office).values_list("serial", flat=True)
    remembered = Entry.objects.filter(verb="designation.decree_numbered")
    assert sorted(numbers) == [1, 2]
    assert remembered.count() == 2


def test_a_recorded_number_is_not_replaced() -> None:
    designation = DesignationFactory(approved=True)
    decree, today = designation.decree, designation.office.today()

    same = actions.record_decree(
        designation, number=decree.number, dated=decree.dated, by=UserFactory()
    )

    assert same == decree
    with pytest.raises(TransitionRefused, match="Nomor SK sudah dicatat"):
        actions.record_decree(designation, number="W.13-99", dated=today, by=UserFactory())


def test_a_number_of_another_decree_is_refused_in_a_sentence() -> None:
    numbered = DesignationFactory(approved=True).decree
    waiting = DesignationFactory(submitted=True, office=numbered.office)
    actions.approve(
        waiting,
        approval(numbered.office, number="", dated=None),
        by=head_of(numbered.office).user,
    )
    waiting.refresh_from_db()

    with pytest.raises(TransitionRefused, match="sudah tercatat dengan isi lain"):
        actions.record_decree(
            waiting,
            number=numbered.number,
            dated=numbered.dated.replace(day=1 + numbered.dated.day % 28),
            by=UserFactory(),
        )


def test_a_village_that_waited_joins_the_decree_that_has_the_number_already() -> None:
    numbered = DesignationFactory(approved=True).decree
    waiting = DesignationFactory(submitted=True, office=numbered.office)
    by = head_of(numbered.office).user
    actions.approve(waiting, approval(numbered.office, number="", dated=None), by=by)
    waiting.refresh_from_db()

    actions.record_decree(waiting, number=numbered.number, dated=numbered.dated, by=by)

    waiting.refresh_from_db()
    assert waiting.decree == numbered
    assert waiting.certificate is not None


def test_without_a_chosen_number_template_nothing_is_decided() -> None:
    designation = DesignationFactory(submitted=True)
    by = head_of(designation.office).user

    with pytest.raises(TransitionRefused, match="belum memilih pola nomor"):
        actions.approve(designation, approval(designation.office), by=by)

    designation.refresh_from_db()
    assert designation.status == Status.SUBMITTED
    assert not Decree.objects.exists()
    assert not RegisterEntry.objects.exists()
    assert not Entry.objects.filter(verb="designation.approved").exists()


def test_the_certificate_is_never_dated_before_the_decree() -> None:
    designation = DesignationFactory(submitted=True)
    office = designation.office
    NumberTemplateFactory(office=office)
    next_year = date(office.today().year + 1, 1, 2)

    actions.approve(designation, approval(office, dated=next_year), by=head_of(office).user)

    designation.refresh_from_db()
    assert designation.certificate.facts["dated"] == next_year.isoformat()
    assert designation.certificate.entry.year == next_year.year


def test_rank_and_nip_are_printed_as_the_office_chose() -> None:
    designation = DesignationFactory(submitted=True)
    office = designation.office
    head = head_of(office)
    head.user.rank = "III/d"
    head.user.save()
    Office.objects.filter(pk=office.pk).update(prints_nip=False)
    designation.office.refresh_from_db()

    decision = approval(Office.objects.get(pk=office.pk))
    NumberTemplateFactory(office=office)
    actions.approve(designation, decision, by=head.user)

    designation.refresh_from_db()
    assert designation.signer["rank"] == "Penata Tk. I (III/d)"
    assert designation.signer["nip"] == ""


def test_an_acting_head_signs_as_one() -> None:
    designation = DesignationFactory(submitted=True)
    deputy = UserFactory(head_of=designation.office, head_of__acting_kind="plh")
    NumberTemplateFactory(office=designation.office)
    decision = approval(designation.office, head=deputy.memberships.get())

    actions.approve(designation, decision, by=deputy)

    designation.refresh_from_db()
    assert (designation.signer["acting"], designation.signer["name"]) == ("Plh.", deputy.name)


def test_the_signer_of_the_decree_may_sign_the_certificate() -> None:
    designation = DesignationFactory(submitted=True)
    office = designation.office
    NumberTemplateFactory(office=office)
    decision = approval(office, signer_level="regional", signer_name="Hasan Basri", signs="decree")

    actions.approve(designation, decision, by=head_of(office).user)

    designation.refresh_from_db()
    assert designation.signer["title"] == f"Kepala {office.parent.name}"
    assert designation.signer["name"] == "Hasan Basri"
    assert designation.signer["nip"] == ""


def test_an_acting_head_who_signed_the_decree_too_signs_the_certificate_as_one() -> None:
    designation = DesignationFactory(submitted=True)
    deputy = UserFactory(head_of=designation.office, head_of__acting_kind="plh")
    NumberTemplateFactory(office=designation.office)
    role = deputy.memberships.get()
    decision = approval(designation.office, head=role, signer_name=deputy.name, signs="decree")

    actions.approve(designation, decision, by=deputy)

    designation.refresh_from_db()
    assert (designation.signer["acting"], designation.signer["nip"]) == ("Plh.", deputy.nip)


# --- Maker is not checker ----------------------------------------------------------------------


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_a_preparer_is_refused_in_a_sentence(decision: str) -> None:
    designation = DesignationFactory(submitted=True)
    office = designation.office
    NumberTemplateFactory(office=office)
    maker = designation.created_by

    decide = {
        "approve": lambda: actions.approve(designation, approval(office), by=maker),
        "reject": lambda: actions.reject(
            designation, reason="Tidak.", head=head_of(office), by=maker
        ),
    }[decision]

    with pytest.raises(TransitionRefused, match="Anda ikut menyiapkan usulan ini"):
        decide()

    designation.refresh_from_db()
    assert designation.status == Status.SUBMITTED
    assert not RegisterEntry.objects.exists()


def test_the_database_refuses_a_decision_by_a_preparer() -> None:
    designation = DesignationFactory(submitted=True)
    head = UserFactory(head_of=designation.office)
    designation.preparers.add(head)

    decided = {"status": Status.REJECTED, "decided_by": head, "decided_at": timezone.now()}

    with pytest.raises(IntegrityError, match="preparer"):
        Designation.objects.filter(pk=designation.pk).update(**decided, status_note="Tidak.")


def test_the_database_refuses_it_in_plain_sql_too() -> None:
    designation = DesignationFactory(submitted=True)
    sql = """UPDATE villages_designation SET status = 'rejected', status_note = 'x',
             decided_at = now(), decided_by_id = created_by_id WHERE id = %s"""

    with (
        pytest.raises(IntegrityError, match="preparer"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, [designation.pk])


def test_the_database_refuses_to_forget_or_add_a_preparer_after_the_decision() -> None:
    designation = DesignationFactory(rejected=True)
    who = designation.decided_by_id
    statements = [
        ("DELETE FROM villages_preparer WHERE designation_id = %s", [designation.pk]),
        ("UPDATE villages_preparer SET user_id = %s", [who]),
        (
            "INSERT INTO villages_preparer (designation_id, user_id) VALUES (%s, %s)",
            [designation.pk, who],
        ),
    ]

    for sql, values in statements:
        with (
            pytest.raises(IntegrityError, match="preparer"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, values)


def test_a_decision_stands_with_the_one_who_made_it() -> None:
    designation = DesignationFactory(rejected=True)

    with pytest.raises(IntegrityError, match="decided once"), transaction.atomic():
        Designation.objects.filter(pk=designation.pk).update(decided_by=UserFactory())
    with (
        pytest.raises(IntegrityError, match="never deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM villages_designation WHERE id = %s", [designation.pk])


def test_a_decision_of_the_same_person_twice_is_as_once() -> None:
    designation = DesignationFactory(submitted=True)
    office = designation.office
    NumberTemplateFactory(office=office)
    decision, by = approval(office), head_of(office).user

    actions.approve(designation, decision, by=by)
    again = actions.approve(designation, replace(decision, number="W.13-lain"), by=by)

    assert again.status == Status.APPROVED
    assert again.decree.number == decision.number
    assert RegisterEntry.objects.count() == 1


def test_a_decision_after_another_persons_is_refused_by_name() -> None:
    designation = DesignationFactory(approved=True)
    deputy = UserFactory(head_of=designation.office, head_of__acting_kind="plh")

    with pytest.raises(TransitionRefused) as refusal:
        actions.reject(designation, reason="Tidak.", head=deputy.memberships.get(), by=deputy)

    assert "sudah ditetapkan" in refusal.value.message
    assert designation.decided_by.name in refusal.value.message


def test_a_designated_sheet_keeps_its_certificate() -> None:
    designation = DesignationFactory(approved=True)
    other = DesignationFactory(submitted=True)
    designate_other = designation.certificate

    with pytest.raises(IntegrityError), transaction.atomic():
        Designation.objects.filter(pk=designation.pk).update(certificate=None)

    assert other.certificate is None
    assert designate_other == Designation.objects.get(pk=designation.pk).certificate


def test_the_village_is_named_as_it_calls_itself() -> None:
    designation = DesignationFactory(village__local_term="Nagari")
    designate(designation)

    assert designation.certificate.facts["village"]["term"] == "Nagari"
    assert "Nagari" in designation.certificate.title
