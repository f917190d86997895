"""What must be set before the portal serves real data; without DEMO nothing starts before it is."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

KEY_LENGTH = 50
SAMPLE_KEYS = ("change-me", "only-for-development", "only-to-collect", "django-insecure-")
SAMPLE_DOMAIN = "example.go.id"
NO_ADDRESS = ("localhost", "127.0.0.1")  # of a portal whose certificates hang on walls
# Mails that carry links to new passwords have no place in a log or in a file.
LEAKY_MAIL = ("console", "filebased", "terminal")
# Everything is tested with this one alone; before 17 there is no built-in C.UTF-8 to sort by.
POSTGRES_VERSION = 18


@register()
def configuration(**_: Any) -> list[CheckMessage]:
    """Every setting that is unsafe outside the demo, each with what to set."""
    if settings.DEMO:
        return []
    return [*_secret_key(), *_mail(), *_sender(), *_own_address()]


@register(Tags.database)
def database(**_: Any) -> list[CheckMessage]:
    """The version of PostgreSQL that this portal was tested with, or a later one."""
    with connection.cursor():  # connects
        found: int = connection.pg_version  # type: ignore[attr-defined]
    if found >= POSTGRES_VERSION * 10_000:
        return []
    return [
        Error(
            f"The database is PostgreSQL {found // 10_000}: the portal needs"
            f" {POSTGRES_VERSION} or later, and was tested with no earlier one.",
            hint="docs/operations.md says how to install it.",
            id="desabinaan.E003",
        )
    ]


def require_configuration() -> None:
    """Refuse to start: the web server and Celery do not ask Django's checks by themselves."""
    _refuse(configuration())


def require_database() -> None:
    """Refuse to touch a database that is too old; `prepare` asks before it migrates."""
    _refuse(database())


def _refuse(problems: list[CheckMessage]) -> None:
    if problems:
        raise ImproperlyConfigured(" ".join(f"{each.msg} {each.hint}" for each in problems))


def _secret_key() -> list[CheckMessage]:
    key = settings.SECRET_KEY
    if len(key) >= KEY_LENGTH and not key.startswith(SAMPLE_KEYS):
        return []
    return [
        Error(
            f"SECRET_KEY is a sample, or has fewer than {KEY_LENGTH} signs:"
            " whoever knows it signs in as anybody.",
            hint="Set it to the output of `openssl rand -base64 48`.",
            id="desabinaan.E001",
        )
    ]


def _mail() -> list[CheckMessage]:
    mailer = settings.MAILERS["default"]
    leaks = any(f".{name}." in mailer["BACKEND"] for name in LEAKY_MAIL)
    if not leaks and not _is_sample(str(mailer.get("OPTIONS", {}).get("host", ""))):
        return []
    return [
        Error(
            "EMAIL_URL is not set to a mail server of yours: links to new passwords would be"
            " written to the log, or go nowhere.",
            hint=(
                "Set it to smtp+tls://user:password@host:587, or to dummymail:// where no mail is"
                " sent and administrators issue every password."
            ),
            id="desabinaan.E002",
        )
    ]


def _sender() -> list[CheckMessage]:
    by_smtp = ".smtp." in settings.MAILERS["default"]["BACKEND"]
    domain = settings.DEFAULT_FROM_EMAIL.rstrip(">").rpartition("@")[2]
    if not by_smtp or (domain != "localhost" and not _is_sample(domain)):
        return []
    return [
        Error(
            "EMAIL_FROM is not set, or a sample: no mail server takes letters from there.",
            hint="Set it to an address from which the user of EMAIL_URL may send.",
            id="desabinaan.E004",
        )
    ]


def _own_address() -> list[CheckMessage]:
    host = urlsplit(settings.PORTAL_URL).hostname or ""
    if host and host not in NO_ADDRESS and not _is_sample(host):
        return []
    return [
        Error(
            "PORTAL_URL is not set, or a sample: it is printed into the QR of every certificate,"
            " for good.",
            hint="Set it to the address that browsers show, such as https://desabinaan.go.id.",
            id="desabinaan.E005",
        )
    ]


def _is_sample(domain: str) -> bool:
    return f".{domain.lower()}".endswith(f".{SAMPLE_DOMAIN}")
