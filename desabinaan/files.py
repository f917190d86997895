"""Every file that the database names, whether it is there as it was kept, and what lies beside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path, PurePosixPath

import pikepdf
from django.apps import apps
from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models

# Lies in the folder of all files, and not in the empty one beneath a disk that is not mounted.
MARK = ".portal"
OLDEST = 20  # where none of so many is there, the others are not either
EXPORTS = "exports/"  # among the papers: gone after a day, made anew by whoever misses one
MAKER = "Portal Desa Binaan Imigrasi"  # as the papers call it
UNFINISHED = ".new"  # what is being written, or was when its process ended


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as its row describes it."""

    record: str
    storage: Storage
    name: str
    sha256: str  # empty where the row holds none

    def fault(self) -> str:
        """What is wrong with it; empty if nothing is."""
        try:
            with self.storage.open(self.name) as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            return f"cannot be read ({type(error).__name__})"
        return "is not what was kept" if self.sha256 and found != self.sha256 else ""


@dataclass(frozen=True, slots=True)
class Stray:
    """A paper that no row names, with what it says of itself; nothing where it is none of ours."""

    name: str
    title: str = ""
    subject: str = ""  # number and code
    office: str = ""  # by its name, as it was when the paper was ordered
    dated: str = ""  # as in 20260302

    def __str__(self) -> str:
        said = ", ".join(filter(None, [self.title, self.subject]))
        return f"{self.name} {said}".rstrip()


def is_marked() -> bool:
    """Whether the folder of all files is the portal's own."""
    return Path(settings.FILES_DIR, MARK).exists()


def mark() -> None:
    """Make the folder of all files, and leave in it what tells it from an empty one."""
    folder = Path(settings.FILES_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()


def claim() -> bool:
    """Mark the folder unless it is another than the one in which the database's files were kept."""
    if not is_marked():
        oldest = list(islice(kept(), OLDEST))
        if oldest and not any(it.storage.exists(it.name) for it in oldest):
            return False
        mark()
    return True


def kept() -> Iterator[Kept]:
    """Each file that a row names: uploads by their FileField, papers by their column `file`.

    Exports are left out: they may be lost.
    """
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield from _kept_by(model, field.attname, field.storage)
            elif field.name == "file":
                yield from _kept_by(model, field.attname, storages["papers"])


def strays(named: Iterable[str]) -> Iterator[Stray]:
    """The papers that lie there and have none of these names, each with what it says of itself.

    After a restore they are those that were drawn since the dump: number and code are out.
    """
    known, papers = set(named), storages["papers"]
    return (_read(papers, name) for name in _below("", papers) if name not in known)


def _below(folder: str, storage: Storage) -> Iterator[str]:
    """Every file in a folder and below it; neither what may be lost nor what is half written."""
    if not storage.exists(folder):
        return
    folders, names = storage.listdir(folder)
    inside = (str(PurePosixPath(folder, name)) for name in sorted(names))
    yield from (name for name in inside if not name.endswith(UNFINISHED))
    for each in sorted(folders):
        below = str(PurePosixPath(folder, each))
        if not _may_be_lost(f"{below}/"):
            yield from _below(below, storage)


def _may_be_lost(name: str) -> bool:
    return name.startswith(EXPORTS)


def _read(papers: Storage, name: str) -> Stray:
    """What a paper of ours says of itself in its PDF."""
    try:
        with papers.open(name) as file, pikepdf.open(BytesIO(file.read())) as document:
            keys = ("/Title", "/Subject", "/Author", "/CreationDate", "/Creator")
            title, subject, office, dated, maker = (
                str(document.docinfo.get(key, "")) for key in keys
            )
    except (OSError, pikepdf.PdfError):
        return Stray(name)
    if maker != MAKER:
        return Stray(name, title, subject)
    return Stray(name, title, subject, office, dated.removeprefix("D:")[:8])


def _kept_by(model: type[models.Model], column: str, storage: Storage) -> Iterator[Kept]:
    has_hash = any(field.name == "sha256" for field in model._meta.concrete_fields)
    columns = ["pk", column, *(["sha256"] if has_hash else [])]
    rows = model._base_manager.exclude(**{column: ""}).order_by("pk").values_list(*columns)
    for pk, name, *sha256 in rows.iterator():
        if not _may_be_lost(str(name)):
            yield Kept(f"{model._meta.label} {pk}", storage, str(name), *(sha256 or [""]))
