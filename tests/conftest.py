"""What every test stands on: real PostgreSQL, real Redis, files and mail of its own."""

import gc
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
import redis
from django.conf import settings as portal
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase, override_settings
from psycopg import sql

from accounts.models import User
from desabinaan import files, health
from desabinaan.celery import app
from tests.emptying import empty_tables
from tests.factories import AROUND, RegionFactory
from tests.worker_process import WorkerProcess, forget_queue
from villages.models import Criterion

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
QUEUE = f"test-{WORKER}-{os.getpid()}"
SEEDS = (
    "villages.migrations.0002_criteria",
    "events.migrations.0002_kinds",
    "events.migrations.0005_standard_agenda",
)
THREADS = 24  # connections that a test of races may hold at once
BROKER = redis.Redis.from_url(portal.REDIS_URL)  # one connection for all tests
TRANSACTIONAL = {"transactional_db", "live_server", "celery_worker_process"}


def pytest_configure(config: pytest.Config) -> None:
    """Say in a sentence what is missing, instead of a thousand errors."""
    missing = [name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)]
    if missing:
        raise pytest.UsageError(
            f"{' and '.join(missing)} not set: run `make test`, or "
            "`python -m desabinaan.embedded -- pytest …` for servers that last as long as the run."
        )


def pytest_collection_finish() -> None:
    """Leave all that lives as long as the run out of every search for garbage: a tenth faster."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


@pytest.fixture(scope="session", autouse=True)
def _emptied_after_commits() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", lambda _: empty_tables())
        yield


@pytest.fixture(scope="session", autouse=True)
def _settings_for_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    data = tmp_path_factory.mktemp("data")
    with override_settings(
        PASSWORD_HASHERS=["tests.hashers.QuickHasher"],
        MAILERS={"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}},
        SECURE_SSL_REDIRECT=False,
        SESSION_COOKIE_SECURE=False,
        CSRF_COOKIE_SECURE=False,
        DATA_DIR=data,
        FILES_DIR=data / "files",
        STORAGES=_storages(data / "files"),
        CELERY_TASK_DEFAULT_QUEUE=QUEUE,
        WHITENOISE_AUTOREFRESH=True,  # no look through all static files for every test client
        NOTICES_WAIT=timedelta(minutes=5),
        NOTICES_REST=timedelta(hours=1),
    ):
        app.conf.task_default_queue = QUEUE
        files.mark()
        yield


def _storages(files: Path) -> dict[str, Any]:
    """The portal's storages below another folder."""
    storages = dict(portal.STORAGES)
    for name, folder in (("default", "uploads"), ("papers", "papers")):
        options = {**storages[name]["OPTIONS"], "location": files / folder}
        storages[name] = {**storages[name], "OPTIONS": options}
    if not (Path(portal.STATIC_ROOT) / "staticfiles.json").exists():
        # `make test` collects the static files first; a single test run by hand does without.
        Path(portal.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # WhiteNoise wants a folder
        plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
        storages["staticfiles"] = {"BACKEND": plain}
    return storages


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Room in the pool for tests that race, and the tables that `make test` made already."""
    portal.DATABASES["default"]["OPTIONS"]["pool"]["max_size"] = THREADS + 2
    if os.environ.get("COPY_DATABASE"):
        _copy_database()


def _copy_database() -> None:
    """Begin with the empty portal that was migrated once, not with every migration again."""
    copy = connection.creation._get_test_db_name()
    names = sql.Identifier(copy), sql.Identifier(portal.DATABASES["default"]["NAME"])
    with psycopg.connect(_address_of("postgres"), autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))


def _address_of(database: str) -> str:
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()


@pytest.fixture(autouse=True)
def _fresh(request: pytest.FixtureRequest) -> None:
    """No counts of earlier tests, sign-ins or mails; the criteria that truncating ones took."""
    mark = request.node.get_closest_marker("django_db")
    names = set(request.fixturenames)
    if mark is None and not names & {"db", *TRANSACTIONAL}:
        return
    transactional = bool(names & TRANSACTIONAL or (mark and mark.kwargs.get("transaction")))
    request.getfixturevalue("transactional_db" if transactional else "db")
    cache.clear()
    BROKER.delete(health._mail_key("failures"), health._mail_key("rests"))
    AROUND.clear()
    RegionFactory.reset_sequence(0)  # the nine hundredth region would be a kelurahan
    if not Criterion.objects.exists():
        from django.apps import apps  # noqa: PLC0415 - ready only now

        for migration in SEEDS:
            import_module(migration).seed(apps, None)


@pytest.fixture
def sign_in(client: Client) -> Callable[[User], Client]:
    """The test's browser, signed in as a person without the sign-in page."""

    def sign_in(user: User) -> Client:
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def no_broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody listens where this process looks for the queue."""
    monkeypatch.setenv("CELERY_BROKER_URL", "redis://127.0.0.1:1/0")
    app._after_fork()  # what Celery forgets in a new process: its connections
    yield
    monkeypatch.undo()
    app._after_fork()


@pytest.fixture
def celery_worker_process(transactional_db: None, tmp_path: Path) -> Iterator[WorkerProcess]:
    """A running Celery worker; what the test commits is drawn. It may be killed and restarted."""
    forget_queue()
    worker = WorkerProcess(tmp_path)
    worker.start()
    yield worker
    worker.stop()
    forget_queue()
