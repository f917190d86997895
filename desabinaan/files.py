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
    """Each file that a row names: uploads by their FileField, papers by their column `file`."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield from _kept_by(model, field.attname, field.storage)
            elif field.name == "file":
                yield from _kept_by(model, field.attname, storages["papers"])


def strays(named: Iterable[str]) -> Iterator[str]:
    """The papers that lie there and have none of these names, each with what it says of itself.

    After a restore they are those that were drawn since the dump: number and code are out.
    """
    known, papers = set(named), storages["papers"]
    return (f"{name} {_said_of(papers, name)}".rstrip() for name in _below("", papers, known))


def _below(folder: str, papers: Storage, known: set[str]) -> Iterator[str]:
    if not papers.exists(folder):
        return
    folders, names = papers.listdir(folder)
    inside = (str(PurePosixPath(folder, name)) for name in sorted(names))
    yield from (name for name in inside if name not in known)
    for each in sorted(folders):
        yield from _below(str(PurePosixPath(folder, each)), papers, known)


def _said_of(papers: Storage, name: str) -> str:
    """Title and number of a paper of ours; nothing where it is none that can be read."""
    try:
        with papers.open(name) as file, pikepdf.open(BytesIO(file.read())) as document:
            said = [str(document.docinfo.get(key, "")) for key in ("/Title", "/Subject")]
            return ", ".join(filter(None, said))
    except (OSError, pikepdf.PdfError):
        return ""


def _kept_by(model: type[models.Model], column: str, storage: Storage) -> Iterator[Kept]:
    has_hash = any(field.name == "sha256" for field in model._meta.concrete_fields)
    columns = ["pk", column, *(["sha256"] if has_hash else [])]
    rows = model._base_manager.exclude(**{column: ""}).order_by("pk").values_list(*columns)
    for pk, name, *sha256 in rows.iterator():
        yield Kept(f"{model._meta.label} {pk}", storage, str(name), *(sha256 or [""]))
