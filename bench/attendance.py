"""A batch of 500 certificates of attendance by real workers that are killed, in a portal apart.

What is numbered stays for good, so the rows lie in a database and a folder of their own, which
are gone afterwards. Run as a module, this is the process that stands in that portal.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any
from urllib.parse import urlsplit

import django

from bench.timing import timed

PEOPLE = 500
KILLED_AT = (60, 150, 240)  # drawn, when the process that draws is killed
DEAD_AT = 330  # when the whole worker is
PORTAL = "bench_attendance"
type Row = tuple[str, str, str]  # what, measured, budget


def rows() -> list[Row]:
    """The lines for the table of `make bench`."""
    import psycopg  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415 - only when Django is ready

    address = urlsplit(os.environ["DATABASE_URL"])
    server = address._replace(path="/postgres").geturl()
    with psycopg.connect(server, autocommit=True) as database, TemporaryDirectory() as folder:
        database.execute(f"DROP DATABASE IF EXISTS {PORTAL} WITH (FORCE)")
        database.execute(f"CREATE DATABASE {PORTAL}")
        try:
            apart = {
                "DATABASE_URL": address._replace(path=f"/{PORTAL}").geturl(),
                "DATA_DIR": folder,
                "CELERY_QUEUE": PORTAL,
                "STATIC_DIR": str(settings.STATIC_ROOT),
            }
            command = [sys.executable, "-m", "bench.attendance"]
            done = subprocess.run(
                command, env={**os.environ, **apart}, stdout=subprocess.PIPE, check=True
            )
        finally:
            database.execute(f"DROP DATABASE {PORTAL} WITH (FORCE)")
    told = json.loads(done.stdout.splitlines()[-1])
    return [(what, measured, budget) for what, measured, budget in told]


def main() -> None:
    """Order the batch, let workers draw it while they are killed, and put it into one file."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desabinaan.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from desabinaan import files  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    files.mark()
    event, by = _event()
    from events import actions  # noqa: PLC0415

    checking = _page(event, by)
    ordering, papers = timed(lambda: actions.order_certificates(event, by=by))
    drawing, kills = timed(_drawn_by_mortals)
    _assert_whole(papers)
    told: list[list[str]] = [
        [
            f"attendance: page that says of {PEOPLE} who gets one",
            checking,
            "p95 100 ms, 10 queries",
        ],
        [f"attendance: order {PEOPLE} certificates", f"{ordering:.2f} s", "10 s"],
        [
            f"attendance: draw {PEOPLE}, one worker, killed {kills} times",
            f"{drawing:.0f} s, {PEOPLE / drawing:.1f} a second",
            "–",
        ],
        *(_exported(event, by, form) for form in ("zip", "pdf")),
    ]
    from bench import hall  # noqa: PLC0415
    from tests.factories import EventFactory  # noqa: PLC0415

    told += hall.rows(EventFactory(office=event.office, created_by=by), by)
    print(json.dumps(told))


def _event() -> tuple[Any, Any]:
    """An event that was held, with its people and its rule."""
    from events import actions  # noqa: PLC0415
    from tests.events.certified import certified  # noqa: PLC0415
    from tests.factories import JurisdictionFactory  # noqa: PLC0415

    people = [actions.Person(f"Peserta {place:03}", f"Desa {place}") for place in range(PEOPLE)]
    event = certified(JurisdictionFactory().office, *people, contributions=[])
    return event, event.created_by


def _page(event: Any, by: Any) -> str:
    """How long it takes, and how many questions to the database."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client, override_settings  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client, address = Client(), f"/kegiatan/{event.pk}/sertifikat/periksa/"
    client.force_login(by)
    with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False):
        client.get(address)
        times = sorted(timed(lambda: client.get(address))[0] for _ in range(20))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
    half, worst = times[9] * 1000, times[18] * 1000
    return f"p50 {half:.0f} ms, p95 {worst:.0f} ms, {len(asked)} queries"


def _drawn_by_mortals() -> int:
    """Wait until all are drawn, killing workers meanwhile; how often one was killed."""
    from django.utils import timezone  # noqa: PLC0415

    from certificates import tasks  # noqa: PLC0415
    from certificates.models import Certificate, Status  # noqa: PLC0415
    from tests.worker_process import WorkerProcess, forget_queue, wait_for  # noqa: PLC0415

    def drawn() -> int:
        return Certificate.objects.filter(status=Status.READY).count()

    with TemporaryDirectory() as logs:
        worker = WorkerProcess(Path(logs))
        worker.start()
        try:
            for number in KILLED_AT:
                wait_for(lambda number=number: drawn() >= number)
                worker.kill_child()
            wait_for(lambda: drawn() >= DEAD_AT)
            worker.kill()
            # As if the sweep came a minute later, for what the dead one had in hand.
            before = timezone.now() - timedelta(hours=1)
            waiting = Certificate.objects.filter(status=Status.ORDERED)
            waiting.update(ordered_at=before)
            waiting.filter(attempts__gt=0).update(tried_at=before)
            worker.start()
            tasks.sweep.delay()
            wait_for(lambda: drawn() == PEOPLE, seconds=300)
        finally:
            worker.stop()
            forget_queue()
    return len(KILLED_AT) + 1


def _assert_whole(papers: list[Any]) -> None:
    """Exactly so many numbers and files, no gap, each file what was drawn."""
    from certificates import storage  # noqa: PLC0415
    from certificates.models import Certificate, RegisterEntry  # noqa: PLC0415

    serials = RegisterEntry.objects.filter(kind="participant").order_by("serial")
    assert list(serials.values_list("serial", flat=True)) == list(range(1, PEOPLE + 1))
    drawn = list(Certificate.objects.filter(pk__in=[it.pk for it in papers]))
    assert len({it.file for it in drawn}) == PEOPLE
    assert all(storage.read(it.file, it.sha256).startswith(b"%PDF-") for it in drawn)


def _exported(event: Any, by: Any, form: str) -> list[str]:
    """How long all of them take into one file, how large it is, and what it took of memory."""
    from certificates import actions, kinds  # noqa: PLC0415
    from events.bundles import CERTIFICATES  # noqa: PLC0415

    export = actions.order_export(CERTIFICATES.wanted(event, form), by=by)
    before = _peak()
    with TemporaryFile() as out:
        write = kinds.export(export.kind).write
        seconds, _ = timed(lambda: write(export, out, lambda _done, _total: None))
        size = out.seek(0, os.SEEK_END)
    measured = f"{seconds:.1f} s, {size / 1e6:.1f} MB, memory grown by {_peak() - before:.0f} MB"
    return [f"attendance: {PEOPLE} certificates in one {form.upper()}", measured, "30 s"]


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
