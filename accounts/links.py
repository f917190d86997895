"""A forgotten password: what was asked for is owed, as a row, until a mail server takes it."""

from __future__ import annotations

from django.db import transaction

from accounts import tasks
from accounts.models import PasswordRequest
from desabinaan import queue


@transaction.atomic
def ask(email: str) -> None:
    """Owe the link to an address; that nobody has it costs as much and shows nowhere."""
    asked = PasswordRequest(email=email.strip().lower())
    PasswordRequest.objects.bulk_create([asked], ignore_conflicts=True)
    queue.publish_on_commit(tasks.mail_reset_links)
