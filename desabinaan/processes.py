"""Processes that one foreground command looks after: started, remembered, and ended in order."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TypedDict

import psutil

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class CannotGoOn(Exception):
    """What stands in the way, in one sentence that says what to do."""


class StopRequested(Exception):
    """Somebody pressed Ctrl-C, sent SIGTERM, or ended the command that started this one."""


@dataclass(frozen=True, slots=True)
class Account:
    """The system account that a program runs as, when that is not our own."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Program:
    """What to run, as whom, and how it likes to be stopped."""

    name: str
    command: Sequence[str]
    folder: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    log: Path | None = None  # None: the terminal
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 10.0  # seconds between asking and killing

    @property
    def last_words(self) -> str:
        """Why it ended, as far as it said so."""
        if not self.log:
            return "its reason is above."
        lines = [line for line in self.log.read_text(errors="replace").split("\n") if line.strip()]
        return f"its last words: {lines[-1]}" if lines else "it gave no reason."


class Process:
    """A running program; its own process group, unless it shares the terminal."""

    def __init__(self, program: Program, *, own_group: bool = True) -> None:
        self.program = program
        self.own_group = own_group
        self._popen = _spawn(program, own_group=own_group)

    @property
    def pid(self) -> int:
        """The process id; the group's id too when it has its own."""
        return self._popen.pid

    def exit_code(self) -> int | None:
        """How it ended, or None while it runs."""
        return self._popen.poll()

    def ask_to_stop(self) -> None:
        """Send the signal that the program takes for a wish to end in good order."""
        if self.exit_code() is None:
            self._popen.send_signal(self.program.stop_signal)

    def wait_or_kill(self) -> None:
        """Wait for the end as long as the program's patience, then kill it with its children."""
        try:
            self._popen.wait(self.program.patience)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()
        if self.own_group:
            _kill_group(self.pid)


def stop_all(processes: Iterable[Process]) -> None:
    """Ask all to stop at once, then see each of them ended."""
    asked = list(processes)
    for process in asked:
        process.ask_to_stop()
    for process in asked:
        process.wait_or_kill()


def run_to_end(program: Program, interruption: "Interruption", *, own_group: bool = True) -> int:
    """Run a program that ends by itself; end it early when we are asked to stop."""
    process = Process(program, own_group=own_group)
    try:
        while (code := process.exit_code()) is None:
            interruption.pause(0.05)
    except StopRequested:
        stop_all([process])
        raise
    return code


def _spawn(program: Program, *, own_group: bool) -> subprocess.Popen[bytes]:
    account = program.account
    log = program.log.open("ab") if program.log else None
    try:
        return subprocess.Popen(  # noqa: S603 (only our own programs, never a shell)
            [*_dies_with_parent(program.stop_signal), *program.command],
            cwd=program.folder,
            env={**os.environ, **program.environment},
            stdin=subprocess.DEVNULL if own_group else None,
            stdout=log,
            stderr=log,
            process_group=0 if own_group else None,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    finally:
        if log:
            log.close()


def _dies_with_parent(number: signal.Signals) -> list[str]:
    # Linux signals the children of a killed parent when asked; elsewhere the ledger must do.
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", number.name.removeprefix("SIG"), "--"] if setpriv else []


def _kill_group(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


class Interruption:
    """Turns signals, and the end of the parent, into StopRequested at the next pause."""

    def __init__(self) -> None:
        self.received: signal.Signals | None = None
        self._wish = threading.Event()
        self._parent = os.getppid()
        for number in STOP_SIGNALS:
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup
                signal.signal(number, self._note)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.received = signal.Signals(number)
        self._wish.set()

    def pause(self, seconds: float = 0.2) -> None:
        """Sleep; raise StopRequested as soon as the end is wished."""
        if self._wish.wait(seconds) or os.getppid() != self._parent:
            raise StopRequested


class Entry(TypedDict):
    """One process in the ledger."""

    pid: int
    started: float
    stop_signal: int


class Ledger:
    """The processes of this run on disk, so that the next run can end what a killed one left.

    A process is known by its id and the moment it started: ids are given out again.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._entries: list[Entry] = []

    def note(self, process: Process) -> None:
        """Remember a process that was just started."""
        try:
            started = psutil.Process(process.pid).create_time()
        except psutil.NoSuchProcess:
            return
        stop_signal = process.program.stop_signal.value
        self._entries.append(Entry(pid=process.pid, started=started, stop_signal=stop_signal))
        unfinished = self.path.with_suffix(".new")
        unfinished.write_text(json.dumps(self._entries))
        unfinished.replace(self.path)

    def end_leftovers(self, patience: float = 15.0) -> int:
        """End every process of the last run that still lives; say how many there were."""
        leftovers = []
        for entry in self._read():
            if process := _same_process(entry):
                process.send_signal(entry["stop_signal"])
                leftovers.append(process)
        psutil.wait_procs(leftovers, timeout=patience)
        for process in leftovers:
            _kill_group(process.pid)
        psutil.wait_procs(leftovers, timeout=patience)
        self.clear()
        return len(leftovers)

    def clear(self) -> None:
        """Forget everything: nothing of this run is left."""
        self._entries = []
        self.path.unlink(missing_ok=True)

    def _read(self) -> list[Entry]:
        try:
            entries: list[Entry] = json.loads(self.path.read_text())
        except (FileNotFoundError, ValueError):
            return []
        return entries


def _same_process(entry: Entry) -> psutil.Process | None:
    try:
        process = psutil.Process(entry["pid"])
        same = abs(process.create_time() - entry["started"]) < 1.0
    except psutil.NoSuchProcess:
        return None
    return process if same and process.status() != psutil.STATUS_ZOMBIE else None


def say(sentence: str, *, to_stderr: bool = False) -> None:
    """One sentence for the person at the terminal."""
    stream = sys.stderr if to_stderr else sys.stdout
    stream.write(f"{sentence}\n")
    stream.flush()
