"""Which of its promises the database held against a statement, by name."""

import psycopg
from django.db import IntegrityError


def broke(error: IntegrityError, name: str) -> bool:
    """Whether it was this constraint, or a trigger that speaks in this name."""
    cause = error.__cause__
    return isinstance(cause, psycopg.Error) and cause.diag.constraint_name == name
