"""The worker's own sign of life."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from desabinaan import health


@shared_task
def pulse() -> None:
    """Note that clock, broker and worker work together; `/readyz` looks for it."""
    health.note_pulse()


@worker_ready.connect
def first_pulse(**_: Any) -> None:
    """A worker that has just started need not wait for the clock."""
    health.note_pulse()
