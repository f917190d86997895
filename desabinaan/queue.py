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

logger = logging.getLogger(__name__)


def publish(task: Task[..., Any], *arguments: Any) -> bool:
    """Queue a task now; whether the broker took it."""
    try:
        task.delay(*arguments)
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

    A broker that did not take one is not asked about the rest: each would cost the time it waits.
    """
    transaction.on_commit(partial(_publish_each, task, each), robust=True)


def _publish_each(task: Task[..., Any], each: Sequence[Any]) -> bool:
    return all(publish(task, argument) for argument in each)
