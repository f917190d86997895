"""A click that came twice: what it would store stands already."""

from __future__ import annotations

from typing import Any

from django.db import models

from desabinaan.uploads import CheckedFile


def stands_already[Row: models.Model](rows: models.QuerySet[Row], **facts: Any) -> Row | None:
    """The row that says the very same.

    Whoever asks holds what the rows belong to, so that two clicks find each other.
    """
    return rows.filter(**facts).last()


def kept_already[Row: models.Model](
    rows: models.QuerySet[Row], file: CheckedFile, **facts: Any
) -> Row | None:
    """The row that keeps the very same bytes, and says the same of them."""
    return stands_already(rows, sha256=file.sha256, **facts)
