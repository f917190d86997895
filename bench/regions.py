"""How fast the regions are imported and searched, on a scratch copy that leaves nothing behind."""

from __future__ import annotations

import random
import re
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction

from bench.timing import timed

SAMPLE = 200
SHOWN = 20
type Row = tuple[str, str, str]  # what, measured, budget

# Unqualified names find the scratch table first: the portal's own rows are neither read nor locked.
SCRATCH = """
CREATE SCHEMA bench_regions;
SET LOCAL search_path = bench_regions, public;
CREATE TABLE bench_regions.villages_region (LIKE public.villages_region INCLUDING ALL);
ALTER TABLE bench_regions.villages_region ADD FOREIGN KEY (parent_id)
    REFERENCES bench_regions.villages_region (id) DEFERRABLE INITIALLY DEFERRED;
"""


def rows() -> list[Row]:
    """The lines for the table of `make bench`."""
    with _scratch_table():
        return [*_imports(), *_searches()]


@contextmanager
def _scratch_table() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(SCRATCH)
        yield
        transaction.set_rollback(True)


def _imports() -> list[Row]:
    from villages import regions  # noqa: PLC0415 - only when Django is ready

    def run() -> regions.Difference:
        difference = regions.take_over(regions.read_edition(), on=date.today())  # noqa: DTZ011
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what a commit would check
        return difference

    first, added = timed(run)
    second, repeated = timed(run)
    assert repeated.is_empty
    return [
        (f"regions: first import, {added.added:,} rows", f"{first:.2f} s", "5 s"),
        ("regions: second import, 0 rows changed", f"{second:.2f} s", "5 s"),
    ]


def _searches() -> list[Row]:
    from villages.models import Region  # noqa: PLC0415 - only when Django is ready

    nation = Region.objects.villages()
    served = nation.under(*_largest_jurisdiction())
    places = [("in the largest jurisdiction", served, "10 ms"), ("nationwide", nation, "–")]
    lines = []
    for place, villages, budget in places:
        keys = _sample(list(villages.values_list("search_key", flat=True)))
        starts = [key[: 3 + position % 6] for position, key in enumerate(keys)]
        parts = [key[2:6] for key in keys if len(key) >= 6]
        lines += [
            _line(f"search: prefix, {place}", villages, starts, budget),
            _line(f"search: any part, {place}", villages, parts, "–"),
        ]
    return lines


def _largest_jurisdiction() -> list[str]:
    from villages.jurisdictions import read_claims  # noqa: PLC0415 - only when Django is ready

    served: dict[str, list[str]] = {}
    for claim in read_claims():
        served.setdefault(claim.office_code, []).append(claim.region_code)
    return max(served.values(), key=len)


def _sample(keys: list[str]) -> list[str]:
    return random.Random(2024).sample(keys, min(SAMPLE, len(keys)))


def _line(what: str, villages: object, texts: list[str], budget: str) -> Row:
    times = sorted(_in_database(villages, text) for text in texts)
    p95 = times[int(len(times) * 0.95)]
    return what, f"p50 {statistics.median(times):.2f} ms, p95 {p95:.2f} ms", budget


def _in_database(villages: object, text: str) -> float:
    """Milliseconds that PostgreSQL spends on what `nearest` asks."""
    first, found = _explained(villages.with_path().starting(text)[:SHOWN])
    if found == SHOWN:
        return first
    return first + _explained(villages.with_path().matching(text)[:SHOWN])[0]


def _explained(query: object) -> tuple[float, int]:
    plan = query.explain(analyze=True)
    took = re.search(r"Execution Time: ([\d.]+)", plan)
    found = re.search(r"rows=(\d+)\S* loops", plan)
    assert took
    assert found
    return float(took[1]), int(found[1])


def main() -> None:
    """Print the rows alone, without the rest of the bench."""
    import django  # noqa: PLC0415 - nothing of Django before its settings

    django.setup()
    for what, measured, budget in rows():
        print(f"{what:55} {measured:35} {budget}")


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desabinaan.settings")
    main()
