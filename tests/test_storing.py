"""Files that are stored in a transaction go with it when it does not stand."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import IntegrityError, OperationalError, connection

from accounts.models import Office
from desabinaan.storage import storing
from events import actions
from tests.factories import (
    DesignationFactory,
    EventFactory,
    OfficeFactory,
    UserFactory,
    checked_pdf,
    checked_photo,
)
from tests.worker_process import environment_of_test
from villages.actions import write_consent


class Interrupted(Exception):
    """Something else in the transaction failed."""


def keep(name: str) -> None:
    default_storage.save(f"storing/{name}", ContentFile(b"x"))


def is_kept(name: str) -> bool:
    return default_storage.exists(f"storing/{name}")


def uploads() -> set[str]:
    folder = Path(default_storage.path("documents"))
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


@storing()
def keep_and_fail(name: str) -> None:
    keep(name)
    raise Interrupted


@pytest.mark.django_db
def test_what_was_stored_stays_when_the_transaction_stands() -> None:
    with storing():
        keep("stands")

    assert is_kept("stands")


@pytest.mark.django_db
def test_what_was_stored_goes_when_the_transaction_does_not_stand() -> None:
    with pytest.raises(Interrupted):
        keep_and_fail("falls")

    assert not is_kept("falls")


@pytest.mark.django_db
def test_what_an_inner_step_stored_goes_with_the_whole() -> None:
    @storing()
    def whole() -> None:
        with storing():
            keep("inner")
        assert is_kept("inner")
        raise Interrupted

    with pytest.raises(Interrupted):
        whole()

    assert not is_kept("inner")


@pytest.mark.django_db
def test_an_inner_step_that_falls_takes_only_its_own() -> None:
    with storing():
        keep("outer")
        with pytest.raises(Interrupted):
            keep_and_fail("own")

    assert is_kept("outer")
    assert not is_kept("own")


@pytest.mark.django_db
def test_a_paper_that_is_named_by_its_bytes_may_be_another_row_s() -> None:
    @storing()
    def draw() -> None:
        storages["papers"].save("zx/shared.pdf", ContentFile(b"%PDF-"))
        raise Interrupted

    with pytest.raises(Interrupted):
        draw()

    assert storages["papers"].exists("zx/shared.pdf")


def lose_the_connection() -> None:
    """As when the database, or the way to it, goes down."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()
    with psycopg.connect(environment_of_test()["DATABASE_URL"], autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", backend)


@pytest.mark.django_db(transaction=True)
def test_where_nobody_knows_whether_it_stands_the_file_stays() -> None:
    @storing()
    def perhaps() -> None:
        keep("perhaps")
        OfficeFactory()
        lose_the_connection()

    with pytest.raises(OperationalError):
        perhaps()
    connection.close()

    assert is_kept("perhaps")


@pytest.mark.django_db(transaction=True)
def test_a_rule_that_is_asked_at_the_very_end_takes_the_file_too() -> None:
    @storing()
    def against_a_rule() -> None:
        keep("deferred")
        Office.objects.filter(pk=OfficeFactory().pk).update(parent=0)  # foreign keys are, too
        keep("afterwards")

    with pytest.raises(IntegrityError):
        against_a_rule()

    assert not is_kept("deferred")
    assert not is_kept("afterwards")


# --- Where people send files -------------------------------------------------------------------


@pytest.mark.django_db
def test_photos_of_a_post_that_a_full_disk_ended_leave_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    event, settle, names = EventFactory(), os.fsync, uploads()
    written: list[int] = []

    def full(descriptor: int) -> None:
        written.append(descriptor)
        if len(written) > 7:  # each photo, its folder, the one above
            raise OSError(errno.ENOSPC, "No space left on device")
        settle(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    photos = [checked_photo(mark) for mark in range(5)]
    with pytest.raises(OSError, match="No space"):
        actions.add_photos(event, photos, is_consented=False, by=event.created_by)

    assert not event.photos.exists()
    assert uploads() == names


@pytest.mark.django_db
def test_a_letter_of_a_sheet_that_is_not_saved_leaves_nothing() -> None:
    sheet, names = DesignationFactory(), uploads()
    by = UserFactory(staff_of=sheet.office)

    with pytest.raises(IntegrityError, match="letter_dated"):
        write_consent(sheet, facts={}, scan=checked_pdf(), by=by)

    assert uploads() == names
