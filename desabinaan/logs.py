"""What is kept out of the logs: rows that the database quotes, links that open an account."""

from __future__ import annotations

import logging
import re
from http import HTTPStatus

# With the offset: a server, an office and whoever reads are seldom in one zone.
MOMENT = "%Y-%m-%dT%H:%M:%S%z"

# PostgreSQL's own words for the row that broke a rule: keys of sessions, hashes, names, numbers.
_ROW = re.compile(r"^(\s*)DETAIL:.*$", re.MULTILINE)


# Invitations, cards, resets, papers and events of people without an account, the doors and the
# questions of those who come: whoever has the address has what it opens.
_KEY = re.compile(r"(/(?:undangan|aktivasi|sandi/baru|p|s|k|hadir|cek)/)[^\s'\"?]+")


class Discreet(logging.Filter):
    """Leaves out rows and keys, in the words and below the traceback.

    And the whole traceback of what Django refuses a stranger: anybody could fill the log with it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Always write it, but not whose data it was."""
        record.msg, record.args = _discreet(record.getMessage()), ()
        if record.name.startswith("django.security"):
            record.exc_info = None
        if record.exc_info:
            record.exc_text = _discreet(logging.Formatter().formatException(record.exc_info))
        return True


def _discreet(text: str) -> str:
    return _KEY.sub(r"\1(left out)", _ROW.sub(r"\1DETAIL: (left out)", text))


class WithoutStrangers(logging.Filter):
    """Leaves out that a stranger sent a form not of our page: anybody could fill the log with it.

    Whose cookie is no session is a stranger too. Of others it may be the trace of a trap.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Write it where somebody is signed in; without a cookie that asks the database nothing."""
        user = getattr(getattr(record, "request", None), "user", None)
        return user is None or bool(user.is_authenticated)


class WithoutProbes(logging.Filter):
    """Leaves out that `/readyz` answered 503: whoever watches it reads that there."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Write it unless it is such an answer; a fault of that page itself is written."""
        request = getattr(record, "request", None)
        is_answer = getattr(record, "status_code", 0) == HTTPStatus.SERVICE_UNAVAILABLE
        return not (is_answer and getattr(request, "path", "") == "/readyz")
