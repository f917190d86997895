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
# What was said by mistake is undone; it is to be held, moved or called off like any other.
REOPEN = Transition("Buka kembali", frozenset({Status.RUNNING, Status.FINISHED}), Status.PLANNED)

REPORT = Transition("Laporkan", frozenset({Status.FINISHED}), Status.REPORTED)
# A report that does not count any more is written anew.
TAKE_BACK = Transition("Tarik laporan", frozenset({Status.REPORTED}), Status.FINISHED)

# What somebody did to bring it there.
WAS = {
    Status.PLANNED: "direncanakan",
    Status.RUNNING: "dimulai",
    Status.FINISHED: "diselesaikan",
    Status.REPORTED: "dilaporkan",
    Status.CANCELLED: "dibatalkan",
}
SETTLED = [Status.REPORTED, Status.CANCELLED]  # nothing changes any more; see TAKE_BACK
OPEN = [Status.PLANNED, Status.RUNNING]
HELD = [Status.RUNNING, Status.FINISHED, Status.REPORTED]  # it took place
OVER = [Status.FINISHED, Status.REPORTED]  # held to its end: what a sheet may name
