"""What looks wrong about an SK that is known by what was typed: said, and left to people."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from desabinaan import formats
from villages.models import Decree

YEAR_IN_NUMBER = re.compile(r"\btahun\s+((?:19|20)\d\d)\b", re.IGNORECASE)


def doubts_of(decrees: Sequence[Decree]) -> dict[int | None, list[str]]:
    """By decree: its number stands under another date already, or names another year. One query."""
    known = Decree.objects.filter(
        office__in={it.office_id for it in decrees}, number__in={it.number for it in decrees}
    )
    alike: dict[tuple[int, str], list[Decree]] = defaultdict(list)
    for it in known.exclude(number="").order_by("dated"):
        alike[it.office_id, it.number].append(it)
    told: dict[int | None, list[str]] = {}
    for decree in decrees:
        others = [it for it in alike[decree.office_id, decree.number] if it.pk != decree.pk]
        days = [formats.long_date(it.dated) for it in others if it.dated != decree.dated]
        found = [f"Nomor {decree.number} sudah tercatat sebagai SK tanggal {day}." for day in days]
        told[decree.pk] = found + _other_year(decree)
    return told


def _other_year(decree: Decree) -> list[str]:
    years = YEAR_IN_NUMBER.findall(decree.number)
    if not years or decree.dated is None or str(decree.dated.year) in years:
        return []
    day = formats.long_date(decree.dated)
    return [f"Nomornya menyebut Tahun {years[-1]}, sedangkan tanggalnya {day}."]
