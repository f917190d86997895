"""Public codes: twelve characters in three groups, each with a check character of its own.

Three random characters and one check from 31 signs (no I, L, O, 0, 1) per group, such that
1·a + 2·b + 3·c + 4·check ≡ g (mod 31) for group g = 1, 2, 3: every single error and every swap
inside a group is caught and the group named, and exchanged groups too.
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass

from desabinaan import legibility

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS = (1, 2, 3)
LONGEST_READ = 1000  # of what was typed, as much as the form takes: a whole message
LONGEST_SHOWN = 40  # of it, on the page that answers
_LENGTH = 4 * len(GROUPS)
_VALUE = {sign: value for value, sign in enumerate(ALPHABET)}
_NO_SIGN = re.compile(r"[\W_]+")  # spaces, strokes, quotes, what makes a word bold in a message
# Twelve signs that begin where a word does and end where one does, whatever stands around them.
_RUN = re.compile(rf"(?<![^\W_])(?=([^\W_](?:[\W_]*[^\W_]){{{_LENGTH - 1}}})(?![^\W_]))")
# Where the address of an answer leads to its code. /V/ is May in a number too, and no code begins
# with a year: 0, 1.
_ADDRESS = re.compile(r"(?:^|[\s/])V/(?!\s*(?:19|20)\d\d\b)")
# What numbers have and codes do not: "Nomor", "Tahun", or parts of unequal length between strokes.
_NUMBER = re.compile(r"^\s*NO(MOR)?\b[.: ]|\bTAHUN\b|^[^:?#]*\w\s*/\s*\w[^:?#]*$")
_INVERSE_OF_FOUR = pow(4, -1, len(ALPHABET))


@dataclass(frozen=True, slots=True)
class Checked:
    """A code as somebody typed it: tidied, and which groups cannot be right."""

    code: str  # one sign more at most than is shown
    wrong_groups: tuple[int, ...]
    is_number: bool = False  # it reads as the number of a certificate or a decree: 12/W13/2026

    @property
    def complete(self) -> bool:
        """Whether it is as long as a code."""
        return len(self.code) == _LENGTH

    @property
    def shown(self) -> str:
        """As much of it as fits a page."""
        return self.code[:LONGEST_SHOWN]

    @property
    def is_cut(self) -> bool:
        """Whether more was typed than is shown."""
        return self.code != self.shown

    @property
    def plausible(self) -> bool:
        """Whether it could be a code at all."""
        return self.complete and not self.wrong_groups

    @property
    def right_groups(self) -> tuple[int, ...]:
        """The groups that hold from the left, up to where a sign is missing or one too many."""
        first_wrong = min(self.wrong_groups, default=len(self.code) // 4 + 1)
        return tuple(number for number in GROUPS if number < first_wrong)

    @property
    def doubtful_groups(self) -> tuple[int, ...]:
        """The groups to look at again, where others are right and so tell which they are."""
        if self.complete:
            return self.wrong_groups if len(self.wrong_groups) < len(GROUPS) else ()
        return (len(self.right_groups) + 1,) if self.right_groups else ()

    @property
    def marked_groups(self) -> list[tuple[str, bool]]:
        """The groups as typed, each with whether to look at it again."""
        groups = enumerate(_grouped(self.shown), 1)
        return [(group, number in self.doubtful_groups) for number, group in groups]

    @property
    def strange_signs(self) -> str:
        """The signs that no code has, each once, as they were typed."""
        return "".join(dict.fromkeys(sign for sign in self.code if sign not in _VALUE))


def new() -> str:
    """A fresh code, unpredictable and self-checking."""
    return "".join(_group(number) for number in GROUPS)


def check(typed: str) -> Checked:
    """Tidy what was typed or scanned, and name the groups that cannot be right.

    A code is found among other words by its check characters: where all groups hold, or all but
    one. Otherwise all that was typed is meant as the code, or what follows the portal's address.
    """
    text = _plain(typed[:LONGEST_READ])
    if found := _found(text):
        return Checked(found, _wrong_groups(found))
    told = text[_end_of_address(text) :]
    code = _NO_SIGN.sub("", told)
    wrong = _wrong_groups(code)
    return Checked(code[: LONGEST_SHOWN + 1], wrong, bool(wrong) and _is_number_like(told, code))


def _plain(typed: str) -> str:
    """In capitals of one width, without what nobody sees."""
    return legibility.line(unicodedata.normalize("NFKC", typed)).upper()


def _found(text: str) -> str:
    """The one code among the words, with a slip in one group at most; none where two compete."""
    runs = {_NO_SIGN.sub("", run) for run in _RUN.findall(text)}
    for slips in (0, 1):
        found = [run for run in runs if len(_wrong_groups(run)) == slips]
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def _end_of_address(text: str) -> int:
    return max((address.end() for address in _ADDRESS.finditer(text)), default=0)


def _is_number_like(told: str, code: str) -> bool:
    """Digits alone, or no first group that holds: and words of a number, or signs of no code."""
    if code.isdigit() or _holds(code[:4], 1):
        return code.isdigit()
    is_code_like = all(sign in _VALUE for sign in code)
    has_length, has_digits = len(code) == _LENGTH, any(map(str.isdigit, code))
    if _NUMBER.search(told):
        return not (has_length and is_code_like)
    return has_digits and not has_length and not is_code_like


def _group(number: int) -> str:
    signs = [secrets.choice(ALPHABET) for _ in range(3)]
    weighed = sum(weight * _VALUE[sign] for weight, sign in enumerate(signs, 1))
    check_value = (number - weighed) * _INVERSE_OF_FOUR % len(ALPHABET)
    return "".join(signs) + ALPHABET[check_value]


def _grouped(code: str) -> list[str]:
    return [code[start : start + 4] for start in range(0, len(code), 4)]


def _wrong_groups(code: str) -> tuple[int, ...]:
    groups = enumerate(_grouped(code), 1)
    return tuple(number for number, group in groups if not _holds(group, number))


def _holds(group: str, number: int) -> bool:
    if number not in GROUPS or len(group) != 4 or any(sign not in _VALUE for sign in group):
        return False
    weighed = sum(weight * _VALUE[sign] for weight, sign in enumerate(group, 1))
    return weighed % len(ALPHABET) == number % len(ALPHABET)
