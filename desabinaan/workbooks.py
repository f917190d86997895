"""Spreadsheets that leave the portal: what every one of them keeps to."""

from __future__ import annotations

import re
from collections.abc import Iterable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A spreadsheet program would compute a cell that begins so.
STARTS_A_FORMULA = re.compile(r"[=+\-@\t\r]")


def safe(values: Iterable[str]) -> list[str]:
    """The texts as cells that no program computes."""
    return [f"'{value}" if STARTS_A_FORMULA.match(value) else value for value in values]
