"""Throw-away servers beside one command: there when it starts, gone when it ends."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from desabinaan.supervisor import ROOT
from tests.test_supervisor import descendants, eventually, nothing_lives

LOOK = """
import os, psycopg, redis
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    version = "current_setting('server_version_num')::int / 10000"
    print(connection.execute(f"SELECT {version}, 'É' < 'z'").fetchone())
print(redis.Redis.from_url(os.environ["REDIS_URL"]).ping(), os.environ["DEMO"])
print(os.environ["DATA_DIR"])
"""


def beside_servers(*command: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "desabinaan.embedded", "--", *command],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    )


def test_a_command_finds_both_servers_and_its_answer_comes_back() -> None:
    running = beside_servers(sys.executable, "-c", LOOK + "raise SystemExit(7)")

    said = running.communicate(timeout=90)[0]

    assert said.startswith("(18, False)\nTrue 1\n/")  # by code points, on every machine
    assert running.returncode == 7
    assert not Path(said.split()[-1]).parent.exists()


def test_nobody_but_their_own_account_and_root_reaches_the_servers() -> None:
    # Whoever connects is believed to be whom they say: the file system is the only door.
    modes = "stat -c '%a %n' $(dirname ${REDIS_URL#unix://})/{redis.sock,.s.PGSQL.5432}"
    running = beside_servers("bash", "-c", modes)

    said = [line.split()[0] for line in running.communicate(timeout=90)[0].splitlines()]

    assert said == ["700", "700"]


def test_a_long_temporary_path_with_blanks_is_no_obstacle(tmp_path: Path) -> None:
    folder = tmp_path / ("a long name with blanks " * 6)
    folder.mkdir(parents=True)

    running = beside_servers(sys.executable, "-c", LOOK, TMPDIR=str(folder))

    assert "True 1\n/" in running.communicate(timeout=90)[0]
    assert running.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_command_and_both_servers(number: signal.Signals) -> None:
    running = beside_servers("sh", "-c", "echo started; exec sleep 1000")
    assert running.stdout
    assert running.stdout.readline() == "started\n"
    started = descendants(running.pid)
    names = {psutil.Process(pid).name() for pid in started}
    assert {"postgres", "redis-server"} < names  # and the command: the shell, or what it becomes

    running.send_signal(number)
    running.communicate(timeout=60)

    assert running.returncode == 128 + number
    assert nothing_lives(started)()


@pytest.mark.skipif(not shutil.which("setpriv"), reason="only Linux tells children of the end")
def test_a_killed_wrapper_leaves_no_server_behind() -> None:
    running = beside_servers("sh", "-c", "echo $DATA_DIR; exec sleep 1000")
    assert running.stdout
    folder = Path(running.stdout.readline().strip()).parent
    started = descendants(running.pid)
    assert len(started) > 3

    running.kill()

    assert eventually(nothing_lives(started), 30)
    running.communicate()
    shutil.rmtree(folder)


def test_without_a_command_it_says_how_to_give_one() -> None:
    running = subprocess.run(
        [sys.executable, "-m", "desabinaan.embedded"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )

    assert running.returncode == 2
    assert "Give the command to run" in running.stderr
