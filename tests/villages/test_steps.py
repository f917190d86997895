"""The steps of a sheet, as the code and the database both know them."""

import re
from importlib import import_module

import pytest
from django.db import IntegrityError
from django.utils import timezone

from desabinaan.workflow import Transition
from tests.factories import DesignationFactory, checked_pdf
from villages import actions
from villages.models import Consent, Designation, Status
from villages.models import status as places

pytestmark = pytest.mark.django_db

OF_A_SHEET = [
    step
    for step in vars(places).values()
    if isinstance(step, Transition) and step.field == "status"
]


def test_the_database_knows_the_same_steps_as_the_code() -> None:
    trigger = import_module("villages.migrations.0003_sheets").FORWARD
    listed = trigger.split("NOT IN (")[1].split(") THEN")[0]

    in_database = set(re.findall(r"\('(\w+)', '(\w+)'\)", listed))

    assert in_database == {(source, step.target) for step in OF_A_SHEET for source in step.sources}


@pytest.mark.parametrize(("stage", "target"), [("rejected", "approved"), ("submitted", "draft")])
def test_the_database_refuses_a_step_that_does_not_exist(stage: str, target: str) -> None:
    sheet = DesignationFactory(**{stage: True})

    with pytest.raises(IntegrityError):
        Designation.objects.filter(pk=sheet.pk).update(status=target)


def test_the_database_refuses_an_empty_sheet_to_be_submitted() -> None:
    sheet = DesignationFactory()

    with pytest.raises(IntegrityError, match="finding and the consent"):
        Designation.objects.filter(pk=sheet.pk).update(
            status=Status.SUBMITTED, submitted_at=timezone.now()
        )


def test_the_database_refuses_a_revocation_by_one_person() -> None:
    sheet = DesignationFactory(revocation_requested=True)

    with pytest.raises(IntegrityError, match="two persons"):
        Designation.objects.filter(pk=sheet.pk).update(status=Status.REVOKED, status_note="x")


def test_a_consent_has_its_own_scan() -> None:
    sheet, other = DesignationFactory(complete=True), DesignationFactory(complete=True)

    with pytest.raises(IntegrityError, match="its own"):
        Consent.objects.filter(designation=sheet).update(scan=other.consent.scan)


def test_a_paper_belongs_to_one_sheet() -> None:
    sheet = DesignationFactory(approved=True)
    other = DesignationFactory(approved=True, approved__number="")

    with pytest.raises(IntegrityError):
        Designation.objects.filter(pk=other.pk).update(certificate=sheet.certificate)


def test_a_revoked_sheet_gets_no_number_that_was_on_its_way() -> None:
    sheet = DesignationFactory(approved=True, approved__number="")
    head = sheet.decided_by
    actions.request_revocation(sheet, reason="Desa mengundurkan diri.", by=sheet.created_by)
    today = sheet.office.today()
    decree = {"decree_number": "SK-9", "decree_dated": today}
    actions.revoke(sheet, **decree, head=sheet.decided_as, by=head)

    actions.record_decree(sheet, number="SK-8", dated=today, by=head)

    sheet.refresh_from_db()
    assert sheet.status == Status.REVOKED
    assert sheet.certificate is None


def test_dropping_a_criterion_takes_its_files_off_the_disk(
    django_capture_on_commit_callbacks: object,
) -> None:
    sheet = DesignationFactory(complete=True)
    finding = sheet.findings.get()
    actions.write_finding(
        sheet, finding.criterion, justification="x", evidence=checked_pdf(), by=sheet.created_by
    )
    document = finding.documents.get()
    storage, name = document.file.storage, document.file.name

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.drop_finding(sheet, finding.criterion, by=sheet.created_by)

    assert not sheet.findings.exists()
    assert not storage.exists(name)
