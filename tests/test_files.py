"""Files on the disk: whole or not there, and found again by the rows that name them."""

import errno
import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.test import override_settings

from certificates import tasks
from desabinaan import files, formats
from desabinaan.management.commands import prepare
from tests.factories import CertificateFactory, DesignationFactory
from villages.models import Document, Purpose

COMPLETE = {"submitted": True}  # a sheet with its consent and evidence


def checked() -> str:
    said = StringIO()
    call_command("check_files", stdout=said)
    return said.getvalue()


@pytest.fixture
def paper(db: None) -> Any:
    certificate = CertificateFactory()
    tasks.draw(certificate.pk)
    certificate.refresh_from_db()
    return certificate


@pytest.fixture
def document(db: None) -> Document:
    DesignationFactory(**COMPLETE)
    return Document.objects.get(purpose=Purpose.CONSENT)


def test_all_is_well_when_each_file_is_there(paper: Any, document: Document) -> None:
    assert "files are there, each as it was kept." in checked()
    assert {paper.file, document.file.name} <= {it.name for it in files.kept()}


def test_a_paper_that_is_missing_is_named(paper: Any, capsys: pytest.CaptureFixture[str]) -> None:
    storages["papers"].delete(paper.file)

    with pytest.raises(CommandError, match=r"^1 of \d+ files"):
        call_command("check_files")

    assert f"certificates.Certificate {paper.pk}: {paper.file} " in capsys.readouterr().out


def test_a_paper_that_no_row_names_is_told_with_number_and_code(paper: Any) -> None:
    with storages["papers"].open(paper.file) as file:
        drawn = file.read()
    assert f"No row names {paper.file}" not in checked()

    # As after a restore from a dump that is older than the paper.
    storages["papers"].save("ab/abc.pdf", ContentFile(drawn))
    storages["papers"].save("ab/other.pdf", ContentFile(b"no PDF"))

    said = checked()
    assert "No row names ab/abc.pdf Sertifikat Penghargaan Desa" in said
    assert f"Nomor {paper.number}, kode {formats.grouped(paper.code)}" in said
    assert "No row names ab/other.pdf\n" in said
    assert "files are there, each as it was kept." in said


def test_a_changed_byte_in_an_upload_is_found(
    document: Document, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(default_storage.path(document.file.name))
    path.write_bytes(path.read_bytes()[:-1] + b"?")

    with pytest.raises(CommandError):
        call_command("check_files")

    said = capsys.readouterr().out
    faults = [line for line in said.splitlines() if not line.startswith("No row names")]
    assert faults == [f"villages.Document {document.pk}: {document.file.name} is not what was kept"]


# --- The folder of all files ---------------------------------------------------------------------


@pytest.mark.django_db
def test_a_new_portal_makes_its_folder(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "data" / "files"

    assert files.claim()

    assert files.is_marked()


def test_a_folder_from_before_there_was_a_mark_gets_one(document: Document, settings: Any) -> None:
    Path(settings.FILES_DIR, files.MARK).unlink()
    assert not files.is_marked()

    assert files.claim()

    assert files.is_marked()


def test_an_empty_folder_is_no_home_for_files_that_the_database_names(
    document: Document, settings: Any, tmp_path: Path
) -> None:
    mounted = settings.STORAGES["default"]["OPTIONS"] | {"location": tmp_path / "files/uploads"}
    default = {**settings.STORAGES["default"], "OPTIONS": mounted}
    settings.FILES_DIR = tmp_path / "files"
    said = StringIO()
    with override_settings(STORAGES={**settings.STORAGES, "default": default}):
        prepare.Command(stderr=said).claim_files()

    assert "none of the files that the database names" in said.getvalue()
    assert not settings.FILES_DIR.exists()


# --- Written whole -----------------------------------------------------------------------------


def test_what_cannot_be_written_whole_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)  # where a disk may say so last of all

    with pytest.raises(OSError, match="No space"):
        storages["papers"].save("zz/paper.pdf", ContentFile(b"%PDF-"))

    assert list(Path(storages["papers"].path("zz")).iterdir()) == []


def test_a_file_has_its_name_only_once_it_is_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    names, settle = [], os.fsync
    folder = Path(storages["papers"].path("zy"))

    def look(descriptor: int) -> None:
        names.append(sorted(path.suffix for path in folder.iterdir()))
        settle(descriptor)

    monkeypatch.setattr(os, "fsync", look)
    storages["papers"].save("zy/paper.pdf", ContentFile(b"%PDF-"))

    # The bytes under another name; then, with the final one, the folder and the one above.
    assert names == [[".new"], [".pdf"], [".pdf"]]
    assert (folder / "paper.pdf").read_bytes() == b"%PDF-"


def test_a_second_upload_of_the_same_name_gets_another() -> None:
    first = default_storage.save("documents/one.pdf", ContentFile(b"1"))
    second = default_storage.save("documents/one.pdf", ContentFile(b"2"))

    assert first != second
    assert Path(default_storage.path(first)).read_bytes() == b"1"
