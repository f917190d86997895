"""The Celery application: short, idempotent tasks over one Redis broker."""

import logging
import os
from typing import Any

from celery import Celery
from celery.signals import after_setup_logger, import_modules

from desabinaan.checks import require_configuration
from desabinaan.logs import MOMENT, Discreet

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desabinaan.settings")

PUBLISH_SECONDS = 2

app = Celery("desabinaan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def publish_only() -> None:
    """Give a broker that hangs less time: this process only hands it tasks, and people wait."""
    options = app.conf.broker_transport_options
    app.conf.broker_transport_options = {**options, "socket_timeout": PUBLISH_SECONDS}


@import_modules.connect
def refuse_unsafe_configuration(**_: Any) -> None:
    """Worker and clock stop here; of all signals, only this one's exceptions reach the top."""
    require_configuration()


class WithoutPulse(logging.Filter):
    """Leaves out what is said of the pulse twice a minute, unless something is wrong with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to write the line."""
        return record.levelno > logging.INFO or "desabinaan.tasks.pulse" not in record.getMessage()


class OneLine(logging.Filter):
    """The clock says in one line that the broker is down, not in a page each time."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always write it, but shorter."""
        if record.name == "celery.beat" and isinstance(record.exc_info, tuple):
            record.msg, record.args = "%s", (record.exc_info[1],)
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = record.exc_text = None
        return True


@after_setup_logger.connect
def quieten(logger: logging.Logger, **_: Any) -> None:
    """Keep the log readable: what happens all the time is not news. And discreet."""
    for handler in logger.handlers:
        handler.addFilter(Discreet())
        handler.addFilter(WithoutPulse())
        handler.addFilter(OneLine())
        if handler.formatter:
            handler.formatter.datefmt = MOMENT
