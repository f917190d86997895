"""Several people at once: real threads, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


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
        except Exception as raised:  # noqa: BLE001 - the test looks at what it was
            return raised
        finally:
            connection.close()

    with ThreadPoolExecutor(crowd) as threads:
        waiting = [i < crowd for i in range(len(steps))]
        return list(threads.map(run, steps, waiting))
