"""Where files lie: on the disk of the server, each whole or not there at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.db import IntegrityError, transaction

UNFINISHED = ".new"  # what is being written, or was when its process ended

# What was stored in the transaction that is open: each a storage and a name.
_STORED: ContextVar[list[tuple[FileSystemStorage, str]] | None] = ContextVar("stored", default=None)


class LastingStorage(FileSystemStorage):
    """A file has its name only once all its bytes are on the disk: no power cut leaves half."""

    def _save(self, name: str, content: File[Any]) -> str:
        unfinished = Path(self.path(f"{name}.{uuid.uuid4().hex}{UNFINISHED}"))
        try:
            super()._save(str(unfinished.relative_to(self.location)), content)  # type: ignore[misc]
            _settle(unfinished)
            unfinished.replace(self.path(name))
            self._note(name)
        finally:
            unfinished.unlink(missing_ok=True)
        for folder in Path(name).parents:  # a new folder is a new name in the one above
            _settle(Path(self.location, folder))
        return name

    def _note(self, name: str) -> None:
        """Remember it as of this transaction; what is named by its bytes may be another row's."""
        stored = _STORED.get()
        if stored is not None and not self._allow_overwrite:  # type: ignore[attr-defined]
            stored.append((self, name))


@contextmanager
def storing() -> Iterator[None]:
    """A transaction that takes its files along: where it does not stand, they are deleted again.

    Where nobody knows whether it stands, since the connection broke as it was to be made lasting,
    they are left, and the nightly look finds those that no row names.
    """
    outer, mine, is_undone = _STORED.get(), list[tuple[FileSystemStorage, str]](), False
    before = _STORED.set(mine)
    try:
        with transaction.atomic():
            try:
                yield
            except BaseException:
                is_undone = True
                raise
    except BaseException as fault:
        if is_undone or isinstance(fault, IntegrityError):  # the latter: a rule, at the very end
            _delete(mine)
        raise
    else:
        if outer is not None:
            outer.extend(mine)
    finally:
        _STORED.reset(before)


def _delete(stored: list[tuple[FileSystemStorage, str]]) -> None:
    for storage, name in stored:
        with suppress(OSError):
            storage.delete(name)


def _settle(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
