"""Expressions for exclusion constraints: an id and a term, as ranges that overlap or do not."""

from __future__ import annotations

from django.db.models import F, Func, Value


def only(field: str) -> Func:
    """The one id as a range, since GiST compares integers only as ranges without an extension."""
    return Func(F(field), F(field), Value("[]"), function="int8range")


def days(first: str = "starts_on", last: str = "ends_on") -> Func:
    """The days of a term, its first and its last included."""
    return Func(F(first), F(last), Value("[]"), function="daterange")


def moments(first: str, last: str) -> Func:
    """From one moment up to another, which belongs to what follows."""
    return Func(F(first), F(last), Value("[)"), function="tstzrange")
