"""Which paper a scan is, by the code in its QR symbol, and whether anybody signed it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from django.conf import settings

from certificates import codes, symbols
from desabinaan import turns, uploads
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
    with turns.in_turn():
        kind = uploads.KINDS[file.content_type]
        exit_code, answer = uploads.opened_apart(symbols.__file__, kind, file.content)
    if exit_code != 0:
        raise uploads.too_heavy(file.content_type)
    said = json.loads(answer)
    public = frozenset(filter(None, map(_code_in, said["symbols"])))
    return Reading(public, said["words"], said["look"], said["is_signed"])


def _code_in(symbol: str) -> str:
    """The public code, where the symbol is one that this portal prints: its address, or the code.

    Anybody can print a code behind an address of their own: that says nothing.
    """
    told = _own_address().sub("", symbol.strip(), count=1)
    found = codes.check(told)
    is_all = re.sub(r"[\s-]", "", told).upper() == found.code
    return found.code if found.plausible and is_all else ""


def _own_address() -> re.Pattern[str]:
    """What stands before the code in the symbols of this portal, here and where it was before."""
    own = [settings.PORTAL_URL, *settings.FORMER_PORTAL_URLS]
    hosts = "|".join(re.escape(url.partition("://")[2].strip("/")) for url in own)
    return re.compile(rf"^https?://(?:{hosts})/+v/", re.IGNORECASE)
