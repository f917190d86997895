"""Which paper a scan is, by the code in its QR symbol, and whether anybody signed it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from certificates import codes, symbols
from desabinaan import uploads
from desabinaan.uploads import CheckedFile


@dataclass(frozen=True, slots=True)
class Reading:
    """What can be read off a scan, or off the file that the portal drew."""

    codes: frozenset[str]  # public ones; none where no symbol can be read
    words: str  # of a PDF; the scan of a paper has none, or what an OCR made of it
    look: str  # a fingerprint of the pages as they are seen
    is_signed: bool  # electronically

    def repeats(self, drawn: Reading) -> bool:
        """Whether the words of the drawn file stand in it to the letter: no scanner does that."""
        return bool(drawn.words) and drawn.words in self.words

    def adds_nothing_to(self, drawn: Reading) -> bool:
        """Whether nobody has signed: no signature, and not one point that was not printed."""
        return self.look == drawn.look and not self.is_signed


def read(file: CheckedFile) -> Reading:
    """What the file is, read in a process of its own.

    ValidationError where the reader broke on it: whoever uploads it has nothing to compare, and
    the office would keep what nobody could open.
    """
    with uploads.in_turn():
        kind = uploads.KINDS[file.content_type]
        exit_code, answer = uploads.opened_apart(symbols.__file__, kind, file.content)
    if exit_code != 0:
        raise uploads.too_heavy(file.content_type)
    said = json.loads(answer)
    checked = (codes.check(text) for text in said["symbols"] if "/v/" in text.lower())
    public = frozenset(it.code for it in checked if it.plausible)
    return Reading(public, said["words"], said["look"], said["is_signed"])
