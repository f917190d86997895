"""History: in the transaction of the change, in words that people know, and never changed."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

import audit.actions
from audit.models import Entry
from tests.factories import DesignationFactory, OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db


def an_entry() -> Entry:
    return audit.actions.record("office.profile_changed", OfficeFactory(), by=UserFactory())


def test_it_says_who_did_what_and_when() -> None:
    office, by = OfficeFactory(), UserFactory(name="Ratna Wulandari")

    audit.actions.record("office.profile_changed", office, by=by, fields=["address"])

    entry = Entry.objects.about(office).get()
    assert entry.sentence == "Ratna Wulandari memperbarui profil kantor"
    assert entry.data == {"fields": ["address"]}
    assert entry.at is not None
    assert entry.recorded_at is not None


def test_what_the_portal_does_itself_is_told_so() -> None:
    entry = audit.actions.record("certificate.drawn", OfficeFactory(), by=None)

    assert entry.sentence == "Portal menyelesaikan berkas sertifikat"


def test_a_past_event_keeps_its_own_time_beside_that_of_its_record() -> None:
    then = datetime(2024, 3, 7, 3, 0, tzinfo=UTC)

    entry = audit.actions.record("office.profile_changed", OfficeFactory(), by=None, at=then)

    entry.refresh_from_db()
    assert entry.at == then
    assert entry.recorded_at > then


def test_the_latest_comes_first() -> None:
    designation = DesignationFactory(submitted=True)

    verbs = [entry.verb for entry in Entry.objects.about(designation)]

    assert verbs[0] == "designation.submitted"


def test_an_unknown_verb_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        audit.actions.record("office.painted", OfficeFactory(), by=None)


@pytest.mark.parametrize(
    "sql",
    ["UPDATE audit_entry SET note = 'x'", "DELETE FROM audit_entry WHERE id IS NOT NULL"],
)
def test_the_database_only_adds(sql: str) -> None:
    an_entry()

    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_a_change_that_fails_is_not_remembered() -> None:
    with transaction.atomic():
        an_entry()
        transaction.set_rollback(True)

    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_is_never_written_outside_a_transaction() -> None:
    office = OfficeFactory()

    with pytest.raises(RuntimeError, match="in the transaction of the change"):
        audit.actions.record("office.profile_changed", office, by=None)

    assert not Entry.objects.exists()
