"""The key of a short address: signs that nobody takes for another one, drawn by the database."""

from __future__ import annotations

from django.db import models
from django.db.models import Func, Value

EVENT_SIGNS = 10
LETTER_SIGNS = 12  # whoever holds it reads the letter


def drawn_key(signs: int) -> models.CharField[str, str]:
    """A random key of so many signs, given with the row, by whatever way it comes."""
    drawn = Func(Value(signs), function="short_key")
    return models.CharField(max_length=signs, unique=True, editable=False, db_default=drawn)


def is_whole(signs: int) -> models.Q:
    """What such a key looks like."""
    return models.Q(share_key__regex=rf"^[a-z0-9]{{{signs}}}$")
