"""Expressions for exclusion constraints: an id and a term, as ranges that overlap or do not."""

from __future__ import annotations

from django.db.models import F, Func, Value


def only(field: str) -> Func:
    """The one id as a range, since GiST compares integers only as ranges without an extension."""
    return Func(F(field), F(field), Value("[]"), function="int8range")


def days() -> Func:
    """The days from `starts_on` to `ends_on`, both of them included."""
    return Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange")
