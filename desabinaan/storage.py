"""Where files lie: on the disk of the server, each whole or not there at all."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class LastingStorage(FileSystemStorage):
    """A file has its name only once all its bytes are on the disk: no power cut leaves half."""

    def _save(self, name: str, content: File[Any]) -> str:
        unfinished = Path(self.path(f"{name}.{uuid.uuid4().hex}.new"))
        try:
            super()._save(str(unfinished.relative_to(self.location)), content)  # type: ignore[misc]
            _settle(unfinished)
            unfinished.replace(self.path(name))
        finally:
            unfinished.unlink(missing_ok=True)
        for folder in Path(name).parents:  # a new folder is a new name in the one above
            _settle(Path(self.location, folder))
        return name


def _settle(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
