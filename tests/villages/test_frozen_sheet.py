"""What the head sees is what was submitted: the database keeps it, whoever asks."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from desabinaan.uploads import CheckedFile
from desabinaan.workflow import TransitionRefused
from tests.factories import CriterionFactory, DesignationFactory, checked_pdf
from villages import actions
from villages.models import Consent, Coordination, Designation, Document, Finding

pytestmark = pytest.mark.django_db
FROZEN = ["submitted", "approved", "rejected", "revoked", "ended", "withdrawn"]


def sheet() -> Designation:
    """A sheet with one row of everything that hangs on it."""
    designation = DesignationFactory(complete=True)
    by = designation.created_by
    facts = {"held_on": designation.office.today(), "place": "Balai Desa"}
    actions.write_coordination(designation, facts=facts, by=by)
    show(designation, checked_pdf("bukti.pdf"))
    actions.submit(designation, by=by)
    return designation


def show(designation: Designation, file: CheckedFile) -> Document:
    """A file of evidence for the sheet's criterion."""
    finding = designation.findings.get()
    actions.write_finding(
        designation,
        finding.criterion,
        justification=finding.justification,
        evidence=file,
        by=designation.created_by,
    )
    return finding.documents.get()


def refused(sql: str, *values: Any) -> None:
    with (
        pytest.raises(IntegrityError, match=r"frozen|keeps its village"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, values)


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    return [column.name for column in described if column.name != "id"]


@pytest.mark.parametrize("table", ["finding", "coordination", "consent", "document"])
def test_no_row_of_a_submitted_sheet_is_changed_or_deleted(table: str) -> None:
    designation = sheet()

    for column in columns_of(f"villages_{table}"):
        refused(f"UPDATE villages_{table} SET {column} = {column} WHERE designation_id = %s",  # noqa: S608
                designation.pk)  # fmt: skip
    refused(f"DELETE FROM villages_{table} WHERE designation_id = %s", designation.pk)  # noqa: S608


NEW_ROWS = {
    "finding": lambda it: Finding(
        designation=it, criterion=CriterionFactory(key="border"), justification="x"
    ),
    "coordination": lambda it: Coordination(
        designation=it, held_on=it.office.today(), place="Balai Desa"
    ),
    "consent": lambda it: Consent(
        designation=it,
        letter_number="x",
        letter_dated=it.office.today(),
        signatory_name="x",
        signatory_title="x",
        scan=it.consent.scan,
    ),
    "evidence": lambda it: Document(
        designation=it,
        finding=it.findings.get(),
        purpose="evidence",
        name="x",
        content_type="application/pdf",
        size=1,
        uploaded_by=it.created_by,
    ),
}


@pytest.mark.parametrize("row", NEW_ROWS)
def test_no_row_is_added_to_a_submitted_sheet(row: str) -> None:
    designation = DesignationFactory(submitted=True)
    new = NEW_ROWS[row](designation)

    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        new.save(force_insert=True)


@pytest.mark.parametrize("table", ["finding", "coordination", "consent", "document"])
def test_no_row_leaves_a_submitted_sheet_for_another_one(table: str) -> None:
    designation = sheet()
    draft = DesignationFactory()

    refused(
        f"UPDATE villages_{table} SET designation_id = %s WHERE designation_id = %s",  # noqa: S608
        draft.pk,
        designation.pk,
    )


def test_no_evidence_is_passed_off_as_a_decree() -> None:
    designation = sheet()

    refused(
        "UPDATE villages_document SET purpose = 'decree', finding_id = NULL"
        " WHERE designation_id = %s AND purpose = 'evidence'",
        designation.pk,
    )


@pytest.mark.parametrize("column", ["village_id", "office_id", "created_by_id"])
@pytest.mark.parametrize("stage", ["complete", "submitted", "approved"])
def test_a_sheet_keeps_its_village_and_office(column: str, stage: str) -> None:
    designation = DesignationFactory(**{stage: True})
    other = DesignationFactory()

    refused(f"UPDATE villages_designation SET {column} = %s WHERE id = %s",  # noqa: S608
            getattr(other, column), designation.pk)  # fmt: skip


@pytest.mark.parametrize("stage", FROZEN)
def test_an_edit_is_refused_in_a_sentence(stage: str) -> None:
    designation = DesignationFactory(**{stage: True})
    by = designation.created_by

    with pytest.raises(TransitionRefused, match="Perubahan tidak disimpan"):
        actions.write_finding(designation, CriterionFactory(), justification="x", by=by)


def test_the_scan_of_the_decree_comes_after_the_decision() -> None:
    designation = DesignationFactory(approved=True)

    decree = designation.decree

    actions.record_decree(
        designation,
        number=decree.number,
        dated=decree.dated,
        scan=checked_pdf("sk.pdf"),
        by=designation.created_by,
    )

    assert designation.documents.get(purpose="decree").name == "sk.pdf"


@pytest.mark.django_db(transaction=True)
def test_a_removed_file_leaves_the_disk_only_when_that_is_certain() -> None:
    designation = DesignationFactory(complete=True)
    by = designation.created_by
    document = show(designation, checked_pdf())
    storage, name = document.file.storage, document.file.name

    with transaction.atomic():
        actions.remove_document(Document.objects.get(pk=document.pk), by=by)
        transaction.set_rollback(True)
    kept = storage.exists(name)
    actions.remove_document(Document.objects.get(pk=document.pk), by=by)

    assert kept
    assert not storage.exists(name)


@pytest.mark.django_db(transaction=True)
def test_a_new_letter_takes_the_place_of_the_old_one() -> None:
    designation = DesignationFactory(complete=True)
    earlier = designation.consent.scan
    facts = {"letter_number": "045.2/18/2026", "letter_dated": designation.consent.letter_dated}

    consent = actions.write_consent(
        designation, facts=facts, scan=checked_pdf("baru.pdf"), by=designation.created_by
    )

    assert consent.scan.name == "baru.pdf"
    assert not earlier.file.storage.exists(earlier.file.name)
    assert designation.documents.count() == 1
