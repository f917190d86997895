"""The life of a sheet: each step allowed from where it may start, refused elsewhere, remembered."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from audit.models import Entry
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DesignationFactory,
    NumberTemplateFactory,
    UserFactory,
    VillageFactory,
    approval,
    head_of,
)
from villages import actions
from villages.models import Designation, Status

pytestmark = pytest.mark.django_db

STAGES = {
    "complete": Status.DRAFT,
    "submitted": Status.SUBMITTED,
    "returned": Status.RETURNED,
    "rejected": Status.REJECTED,
    "approved": Status.APPROVED,
    "revoked": Status.REVOKED,
    "ended": Status.ENDED,
    "withdrawn": Status.WITHDRAWN,
}


def approve(designation: Designation, by: User) -> Any:
    NumberTemplateFactory(office=designation.office)
    decision = approval(designation.office, head=by.memberships.get())
    return actions.approve(designation, decision, by=by)


def revoke(designation: Designation, by: User) -> Any:
    if designation.is_approved:
        actions.request_revocation(designation, reason="Mengundurkan diri.", by=UserFactory())
    today = designation.office.today()
    decree = {"decree_number": "W.13-1", "decree_dated": today}
    return actions.revoke(designation, **decree, head=by.memberships.get(), by=by)


STEPS: dict[str, tuple[Callable[[Designation, User], Any], set[str], str, str]] = {
    "submit": (
        lambda it, by: actions.submit(it, by=by),
        {"complete", "returned"},
        Status.SUBMITTED,
        "designation.submitted",
    ),
    "withdraw": (
        lambda it, by: actions.withdraw(it, reason="Salah desa.", by=by),
        {"complete", "returned"},
        Status.WITHDRAWN,
        "designation.withdrawn",
    ),
    "return": (
        lambda it, by: actions.return_to_staff(it, note="Lengkapi.", by=by),
        {"submitted"},
        Status.RETURNED,
        "designation.returned",
    ),
    "reject": (
        lambda it, by: actions.reject(
            it, reason="Belum memenuhi.", head=by.memberships.get(), by=by
        ),
        {"submitted"},
        Status.REJECTED,
        "designation.rejected",
    ),
    "approve": (approve, {"submitted"}, Status.APPROVED, "designation.approved"),
    "revoke": (revoke, {"approved"}, Status.REVOKED, "designation.revoked"),
    "end": (
        lambda it, by: actions.end(it, note="Masa selesai.", head=by.memberships.get(), by=by),
        {"approved"},
        Status.ENDED,
        "designation.ended",
    ),
}
OPEN = [(step, stage) for step, (_, stages, *_) in STEPS.items() for stage in sorted(stages)]
CLOSED = [(s, stage) for s, (_, open_, *_) in STEPS.items() for stage in sorted({*STAGES} - open_)]


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_can_be_reached(stage: str) -> None:
    designation = DesignationFactory(**{stage: True})

    assert designation.status == STAGES[stage]


@pytest.mark.parametrize(("step", "stage"), OPEN)
def test_a_step_moves_the_sheet_and_is_remembered(step: str, stage: str) -> None:
    take, _, target, verb = STEPS[step]
    designation = DesignationFactory(**{stage: True})
    somebody = UserFactory(head_of=designation.office, head_of__acting_kind="plh")

    take(designation, somebody)

    designation.refresh_from_db()
    latest = Entry.objects.about(designation).order_by("-pk").first()
    assert designation.status == target
    assert designation.status_by == somebody
    assert (latest.verb, latest.by) == (verb, somebody)


@pytest.mark.parametrize(("step", "stage"), CLOSED)
def test_a_step_is_refused_where_it_may_not_start(step: str, stage: str) -> None:
    take, *_ = STEPS[step]
    designation = DesignationFactory(**{stage: True})
    before = Entry.objects.count()

    with pytest.raises(TransitionRefused) as refusal:
        take(designation, UserFactory(head_of=designation.office, head_of__acting_kind="plh"))

    status = Designation.objects.get(pk=designation.pk).status
    assert status == designation.status
    assert Entry.objects.count() == before
    assert designation.status_by.name in refusal.value.message


def test_a_sheet_without_finding_or_consent_is_not_submitted() -> None:
    designation = DesignationFactory()

    with pytest.raises(TransitionRefused, match="kriteria, kesediaan desa belum lengkap"):
        actions.submit(designation, by=designation.created_by)


def test_submitting_twice_is_as_once() -> None:
    designation = DesignationFactory(submitted=True)

    again = actions.submit(designation, by=designation.created_by)

    submitted = Entry.objects.about(designation).filter(verb="designation.submitted")
    assert again.status == Status.SUBMITTED
    assert submitted.count() == 1


def test_a_returned_sheet_is_mended_and_submitted_again() -> None:
    designation = DesignationFactory(returned=True)
    mender = UserFactory(staff_of=designation.office)
    finding = designation.findings.get()

    actions.write_finding(designation, finding.criterion, justification="150 warga.", by=mender)
    actions.submit(designation, by=mender)

    designation.refresh_from_db()
    assert designation.status == Status.SUBMITTED
    assert designation.findings.get().justification == "150 warga."
    assert mender in designation.preparers.all()


def test_everybody_who_edits_becomes_a_preparer_once() -> None:
    designation = DesignationFactory(complete=True)
    helper = UserFactory(staff_of=designation.office)
    facts = {"held_on": designation.office.today(), "place": "Balai Desa"}

    actions.write_coordination(designation, facts=facts, by=helper)
    actions.write_coordination(designation, facts=facts, by=helper)

    assert set(designation.preparers.all()) == {designation.created_by, helper}


def test_a_designated_village_is_not_proposed_again() -> None:
    designation = DesignationFactory(approved=True)
    staff = UserFactory(staff_of=designation.office)

    with pytest.raises(TransitionRefused, match="desa ini sudah ditetapkan oleh"):
        actions.propose(designation.village.region, office=designation.office, by=staff)


@pytest.mark.parametrize("stage", ["rejected", "revoked", "ended", "withdrawn"])
def test_a_village_may_be_proposed_again_after(stage: str) -> None:
    earlier = DesignationFactory(**{stage: True})
    staff = UserFactory(staff_of=earlier.office)

    again = actions.propose(earlier.village.region, office=earlier.office, by=staff)

    assert again.pk != earlier.pk
    assert again.status == Status.DRAFT
    assert list(again.preparers.all()) == [staff]


def test_an_open_draft_of_the_same_office_is_reused() -> None:
    draft = DesignationFactory()
    colleague = UserFactory(staff_of=draft.office)

    again = actions.propose(draft.village.region, office=draft.office, by=colleague)

    assert again == draft


def test_two_offices_may_each_hold_a_draft() -> None:
    draft = DesignationFactory()
    other = DesignationFactory(village=draft.village, complete=True)

    actions.submit(other, by=other.created_by)

    assert draft.office != other.office
    assert Designation.objects.get(pk=draft.pk).status == Status.DRAFT


def test_submitting_after_another_office_is_refused_with_its_name() -> None:
    village = VillageFactory()
    slower = DesignationFactory(village=village, complete=True)
    faster = DesignationFactory(village=village, submitted=True)

    with pytest.raises(TransitionRefused) as refusal:
        actions.submit(slower, by=slower.created_by)

    # Which office, and not who: that is no other office's to know.
    assert faster.office.short_name in refusal.value.message
    assert faster.created_by.name not in refusal.value.message
    assert Designation.objects.get(pk=slower.pk).status == Status.DRAFT


def test_the_designating_office_guides_the_village_from_then_on() -> None:
    village = VillageFactory()
    designation = DesignationFactory(village=village, approved=True)

    village.refresh_from_db()

    assert village.office == designation.office


def test_every_status_can_say_how_it_came_about() -> None:
    standing = DesignationFactory(submitted=True)
    standing.status_by.name = "Ratna Wulandari"

    said = []
    for status in Status.values:
        standing.status = status
        said.append(standing.standing())

    assert len(set(said)) == len(Status.values)
    assert all("oleh Ratna Wulandari" in sentence for sentence in said)


def test_a_decision_takes_a_bounded_number_of_queries(django_assert_max_num_queries: Any) -> None:
    designation = DesignationFactory(submitted=True)
    NumberTemplateFactory(office=designation.office)
    decision = approval(designation.office)
    by = head_of(designation.office).user

    # sheet (held, read) · role (held, read) · decree: look, store · village, its region and theirs
    # come with the lock · template · sequence: find or make, count · the number by hand · entry ·
    # certificate · 2 history rows with their kinds · 3 notices · sheet · savepoints around what may
    # clash
    with django_assert_max_num_queries(33):
        actions.approve(designation, decision, by=by)
