"""One part of the table, in whatever process measures it: found there by its name."""

from __future__ import annotations

import os
import re
from importlib import import_module

import django

# A figure with its unit; of several the 95th percentile is the one that counts.
FIGURE = re.compile(r"(?:(p\d\d) )?(\d[\d,]*(?:\.\d+)?) (ms|s|MB|KB|queries)\b")


def measured(name: str) -> list[str]:
    """The rows of the part in this module, printed while they are measured."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desabinaan.settings")
    django.setup()
    told = []
    for what, figures, budget in import_module(name).rows():
        mark = " **over**" if is_over(figures, budget) else ""
        print(f"  {what:58} {figures:42} {budget}{mark}", flush=True)
        told.append(f"| {what} | {figures} | {budget}{mark} |")
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
