"""What two rows promise each other, whoever writes them."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from desabinaan.constraints import broke
from tests.factories import (
    CertificateFactory,
    DesignationFactory,
    OfficeFactory,
    RegisterEntryFactory,
    UserFactory,
    checked_pdf,
    head_of,
)
from villages import actions
from villages.models import Designation, Document, Outcome, Revocation, Status

pytestmark = pytest.mark.django_db


def test_the_evidence_of_a_criterion_lies_on_the_same_sheet() -> None:
    sheet, other = DesignationFactory(complete=True), DesignationFactory(complete=True)
    finding = sheet.findings.get()
    actions.write_finding(
        sheet, finding.criterion, justification="x", evidence=checked_pdf(), by=sheet.created_by
    )

    with pytest.raises(IntegrityError, match="finding_of_its_sheet"), transaction.atomic():
        Document.objects.filter(finding=finding).update(finding=other.findings.get())


@pytest.mark.parametrize("differing", ["office", "kind"])
def test_a_certificate_has_a_number_of_its_own_register(differing: str) -> None:
    office = OfficeFactory()
    entry = {
        "office": RegisterEntryFactory,
        "kind": lambda: RegisterEntryFactory(office=office, kind="letter"),
    }[differing]()

    with pytest.raises(IntegrityError, match="entry_of_its_register"), transaction.atomic():
        CertificateFactory(office=office, entry=entry)


def test_nothing_ends_while_its_revocation_waits() -> None:
    sheet = DesignationFactory(revocation_requested=True)

    with pytest.raises(IntegrityError, match="revocation is decided first"), transaction.atomic():
        Designation.objects.filter(pk=sheet.pk).update(
            status=Status.ENDED, ended_as=sheet.decided_as, status_by=sheet.decided_by
        )


@pytest.mark.parametrize("stage", ["submitted", "rejected", "ended", "revoked"])
def test_only_what_stands_is_asked_to_be_revoked(stage: str) -> None:
    sheet = DesignationFactory(**{stage: True})

    with pytest.raises(IntegrityError, match="only what stands"), transaction.atomic():
        Revocation.objects.create(designation=sheet, reason="x", requested_by=UserFactory())


SETTLED: dict[str, Any] = {
    "reason": "x",
    "note": "x",
    "decree_number": "W.13-lain",
    "outcome": Outcome.DECLINED,
    "requested_by": UserFactory,
    "decided_by": UserFactory,
}


@pytest.mark.parametrize("column", SETTLED)
def test_a_settled_revocation_is_not_rewritten(column: str) -> None:
    request = DesignationFactory(revoked=True).revocations.get()
    value = SETTLED[column]

    with pytest.raises(IntegrityError, match="settled once"), transaction.atomic():
        Revocation.objects.filter(pk=request.pk).update(
            **{column: value() if value is UserFactory else value}
        )


@pytest.mark.parametrize("column", ["reason", "requested_by"])
def test_a_pending_one_stays_as_it_was_asked(column: str) -> None:
    request = DesignationFactory(revocation_requested=True).revocations.get()
    value = UserFactory() if column == "requested_by" else "x"

    with pytest.raises(IntegrityError, match="settled once"), transaction.atomic():
        Revocation.objects.filter(pk=request.pk).update(**{column: value})
    with pytest.raises(IntegrityError, match="settled once"), transaction.atomic():
        request.delete()


def test_a_broken_promise_is_told_by_its_name() -> None:
    sheet = DesignationFactory(submitted=True)
    again = DesignationFactory(village=sheet.village, complete=True)
    by_trigger = {"status": Status.RETURNED, "status_by": sheet.created_by, "status_note": "x"}

    with pytest.raises(IntegrityError) as unique, transaction.atomic():
        Designation.objects.filter(pk=again.pk).update(
            status=Status.SUBMITTED, submitted_at=sheet.submitted_at
        )
    with pytest.raises(IntegrityError) as trigger, transaction.atomic():
        Designation.objects.filter(pk=sheet.pk).update(**by_trigger)

    assert broke(unique.value, "designation_one_per_village")
    assert broke(trigger.value, "designation_maker_is_not_checker")
    assert not broke(trigger.value, "designation_one_per_village")
    assert not broke(IntegrityError("of no statement"), "designation_one_per_village")


def test_another_broken_promise_is_not_worded_as_the_expected_one() -> None:
    sheet = DesignationFactory(submitted=True)
    head = head_of(sheet.office)

    with pytest.raises(IntegrityError, match="head of the office"), transaction.atomic():
        actions.reject(sheet, reason="x", head=head, by=UserFactory())
