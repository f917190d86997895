"""The 18 digits of a NIP, and what they say of a civil servant."""

from __future__ import annotations

import re
from datetime import date, timedelta

DIGITS = 18
YOUNGEST = timedelta(days=365 * 16)  # nobody entered the service as a child

# What a database can hold of it; the length of months and who entered as a child are left to us.
PNS_SHAPE = (
    r"^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"  # born
    r"(19|20)\d{2}(0[1-9]|1[0-2])"  # entered as CPNS
    r"[12]"  # man, woman
    r"(?!000)\d{3}$"  # serial
)


def tidy(text: str) -> str:
    """The digits alone, however they were written down: with spaces, points or hyphens."""
    return re.sub(r"[\s.\-–]", "", text)


def is_shaped(digits: str) -> bool:
    """Whether these are eighteen digits; the number of a PPPK says nothing more."""
    return len(digits) == DIGITS and digits.isascii() and digits.isdigit()


def wrong_with_pns(digits: str, today: date) -> str:
    """What the number of a civil servant cannot say, as a sentence; nothing where it can."""
    born = _day(digits[:8])
    if born is None:
        return "Delapan angka pertama NIP bukan tanggal lahir."
    entered = _day(digits[8:14] + "01")
    if entered is None:
        return "Angka ke-9 sampai ke-14 NIP bukan tahun dan bulan pengangkatan CPNS."
    if entered > today or entered - born < YOUNGEST:
        return "Menurut NIP ini, bulan pengangkatan CPNS tidak sesuai dengan tanggal lahirnya."
    if digits[14] not in "12":
        return "Angka ke-15 NIP adalah 1 untuk laki-laki atau 2 untuk perempuan."
    if digits[15:] == "000":
        return "Tiga angka terakhir NIP adalah nomor urut, mulai 001."
    return ""


def _day(eight: str) -> date | None:
    year, month, day = int(eight[:4]), int(eight[4:6]), int(eight[6:])
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found.year >= 1900 else None
