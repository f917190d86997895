"""What a watching machine is told: alive, able to work, or which part is down."""

import errno
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings

from desabinaan import checks, files, health, tasks
from desabinaan.embedded import wheel_program
from tests.worker_process import wait_for

OK = {"database": "ok", "broker": "ok", "worker": "ok", "files": "ok", "mail": "ok"}


@pytest.fixture
def broker(settings: Any, worker_id: str) -> Iterator[redis.Redis]:
    """The real broker, without anybody's pulse: each test process has a corner of its own."""
    corner = 8 + int(worker_id.removeprefix("gw")) % 8 if worker_id != "master" else 7
    settings.REDIS_URL = f"{settings.REDIS_URL}?db={corner}"
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.delete(health.pulse_key())
        yield broker
        broker.delete(health.pulse_key())


def test_alive_asks_neither_database_nor_broker(client: Client) -> None:
    # Without the django_db mark any query is an error.
    with override_settings(REDIS_URL="redis://127.0.0.1:1/0"):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.django_db
def test_ready_when_all_parts_answer(client: Client, broker: redis.Redis) -> None:
    tasks.pulse()

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"ready": True, **OK}


@pytest.mark.django_db
def test_a_worker_not_heard_from_is_named(client: Client, broker: redis.Redis) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"ready": False, **OK, "worker": "down"}


def test_a_pulse_is_forgotten_after_90_seconds(broker: redis.Redis) -> None:
    tasks.pulse()

    assert 85 < broker.ttl(health.pulse_key()) <= 90


@pytest.mark.django_db
def test_the_worker_of_another_portal_on_the_same_redis_does_not_count(
    client: Client, broker: redis.Redis
) -> None:
    with override_settings(CELERY_TASK_DEFAULT_QUEUE="another-portal"):
        tasks.pulse()

    answer = client.get("/readyz")

    broker.delete("portal:pulse:another-portal")
    assert answer.json()["worker"] == "down"


@pytest.mark.django_db
def test_a_broker_that_is_down_is_named_without_its_address(client: Client) -> None:
    with override_settings(REDIS_URL="redis://:secret@127.0.0.1:1/0"):
        answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"ready": False, **OK, "broker": "down", "worker": "down"}


@pytest.fixture
def own_broker(settings: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A Redis of this test alone, which it may fill and halt; a pulse was just left in it."""
    with tempfile.TemporaryDirectory() as folder:
        socket = f"{folder}/redis.sock"
        options = ["--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder]
        program = wheel_program("redis-server")
        server = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
        settings.REDIS_URL = f"unix://{socket}"
        try:
            wait_for(Path(socket).exists)
            tasks.pulse()
            yield server
        finally:
            server.kill()
            server.wait()


@pytest.mark.django_db
def test_what_the_machine_is_answered_fills_no_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with override_settings(REDIS_URL="redis://127.0.0.1:1/0"):
        assert client.get("/readyz").status_code == 503

    assert [it.message for it in caplog.records if it.name == "django.request"] == []


@pytest.mark.django_db
def test_a_broker_that_is_full_is_named_though_it_answers(
    client: Client, own_broker: subprocess.Popen[bytes], settings: Any
) -> None:
    before = client.get("/readyz").json()
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.config_set("maxmemory", "1")

    full = client.get("/readyz")

    assert before == {"ready": True, **OK}
    assert full.status_code == 503
    assert full.json() == {"ready": False, **OK, "broker": "down"}


@pytest.mark.django_db
def test_a_broker_that_hangs_is_asked_once_and_not_for_long(
    client: Client, own_broker: subprocess.Popen[bytes]
) -> None:
    own_broker.send_signal(signal.SIGSTOP)
    began = time.monotonic()

    answer = client.get("/readyz")

    took = time.monotonic() - began
    assert answer.json() == {"ready": False, **OK, "broker": "down", "worker": "down"}
    assert took < 2.5  # two seconds, and what a busy machine needs


@pytest.fixture
def no_database(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    wrapper = connections["default"]
    wrapper.close()
    wrapper.close_pool()
    pool = {"min_size": 0, "max_size": 1, "timeout": 1}
    nowhere = {"HOST": "127.0.0.1", "PORT": "1", "OPTIONS": {"pool": pool}}
    monkeypatch.setattr(wrapper, "settings_dict", {**wrapper.settings_dict, **nowhere})
    yield
    wrapper.close()
    wrapper.close_pool()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_says_that_the_database_is_down_and_to_come_back(
    no_database: None, method: str
) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "3kd8f0s9a7d6f5g4h3j2k1l0q9w8e7r6"

    answer = getattr(client, method)("/desa/")

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    page = answer.content.decode()
    assert "mungkin belum tersimpan" in page  # the last word of the database may have been lost
    assert "Periksa dahulu" in page
    assert "muat ulang halaman ini" in page


@pytest.mark.django_db
def test_any_other_fault_is_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_user: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("certificates.codes.check", fail)

    answer = Client(raise_request_exception=False).get("/v/ABCD")

    assert answer.status_code == 500
    assert "Portal sedang mengalami gangguan" in answer.content.decode()
    assert "sudah menerima" not in answer.content.decode()  # who knows whether anybody reads it


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_down_is_named(
    client: Client, broker: redis.Redis, no_database: None
) -> None:
    tasks.pulse()

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"ready": False, **OK, "database": "down"}


@pytest.mark.django_db
def test_a_disk_that_is_nearly_full_is_named_before_it_is(
    client: Client, broker: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks.pulse()
    monkeypatch.setattr(health, "ROOM_BYTES", 2**62)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"ready": False, **OK, "files": "down"}


@pytest.mark.django_db
def test_a_folder_that_has_vanished_is_named_and_not_made_anew(
    client: Client, broker: redis.Redis, settings: Any, tmp_path: Path
) -> None:
    tasks.pulse()
    settings.FILES_DIR = tmp_path / "files"

    for _ in range(2):
        assert client.get("/readyz").json() == {"ready": False, **OK, "files": "down"}
    assert not settings.FILES_DIR.exists()


@pytest.mark.django_db
def test_a_folder_whose_disk_is_not_mounted_is_named(
    client: Client, broker: redis.Redis, settings: Any, tmp_path: Path
) -> None:
    tasks.pulse()
    settings.FILES_DIR = tmp_path / "files"
    files.mark()
    before = client.get("/readyz").json()

    (settings.FILES_DIR / files.MARK).unlink()  # as the folder beneath the disk, which has none

    assert before == {"ready": True, **OK}
    assert client.get("/readyz").json() == {"ready": False, **OK, "files": "down"}


@pytest.mark.django_db
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_answered_in_a_sentence(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def full(_user: object) -> None:
        raise OSError(code, "No space left on device")

    monkeypatch.setattr("certificates.codes.check", full)

    answer = Client(raise_request_exception=False).get("/v/ABCD")

    assert answer.status_code == 507
    assert "Tempat penyimpanan portal penuh" in answer.content.decode()


# --- Parts without an address ------------------------------------------------------------------


def test_worker_and_clock_show_the_machine_that_they_live(
    broker: redis.Redis, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path

    tasks.pulse()
    tasks.tick()

    assert {path.name for path in tmp_path.iterdir()} == {"pulse-worker", "pulse-clock"}


@pytest.mark.django_db
def test_a_database_that_is_too_old_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.database() == []
    monkeypatch.setattr(checks, "POSTGRES_VERSION", 99)

    with pytest.raises(ImproperlyConfigured, match=r"is PostgreSQL 18: the portal needs 99"):
        call_command("prepare")


@override_settings(SECURE_SSL_REDIRECT=True)
@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_the_machine_asks_without_tls_and_without_signing_in(client: Client, address: str) -> None:
    assert client.get(address).status_code in (200, 503)
    assert client.head(address).status_code in (200, 503)
    assert client.post(address).status_code == 405
