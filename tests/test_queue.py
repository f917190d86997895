"""A broker that is down costs a line in the log: no decision, no time, no secret."""

import logging
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from celery.apps.beat import Beat
from celery.beat import Scheduler, Service
from django.conf import settings
from django.db import transaction

from accounts.tasks import mail_invitation
from certificates.tasks import draw, draw_letter
from desabinaan import celery, queue, tasks
from desabinaan.embedded import wheel_program
from tests.worker_process import forget_queue, wait_for


@pytest.mark.usefixtures("no_broker")
def test_publishing_says_no_at_once_and_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    began = time.monotonic()

    taken = queue.publish(mail_invitation, 4711)

    assert taken is False
    assert time.monotonic() - began < 1
    [line] = caplog.records
    assert line.levelno == logging.WARNING
    assert line.exc_info is None
    assert line.getMessage() == (
        "The broker did not take accounts.tasks.mail_invitation (ConnectionError)."
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker")
def test_what_waits_for_a_commit_breaks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with transaction.atomic():
        queue.publish_on_commit(draw, 17)

    assert [(line.levelname, line.name) for line in caplog.records] == [
        ("WARNING", "desabinaan.queue")
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker")
def test_a_broker_that_does_not_take_one_is_not_asked_about_the_rest(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with transaction.atomic():
        queue.publish_each_on_commit(draw, [17, 18, 19])

    assert len(caplog.records) == 1


def test_a_worker_sweeps_as_soon_as_it_is_ready() -> None:
    forget_queue()

    tasks.first_round()

    with current_app.connection_for_read() as broker, broker.channel() as channel:
        asked = []
        while message := channel.basic_get(settings.CELERY_TASK_DEFAULT_QUEUE, no_ack=True):
            asked.append(message.headers["task"])
    assert "certificates.tasks.sweep" in asked
    assert "desabinaan.tasks.pulse" not in asked


def test_the_pulse_overtakes_the_papers_that_wait() -> None:
    forget_queue()
    for number in range(3):
        draw.delay(number)

    tasks.pulse.apply_async(**settings.CELERY_BEAT_SCHEDULE["pulse"]["options"])

    with current_app.connection_for_read() as broker, broker.channel() as channel:
        first = channel.basic_get(settings.CELERY_TASK_DEFAULT_QUEUE, no_ack=True)
    forget_queue()
    assert first.headers["task"] == "desabinaan.tasks.pulse"


def test_what_is_asked_for_singly_overtakes_a_batch() -> None:
    forget_queue()
    queue._publish_each(draw, [17, 18, 19])

    queue._publish_each(draw_letter, [20])

    with current_app.connection_for_read() as broker, broker.channel() as channel:
        first = channel.basic_get(settings.CELERY_TASK_DEFAULT_QUEUE, no_ack=True)
    forget_queue()
    assert first.headers["task"] == "certificates.tasks.draw_letter"


HANGING = """
    import time
    import desabinaan.wsgi
    from certificates.tasks import draw
    from desabinaan import queue

    began = time.monotonic()
    print(queue.publish(draw, 4711), time.monotonic() - began)
"""


def test_a_broker_that_hangs_holds_up_no_decision_for_long() -> None:
    with tempfile.TemporaryDirectory() as folder:
        socket = Path(folder, "redis.sock")
        options = ["--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder]
        command = [wheel_program("redis-server"), *options]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            wait_for(socket.exists)
            server.send_signal(signal.SIGSTOP)
            said = subprocess.check_output(
                [sys.executable, "-c", textwrap.dedent(HANGING)],
                env={**os.environ, "REDIS_URL": f"unix://{socket}", "DEMO": "1"},
                cwd=settings.BASE_DIR,
                text=True,
            )
        finally:
            server.kill()
            server.wait()

    taken, seconds = said.split()
    assert taken == "False"
    assert 1 < float(seconds) < 4  # two, and what a busy machine needs


# --- The clock ---------------------------------------------------------------------------------


def test_a_system_time_that_was_once_ahead_does_not_silence_the_clock(tmp_path: Path) -> None:
    clock = Beat(app=celery.app, schedule=str(tmp_path / "beat-schedule"))

    def begin() -> Scheduler:
        started = Service(celery.app, clock.max_interval, clock.schedule, clock.scheduler_cls)
        return started.scheduler

    ahead = begin()
    for entry in ahead.schedule.values():
        entry.last_run_at = celery.app.now() + timedelta(days=3650)
    ahead.close()

    waits = [entry.is_due().next for entry in begin().schedule.values()]
    assert len(waits) >= len(settings.CELERY_BEAT_SCHEDULE)
    assert max(waits) <= 24 * 3600
    assert not list(tmp_path.iterdir())  # nor does a full disk keep it from starting


# --- The log -----------------------------------------------------------------------------------


def record(
    name: str, level: int, text: str, *, error: Exception | None = None
) -> logging.LogRecord:
    fault = (type(error), error, None) if error else None
    return logging.LogRecord(name, level, "", 0, text, (), fault)


@pytest.mark.parametrize(
    ("level", "text", "is_written"),
    [
        (logging.INFO, "Task desabinaan.tasks.pulse[3f] received", False),
        (logging.INFO, "Task certificates.tasks.draw[3f] received", True),
        (logging.ERROR, "Task desabinaan.tasks.pulse[3f] raised unexpected", True),
    ],
)
def test_the_pulse_is_no_news(level: int, text: str, is_written: bool) -> None:
    assert celery.WithoutPulse().filter(record("celery.app.trace", level, text)) is is_written


def test_the_clock_complains_in_one_line() -> None:
    line = record("celery.beat", logging.ERROR, "Message Error", error=OSError("no broker"))

    assert celery.OneLine().filter(line)

    assert logging.Formatter("%(levelname)s %(message)s").format(line) == "WARNING no broker"
