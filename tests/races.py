"""Several people at once: real threads and real processes, each with a connection of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from accounts.models import Membership
from tests.worker_process import environment_of_test


def together(*steps: Callable[[], Any], at_once: int = 0) -> list[Any]:
    """What came of the steps, begun in the same moment: each result, or the exception raised."""
    crowd = at_once or len(steps)
    start = Barrier(crowd)

    def run(step: Callable[[], Any], waits: bool) -> Any:
        try:
            connection.ensure_connection()
            if waits:
                start.wait(timeout=20)
            return step()
        except Exception as raised:  # the test looks at what it was
            return raised
        finally:
            connection.close()

    with ThreadPoolExecutor(crowd) as threads:
        waiting = [i < crowd for i in range(len(steps))]
        return list(threads.map(run, steps, waiting))


def just_before(
    first: Callable[[], Any],
    second: Callable[[], Any],
    meanwhile: Callable[[], Any] = lambda: None,
) -> Any:
    """What came of the second step, which waited for the first to be committed: or its exception.

    Nothing is left to chance: the first is not committed before the second waits for its rows, and
    `meanwhile` goes on with the first while it does.
    """

    def run() -> Any:
        try:
            return second()
        except Exception as raised:  # the test looks at what it was
            return raised
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            first()
            later = threads.submit(run)
            until = monotonic() + 20
            while not (later.done() or _somebody_waits()) and monotonic() < until:
                sleep(0.02)
            assert not later.done(), f"it did not wait: {later.result()!r}"
            meanwhile()
        return later.result()


def behind(hold: Callable[[], Any], *steps: Callable[[], Any]) -> list[Any]:
    """What came of the steps, which came in this order to rows that were held until all waited."""

    def run(step: Callable[[], Any]) -> Any:
        try:
            return step()
        except Exception as raised:  # the test looks at what it was
            return raised
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as threads:
        later = []
        with transaction.atomic():
            hold()
            for step in steps:
                later.append(threads.submit(run, step))
                until = monotonic() + 20
                while _waiting() < len(later) and monotonic() < until:
                    sleep(0.02)
                assert _waiting() == len(later), f"it did not wait: {later[-1]!r}"
        return [it.result() for it in later]


def _somebody_waits() -> bool:
    return _waiting() > 0


def _waiting() -> int:
    with connection.cursor() as cursor:
        # A transaction sees the sessions of its first look, unless it asks to look again.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return int(cursor.fetchone()[0])


IN_A_PROCESS = """
import sys
import django
django.setup()
from accounts.models import Membership
from django.db import transaction
from villages import actions
from villages.models import Designation

head = Membership.objects.select_related("user", "office").get(pk=sys.argv[1])
for pk in sys.argv[2:]:
    designation = Designation.objects.get(pk=pk)
    decision = actions.Approval(
        f"W.13-{pk}", designation.office.today(), "Penetapan", "office", "Ratna", head
    )
    with transaction.atomic():
        actions.approve(designation, decision, by=head.user)
        transaction.set_rollback(int(pk) % 4 == 0)
"""


def decide_elsewhere(
    head: Membership, sheets: list[int], **environment: str
) -> "subprocess.Popen[bytes]":
    """A process of its own that approves these sheets, and rolls back those divisible by four."""
    return subprocess.Popen(
        [sys.executable, "-c", IN_A_PROCESS, str(head.pk), *map(str, sheets)],
        env={
            **os.environ,
            **environment_of_test(),
            "DJANGO_SETTINGS_MODULE": "desabinaan.settings",
            **environment,
        },
        cwd=settings.BASE_DIR,
    )
