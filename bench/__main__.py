"""What must be fast, measured in one run: prints a table and writes docs/performance.md."""

from __future__ import annotations

import os
import platform
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from bench.parts import measured

PARTS = {
    "Papers": "bench.certificates",
    "Regions": "bench.regions",
    "Onboarding": "bench.onboarding",
    "Events": "bench.attendance",
    "Pages": "bench.web",
}
REPORT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
INTRODUCTION = """# Performance

Written by `make bench`, which measures everything in one run, each part in a process of its own and
each thing beside its peer or its budget: absolute times drift with the machine and its load, ratios
much less. Last run on {when}, Python {python}, {cores} cores, load {load:.1f} at the start.

What is beyond its budget is marked **over**. On a machine that others use too, by as much as the
whole table is slower than on a quiet one; what stays over on a quiet one is a fault.
"""


def main() -> None:
    """Measure every part; print and keep the table."""
    report = [_introduction()]
    for title, name in PARTS.items():
        print(f"\n{title}", flush=True)
        report += [f"\n## {title}\n", "| What | Measured | Budget |", "|---|---|---|"]
        report += _apart(name)
    REPORT.write_text("\n".join(report) + "\n")


def _apart(name: str) -> list[str]:
    """The rows of a part, measured in a process of its own: what a part leaves behind in memory
    slows the ones after it, as no web process is slowed."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(measured, name).result()


def _introduction() -> str:
    return INTRODUCTION.format(
        when=f"{datetime.now(UTC):%d %B %Y}",
        python=platform.python_version(),
        cores=os.cpu_count(),
        load=os.getloadavg()[0],
    )


if __name__ == "__main__":
    main()
