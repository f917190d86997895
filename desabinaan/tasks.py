"""Signs of life of worker and clock, and what a worker does first."""

from typing import Any

from celery import current_app, shared_task
from celery.signals import beat_init, before_task_publish, worker_ready
from django.conf import settings

from desabinaan import health, leftovers, queue


@shared_task
def pulse() -> None:
    """Note that clock, broker and worker work together; `/readyz` looks for it."""
    health.note_pulse()
    health.touch("worker")


@shared_task(time_limit=600)
def tidy_files() -> None:
    """Delete what ended processes left among the files."""
    leftovers.clear()


@worker_ready.connect
def first_round(**_: Any) -> None:
    """A worker that has just started need not wait for the clock: it sweeps at once."""
    health.note_pulse()
    health.touch("worker")
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        if name.startswith("sweep-"):
            queue.publish(current_app.tasks[str(entry["task"])])


@beat_init.connect
def wind_the_clock(**_: Any) -> None:
    """From now on, each task that the clock asks for shows that it ticks."""
    before_task_publish.connect(tick)


def tick(**_: Any) -> None:
    """The clock ticks, whether or not the broker listens."""
    health.touch("clock")
