"""What looks wrong about an SK that is known by what was typed: said, and left to people.

Its number is one in small letters or capitals, as `decree_number_once` has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from desabinaan import formats
from villages.models import Decree

YEAR_IN_NUMBER = re.compile(r"\btahun\s+((?:19|20)\d\d)\b", re.IGNORECASE)


def other_days() -> ArraySubquery:
    """The other dates under which a decree's number stands in its office, for an annotation."""
    alike = Decree.objects.filter(office=OuterRef("office"), number__iexact=OuterRef("number"))
    others = alike.exclude(number="").exclude(dated=OuterRef("dated")).order_by("dated")
    return ArraySubquery(others.values("dated"))


def doubts_of(decree: Decree, days: Iterable[date | None] | None = None) -> list[str]:
    """What to say of it; the other dates of its number are asked for where they are not told."""
    if days is None:
        same = Decree.objects.filter(office=decree.office_id, number__iexact=decree.number)
        alike = same.exclude(number="").exclude(pk=decree.pk).exclude(dated=decree.dated)
        days = alike.order_by("dated").values_list("dated", flat=True)
    found = [
        f"Nomor {decree.number} sudah tercatat sebagai SK tanggal {formats.long_date(day)}."
        for day in days
    ]
    return found + _other_year(decree)


def _other_year(decree: Decree) -> list[str]:
    years = YEAR_IN_NUMBER.findall(decree.number)
    if not years or decree.dated is None or str(decree.dated.year) in years:
        return []
    day = formats.long_date(decree.dated)
    return [f"Nomornya menyebut Tahun {years[-1]}, sedangkan tanggalnya {day}."]
