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

from desabinaan.storage import UNFINISHED

# Lies in the folder of all files, and not in the empty one beneath a disk that is not mounted.
MARK = ".portal"
OLDEST = 20  # where none of so many is there, the others are not either
EXPORTS = "exports/"  # among the papers: gone after a day, made anew by whoever misses one
EMBLEMS = "emblems/"  # among the uploads: also a former one of an office, which its papers print
MAKER = "Portal Desa Binaan Imigrasi"  # as the papers call it


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
    """Each file that a row names and that must be there: all but exports, which may be lost."""
    return (it for it in named() if not it.name.startswith(EXPORTS))


def named() -> Iterator[Kept]:
    """Each file that a row names: uploads by their FileField, papers by their column `file`."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield from _named_by(model, field.attname, field.storage)
            elif field.name == "file":
                yield from _named_by(model, field.attname, storages["papers"])


def strays(named: Iterable[str]) -> Iterator[Stray]:
    """The papers that lie there and have none of these names, each with what it says of itself.

    After a restore they are those that were drawn since the dump: number and code are out.
    """
    known, papers = set(named), storages["papers"]
    for name in _whole("", papers):
        if name not in known and not name.startswith(EXPORTS):
            yield _read(papers, name)


def unnamed_uploads() -> list[str]:
    """The uploads that no row names: of a post that was broken off, or of after a dump."""
    there = [name for name in _whole("", storages["default"]) if not name.startswith(EMBLEMS)]
    return _without_row(there)


def unnamed_exports() -> list[str]:
    """The exports that no row names: their worker ended before it could say so."""
    return _without_row(_whole(EXPORTS.rstrip("/"), storages["papers"]))


def halves(storage: Storage) -> list[str]:
    """What is being written, or was when its process ended."""
    return [name for name in _below("", storage) if name.endswith(UNFINISHED)]


def _without_row(there: Iterable[str]) -> list[str]:
    # The files first: a row that is written meanwhile is seen.
    there = list(there)
    known = {it.name for it in named()} if there else set()
    return [name for name in there if name not in known]


def _whole(folder: str, storage: Storage) -> Iterator[str]:
    return (name for name in _below(folder, storage) if not name.endswith(UNFINISHED))


def _below(folder: str, storage: Storage) -> Iterator[str]:
    """Every file in a folder and below it."""
    if not storage.exists(folder):
        return
    folders, names = storage.listdir(folder)
    yield from (str(PurePosixPath(folder, name)) for name in sorted(names))
    for each in sorted(folders):
        yield from _below(str(PurePosixPath(folder, each)), storage)


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


def _named_by(model: type[models.Model], column: str, storage: Storage) -> Iterator[Kept]:
    has_hash = any(field.name == "sha256" for field in model._meta.concrete_fields)
    columns = ["pk", column, *(["sha256"] if has_hash else [])]
    rows = model._base_manager.exclude(**{column: ""}).order_by("pk").values_list(*columns)
    for pk, name, *sha256 in rows.iterator():
        yield Kept(f"{model._meta.label} {pk}", storage, str(name), *(sha256 or [""]))
