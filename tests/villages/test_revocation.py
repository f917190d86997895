"""A designation is revoked by two people; the certificate goes with it and stays known."""

import pytest
from django.db import IntegrityError, transaction

import certificates.actions
from audit.models import Entry
from certificates.models import Status as CertificateStatus
from desabinaan.workflow import TransitionRefused
from tests.factories import DesignationFactory, UserFactory, head_of
from villages import actions
from villages.models import Designation, Outcome, Revocation, Status

pytestmark = pytest.mark.django_db


def confirm(designation: Designation, by: object) -> Designation:
    today = designation.office.today()
    return actions.revoke(designation, decree_number="W.13-C-1", decree_dated=today, by=by)


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
    settled = {"outcome": Outcome.DECLINED, "decided_by": pending.requested_by}

    with pytest.raises(IntegrityError, match="by_another"), transaction.atomic():
        Revocation.objects.filter(pk=pending.pk).update(**settled, decided_at=pending.requested_at)


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
    head = head_of(designation.office).user

    actions.decline_revocation(designation, note="Masih aktif.", by=head)

    designation.refresh_from_db()
    assert designation.status == Status.APPROVED
    assert designation.revocations.get().outcome == Outcome.DECLINED
    assert actions.request_revocation(designation, reason="Lagi.", by=UserFactory())


def test_a_designation_does_not_end_while_its_revocation_waits() -> None:
    designation = DesignationFactory(revocation_requested=True)

    with pytest.raises(TransitionRefused, match="belum diputuskan"):
        actions.end(designation, note="Selesai.", by=head_of(designation.office).user)


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
