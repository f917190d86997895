"""Every file that the database names, and whether it is there as it was kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core.files.storage import Storage, storages
from django.db import models


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


def kept() -> Iterator[Kept]:
    """Each file that a row names: uploads by their FileField, papers by their column `file`."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield from _kept_by(model, field.attname, field.storage)
            elif field.name == "file":
                yield from _kept_by(model, field.attname, storages["papers"])


def _kept_by(model: type[models.Model], column: str, storage: Storage) -> Iterator[Kept]:
    has_hash = any(field.name == "sha256" for field in model._meta.concrete_fields)
    columns = ["pk", column, *(["sha256"] if has_hash else [])]
    rows = model._base_manager.exclude(**{column: ""}).order_by("pk").values_list(*columns)
    for pk, name, *sha256 in rows.iterator():
        yield Kept(f"{model._meta.label} {pk}", storage, str(name), *(sha256 or [""]))
