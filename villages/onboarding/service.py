"""What a table says of a person's service: the name without titles, the rank, the number."""

from __future__ import annotations

import re
from datetime import date

from accounts import nip
from accounts.models import Employment, Rank
from accounts.models.user import GRADE_NAMES
from villages.models.region import search_key

TITLES = frozenset({"dr", "drs", "dra", "ir", "h", "hj", "prof", "bpk", "bapak", "ibu", "sdr"})
LETTERED = re.compile(r"(?<![A-Za-z])(IV|I{1,3})\s*[/.\- ]?\s*([a-e])(?![A-Za-z])", re.IGNORECASE)
# The year of a PPPK's contract is followed by these two figures where others have their month.
OF_A_CONTRACT = "21"
NAMES = {
    search_key(label.partition(" (")[0].replace("Tk.", tier)): value
    for value, label in Rank.choices
    for tier in ("Tk.", "Tingkat")
}


def name_key(name: str) -> str:
    """A name for comparing: without degrees, titles, case and points."""
    words = name.partition(",")[0].replace(".", " ").split()
    while len(words) > 1 and words[0].casefold() in TITLES:
        words = words[1:]
    return search_key("".join(words))


def rank_of(text: str) -> str:
    """The rank or grade that the text names; nothing where it is none of the official list."""
    lettered = LETTERED.search(text)
    if lettered:
        rank = f"{lettered[1].upper()}/{lettered[2].lower()}"
        return rank if rank in Rank.values else ""
    named = NAMES.get(search_key(text))
    if named:
        return named
    grade = text.upper().replace("GOLONGAN", "").replace("GOL", "").strip(" .")
    return grade if grade in GRADE_NAMES else ""


def employment_of(digits: str) -> str:
    """On what terms somebody with this number serves."""
    return Employment.PPPK if _is_of_a_contract(digits) else Employment.PNS


def fits(rank: str, employment: str) -> bool:
    """Whether people on these terms have such a rank."""
    return rank in (GRADE_NAMES if employment == Employment.PPPK else Rank.values)


def wrong_with(digits: str, today: date) -> str:
    """What keeps these signs from being a NIP, as a sentence; nothing where they are one."""
    if not nip.is_shaped(digits):
        return "NIP dalam tabel tidak terdiri atas 18 angka."
    if digits.endswith("000"):
        return (
            "Angka terakhir NIP hilang karena selnya berisi bilangan; "
            "tulis NIP sebagai teks, misalnya dengan spasi."
        )
    return "" if _is_of_a_contract(digits) else nip.wrong_with_pns(digits, today)


def _is_of_a_contract(digits: str) -> bool:
    return digits[12:14] == OF_A_CONTRACT
