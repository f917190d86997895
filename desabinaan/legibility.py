"""Words as they are stored and printed: composed, in their lines, without signs that nobody sees.

Two that look the same are the same: a number told apart from another one by a sign of no width
would be in force twice.
"""

from __future__ import annotations

import re
import unicodedata

from django.db.models import BooleanField, F, Func, Q

# Signs without a shape of their own, beside those that Unicode counts as control or format: joiners
# and selectors of variants, and letters that are drawn as nothing. Ranges as PostgreSQL reads them.
_BLANK = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2028\u2029\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\ufff0-\ufffb\U000e0000-\U000e0fff"
)
_FORMAT = "\u0001-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # all spaces but the one
_BLANKS = re.compile(f"[{_BLANK}]")
_SHAPELESS = {"Cc", "Cf", "Cs", "Co"}
# Marks piled upon one letter reach into other lines; what NFC could not join keeps one.
_MARKS = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_STACKED_MARKS = re.compile(f"({_MARKS}){_MARKS}+")
# How a decree's own heading begins: "NOMOR : W.13 …", "TENTANG …"; people copy it whole.
_NUMBER = re.compile(r"\A(?:(?:nomor|no)(?:[.:\s]+|$))+", re.IGNORECASE)
_ABOUT = re.compile(r"\A(?:(?:tentang|perihal)(?:[:\s]+|$))+", re.IGNORECASE)
_UNTIDY = f"[{_BLANK}{_FORMAT}{_SPACES}]|^ | $|  "


def line(text: str) -> str:
    """The words on one line, with one space between them."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    text = "".join(sign for sign in text if unicodedata.category(sign) not in _SHAPELESS)
    text = _STACKED_MARKS.sub(r"\1", _BLANKS.sub("", text))
    return " ".join(unicodedata.normalize("NFC", text).split())


def number(text: str) -> str:
    """A document's number without the word for it, which every sentence that cites it brings."""
    return _NUMBER.sub("", line(text))


def subject(text: str) -> str:
    """What a decree is about, without "tentang" and full stop: it is cited within a sentence."""
    return _ABOUT.sub("", line(text)).rstrip(" .;,")


def lines(text: str) -> str:
    """The same line by line, for what may have several."""
    return "\n".join(line(each) for each in text.splitlines()).strip()


def is_line(field: str) -> Q:
    """For a constraint: that the column holds what `line` leaves."""
    composed = Func(
        F(field), template="(%(expressions)s IS NFC NORMALIZED)", output_field=BooleanField()
    )
    return ~Q(**{f"{field}__regex": _UNTIDY}) & Q(composed)
