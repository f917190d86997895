"""What ended processes left behind: half a file, an upload of no row, an export of no row.

Papers are never among it: one that no row names may hang on a wall, as after a restore.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta

from django.core.files.storage import Storage, storages
from django.utils import timezone

from desabinaan import files

AGE = timedelta(days=1)  # by then no transaction is open in which it was written
# More than broken posts leave: as after a restore, where people may still want to have them.
MANY = 50
AGE_OF_MANY = timedelta(days=30)

logger = logging.getLogger(__name__)


def clear() -> int:
    """Delete what is left over and old enough; how many files."""
    if not files.is_marked():  # another folder, or none
        return 0
    uploads, papers = storages["default"], storages["papers"]
    halves = [*_old(files.halves(uploads), uploads), *_old(files.halves(papers), papers)]
    whole = [*_lost_uploads(uploads), *_old(files.unnamed_exports(), papers)]
    for storage, name in [*halves, *whole]:
        storage.delete(name)
    if halves or whole:
        words = "Deleted what was left over: %s half files, %s that no row names."
        logger.info(words, len(halves), len(whole))
    return len(halves) + len(whole)


def _lost_uploads(uploads: Storage) -> list[tuple[Storage, str]]:
    unnamed = files.unnamed_uploads()
    lost = list(_old(unnamed, uploads))
    if len(lost) > MANY:
        logger.warning("%s uploads have no row. Each is kept for 30 days.", len(lost))
        return list(_old(unnamed, uploads, AGE_OF_MANY))
    return lost


def _old(
    names: Iterable[str], storage: Storage, age: timedelta = AGE
) -> Iterator[tuple[Storage, str]]:
    since = timezone.now() - age
    for name in names:
        with suppress(FileNotFoundError):  # whoever wrote it has finished
            if storage.get_modified_time(name) < since:
                yield storage, name
