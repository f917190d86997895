"""Sending what is owed: one mail a person, by one worker, noted in the transaction that sends it.

A worker that dies between the server's answer and the commit leaves the mail owed: it is sent
again, under the same Message-ID. So nothing is lost, and what is doubled is known as one.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence

from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from accounts import owed
from accounts.digest import alarm, digest
from accounts.models import Mailbox, Notice, Told
from accounts.owed import Item
from desabinaan import health, mail

logger = logging.getLogger(__name__)

ROUND_SECONDS = 30  # far below the limit of a task; the next round goes on from there
MOST_REFUSALS = 5  # in one round: more, and it is not the addresses


def send_owed() -> int:
    """One round: settle what is over, mail what is due; how many mails left."""
    if health.mail_rests():
        return 0
    found = owed.survey()
    Notice.objects.filter(pk__in=found.settled).close()
    people = owed.readers(found.owed.keys())
    due = [pk for pk, reader in people.items() if reader.is_due(found.owed[pk])]
    if not due:
        mail.knock()
        return 0
    # First whoever has waited longest, so that a full round keeps nobody back for ever.
    due.sort(key=lambda pk: min(item.since for item in found.owed[pk]))
    Mailbox.objects.bulk_create([Mailbox(pk=pk) for pk in due], ignore_conflicts=True)
    try:
        with mail.post() as server:
            return _go_round({pk: found.owed[pk] for pk in due}, server)
    except mail.MailServerDown:
        return 0  # noted and logged; what is owed stays owed


def _go_round(due: dict[int, list[Item]], server: BaseEmailBackend) -> int:
    sent, refusals, ends = 0, 0, time.monotonic() + ROUND_SECONDS
    for user_id, items in due.items():
        if time.monotonic() > ends or refusals == MOST_REFUSALS:
            break
        try:
            sent += _send_to(user_id, items, server)
        except mail.MailRefused as refusal:
            refusals += 1
            _note_refusal(user_id, str(refusal))
    return sent


@transaction.atomic
def _send_to(user_id: int, items: Iterable[Item], server: BaseEmailBackend) -> bool:
    """Look again, write, send and note; nothing where another worker is at it, or has been."""
    mailbox = Mailbox.objects.lock_if_free(user_id)
    if mailbox is None:
        return False
    among = {key for item in items for key in item.notices}
    still = owed.survey(among).owed.get(user_id, [])
    reader = owed.readers([user_id]).get(user_id)
    if reader is None or not reader.is_due(still):
        return False
    wanted = reader.wanted(still)
    write = alarm if _alarms(wanted) else digest
    mail.deliver(write(reader.user, wanted), server)
    _note(mailbox, wanted)
    return True


def _alarms(items: Iterable[Item]) -> bool:
    """Whether these are alarms: they never come together with anything else."""
    return any(item.kind.is_alarm for item in items)


def _note(mailbox: Mailbox, items: Sequence[Item]) -> None:
    """The person knows now; an alarm keeps nothing else waiting."""
    now = timezone.now()
    Told.objects.bulk_create(
        [Told(notice_id=key, user_id=mailbox.pk, at=now) for item in items for key in item.notices],
        update_conflicts=True,
        update_fields=["at"],
        unique_fields=["notice", "user"],
    )
    mailbox.failures = 0
    if not _alarms(items):
        mailbox.mailed_at = now
    mailbox.save(update_fields=["mailed_at", "failures"])


@transaction.atomic
def _note_refusal(user_id: int, kind: str) -> None:
    # By number and kind only: addresses do not belong into a log.
    logger.warning("the mail server took nothing for user %s: %s", user_id, kind)
    if mailbox := Mailbox.objects.lock_if_free(user_id):
        mailbox.note_refusal()
        mailbox.save(update_fields=["failures", "tried_at"])


def forget() -> None:
    """Drop what has been over for a month, and who was told of it."""
    Notice.objects.forgettable().delete()
