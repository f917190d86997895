"""A paper is ordered whole or not at all, and stays what it was."""

from typing import Any

import pytest
from django.db import DataError, IntegrityError, transaction

import certificates.actions
from audit.models import Entry
from certificates import codes, storage
from certificates.actions import Paper
from certificates.models import Certificate, NumberSequence, RegisterEntry, Status
from tests.factories import (
    FACTS,
    CertificateFactory,
    NumberTemplateFactory,
    RegisterEntryFactory,
    UserFactory,
    small_pdf,
)
from villages.models.designation import PAPER

pytestmark = pytest.mark.django_db


def a_paper() -> Paper:
    office = NumberTemplateFactory().office
    return Paper(PAPER, office, office.today(), "Sertifikat Desa Pakuncen", dict(FACTS))


def test_an_order_has_number_code_facts_and_a_memory() -> None:
    paper, by = a_paper(), UserFactory()

    (certificate,) = certificates.actions.order_all([paper], by=by)

    assert certificate.is_being_drawn
    assert codes.check(certificate.code).plausible
    assert certificate.facts == FACTS
    assert certificate.entry.serial == 1
    assert Entry.objects.about(certificate).get().verb == "certificate.ordered"


def test_an_order_that_is_rolled_back_leaves_nothing() -> None:
    paper = a_paper()

    with transaction.atomic():
        certificates.actions.order_all([paper], by=UserFactory())
        transaction.set_rollback(True)

    left = [Certificate, RegisterEntry, NumberSequence, Entry]
    assert not any(model.objects.exists() for model in left)


def test_the_order_is_queued_only_after_commit(django_capture_on_commit_callbacks: Any) -> None:
    paper = a_paper()

    with django_capture_on_commit_callbacks() as callbacks:
        certificates.actions.order_all([paper], by=UserFactory())

    assert len(callbacks) == 1


FROZEN = {
    "code": "222222222222",
    "kind": "lain",
    "title": "Lain",
    "facts": {"village": "Lain"},
}


@pytest.mark.parametrize("field", [*FROZEN, "entry", "office", "ordered_by"])
def test_the_database_keeps_what_was_ordered(field: str) -> None:
    certificate = CertificateFactory()
    others = {
        "entry": RegisterEntryFactory,
        "office": lambda: NumberTemplateFactory().office,
        "ordered_by": UserFactory,
    }
    value = FROZEN[field] if field in FROZEN else others[field]()

    with pytest.raises(IntegrityError, match="facts are frozen"):
        Certificate.objects.filter(pk=certificate.pk).update(**{field: value})


def test_the_database_keeps_the_bytes_once_drawn() -> None:
    certificate = CertificateFactory(ready=True)

    with pytest.raises(IntegrityError, match="bytes are frozen"):
        Certificate.objects.filter(pk=certificate.pk).update(sha256="0" * 64)


def test_a_certificate_is_never_deleted() -> None:
    certificate = CertificateFactory()

    with pytest.raises(IntegrityError, match="for ever"):
        certificate.delete()


def test_a_revoked_certificate_stays_revoked() -> None:
    certificate = CertificateFactory(ready=True)
    certificates.actions.revoke(certificate, reason="Salah cetak.", by=UserFactory())
    back = {"status": Status.READY, "revoked_at": None, "revoked_reason": ""}

    with pytest.raises(IntegrityError, match="stays revoked"):
        Certificate.objects.filter(pk=certificate.pk).update(**back)


def test_ready_without_a_file_is_refused() -> None:
    certificate = CertificateFactory()

    with pytest.raises((IntegrityError, DataError), match="certificate_"):
        Certificate.objects.filter(pk=certificate.pk).update(status=Status.READY)


def test_the_file_is_named_by_its_hash_and_read_back_exactly() -> None:
    content = small_pdf()
    certificate = CertificateFactory()

    certificates.actions.attach(certificate, content)

    certificate.refresh_from_db()
    assert certificate.file.endswith(f"{certificate.sha256}.pdf")
    assert storage.read(certificate.file, certificate.sha256) == content


def test_attaching_twice_keeps_the_first_bytes() -> None:
    certificate = CertificateFactory(ready=True)
    before = certificate.sha256

    certificates.actions.attach(certificate, small_pdf(pages=2))

    certificate.refresh_from_db()
    assert certificate.sha256 == before
    assert Entry.objects.filter(verb="certificate.drawn").count() == 1


def test_what_was_revoked_while_it_was_drawn_stays_revoked() -> None:
    certificate = CertificateFactory()
    certificates.actions.revoke(certificate, reason="Salah cetak.", by=UserFactory())

    certificates.actions.attach(certificate, small_pdf())

    certificate.refresh_from_db()
    assert certificate.is_revoked
    assert certificate.file == ""
