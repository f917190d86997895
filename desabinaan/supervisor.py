"""`make run`: the whole portal on one machine, in the foreground, under one supervisor.

It starts PostgreSQL and Redis (embedded, unless DATABASE_URL and REDIS_URL name others), brings
the database up to date, then keeps web, worker and beat running until it is asked to stop.
"""

import fcntl
import os
import secrets
import shlex
import shutil
import socket
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from desabinaan import embedded
from desabinaan.ownership import require_own
from desabinaan.processes import (
    CannotGoOn,
    Interruption,
    Ledger,
    Process,
    Program,
    StopRequested,
    run_to_end,
    say,
    stop_all,
)
from desabinaan.reach import make_folder

ROOT = Path(__file__).resolve().parent.parent
DEATHS, WITHIN_SECONDS = 5, 60.0
FIRST_ANSWER_SECONDS, PATIENCE_SECONDS = 300.0, 60.0
STOPPING = "stopping"


class Supervisor:
    """Keeps programs running: starts them again when they die, gives up when they keep dying."""

    def __init__(self, ledger: Ledger, interruption: Interruption) -> None:
        self.interruption = interruption
        self._ledger = ledger
        self._servers: list[Process] = []
        self._services: list[Process] = []
        self._deaths: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=DEATHS))

    def start(self, program: Program, *, is_server: bool = False) -> Process:
        """Start a program; servers are stopped after those who use them."""
        process = self._start(program)
        (self._servers if is_server else self._services).append(process)
        return process

    def watch(self) -> None:
        """Let a moment pass, then start again what has died."""
        self.interruption.pause(0.5)
        for group in (self._servers, self._services):
            for place, process in enumerate(group):
                if process.exit_code() is not None:
                    group[place] = self._start_again(process)

    def stop(self) -> None:
        """End everything that was started."""
        stop_all(self._services)
        stop_all(self._servers)
        self._ledger.clear()

    def _start(self, program: Program) -> Process:
        process = Process(program)
        self._ledger.note(process)
        return process

    def _start_again(self, process: Process) -> Process:
        program = process.program
        process.wait_or_kill()  # its own children may have outlived it
        deaths = self._deaths[program.name]
        deaths.append(time.monotonic())
        if len(deaths) == DEATHS and deaths[-1] - deaths[0] < WITHIN_SECONDS:
            raise CannotGoOn(
                f"{program.name} died {DEATHS} times in a minute; {program.last_words}"
            )
        say(f"{program.name} ended with code {process.exit_code()}; it is started again.")
        self.interruption.pause(1)
        return self._start(program)


# --- The portal's own programs -----------------------------------------------------------------


def manage(*arguments: str) -> Program:
    """One of Django's commands, at the terminal."""
    command = [sys.executable, f"{ROOT}/manage.py", *arguments]
    return Program(name=f"manage.py {arguments[0]}", command=command, folder=ROOT)


def web(port: int) -> Program:
    """The production web server, for this machine only."""
    command = [sys.executable, "-m", "gunicorn", "--config", f"{ROOT}/gunicorn.conf.py"]
    bind = {"BIND": f"127.0.0.1:{port}"}
    return Program(name="The web server", command=command, folder=ROOT, environment=bind)


def celery(name: str, *arguments: str) -> Program:
    """A Celery worker or beat."""
    command = [sys.executable, "-m", "celery", "--app", "desabinaan", "--quiet", *arguments]
    # In a container all is root; Celery's page of warning would hide the sign-ins.
    quiet = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser"}
    return Program(name=name, command=command, folder=ROOT, environment=quiet)


WORKER = celery("The worker", "worker", "--concurrency", "2", "--loglevel", "WARNING")
BEAT = celery("The clock", "beat", "--loglevel", "WARNING")


# --- One run -----------------------------------------------------------------------------------


def run(data: Path, port: int, interruption: Interruption) -> None:
    """Bring the portal up and keep it up; return only by an exception."""
    with _only_run(data, port, interruption) as ledger, _sockets(data) as sockets:
        _require_free(port)
        supervisor = Supervisor(ledger, interruption)
        try:
            _start_servers(supervisor, data, sockets)
            _start_portal(supervisor, data, port)
            while True:
                supervisor.watch()
        finally:
            _announce(data, STOPPING)
            supervisor.stop()


@contextmanager
def _sockets(data: Path) -> Iterator[Path]:
    # The link finds them from a second terminal, and tells the next run what a killed one left.
    link = data / "sockets"
    if link.is_symlink():
        shutil.rmtree(link.readlink(), ignore_errors=True)
        link.unlink()
    with embedded.socket_folder() as folder:
        link.symlink_to(folder)
        try:
            yield folder
        finally:
            link.unlink()


def _start_servers(supervisor: Supervisor, data: Path, sockets: Path) -> None:
    if _has_servers():
        return
    say("PostgreSQL and Redis are starting …")
    servers = embedded.lasting(data, sockets)
    start = partial(supervisor.start, is_server=True)
    embedded.start(servers, supervisor.interruption, start)
    os.environ.update(servers.environment)


def _has_servers() -> bool:
    """Whether the environment names both, which a shell may do that somebody forgot about."""
    places = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")}
    given = [name for name, address in places.items() if address]
    if len(given) == 1:
        [missing] = places.keys() - given
        raise CannotGoOn(
            f"{given[0]} is set and {missing} is not: set both to use servers of your own, or"
            f" `unset {given[0]}` to have them started here."
        )
    if given:
        where = ", ".join(_host(*place) for place in places.items())
        say(f"DATABASE_URL and REDIS_URL are set, so the servers there are used: {where}.")
    return bool(given)


def _host(name: str, address: str) -> str:
    try:
        return urlsplit(address).hostname or "a socket"
    except ValueError as error:
        raise CannotGoOn(
            f"{name} cannot be read as an address: write what is special in its password"
            " as %5B and the like, or `unset DATABASE_URL REDIS_URL`."
        ) from error


def _start_portal(supervisor: Supervisor, data: Path, port: int) -> None:
    os.environ.update(_defaults(data, port) | os.environ)
    _write_environment(data)
    say("The database is brought up to date …")
    if run_to_end(manage("prepare"), supervisor.interruption) != 0:
        raise CannotGoOn("The database could not be brought up to date; the reason is above.")
    for program in (web(port), WORKER, BEAT):
        supervisor.start(program)
    _wait_for_first_answer(supervisor, port)
    _welcome(supervisor, port)


def _defaults(data: Path, port: int) -> dict[str, str]:
    return {
        "DEMO": "1",
        "DATA_DIR": str(data),
        "PORTAL_URL": f"http://localhost:{port}",
        "SECRET_KEY": _secret_key(data / "secret-key"),
    }


def _secret_key(path: Path) -> str:
    if not path.exists():
        _write_private(path, secrets.token_urlsafe(50))
    return path.read_text()


def _write_environment(data: Path) -> None:
    # For a second terminal: `set -a; . var/env; set +a` and manage.py meets the running servers.
    names = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEMO", "DATA_DIR", "PORTAL_URL")
    lines = [f"{name}={shlex.quote(os.environ[name])}\n" for name in names]
    _write_private(data / "env", "".join(lines))


def _write_private(path: Path, text: str) -> None:
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.touch(mode=0o600)
    unfinished.write_text(text)
    unfinished.replace(path)


def _wait_for_first_answer(supervisor: Supervisor, port: int) -> None:
    # A web server that dies is another matter: `watch` gives up on it after five deaths.
    began, reassured = time.monotonic(), False
    while not _answers(f"http://127.0.0.1:{port}/healthz"):
        supervisor.watch()
        waited = time.monotonic() - began
        if waited > PATIENCE_SECONDS and not reassured:
            say("The web server is still starting; the machine is busy …")
            reassured = True
        if waited > FIRST_ANSWER_SECONDS:
            raise CannotGoOn(
                f"The web server has given no answer for {FIRST_ANSWER_SECONDS:.0f} seconds:"
                " see above for its reason; without one, the machine is too busy."
            )


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2):  # noqa: S310 (our own address)
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _welcome(supervisor: Supervisor, port: int) -> None:
    if os.environ["DEMO"] == "1":
        run_to_end(manage("load_demo", "--sign-ins"), supervisor.interruption)
    say(f"\nThe portal is running: http://localhost:{port}   (Ctrl-C ends it)\n")


# --- Only one run at a time --------------------------------------------------------------------


@contextmanager
def _only_run(data: Path, port: int, interruption: Interruption) -> Iterator[Ledger]:
    require_own(data)
    make_folder(data)
    with (data / "run.lock").open("a") as lock:
        while not _locked(lock.fileno()):
            _require_stopping(data)
            interruption.pause()
        _announce(data, f"http://localhost:{port} (process {os.getpid()})")
        ledger = Ledger(data / "run.json")
        if left := ledger.end_leftovers():
            say(f"{left} processes of a run that was killed have been ended.")
        yield ledger


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _announce(data: Path, text: str) -> None:
    (data / "run.where").write_text(text)


def _require_stopping(data: Path) -> None:
    note = data / "run.where"
    where = note.read_text() if note.exists() else STOPPING
    if where != STOPPING:
        raise CannotGoOn(f"The portal already runs from this folder, at {where}: end that first.")


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            sentence = f"Port {port} cannot be used ({error.strerror}): try `make run PORT=8001`."
            raise CannotGoOn(sentence) from error


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotGoOn(f"PORT={text} is not a port: choose a number, as in `make run PORT=8001`.")
    return int(text)


def main() -> int:
    """Run the portal until somebody ends it."""
    os.umask(0o077)  # what the portal stores is nobody else's
    # Compiled anew each time, four programs of this size take a minute to start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    interruption = Interruption()
    data = Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()
    try:
        run(data, _port(), interruption)
    except StopRequested:
        say("The portal has stopped.")
    except CannotGoOn as reason:
        say(str(reason), to_stderr=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
