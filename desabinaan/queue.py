"""How tasks get into the queue: a broker that is down costs one line in the log, no decision."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from celery.exceptions import OperationalError
from django.db import transaction

if TYPE_CHECKING:
    from celery import Task

# Behind all that somebody asked for singly: a thousand certificates of one event hold up nobody
# else's letter. Before exports. The broker tells steps apart: 0, 3 for the usual 5, 6 for this, 9.
IN_BATCH = 7

logger = logging.getLogger(__name__)


def publish(task: Task[..., Any], *arguments: Any, priority: int | None = None) -> bool:
    """Queue a task now, with the usual priority or another; whether the broker took it."""
    try:
        task.apply_async(arguments, **_going(priority))
    except OperationalError as error:
        # Neither the arguments nor the broker's address belong into a log.
        reason = type(error.__cause__ or error).__name__
        logger.warning("The broker did not take %s (%s).", task.name, reason)
        return False
    return True


def publish_on_commit(task: Task[..., Any], *arguments: Any) -> None:
    """Queue a task once the transaction stands; what is lost here, the sweep finds."""
    transaction.on_commit(partial(publish, task, *arguments), robust=True)


def publish_each_on_commit(task: Task[..., Any], each: Sequence[Any]) -> None:
    """Queue a task for each once the transaction stands; what is lost here, the sweep finds.

    Several are a batch, and let single ones go first. A broker that did not take one is not asked
    about the rest: each would cost the time it waits.
    """
    transaction.on_commit(partial(_publish_each, task, each), robust=True)


def _publish_each(task: Task[..., Any], each: Sequence[Any]) -> bool:
    priority = IN_BATCH if len(each) > 1 else None
    return all(publish(task, argument, priority=priority) for argument in each)


def _going(priority: int | None) -> dict[str, Any]:
    return {} if priority is None else {"priority": priority}
