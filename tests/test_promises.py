"""docs/promises.md says what the database holds: all of it, and nothing that is not there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations import AddConstraint, CreateModel, RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

pytestmark = pytest.mark.django_db
ROOT = Path(settings.BASE_DIR)

TRIGGERS = """
    SELECT tgname, relname, proname FROM pg_trigger
    JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE NOT tgisinternal AND pg_class.relnamespace = current_schema()::regnamespace
"""
# A unique constraint with a condition is an index to PostgreSQL.
CONSTRAINTS = """
    SELECT conname, conrelid::regclass::text FROM pg_constraint
    WHERE connamespace = current_schema()::regnamespace
    UNION SELECT indexname, tablename FROM pg_indexes WHERE schemaname = current_schema()
"""


class Promise(NamedTuple):
    """A row of the document."""

    name: str
    tables: frozenset[str]
    words: str
    migration: str
    test: str


@cache
def promised(section: str) -> list[Promise]:
    text = (ROOT / "docs/promises.md").read_text(encoding="utf-8")
    rows = re.search(rf"^## {section}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    assert rows
    found = []
    for line in re.findall(r"^\| (`.+) \|$", rows[1], re.M):
        name, tables, words, migration, test = line.split(" | ")
        on = frozenset(re.findall(r"`(\w+)`", tables))
        found.append(Promise(name.strip("`"), on, words, migration.strip("`"), test.strip("`")))
    return found


def asked(query: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


@cache
def last_written() -> dict[str, str]:
    """The migration that wrote each function, or each constraint, the last time."""
    loader, found = MigrationLoader(connection), {}
    plans = (loader.graph.forwards_plan(leaf) for leaf in loader.graph.leaf_nodes())
    for key in dict.fromkeys(chain.from_iterable(plans)):
        for operation in loader.graph.nodes[key].operations:
            found |= dict.fromkeys(written_by(operation), "/".join(key))
    return found


def written_by(operation: Operation) -> Iterator[str]:
    for inner in getattr(operation, "database_operations", []):
        yield from written_by(inner)
    if isinstance(operation, RunSQL):
        yield from re.findall(r"CREATE (?:OR REPLACE )?FUNCTION (\w+)", str(operation.sql))
        yield from re.findall(r"ADD CONSTRAINT (\w+)", str(operation.sql))
    if isinstance(operation, AddConstraint):
        yield operation.constraint.name
    if isinstance(operation, CreateModel):
        yield from (it.name for it in operation.options.get("constraints", []))


def test_every_trigger_is_promised_and_every_promised_one_is_there() -> None:
    there = {(name, table) for name, table, _ in asked(TRIGGERS)}

    said = {(it.name, table) for it in promised("Triggers") for table in it.tables}

    assert said == there


def test_every_promised_constraint_is_there() -> None:
    said = {(it.name, table) for it in promised("Constraints") for table in it.tables}

    assert said
    assert not said - set(asked(CONSTRAINTS))


def test_each_body_was_last_written_where_the_document_says() -> None:
    body = {name: function for name, _, function in asked(TRIGGERS)}
    written, said = last_written(), [*promised("Triggers"), *promised("Constraints")]

    wrong = {
        it.name: written.get(body.get(it.name, it.name))
        for it in said
        if it.migration != written.get(body.get(it.name, it.name))
    }

    assert not wrong


def test_each_promise_is_said_once_and_shown_by_a_test() -> None:
    for section in ("Triggers", "Constraints"):
        names = [it.name for it in promised(section)]
        assert len(names) == len(set(names))
    for it in [*promised("Triggers"), *promised("Constraints")]:
        path, _, name = it.test.partition("::")
        tree = ast.parse((ROOT / "tests" / path).read_text(encoding="utf-8"))
        tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert name in tests, it
