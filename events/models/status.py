"""Where an event stands, and the steps from one place to the next."""

from __future__ import annotations

from django.db import models

from desabinaan.workflow import Transition


class Status(models.TextChoices):
    """Where an event stands; `docs/glossary.md` has the words."""

    PLANNED = "planned", "Direncanakan"
    RUNNING = "running", "Berlangsung"
    FINISHED = "finished", "Selesai"
    REPORTED = "reported", "Dilaporkan"
    CANCELLED = "cancelled", "Dibatalkan"


START = Transition("Mulai", frozenset({Status.PLANNED}), Status.RUNNING)
# Also of what was never started here: an event may be noted once it is over.
FINISH = Transition("Selesaikan", frozenset({Status.PLANNED, Status.RUNNING}), Status.FINISHED)
CANCEL = Transition("Batalkan", frozenset({Status.PLANNED, Status.RUNNING}), Status.CANCELLED)

SETTLED = [Status.REPORTED, Status.CANCELLED]  # nothing changes any more
OPEN = [Status.PLANNED, Status.RUNNING]
HELD = [Status.RUNNING, Status.FINISHED, Status.REPORTED]  # it took place
