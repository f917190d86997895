"""The Celery application: short, idempotent tasks over one Redis broker."""

import os
from typing import Any

from celery import Celery
from celery.signals import import_modules

from desabinaan.checks import require_configuration

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desabinaan.settings")

app = Celery("desabinaan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@import_modules.connect
def refuse_unsafe_configuration(**_: Any) -> None:
    """Worker and clock stop here; of all signals, only this one's exceptions reach the top."""
    require_configuration()
