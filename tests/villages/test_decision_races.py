"""Two at once: one result, and the other is told by name who was quicker."""

from dataclasses import replace

import pytest

from accounts.actions import cancel_membership
from accounts.models import User
from audit.models import Entry
from certificates.models import Certificate, RegisterEntry
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DesignationFactory,
    NumberTemplateFactory,
    RegionFactory,
    UserFactory,
    VillageFactory,
    approval,
    head_of,
)
from tests.races import just_before, together
from villages import actions
from villages.models import Decree, Designation, Preparer, Status, Village

pytestmark = pytest.mark.django_db(transaction=True)


def two_heads(designation: Designation) -> tuple[User, User]:
    deputy = UserFactory(head_of=designation.office, head_of__acting_kind="plh")
    return head_of(designation.office).user, deputy


def test_decided_twice_at_once_gives_one_result() -> None:
    designation = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=designation.office)
    heads = two_heads(designation)
    decisions = [
        approval(designation.office, number=f"W.13-{by.pk}", head=by.memberships.get())
        for by in heads
    ]

    outcomes = together(
        *(
            lambda by=by, how=how: actions.approve(designation, how, by=by)
            for by, how in zip(heads, decisions, strict=True)
        )
    )

    designation.refresh_from_db()
    refusals = [it for it in outcomes if isinstance(it, TransitionRefused)]
    assert len(refusals) == 1
    assert designation.decided_by.name in refusals[0].message
    assert Certificate.objects.count() == RegisterEntry.objects.count() == 1
    assert Entry.objects.filter(verb="designation.approved").count() == 1


def test_approved_and_rejected_at_once_gives_one_result() -> None:
    designation = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=designation.office)
    first, second = two_heads(designation)
    decision = approval(designation.office)

    outcomes = together(
        lambda: actions.approve(designation, decision, by=first),
        lambda: actions.reject(
            designation, reason="Belum.", head=second.memberships.get(), by=second
        ),
    )

    designation.refresh_from_db()
    assert sum(isinstance(it, TransitionRefused) for it in outcomes) == 1
    assert Certificate.objects.exists() == (designation.status == Status.APPROVED)


@pytest.mark.parametrize("verb", ["approve", "reject", "return"])
def test_what_is_submitted_again_just_before_is_not_decided_unread(verb: str) -> None:
    designation = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=designation.office)
    head, seen = head_of(designation.office), designation.status_at
    decide = {
        "approve": lambda: actions.approve_all(
            [designation], approval(designation.office), by=head.user, seen=seen
        ),
        "reject": lambda: actions.reject(
            designation, reason="Tidak.", head=head, by=head.user, seen=seen
        ),
        "return": lambda: actions.return_to_staff(
            designation, note="Belum.", by=head.user, seen=seen
        ),
    }

    def submitted_again() -> None:
        actions.return_to_staff(designation, note="Lengkapi.", by=head.user)
        actions.submit(designation, by=designation.created_by)

    refusal = just_before(submitted_again, decide[verb])

    designation.refresh_from_db()
    assert isinstance(refusal, TransitionRefused)
    assert "diajukan lagi oleh" in refusal.message
    assert designation.status == Status.SUBMITTED


@pytest.mark.parametrize("first", ["reject", "return"])
@pytest.mark.parametrize("verb", ["approve", "reject", "return"])
def test_whoever_is_slower_hears_what_was_decided_and_by_whom(first: str, verb: str) -> None:
    designation = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=designation.office)
    quick, slow = two_heads(designation)
    seen = designation.status_at

    def decide(how: str, by: User) -> Designation:
        told = {"by": by, "seen": seen}
        role = by.memberships.get()
        if how == "approve":
            return actions.approve(designation, approval(designation.office, head=role), **told)
        if how == "reject":
            return actions.reject(designation, reason="Tidak.", head=role, **told)
        return actions.return_to_staff(designation, note="Belum.", **told)

    refusal = just_before(lambda: decide(first, quick), lambda: decide(verb, slow))

    assert isinstance(refusal, TransitionRefused)
    assert "diajukan lagi" not in refusal.message
    assert {"reject": "ditolak", "return": "dikembalikan"}[first] in refusal.message
    assert quick.name in refusal.message


def test_a_double_click_shows_the_result_and_no_refusal() -> None:
    designation = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=designation.office)
    decision, by = approval(designation.office), head_of(designation.office).user

    outcomes = together(*[lambda: actions.approve(designation, decision, by=by)] * 3)

    assert {it.status for it in outcomes} == {Status.APPROVED}
    assert RegisterEntry.objects.count() == 1
    assert Entry.objects.filter(verb="designation.approved").count() == 1


def test_two_sheets_under_one_decree_at_once_share_it() -> None:
    first = DesignationFactory(submitted=True)
    second = DesignationFactory(submitted=True, office=first.office)
    NumberTemplateFactory(office=first.office)
    decision, by = approval(first.office, number="W.13-1"), head_of(first.office).user

    outcomes = together(
        lambda: actions.approve(first, decision, by=by),
        lambda: actions.approve(second, decision, by=by),
    )

    assert {getattr(it, "status", it) for it in outcomes} == {Status.APPROVED}
    assert Decree.objects.count() == 1
    assert sorted(RegisterEntry.objects.values_list("serial", flat=True)) == [1, 2]


def test_the_number_comes_while_another_village_is_approved_under_that_decree() -> None:
    first = DesignationFactory(approved=True, approved__number="")
    second = DesignationFactory(submitted=True, office=first.office)
    decree, head = first.decree, head_of(first.office)
    decision = replace(approval(first.office), decree=decree)

    outcomes = together(
        lambda: actions.record_decree(
            first, number="W.13-1", dated=first.office.today(), by=first.created_by
        ),
        lambda: actions.approve(second, decision, by=head.user),
    )

    assert not [it for it in outcomes if isinstance(it, Exception)]
    assert Certificate.objects.filter(designation__decree=decree).count() == 2


def test_a_number_that_comes_twice_at_once_is_recorded_once() -> None:
    first = DesignationFactory(approved=True, approved__number="")
    second = DesignationFactory(submitted=True, office=first.office)
    head = head_of(first.office)
    actions.approve(second, approval(first.office, number="", dated=None), by=head.user)

    outcomes = together(
        *(
            lambda it=it: actions.record_decree(
                it, number="W.13-1", dated=first.office.today(), by=it.created_by
            )
            for it in (first, second, first, second)
        )
    )

    assert len(set(outcomes)) == 1
    assert Decree.objects.count() == 1
    assert Certificate.objects.count() == 2


def test_a_role_is_struck_out_while_its_holder_decides() -> None:
    designation = DesignationFactory(submitted=True)
    office = designation.office
    deputy = UserFactory(
        head_of=office, head_of__acting_kind="plh", head_of__starts_on=office.today()
    )
    role = deputy.memberships.get()

    together(
        lambda: actions.reject(designation, reason="Belum.", head=role, by=deputy),
        lambda: cancel_membership(role, by=head_of(office).user),
    )

    designation.refresh_from_db()
    rejected = designation.status == Status.REJECTED
    assert deputy.memberships.exists() == rejected
    assert (designation.decided_as_id == role.pk) == rejected


def test_two_offices_submit_the_same_village_at_once() -> None:
    village = VillageFactory()
    sheets = [DesignationFactory(village=village, complete=True) for _ in range(2)]

    outcomes = together(*(lambda it=it: actions.submit(it, by=it.created_by) for it in sheets))

    refusals = [it for it in outcomes if isinstance(it, TransitionRefused)]
    winner = Designation.objects.get(status=Status.SUBMITTED)
    assert len(refusals) == 1
    assert winner.office.short_name in refusals[0].message
    assert winner.created_by.name not in refusals[0].message
    assert Designation.objects.filter(status=Status.DRAFT).count() == 1


def test_two_people_propose_the_same_village_at_once() -> None:
    region = RegionFactory()
    sheet = DesignationFactory()  # an office and a colleague
    people = [sheet.created_by, UserFactory(staff_of=sheet.office)]

    outcomes = together(
        *(lambda by=by: actions.propose(region, office=sheet.office, by=by) for by in people)
    )

    assert len({it.pk for it in outcomes}) == 1
    assert Village.objects.filter(region=region).count() == 1


def test_an_edit_and_the_submission_at_once_leave_no_edit_behind_the_freeze() -> None:
    designation = DesignationFactory(complete=True)
    finding = designation.findings.get()
    colleague = UserFactory(staff_of=designation.office)

    outcomes = together(
        lambda: actions.submit(designation, by=designation.created_by),
        lambda: actions.write_finding(
            designation, finding.criterion, justification="Lain.", by=colleague
        ),
    )

    finding.refresh_from_db()
    refused = any(isinstance(it, TransitionRefused) for it in outcomes)
    assert (finding.justification == "Lain.") is not refused
    assert Preparer.objects.filter(designation=designation, user=colleague).exists() is not refused


def test_who_decides_while_becoming_a_preparer_gets_only_one_of_both() -> None:
    designation = DesignationFactory(submitted=True)
    head = head_of(designation.office).user

    together(
        lambda: actions.reject(designation, reason="Belum.", head=head.memberships.get(), by=head),
        lambda: Preparer.objects.create(designation=designation, user=head),
    )

    designation.refresh_from_db()
    prepared = Preparer.objects.filter(designation=designation, user=head).exists()
    assert prepared != (designation.decided_by == head)
