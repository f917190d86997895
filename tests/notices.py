"""What tests of mails share: somebody with an address, and the worker's round some time later."""

from datetime import timedelta
from typing import Any

import redis
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.db.models import F

from accounts import mailing
from accounts.models import Mailbox, Notice, Told, User
from tests.factories import UserFactory

A_WHILE = timedelta(minutes=10)


def mailed(**place: Any) -> User:
    """A person with an address: `mailed(head_of=office)`."""
    return UserFactory(email=f"orang-{User.objects.count()}@kantor.example", **place)


def pass_time(by: timedelta = A_WHILE) -> None:
    """Let everything that was noted so far be that much older."""
    Notice.objects.update(at=F("at") - by, closed_at=F("closed_at") - by)
    Told.objects.update(at=F("at") - by)
    Mailbox.objects.update(mailed_at=F("mailed_at") - by, tried_at=F("tried_at") - by)


def end_mail_pause() -> None:
    """The mail server that failed is asked again, and has not been forgiven."""
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.delete(f"portal:mail-rests:{settings.CELERY_TASK_DEFAULT_QUEUE}")


def post_after(by: timedelta = A_WHILE) -> list[EmailMessage]:
    """The mails that leave in the round after that time."""
    pass_time(by)
    mail.outbox.clear()
    mailing.send_owed()
    return list(mail.outbox)


def addressees(letters: list[EmailMessage]) -> list[str]:
    """To whom they are, in order."""
    return sorted(address for letter in letters for address in letter.to)
