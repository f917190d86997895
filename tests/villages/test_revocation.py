"""A designation is revoked by two people; the certificate goes with it and stays known."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

import certificates.actions
from accounts.actions import end_membership
from accounts.models import Membership
from audit.models import Entry
from certificates.models import Status as CertificateStatus
from desabinaan.workflow import TransitionRefused
from tests.factories import (
    DesignationFactory,
    MembershipFactory,
    OfficeFactory,
    UserFactory,
    ask_to_revoke,
    head_of,
)
from villages import actions
from villages.models import Designation, Outcome, Revocation, Status, Village

pytestmark = pytest.mark.django_db


def confirm(designation: Designation, by: object) -> Designation:
    today = designation.office.today()
    decree = {"decree_number": "W.13-C-1", "decree_dated": today}
    return actions.revoke(designation, **decree, head=head_of(designation.office), by=by)


def test_a_request_changes_nothing_yet() -> None:
    designation = DesignationFactory(revocation_requested=True)

    assert designation.status == Status.APPROVED
    assert not designation.certificate.is_revoked
    assert designation.pending_revocation is not None


def test_confirmed_by_another_it_revokes_the_certificate_too() -> None:
    designation = DesignationFactory(revocation_requested=True)
    head = head_of(designation.office).user

    confirm(designation, head)

    designation.refresh_from_db()
    certificate = designation.certificate
    assert designation.status == Status.REVOKED
    assert designation.status_note == "Desa mengundurkan diri."
    assert certificate.status == CertificateStatus.REVOKED
    assert certificate.revoked_reason == "Desa mengundurkan diri."
    assert Entry.objects.about(certificate).filter(verb="certificate.revoked", by=head).exists()


def test_the_one_who_asked_may_not_confirm() -> None:
    head = UserFactory()
    designation = DesignationFactory(approved=True)
    actions.request_revocation(designation, reason="Tidak aktif.", by=head)

    with pytest.raises(TransitionRefused, match="Anda yang mengusulkan"):
        confirm(designation, head)

    assert Designation.objects.get(pk=designation.pk).status == Status.APPROVED


def test_the_database_refuses_that_too() -> None:
    designation = DesignationFactory(revocation_requested=True)
    pending = designation.revocations.get()
    role = MembershipFactory(
        user=pending.requested_by, office=designation.office, role="head", acting_kind="plh"
    )
    settled = {"outcome": Outcome.DECLINED, "decided_by": role.user, "decided_as": role}

    with pytest.raises(IntegrityError, match="by_another"), transaction.atomic():
        Revocation.objects.filter(pk=pending.pk).update(**settled, decided_at=pending.requested_at)


def moment(wrong: str) -> datetime:
    """Now; where the role is to be over by then, the day after tomorrow."""
    return timezone.now() + timedelta(days=2 if wrong == "over" else 0)


WRONG = ["another office", "another person", "another role", "over", "nobody"]


def wrong_role(wrong: str, designation: Designation) -> Membership | None:
    """A role in which the office's head neither revokes nor ends."""
    head, office = head_of(designation.office), designation.office
    return {
        "another office": lambda: MembershipFactory(user=head.user, role="head"),
        "another person": lambda: MembershipFactory(office=office, role="head", acting_kind="plh"),
        "another role": lambda: MembershipFactory(user=head.user, office=office),
        "over": lambda: end_membership(head, ends_on=office.today(), by=UserFactory()),
        "nobody": lambda: None,
    }[wrong]()


@pytest.mark.parametrize("wrong", WRONG)
def test_the_database_wants_a_head_who_decides_on_the_request(wrong: str) -> None:
    designation = DesignationFactory(revocation_requested=True)
    head, role = head_of(designation.office), wrong_role(wrong, designation)
    settled = {"decided_by": head.user, "decided_as": role, "decided_at": moment(wrong)}
    decree = {"decree_number": "W.13-C", "decree_dated": designation.office.today()}

    for said in ({"outcome": Outcome.DECLINED}, {"outcome": Outcome.CONFIRMED, **decree}):
        with pytest.raises(IntegrityError, match="a head of the office"), transaction.atomic():
            designation.revocations.update(**settled, **said)


@pytest.mark.parametrize("wrong", WRONG)
def test_the_database_wants_a_head_who_ends_the_guidance(wrong: str) -> None:
    designation = DesignationFactory(approved=True)
    head, role = head_of(designation.office), wrong_role(wrong, designation)
    ended = {"status_by": head.user, "ended_as": role, "status_at": moment(wrong)}

    with pytest.raises(IntegrityError, match="a head of the office"), transaction.atomic():
        Designation.objects.filter(pk=designation.pk).update(
            status=Status.ENDED, status_note="x", **ended
        )


def test_the_database_has_whoever_granted_the_request_revoke() -> None:
    designation = DesignationFactory(revocation_requested=True)
    head, now = head_of(designation.office), timezone.now()
    decree = {"decree_number": "W.13-C", "decree_dated": designation.office.today()}
    granted = {"decided_by": head.user, "decided_as": head, "decided_at": now, **decree}
    designation.revocations.update(outcome=Outcome.CONFIRMED, **granted)

    with pytest.raises(IntegrityError, match="whoever granted"), transaction.atomic():
        Designation.objects.filter(pk=designation.pk).update(
            status=Status.REVOKED, status_by=designation.created_by, status_note="x"
        )


def test_in_which_capacity_it_was_revoked_or_ended_stays_known() -> None:
    revoked, ended = DesignationFactory(revoked=True), DesignationFactory(ended=True)
    other = MembershipFactory(user=ended.status_by, office=ended.office, role="admin")

    assert revoked.revocations.get().decided_as == head_of(revoked.office)
    assert ended.ended_as == head_of(ended.office)
    with pytest.raises(IntegrityError, match="ended once"), transaction.atomic():
        Designation.objects.filter(pk=ended.pk).update(ended_as=other)


def test_a_village_that_has_just_moved_is_left_to_its_new_office() -> None:
    ended, revoked = DesignationFactory(approved=True), DesignationFactory(approved=True)
    ask_to_revoke(revoked)
    for sheet in (ended, revoked):
        Village.objects.filter(pk=sheet.village_id).update(office=OfficeFactory())
    head = head_of(ended.office)

    with pytest.raises(TransitionRefused, match="kini membina desa"):
        actions.end(ended, note="Selesai.", head=head, by=head.user)
    with pytest.raises(TransitionRefused, match="kini membina desa"):
        confirm(revoked, head_of(revoked.office).user)


def test_nothing_is_revoked_that_nobody_asked_for() -> None:
    designation = DesignationFactory(approved=True)

    with pytest.raises(TransitionRefused, match="Tidak ada usul pencabutan"):
        confirm(designation, head_of(designation.office).user)


def test_asking_twice_is_as_once_and_another_is_told_who_asked() -> None:
    designation = DesignationFactory(revocation_requested=True)
    first = designation.pending_revocation

    again = actions.request_revocation(designation, reason="Lagi.", by=first.requested_by)

    assert again == first
    with pytest.raises(TransitionRefused, match=first.requested_by.name):
        actions.request_revocation(designation, reason="Saya juga.", by=UserFactory())


def test_a_declined_request_lets_the_designation_stand() -> None:
    designation = DesignationFactory(revocation_requested=True)
    head = head_of(designation.office)

    actions.decline_revocation(designation, note="Masih aktif.", head=head, by=head.user)

    designation.refresh_from_db()
    assert designation.status == Status.APPROVED
    assert designation.revocations.get().outcome == Outcome.DECLINED
    assert actions.request_revocation(designation, reason="Lagi.", by=UserFactory())


def test_a_designation_does_not_end_while_its_revocation_waits() -> None:
    designation = DesignationFactory(revocation_requested=True)

    head = head_of(designation.office)
    with pytest.raises(TransitionRefused, match="belum diputuskan"):
        actions.end(designation, note="Selesai.", head=head, by=head.user)


def test_confirming_twice_is_as_once() -> None:
    designation = DesignationFactory(revocation_requested=True)
    head = head_of(designation.office).user

    confirm(designation, head)
    again = confirm(designation, head)

    assert again.status == Status.REVOKED
    assert Entry.objects.filter(verb="designation.revoked").count() == 1


def test_a_designation_whose_certificate_was_revoked_alone_can_still_be_revoked() -> None:
    designation = DesignationFactory(approved=True)
    head = head_of(designation.office).user
    certificates.actions.revoke(designation.certificate, reason="Salah cetak.", by=head)
    actions.request_revocation(designation, reason="Tidak aktif.", by=UserFactory())

    confirm(designation, head)

    designation.refresh_from_db()
    assert designation.status == Status.REVOKED
    assert designation.certificate.revoked_reason == "Salah cetak."


def test_the_certificate_of_an_ended_designation_stays_true() -> None:
    designation = DesignationFactory(ended=True)

    assert designation.certificate.is_ready
