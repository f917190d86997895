"""Questions that every page asks: Django writes them once a process; from then on they are text."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.utils import timezone

_NOBODY = -(2**62)  # stands where a key will; no row has such a one
_PRESENT = datetime(8888, 8, 8, 8, 8, 8, 888888, tzinfo=UTC)  # stands where the moment will
_writes = ContextVar("writes", default=False)  # of this thread alone: others go on asking the clock


def present() -> datetime:
    """Now; and while a question is written, what stands in it for the moment of each asking."""
    return _PRESENT if _writes.get() else timezone.now()


class Asked[Row: tuple[Any, ...]]:
    """A queryset of plain values in which nothing changes but keys and the present moment.

    Building and compiling one takes Django several times as long as PostgreSQL takes to answer.
    `build` is given each key by name; nothing may depend on what a key is, and the moment is told
    by `present`: any other would be the one at which the process asked first.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._build = build
        names = inspect.signature(build).parameters
        self._markers = {name: _NOBODY - place for place, name in enumerate(names)}

    def of(self, **keys: int | str) -> list[Row]:
        """The rows for these keys, now."""
        sql, params = self._written
        known: dict[Any, Any] = {}
        for name, key in keys.items():  # a marker for a text was written as one
            known |= {self._markers[name]: key, str(self._markers[name]): key}
        now = timezone.now()

        def filled(it: Any) -> Any:
            if isinstance(it, list):
                return [filled(one) for one in it]
            return now if it == _PRESENT else known.get(it, it)

        with connection.cursor() as cursor:
            cursor.execute(sql, [filled(it) for it in params])
            rows: list[Row] = cursor.fetchall()
            return rows

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...]]:
        writes = _writes.set(True)
        try:
            compiler = self._build(**self._markers).query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
        finally:
            _writes.reset(writes)
        if compiler.get_converters([expression for expression, *_ in compiler.select]):
            raise TypeError("a value that Django converts: this must be a queryset")
        if any(_stays(it) for it in params):
            raise TypeError("a day or moment that would stay the same while the process lives")
        return sql, tuple(params)


def _stays(value: object) -> bool:
    """Whether this is a day or moment of its own, and not where the present goes."""
    if isinstance(value, list):
        return any(_stays(one) for one in value)
    return isinstance(value, date) and value != _PRESENT


def columns(model: type[Model]) -> list[str]:
    """The names under which `record` expects the values of a row."""
    return [field.attname for field in model._meta.concrete_fields]


def record[M: Model](model: type[M], rows: Iterable[tuple[Any, ...]]) -> M | None:
    """The first of these rows, its `columns`, as a record; None where there is no row."""
    names = columns(model)
    return next((model.from_db(DEFAULT_DB_ALIAS, names, row) for row in rows), None)
