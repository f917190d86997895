"""The database's promises in use: which one a statement broke, and rows saved as they allow."""

from collections.abc import Sequence

import psycopg
from django.db import IntegrityError, models, transaction


def broke(error: IntegrityError, name: str) -> bool:
    """Whether it was this constraint, or a trigger that speaks in this name."""
    cause = error.__cause__
    return isinstance(cause, psycopg.Error) and cause.diag.constraint_name == name


def save_checked(
    row: models.Model, *, exclude: Sequence[str] = (), fields: Sequence[str] | None = None
) -> None:
    """Check the row and save it; raises ValidationError with the sentence of what it breaks."""
    row.full_clean(exclude=exclude)
    try:
        with transaction.atomic():
            row.save(update_fields=fields)
    except IntegrityError:
        # Another took the name between check and save: the same check sees theirs by now.
        row.full_clean(exclude=exclude)
        raise
