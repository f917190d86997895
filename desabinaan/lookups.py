"""Comparisons that Django does not bring."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet
from django.db.models import BigAutoField, ForeignKey, Lookup
from django.db.models.sql.compiler import SQLCompiler


@BigAutoField.register_lookup
@ForeignKey.register_lookup
class Among(Lookup):
    """One of these ids, like `in`, but as one value: an array that is sent, or asked for first.

    Who reads the nation reads two hundred offices: one by one they are dearer than the query. And
    of a few rows that are found first (`ArraySubquery`), only those few are joined with others.
    """

    lookup_name = "among"
    prepare_rhs = False
    rhs: Collection[int] | ArraySubquery

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Compare with an array; of nothing, nothing is found and nothing need be asked."""
        column, params = self.process_lhs(compiler, connection)
        if isinstance(self.rhs, ArraySubquery):
            found, asked = compiler.compile(self.rhs)
            return f"{column} = ANY({found})", (*params, *asked)
        if not self.rhs:
            raise EmptyResultSet
        return f"{column} = ANY(%s::bigint[])", (*params, list(self.rhs))
