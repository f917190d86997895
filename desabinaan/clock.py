"""What the clock asks for, and when: tasks by their names, which the settings hand to beat."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    # What was not taken before the next is due is worth nothing: a stopped worker finds no pile.
    "pulse": {
        "task": "desabinaan.tasks.pulse",
        "schedule": 30.0,
        # Before all papers: a worker with much to draw is not down.
        "options": {"expires": 30, "priority": 0},
    },
    "tidy-sessions": {
        "task": "accounts.tasks.tidy_sessions",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "sweep-invitations": {
        "task": "accounts.tasks.sweep_invitations",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "sweep-reset-links": {
        "task": "accounts.tasks.mail_reset_links",
        "schedule": 60.0,
        # Before all papers: somebody stands at the door.
        "options": {"expires": 60, "priority": 1},
    },
    "sweep-notices": {
        "task": "accounts.tasks.sweep_notices",
        "schedule": 60.0,
        # After all papers: a mail may wait for a certificate, not the other way round.
        "options": {"expires": 60, "priority": 9},
    },
    "tidy-notices": {
        "task": "accounts.tasks.tidy_notices",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "sweep-papers": {
        "task": "certificates.tasks.sweep",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "sweep-exports": {
        "task": "certificates.tasks.sweep_exports",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "tidy-files": {
        "task": "desabinaan.tasks.tidy_files",
        "schedule": crontab(hour=3, minute=20),
        "options": {"expires": 6 * 3600, "priority": 9},
    },
}
