"""Questions that every page asks: Django writes them once a process; from then on they are text."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.utils import timezone

_NOBODY = -(2**62)  # stands where a key will; no row has such a one


class Asked[Row: tuple[Any, ...]]:
    """A queryset of plain values in which nothing changes but keys and the present moment.

    Building and compiling one takes Django several times as long as PostgreSQL takes to answer.
    `build` is given each key by name; nothing may depend on what a key is.
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
            return now if _is_now(it) else known.get(it, it)

        with connection.cursor() as cursor:
            cursor.execute(sql, [filled(it) for it in params])
            rows: list[Row] = cursor.fetchall()
            return rows

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...]]:
        compiler = self._build(**self._markers).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        if compiler.get_converters([expression for expression, *_ in compiler.select]):
            raise TypeError("a value that Django converts: this must be a queryset")
        if any(isinstance(it, date) and not _is_now(it) for it in params):
            raise TypeError("a day that would stay the same for as long as the process lives")
        return sql, tuple(params)


def columns(model: type[Model]) -> list[str]:
    """The names under which `record` expects the values of a row."""
    return [field.attname for field in model._meta.concrete_fields]


def record[M: Model](model: type[M], rows: Iterable[tuple[Any, ...]]) -> M | None:
    """The first of these rows, its `columns`, as a record; None where there is no row."""
    names = columns(model)
    return next((model.from_db(DEFAULT_DB_ALIAS, names, row) for row in rows), None)


def _is_now(value: object) -> bool:
    """Whether this was the present when the question was written: `today_there` puts it there."""
    return isinstance(value, datetime)
