"""What must be fast, measured in one run: prints a table and writes docs/performance.md."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import django

PARTS = {
    "Papers": "bench.certificates",
    "Regions": "bench.regions",
    "Onboarding": "bench.onboarding",
    "Pages": "bench.web",
}
REPORT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
INTRODUCTION = """# Performance

Written by `make bench`, which measures everything in one run, each thing beside its peer or its
budget: absolute times drift with the machine and its load, ratios much less. Last run on
{when}, Python {python}, {cores} cores, load {load:.1f} at the start.
"""


def main() -> None:
    """Measure every part; print and keep the table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desabinaan.settings")
    django.setup()
    report = [_introduction()]
    for title, name in PARTS.items():
        print(f"\n{title}")
        report += [f"\n## {title}\n", "| What | Measured | Budget |", "|---|---|---|"]
        for what, measured, budget in import_module(name).rows():
            print(f"  {what:58} {measured:42} {budget}", flush=True)
            report.append(f"| {what} | {measured} | {budget} |")
    REPORT.write_text("\n".join(report) + "\n")


def _introduction() -> str:
    return INTRODUCTION.format(
        when=f"{datetime.now(UTC):%d %B %Y}",
        python=platform.python_version(),
        cores=os.cpu_count(),
        load=os.getloadavg()[0],
    )


if __name__ == "__main__":
    main()
