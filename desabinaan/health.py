"""Is the portal alive, and can it work: `/healthz` and `/readyz`, for machines that watch it."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.backoff import NoBackoff
from redis.retry import Retry

from desabinaan import files

PULSE_SECONDS = 90  # three beats: a worker that drew for a minute is not dead
TIMEOUT = 1.0  # to connect, and again to be answered: so a broker that hangs costs two seconds
MAIL_PAUSE, LONGEST_MAIL_PAUSE = 50, 5 * 60  # seconds; the first is over by the next round
MAIL_FAILURES = 3  # in a row; fewer may be a server that was started again
ROOM_BYTES = 200 * 1024 * 1024  # below, the next uploads and papers might not find room


def pulse_key() -> str:
    """Where the pulse is left: by queue, since two portals may share one Redis."""
    return _key("pulse")


def note_pulse() -> None:
    """Leave a mark that vanishes unless the worker leaves it again."""
    with _broker() as broker:
        broker.set(pulse_key(), "1", ex=PULSE_SECONDS)


def note_mail(*, leaves: bool) -> None:
    """Remember whether the mail server took what it was given; each failure doubles the pause.

    What fails before the pause is over is the same failure: else ten people would raise it at once.
    """
    with suppress(redis.RedisError), _broker() as broker:
        if leaves:
            broker.delete(_mail_key("failures"), _mail_key("rests"))
            return
        failures = _mail_failures(broker)
        pause = min(MAIL_PAUSE * 2 ** min(failures, 10), LONGEST_MAIL_PAUSE)
        if broker.set(_mail_key("rests"), "1", ex=pause, nx=True):
            broker.incr(_mail_key("failures"))


def mail_rests() -> bool:
    """Whether the mail server failed so lately that trying again would only keep a worker busy."""
    with _broker() as broker:
        return bool(broker.exists(_mail_key("rests")))


def mail_failed() -> bool:
    """Whether the last that was given to the mail server did not leave."""
    with _broker() as broker:
        return _mail_failures(broker) > 0


def _mail_failures(broker: redis.Redis) -> int:
    found: Any = broker.get(_mail_key("failures"))
    return int(found or 0)


def _mail_key(what: str) -> str:
    return _key(f"mail-{what}")


def _key(what: str) -> str:
    return f"portal:{what}:{settings.CELERY_TASK_DEFAULT_QUEUE}"


def touch(part: str) -> None:
    """Show the machine that a part without an address lives: by the age of a file."""
    Path(settings.DATA_DIR, f"pulse-{part}").touch()


@login_not_required
@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Every part that the portal needs, and 503 with the name of each that does not answer.

    Mail is named too, but the portal works without: what is owed leaves when its server is back.
    """
    queue = _queue()
    needed = {
        "database": _database_answers(),
        "broker": queue.takes,
        "worker": queue.is_served,
        "files": _files_find_room(),
    }
    ready = all(needed.values())
    words = {name: _word(works) for name, works in {**needed, "mail": queue.mail_leaves}.items()}
    return JsonResponse({"ready": ready, **words}, status=200 if ready else 503)


def _word(works: bool) -> str:
    return "ok" if works else "down"


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Queue:
    """What the broker says, asked once; while it is down, nothing is known against the mail."""

    takes: bool = False
    is_served: bool = False
    mail_leaves: bool = True


def _queue() -> _Queue:
    """Whether it takes what is new (a full Redis still answers), serves it, and mail leaves."""
    try:
        with _broker() as broker, broker.pipeline(transaction=False) as asked:
            asked.set(_key("asked"), "1", ex=PULSE_SECONDS)
            asked.exists(pulse_key())
            asked.get(_mail_key("failures"))
            taken, pulse, failures = asked.execute(raise_on_error=False)
    except redis.RedisError:
        return _Queue()
    if isinstance(pulse, redis.RedisError) or isinstance(failures, redis.RedisError):
        return _Queue()
    return _Queue(taken is True, bool(pulse), int(failures or 0) < MAIL_FAILURES)


def _files_find_room() -> bool:
    """Where `prepare` left its mark: a folder without one is not that in which the files lie."""
    try:
        free = shutil.disk_usage(settings.FILES_DIR).free
        is_theirs = files.is_marked()
    except OSError:
        return False
    may_write = os.access(settings.FILES_DIR, os.W_OK | os.X_OK)
    return is_theirs and may_write and free >= ROOM_BYTES


def _broker() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=TIMEOUT,
        socket_timeout=TIMEOUT,
        retry=Retry(NoBackoff(), 0),  # whoever asks comes again
    )
