"""What nobody reads in a log: keys of sessions, hashes, people's data."""

import io
import logging
import logging.config
import re
import subprocess
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from celery.utils.log import ColorFormatter
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import SignIn
from desabinaan.celery import app, quieten
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

KEY = "k3y0fas3ss10nthatnobodymayread"


def web() -> logging.Handler:
    """The handler as the settings describe it."""
    configured = logging.config.DictConfigurator(
        # A copy: the configurator takes from what it is given.
        deepcopy({"version": 1, **{it: settings.LOGGING[it] for it in ("filters", "formatters")}})
    )
    for part in ("filters", "formatters"):
        for name, words in configured.config[part].items():
            made = getattr(configured, f"configure_{part.removesuffix('s')}")(words)
            configured.config[part][name] = made
    return configured.configure_handler(dict(settings.LOGGING["handlers"]["console"]))


def worker() -> logging.Handler:
    """A handler as Celery makes one, after the portal has had its say."""
    logger = logging.Logger("celery")
    logger.addHandler(logging.StreamHandler())
    logger.handlers[0].setFormatter(ColorFormatter(app.conf.worker_log_format))
    quieten(logger)
    return logger.handlers[0]


@pytest.mark.parametrize("made_for", [web, worker])
def test_a_row_that_the_database_refused_is_not_written_down(made_for) -> None:
    log, out, handler = logging.Logger("portal"), io.StringIO(), made_for()
    handler.setStream(out)
    log.addHandler(handler)
    backwards = {"seen_at": "2001-01-01T00:00Z", "since": "2002-01-01T00:00Z"}

    with pytest.raises(IntegrityError, match=KEY) as refusal, transaction.atomic():
        SignIn.objects.create(user=UserFactory(), session_key=KEY, **backwards)
    log.error("no sign-in: %s", refusal.value, exc_info=refusal.value)

    assert out.getvalue().count("sign_in_seen_since") >= 2
    assert KEY not in out.getvalue()


@pytest.mark.parametrize("made_for", [web, worker])
@pytest.mark.parametrize(
    "way", ["undangan", "aktivasi", "sandi/baru/mq", "p", "s", "hadir", "cek", "k"]
)
def test_a_link_that_opens_an_account_is_not_written_down(made_for, way: str) -> None:
    log, out, handler = logging.Logger("django.security.csrf"), io.StringIO(), made_for()
    handler.setStream(out)
    log.addHandler(handler)

    log.warning("Forbidden (CSRF cookie not set.): %s", f"/{way}/{KEY}/")

    assert "Forbidden" in out.getvalue()
    assert KEY not in out.getvalue()


@pytest.mark.parametrize("made_for", [web, worker])
def test_the_documented_alert_finds_what_went_wrong_and_no_more(made_for: Any) -> None:
    text = Path(settings.BASE_DIR, "docs/operations.md").read_text()
    [pattern] = set(re.findall(r"grep --extended-regexp '([^']+)'", text))
    log, out, handler = logging.Logger("portal"), io.StringIO(), made_for()
    handler.setStream(out)
    log.addHandler(handler)

    log.error("it went wrong")
    log.warning("an error of somebody else")
    command = ["grep", "--extended-regexp", pattern]
    found = subprocess.check_output(command, input=out.getvalue(), text=True)

    assert out.getvalue().count("\n") == 2
    [line] = found.splitlines()
    assert "it went wrong" in line


def test_what_a_stranger_is_refused_fills_no_log() -> None:
    log, out, handler = logging.Logger("django.security.TooManyFieldsSent"), io.StringIO(), web()
    handler.setStream(out)
    log.addHandler(handler)

    log.error("too many fields", exc_info=ValueError("too many"))

    assert out.getvalue().count("\n") == 1


def _forged(client: Client, address: str, caplog: pytest.LogCaptureFixture) -> list[str]:
    """What is logged of a form that is not of our page, which is refused."""
    caplog.clear()
    client.handler.enforce_csrf_checks = True
    assert client.post(address).status_code == 403
    return [record.name for record in caplog.records]


@pytest.mark.parametrize("cookies", [{}, {"sessionid": "palsu"}, {"sessionid": "p" * 32}])
@pytest.mark.parametrize("address", ["/masuk/", "/keluar/"])
def test_forms_that_a_stranger_forges_fill_no_log(
    cookies: dict[str, str], address: str, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = Client()
    stranger.cookies.load(cookies)

    with CaptureQueriesContext(connection) as asked:
        assert _forged(stranger, address, caplog) == []

    assert cookies or not asked.captured_queries


def test_a_form_forged_in_the_name_of_somebody_who_is_signed_in_is_logged(sign_in, caplog) -> None:
    assert _forged(sign_in(UserFactory()), "/keluar/", caplog) == ["django.security.csrf"]


def test_the_database_keeps_failed_statements_to_itself() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW log_error_verbosity")
        verbosity = cursor.fetchone()
        cursor.execute("SHOW log_min_error_statement")
        statement = cursor.fetchone()

    assert (verbosity, statement) == (("terse",), ("panic",))


@pytest.mark.parametrize("made_for", [web, worker])
def test_the_time_of_a_line_says_in_which_zone(made_for: Any) -> None:
    handler = made_for()

    line = handler.format(logging.LogRecord("portal", logging.INFO, "", 0, "drawn", (), None))

    [written] = re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}", line)
    moment = datetime.fromisoformat(written)
    assert abs(moment - datetime.now(UTC)) < timedelta(minutes=1)
