"""The one way out for mail: plain text, marked as a machine's, and what became of it is noted.

Nothing that a server answers gets into the log but its number: the rest may hold addresses.
"""

import logging
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse

from desabinaan import health

logger = logging.getLogger(__name__)


class MailServerDown(Exception):
    """No mail leaves at present, whoever it is for."""


class MailRefused(Exception):
    """The server works, but it did not take this mail."""


def own_address(name: str, *keys: str) -> str:
    """A link by the portal's own address: a forged Host header must not get into a mail."""
    return linked(reverse(name, args=keys))


def linked(path: str) -> str:
    """A path of this portal as a whole address."""
    return f"{settings.PORTAL_URL.rstrip('/')}{path}"


def letter(subject: str, text: str, address: str, **headers: str) -> EmailMessage:
    """A mail from the portal to one person; an absent recipient's server need not answer it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    said = {"Auto-Submitted": "auto-generated", **named}
    return EmailMessage(subject, text, None, [address], headers=said)


def message_id(key: str) -> str:
    """The name of a mail: the same key gives the same name, so a doubled mail is seen as one."""
    return f"<{key}@{urlsplit(settings.PORTAL_URL).hostname}>"


@contextmanager
def post() -> Iterator[BaseEmailBackend]:
    """One connection for many mails. Raises MailServerDown where there is none."""
    server = mailers["default"]
    with _noted():
        server.open()
    try:
        yield server
    finally:
        with suppress(OSError):
            server.close()


def knock() -> None:
    """Ask a server that failed whether it is back, so that one is not called down for ever."""
    if health.mail_failed():
        with suppress(MailServerDown), post():
            pass


def deliver(message: EmailMessage, server: BaseEmailBackend | None = None) -> None:
    """Hand a mail to the server. Raises MailServerDown or MailRefused."""
    with _noted():
        (server or mailers["default"]).send_messages([message])


@contextmanager
def _noted() -> Iterator[None]:
    """What the server does with a mail, in our own words, and remembered for `/readyz`."""
    try:
        yield
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, ValueError) as refusal:
        health.note_mail(leaves=True)
        raise MailRefused(_kind_of(refusal)) from refusal
    except OSError as fault:
        health.note_mail(leaves=False)
        logger.warning("No mail leaves: %s", _kind_of(fault))
        raise MailServerDown(_kind_of(fault)) from fault
    health.note_mail(leaves=True)


def _kind_of(fault: Exception) -> str:
    """The kind of fault, and the server's number for it."""
    return f"{type(fault).__name__} {getattr(fault, 'smtp_code', '')}".rstrip()
