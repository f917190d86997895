"""One foreground command looks after many processes: real ones, really killed."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from desabinaan.processes import Ledger, Process, Program
from desabinaan.reach import close_to_others
from desabinaan.supervisor import ROOT

STUBBORN = "trap '' TERM; while :; do sleep 0.1; done"
START_SECONDS = 120

# A small supervisor of two programs: one ends when asked, one has a child of its own.
SMALL = """
    import sys
    from pathlib import Path
    from desabinaan.processes import *
    from desabinaan.supervisor import Supervisor

    supervisor = Supervisor(Ledger(Path(sys.argv[1])), Interruption())
    try:
        for number, script in enumerate(sys.argv[2:]):
            program = Program(name=f"program {number}", command=["sh", "-c", script], patience=2)
            say(str(supervisor.start(program).pid))
        say("watching")
        while True:
            supervisor.watch()
    except StopRequested:
        pass
    except CannotGoOn as reason:
        say(str(reason))
        sys.exit(1)
    finally:
        supervisor.stop()
"""


class Running:
    """A supervisor in a process of its own, and the ids of what it started."""

    def __init__(self, ledger: Path, *scripts: str, through: tuple[str, ...] = ()) -> None:
        command = [sys.executable, "-c", textwrap.dedent(SMALL), str(ledger), *scripts]
        self.popen = subprocess.Popen(
            [*through, *command], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        self.pids: list[int] = []
        for line in self.lines():
            if line == "watching":
                break
            self.pids.append(int(line))

    def lines(self) -> Iterator[str]:
        assert self.popen.stdout
        for line in self.popen.stdout:
            yield line.rstrip()


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Start a small supervisor; whatever it leaves is ended after the test."""
    started: list[Running] = []

    def run(*scripts: str, through: tuple[str, ...] = ()) -> Running:
        started.append(Running(tmp_path / "run.json", *scripts, through=through))
        return started[-1]

    yield run
    for running in started:
        left = descendants(running.popen.pid) if running.popen.poll() is None else []
        running.popen.kill()
        for pid in filter(lives, left):
            os.kill(pid, signal.SIGKILL)
    Ledger(tmp_path / "run.json").end_leftovers(patience=0.5)
    for running in started:
        assert running.popen.stdout
        running.popen.stdout.close()  # not read to its end: a child that was left might hold it
        running.popen.wait()


def lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def eventually(condition: Callable[[], bool], seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def nothing_lives(pids: list[int]) -> Callable[[], bool]:
    return lambda: not any(lives(pid) for pid in pids)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_every_process_and_their_children(
    supervise: Callable[..., Running], tmp_path: Path, number: signal.Signals
) -> None:
    if signal.getsignal(number) == signal.SIG_IGN:
        pytest.skip("the tests run under nohup, and so would the supervisor")
    running = supervise("exec sleep 1000", "sleep 1000 & echo $! >&2; wait", STUBBORN)
    assert eventually(lambda: len(descendants(running.popen.pid)) >= 4)
    pids = descendants(running.popen.pid)

    running.popen.send_signal(number)

    assert running.popen.wait(timeout=20) == 0
    assert nothing_lives(pids)()
    assert not (tmp_path / "run.json").exists()


def test_the_end_of_the_command_that_started_it_ends_it_too(
    supervise: Callable[..., Running],
) -> None:
    # `make` is killed, and cannot tell anybody.
    running = supervise("exec sleep 1000", through=("sh", "-c", '"$@" & wait', "sh"))

    running.popen.kill()

    assert eventually(nothing_lives(running.pids))


def test_what_a_killed_run_left_is_ended_by_the_next(
    supervise: Callable[..., Running], tmp_path: Path
) -> None:
    running = supervise(STUBBORN, STUBBORN)
    assert eventually(lambda: all(map(descendants, running.pids)))  # deaf by then
    running.popen.kill()
    running.popen.wait()
    assert all(lives(pid) for pid in running.pids)

    ended = Ledger(tmp_path / "run.json").end_leftovers(patience=0.5)

    assert ended == 2
    assert eventually(nothing_lives(running.pids))
    assert not (tmp_path / "run.json").exists()


@pytest.mark.skipif(not shutil.which("setpriv"), reason="only Linux tells children of the end")
def test_the_children_of_a_killed_supervisor_end_at_once(
    supervise: Callable[..., Running],
) -> None:
    running = supervise("exec sleep 1000")
    child = psutil.Process(running.pids[0])
    assert eventually(lambda: child.name() == "sleep")  # by then the kernel knows what to do

    running.popen.kill()

    assert eventually(nothing_lives(running.pids))


def test_a_stranger_who_was_given_the_same_id_is_left_alone(tmp_path: Path) -> None:
    stranger = Process(Program(name="stranger", command=["sleep", "1000"]))
    born = psutil.Process(stranger.pid).create_time()
    entry = {"pid": stranger.pid, "started": born - 60, "stop_signal": signal.SIGTERM}
    (tmp_path / "run.json").write_text(json.dumps([entry]))

    ended = Ledger(tmp_path / "run.json").end_leftovers(patience=0.5)

    assert ended == 0
    assert lives(stranger.pid)
    stranger.ask_to_stop()
    stranger.wait_or_kill()


def test_a_ledger_that_was_half_written_does_not_stop_the_next_run(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('[{"pid": 1')

    assert Ledger(tmp_path / "run.json").end_leftovers() == 0


def test_a_program_that_dies_is_started_again(supervise: Callable[..., Running]) -> None:
    running = supervise("exec sleep 1000")

    os.kill(running.pids[0], signal.SIGKILL)

    assert next(running.lines()) == "program 0 ended with code -9; it is started again."
    children = psutil.Process(running.popen.pid).children
    assert eventually(lambda: [each.name() for each in children()] == ["sleep"])


def test_a_program_that_keeps_dying_ends_the_whole_with_a_sentence(
    supervise: Callable[..., Running],
) -> None:
    running = supervise("exit 7", "exec sleep 1000")

    *_, last = running.lines()

    assert running.popen.wait(timeout=20) == 1
    assert last == "program 0 died 5 times in a minute; its reason is above."
    assert nothing_lives(running.pids)()


# --- The whole portal --------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


SLOW = """
    import sys
    from pathlib import Path
    from desabinaan import supervisor
    from desabinaan.processes import Interruption, Ledger, Program

    supervisor.PATIENCE_SECONDS = 0.5
    kept = supervisor.Supervisor(Ledger(Path(sys.argv[1])), Interruption())
    try:
        kept.start(Program(name="web", command=["sh", "-c", sys.argv[3]]))
        supervisor._wait_for_first_answer(kept, int(sys.argv[2]))
    finally:
        kept.stop()
"""


def test_a_web_server_that_is_slow_to_start_is_waited_for(tmp_path: Path) -> None:
    port = free_port()
    web = f"sleep 2; exec {sys.executable} -m http.server --bind 127.0.0.1 {port} >/dev/null 2>&1"
    command = [sys.executable, "-c", textwrap.dedent(SLOW), tmp_path / "run.json", str(port), web]

    waited = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)

    assert waited.stdout == "The web server is still starting; the machine is busy …\n"


def start_portal(data: Path, port: int) -> subprocess.Popen[str]:
    servers = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PORTAL_URL")
    inherited = {name: value for name, value in os.environ.items() if name not in servers}
    return subprocess.Popen(
        [sys.executable, "-m", "desabinaan.supervisor"],
        env={**inherited, "DATA_DIR": str(data), "PORT": str(port), "DEMO": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    )


def read_until(portal: subprocess.Popen[str], words: str) -> str:
    assert portal.stdout
    read = []
    for line in portal.stdout:
        read.append(line)
        if words in line:
            break
    return "".join(read)


def readiness(port: int) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=15) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.read().decode()
    except OSError as silence:
        return repr(silence)


def is_ready(port: int) -> bool:
    return '"ready": true' in readiness(port)


def descendants(pid: int) -> list[int]:
    return [child.pid for child in psutil.Process(pid).children(recursive=True)]


def server(portal: subprocess.Popen[str], name: str) -> psutil.Process:
    """The one that the supervisor started, not one of its children."""
    started = psutil.Process(portal.pid).children()
    return next(each for each in started if each.name() == name)


@pytest.fixture
def own_folder() -> Iterator[Path]:
    """Not one of pytest's: those are closed to PostgreSQL's account."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        close_to_others(Path(folder))
        yield Path(folder)


@pytest.mark.worker
def test_the_whole_portal_comes_up_survives_a_kill_and_goes_down(own_folder: Path) -> None:
    data, port = own_folder / "a path with blanks", free_port()
    killed = start_portal(data, port)
    assert f"http://localhost:{port}" in read_until(killed, "is running")
    assert eventually(lambda: is_ready(port), START_SECONDS)
    second = start_portal(data, free_port())
    assert f"already runs from this folder, at http://localhost:{port}" in second.communicate()[0]
    assert second.returncode == 1
    # What cannot be drawn meanwhile is said at length: unread, it would fill the pipe.
    said: list[str] = []
    drain = threading.Thread(target=said.extend, args=[killed.stdout], daemon=True)
    drain.start()
    for name in ("postgres", "redis-server"):
        lost = server(killed, name)
        lost.kill()
        assert eventually(lambda lost=lost: not lives(lost.pid))
        assert eventually(lambda: is_ready(port), START_SECONDS), (
            f"{name} is not back: {readiness(port)} {''.join(said[-40:])}"
        )
    left = descendants(killed.pid)
    key = (data / "secret-key").read_text()

    killed.kill()
    killed.wait()
    portal = start_portal(data, port)
    assert f"http://localhost:{port}" in read_until(portal, "is running")
    assert eventually(lambda: is_ready(port), START_SECONDS)
    assert nothing_lives(left)()
    assert (data / "secret-key").read_text() == key
    assert (data / "secret-key").stat().st_mode & 0o777 == 0o600

    started = descendants(portal.pid)
    portal.send_signal(signal.SIGTERM)
    assert portal.communicate(timeout=60)[0].endswith("The portal has stopped.\n")
    assert portal.returncode == 0
    assert len(started) > 8
    assert nothing_lives(started)()
    drain.join(timeout=15)
    killed.stdout.close()


def test_a_port_in_use_is_named_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        portal = start_portal(tmp_path, port)
        said = portal.communicate(timeout=30)[0]

    sentence = f"Port {port} cannot be used (Address already in use): try `make run PORT=8001`.\n"
    assert said == sentence
    assert portal.returncode == 1


def environment_of(tmp_path: Path, **servers: str) -> subprocess.CompletedProcess[str]:
    """The portal started with these variables, and whatever it says until it ends."""
    names = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PORTAL_URL")
    inherited = {name: value for name, value in os.environ.items() if name not in names}
    own = {"DATA_DIR": str(tmp_path), "PORT": str(free_port()), "DEMO": "1"}
    return subprocess.run(
        [sys.executable, "-m", "desabinaan.supervisor"],
        env={**inherited, **own, **servers},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
        timeout=60,
        cwd=ROOT,
    )


@pytest.mark.parametrize(
    ("given", "missing"), [("DATABASE_URL", "REDIS_URL"), ("REDIS_URL", "DATABASE_URL")]
)
def test_one_server_of_the_environment_without_the_other_is_refused(
    tmp_path: Path, given: str, missing: str
) -> None:
    refused = environment_of(tmp_path, **{given: "scheme://there.example", missing: ""})

    assert refused.returncode == 1
    assert refused.stdout == (
        f"{given} is set and {missing} is not: set both to use servers of your own, or"
        f" `unset {given}` to have them started here.\n"
    )


def test_an_address_that_is_none_is_refused_without_its_secrets(tmp_path: Path) -> None:
    refused = environment_of(
        tmp_path, DATABASE_URL="postgres://me:gehe[im@there/none", REDIS_URL="redis://there"
    )

    assert refused.returncode == 1
    assert refused.stdout == (
        "DATABASE_URL cannot be read as an address: write what is special in its password"
        " as %5B and the like, or `unset DATABASE_URL REDIS_URL`.\n"
    )


def test_servers_of_the_environment_are_named_without_their_secrets(tmp_path: Path) -> None:
    ended = environment_of(
        tmp_path,
        DATABASE_URL="postgres://me:geheim@127.0.0.1:1/none",
        REDIS_URL="redis://:geheim@localhost:1/0",
    )

    assert ended.returncode == 1
    assert ended.stdout.startswith(
        "DATABASE_URL and REDIS_URL are set, so the servers there are used: 127.0.0.1, localhost."
    )
    assert "geheim" not in ended.stdout.splitlines()[0]
