"""A real Celery worker beside a test: started, killed and stopped like the one in production."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
from django.conf import settings
from django.db import connection

from desabinaan.celery import app

PATIENCE = 90  # a busy machine takes half a minute to start a worker


def environment_of_test() -> dict[str, str]:
    """What a process beside the test needs to share its database, files and queue."""
    name = connection.settings_dict["NAME"]
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}")
    return {
        "DATABASE_URL": address.geturl(),
        "DATA_DIR": str(settings.DATA_DIR),
        "STATIC_DIR": str(settings.STATIC_ROOT),
        "PORTAL_URL": settings.PORTAL_URL,
        "CELERY_QUEUE": settings.CELERY_TASK_DEFAULT_QUEUE,
    }


class WorkerProcess:
    """`celery worker` on the test's database, broker, files and queue; one paper at a time."""

    def __init__(self, data: Path) -> None:
        self.log = data / "celery-worker.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin, without waiting: what is queued meanwhile is found."""
        command = [sys.executable, "-m", "celery", "-A", "desabinaan", "worker"]
        options = ["--concurrency=1", "--loglevel=INFO", "--without-gossip", "--without-mingle"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, *options],
                env={**os.environ, **environment_of_test()},
                cwd=settings.BASE_DIR,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def child(self) -> psutil.Process | None:
        """The process in which papers are drawn, once there is one."""
        assert self._process is not None
        return next(iter(psutil.Process(self._process.pid).children()), None)

    def kill_child(self) -> None:
        """End the drawing process as the kernel does when memory is out."""
        child = self.wait_for_child()
        child.send_signal(signal.SIGKILL)
        wait_for(lambda: self.child != child)

    def wait_for_child(self) -> psutil.Process:
        """The drawing process that lives now."""
        child: psutil.Process = wait_for(lambda: self.child)
        return child

    def kill(self) -> None:
        """End everything at once, as when the machine dies."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End in order: the paper in hand is finished first."""
        self._end(signal.SIGTERM)

    def _end(self, sign: signal.Signals) -> None:
        if self._process is None:
            return
        if self._process.poll() is None:
            # The whole group at once for a kill; in order, the parent sees to its children.
            target = os.killpg if sign == signal.SIGKILL else os.kill
            target(self._process.pid, sign)
            try:
                self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
        self._process = None


def forget_queue() -> None:
    """Drop what earlier tests left in the queue of this test process."""
    with app.connection_for_write() as broker, broker.channel() as channel:
        channel.queue_purge(settings.CELERY_TASK_DEFAULT_QUEUE)


def wait_for(found: Any, *, seconds: float = PATIENCE) -> Any:
    """What `found()` gives once it gives something; an assertion when it takes too long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if result := found():
            return result
        time.sleep(0.05)
    raise AssertionError(f"nothing after {seconds} seconds")
