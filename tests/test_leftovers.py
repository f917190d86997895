"""What ended processes leave behind is found and goes, and nothing that a row names."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from celery.schedules import crontab
from django.conf import settings as portal
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import call_command
from django.utils import timezone

from desabinaan import files, leftovers
from tests.factories import DesignationFactory, ExportFactory, OfficeFactory
from villages.models import Document

pytestmark = pytest.mark.django_db

DAYS = 24 * 3600


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    """A folder without the files of other tests."""
    own = dict(settings.STORAGES)
    for name, folder in (("default", "uploads"), ("papers", "papers")):
        options = {**own[name]["OPTIONS"], "location": tmp_path / folder}
        own[name] = {**own[name], "OPTIONS": options}
    settings.STORAGES, settings.FILES_DIR = own, tmp_path
    files.mark()


def left(where: str, name: str, *, days: float = 2) -> Callable[[], bool]:
    """A file that has lain there so long; whether it still does."""
    path = Path(storages[where].path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    long_ago = timezone.now().timestamp() - days * DAYS
    os.utime(path, (long_ago, long_ago))
    return path.exists


def checked() -> str:
    said = StringIO()
    call_command("check_files", stdout=said)
    return said.getvalue()


def test_an_upload_that_no_row_names_goes_after_a_day() -> None:
    old, fresh = left("default", "documents/a"), left("default", "documents/b", days=0.9)

    assert leftovers.clear() == 1

    assert not old()
    assert fresh()


def test_what_a_row_names_stays_however_old() -> None:
    DesignationFactory(submitted=True)
    kept = [Path(default_storage.path(it.file.name)) for it in Document.objects.all()]
    for path in kept:
        os.utime(path, (0, 0))

    assert leftovers.clear() == 0

    assert kept
    assert all(path.exists() for path in kept)


def test_an_emblem_that_papers_print_stays_when_the_office_has_another() -> None:
    office = OfficeFactory()
    office.emblem.save("emblem.png", ContentFile(b"png"))
    former = left("default", office.emblem.name)
    office.emblem = ""
    office.save()

    assert leftovers.clear() == 0

    assert former()
    assert "emblems/" not in checked()


def test_papers_that_no_row_names_stay_since_they_may_hang_on_a_wall() -> None:
    paper, scan = left("papers", "ab/abc.pdf", days=900), left("papers", "cd/cde.jpg", days=900)

    assert leftovers.clear() == 0

    assert paper()
    assert scan()


def test_half_a_file_goes_wherever_it_was_written() -> None:
    halves = [
        left("default", "documents/a.0f.new"),
        left("papers", "ab/abc.pdf.0f.new"),
        left("papers", "exports/abc.zip.0f.new"),
    ]
    written_now = left("papers", "exports/other.zip.0f.new", days=0)

    assert leftovers.clear() == len(halves)

    assert not any(is_there() for is_there in halves)
    assert written_now()


def test_an_export_goes_where_no_row_names_it() -> None:
    export = ExportFactory(ready=True)
    os.utime(storages["papers"].path(export.file), (0, 0))
    orphan = left("papers", "exports/abc.zip")

    assert leftovers.clear() == 1

    assert storages["papers"].exists(export.file)
    assert not orphan()


def test_many_uploads_without_a_row_are_kept_as_after_a_restore(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(leftovers, "MANY", 2)
    of_the_gap = [left("default", f"documents/{place}") for place in range(3)]
    last_month = left("default", "documents/old", days=31)

    with caplog.at_level(logging.INFO):
        assert leftovers.clear() == 1

    assert all(is_there() for is_there in of_the_gap)
    assert not last_month()
    assert "4 uploads have no row" in caplog.text
    assert "0 half files, 1 that no row names" in caplog.text


def test_a_folder_that_is_not_the_portal_s_is_left_alone(settings: Any) -> None:
    other = left("default", "documents/a")
    Path(settings.FILES_DIR, files.MARK).unlink()

    assert leftovers.clear() == 0

    assert other()


def test_the_clock_asks_for_it_each_night() -> None:
    entry = portal.CELERY_BEAT_SCHEDULE["tidy-files"]

    assert entry["task"] == "desabinaan.tasks.tidy_files"
    assert isinstance(entry["schedule"], crontab)
    assert entry["schedule"].is_due(timezone.now() - timedelta(days=1, minutes=1)).is_due


# --- As the check tells it ---------------------------------------------------------------------


def test_the_check_names_uploads_without_a_row_and_no_export() -> None:
    left("default", "documents/lost")
    left("papers", "exports/half.zip")
    left("papers", "exports/abc.zip.0f.new")

    said = checked()

    assert "No row names documents/lost\n" in said
    assert "exports/" not in said


def test_the_check_misses_no_export() -> None:
    export = ExportFactory(ready=True)
    storages["papers"].delete(export.file)

    assert "files are there, each as it was kept." in checked()
