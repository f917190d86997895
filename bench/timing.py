"""How long something takes."""

from __future__ import annotations

import time
from collections.abc import Callable


def timed[T](work: Callable[[], T]) -> tuple[float, T]:
    """The seconds that it took, and what came of it."""
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result
