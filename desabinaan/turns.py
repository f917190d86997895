"""Whose turn it is: one file after the other is looked at in this web process, as they came.

Else its threads would add up what inspections take. Whoever comes waits: the first in the queue
until a heavy file is done, the others briefly, since each holds a thread that answers pages.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError

TURN_SECONDS = 30  # how long the first of those who wait does
# How long the others do, counted from when the file before them began: ordinary ones take less
# than a second, so the queue moves; behind a heavy one nobody waits in vain.
BRIEF_SECONDS = 6
BUSY = (
    "Berkas belum diperiksa dan belum disimpan, karena portal sedang memeriksa berkas lain. "
    "Berkas Anda dapat dicoba lagi: tunggu sebentar, lalu pilih dan unggah kembali."
)


class Queue:
    """Who has the turn, and who waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._since: float | None = None  # when the present turn began

    def wait(self) -> bool:
        """Whether it is our turn now; we are behind everybody who came before."""
        with self._lock:
            if self._since is None:
                self._since = time.monotonic()
                return True
            held = time.monotonic() - self._since
            patience = BRIEF_SECONDS - held if self._waiting else TURN_SECONDS
            called = threading.Event()
            self._waiting.append(called)
        called.wait(max(patience, 0))
        with self._lock:
            if not called.is_set():
                self._waiting.remove(called)
            return called.is_set()

    def end(self) -> None:
        """Our turn is over: the next one's begins."""
        with self._lock:
            self._since = time.monotonic() if self._waiting else None
            if self._waiting:
                self._waiting.popleft().set()


_QUEUE = Queue()


@contextmanager
def in_turn() -> Iterator[None]:
    """One file after the other in this web process; ValidationError where it takes too long."""
    if not _QUEUE.wait():
        raise ValidationError(BUSY, code="busy")
    try:
        yield
    finally:
        _QUEUE.end()
