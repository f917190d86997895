"""What must be fast, measured in one run: prints a table and writes docs/performance.md."""

from __future__ import annotations

import os
import platform
import re
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

import django

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
# A figure with its unit; of several the 95th percentile is the one that counts.
FIGURE = re.compile(r"(?:(p\d\d) )?(\d[\d,]*(?:\.\d+)?) (ms|s|MB|KB|queries)\b")


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
        return process.submit(_measured, name).result()


def _measured(name: str) -> list[str]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desabinaan.settings")
    django.setup()
    told = []
    for what, measured, budget in import_module(name).rows():
        mark = " **over**" if is_over(measured, budget) else ""
        print(f"  {what:58} {measured:42} {budget}{mark}", flush=True)
        told.append(f"| {what} | {measured} | {budget}{mark} |")
    return told


def is_over(measured: str, budget: str) -> bool:
    """Whether a figure is larger than the one of its unit that the budget names."""
    most = {unit: _value(figure) for _, figure, unit in FIGURE.findall(budget)}
    return any(
        _value(figure) > most.get(unit, float("inf"))
        for rank, figure, unit in FIGURE.findall(measured)
        if rank != "p50"
    )


def _value(figure: str) -> float:
    return float(figure.replace(",", ""))


def _introduction() -> str:
    return INTRODUCTION.format(
        when=f"{datetime.now(UTC):%d %B %Y}",
        python=platform.python_version(),
        cores=os.cpu_count(),
        load=os.getloadavg()[0],
    )


if __name__ == "__main__":
    main()
