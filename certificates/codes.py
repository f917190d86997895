"""Public codes: twelve characters in three groups, each with a check character of its own.

Three random characters and one check from 31 signs (no I, L, O, 0, 1) per group, such that
1·a + 2·b + 3·c + 4·check ≡ g (mod 31) for group g = 1, 2, 3: every single error and every swap
inside a group is caught and the group named, and exchanged groups too.
"""

import re
import secrets
from dataclasses import dataclass

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS = (1, 2, 3)
LONGEST_READ = 200  # of what was typed, as much as the form takes
LONGEST_SHOWN = 40  # of it, on the page that answers
_VALUE = {sign: value for value, sign in enumerate(ALPHABET)}
# What people write between the groups, and what comes along when a code is copied.
_SEPARATORS = re.compile(r"[\s\u200b\u2060\ufeff\-\u2010-\u2015\u2212_./·:,;|]")
# An address up to its code. /V/ is May in a number too, and no code begins with a year: 0, 1.
_ADDRESS = re.compile(r"(?:://\S*?|(?:^|\s)[^\s/]*)/v/(?!\s*(?:19|20)\d\d\b)", re.IGNORECASE)
_AFTER_CODE = re.compile(r"[?&#]")  # what a shared address carries behind its code
_LABEL = re.compile(r"^.*?\bkode(?:\s+sertifikat)?\b\W*", re.IGNORECASE | re.DOTALL)
# What numbers have and codes do not: "Nomor", "Tahun", or parts of unequal length between strokes.
_NUMBER = re.compile(r"^\s*no(mor)?\b[.: ]|\btahun\b|^[^:?#]*\w\s*/\s*\w[^:?#]*$", re.IGNORECASE)
_INNER_DOT = re.compile(r"(?<=\w)\.(?=\w)")
_INVERSE_OF_FOUR = pow(4, -1, len(ALPHABET))


@dataclass(frozen=True, slots=True)
class Checked:
    """A code as somebody typed it: tidied, and which groups cannot be right."""

    code: str
    wrong_groups: tuple[int, ...]
    complete: bool
    is_number: bool = False  # it reads as the number of a certificate or a decree: 12/W13/2026

    @property
    def plausible(self) -> bool:
        """Whether it could be a code at all."""
        return self.complete and not self.wrong_groups

    @property
    def doubtful_groups(self) -> tuple[int, ...]:
        """The groups to look at again, where others are right and so tell which they are."""
        return self.wrong_groups if self.complete and len(self.wrong_groups) < len(GROUPS) else ()

    @property
    def marked_groups(self) -> list[tuple[str, bool]]:
        """The groups as typed, each with whether to look at it again."""
        groups = [self.code[start : start + 4] for start in range(0, len(self.code), 4)]
        return [(group, number in self.doubtful_groups) for number, group in enumerate(groups, 1)]

    @property
    def strange_signs(self) -> str:
        """The signs that no code has, each once, as they were typed."""
        return "".join(dict.fromkeys(sign for sign in self.code if sign not in _VALUE))


def new() -> str:
    """A fresh code, unpredictable and self-checking."""
    return "".join(_group(number) for number in GROUPS)


def check(typed: str) -> Checked:
    """Tidy what was typed or scanned, and name the groups that cannot be right."""
    typed = _told(typed[:LONGEST_READ])
    code = _SEPARATORS.sub("", typed).upper()
    groups = [code[start : start + 4] for start in range(0, len(code), 4)]
    wrong = [number for number, group in enumerate(groups, 1) if not _holds(group, number)]
    complete = len(code) == 4 * len(GROUPS)
    is_number = bool(wrong) and _is_number_like(typed) and not (complete and _is_code_like(code))
    return Checked(code[:LONGEST_SHOWN], tuple(wrong), complete, is_number)


def _told(typed: str) -> str:
    """Without the address around a code, what follows it there, and the word "kode" before it."""
    if address := _ADDRESS.search(typed):
        typed = typed[address.end() :]
    return _AFTER_CODE.split(_LABEL.sub("", typed))[0]


def _is_number_like(typed: str) -> bool:
    # Three groups need two dots; numbers of decrees have more.
    return bool(_NUMBER.search(typed)) or len(_INNER_DOT.findall(typed)) >= len(GROUPS)


def _is_code_like(code: str) -> bool:
    return all(sign in _VALUE for sign in code)


def _group(number: int) -> str:
    signs = [secrets.choice(ALPHABET) for _ in range(3)]
    weighed = sum(weight * _VALUE[sign] for weight, sign in enumerate(signs, 1))
    check_value = (number - weighed) * _INVERSE_OF_FOUR % len(ALPHABET)
    return "".join(signs) + ALPHABET[check_value]


def _holds(group: str, number: int) -> bool:
    if len(group) != 4 or any(sign not in _VALUE for sign in group):
        return False
    weighed = sum(weight * _VALUE[sign] for weight, sign in enumerate(group, 1))
    return weighed % len(ALPHABET) == number % len(ALPHABET)
