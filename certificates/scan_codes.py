"""Which certificate a scan is, by the code in its QR symbol."""

from __future__ import annotations

import json

from certificates import codes, symbols
from desabinaan import uploads
from desabinaan.uploads import CheckedFile


def codes_on(scan: CheckedFile) -> frozenset[str]:
    """The public codes that can be read off the scan: none where no symbol can.

    ValidationError where the reader broke on the file: whoever uploads it has nothing to compare,
    and the office would keep what nobody could open.
    """
    with uploads.in_turn():
        kind = uploads.KINDS[scan.content_type]
        exit_code, answer = uploads.opened_apart(symbols.__file__, kind, scan.content)
    if exit_code != 0:
        raise uploads.too_heavy(scan.content_type)
    checked = (codes.check(text) for text in json.loads(answer) if "/v/" in text.lower())
    return frozenset(it.code for it in checked if it.plausible)
