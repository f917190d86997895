"""The process in which one file from outside is opened, and which may break without harm.

`desabinaan.uploads` runs this as a script, with the path of the module that opens the file and the
kind of the file as its arguments; the file comes in on standard input. Such a module imports no
Django and nothing of ours but modules of this folder that are as bare, so that it starts quickly
and knows no secret. It has

- `MEMORY`, in bytes, and `CPU_SECONDS`, for each kind of file: what the process may ever take;
- `opened(kind, content)`: what leaves on standard output;
- `Refused`, where it refuses files; its `answer` says as JSON why this one must not come in.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import resource
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

REFUSED = 3  # the exit code that comes with a reason on standard output
TOO_HEAVY = 4  # the exit code where memory did not suffice: there is nothing to read then


def main(path: str, kind: str) -> int:
    """Open what standard input brings; the answer is the exit code and what was written."""
    opener = _loaded(path)
    refused: Any = getattr(opener, "Refused", ())
    _accept_limits(opener.MEMORY[kind], opener.CPU_SECONDS[kind])
    logging.disable()  # a library's complaints about a file help nobody
    try:
        answer, exit_code = opener.opened(kind, sys.stdin.buffer.read()), 0
    except refused as refusal:
        answer, exit_code = json.dumps(refusal.answer).encode(), REFUSED
    except MemoryError:
        answer, exit_code = b"", TOO_HEAVY
    sys.stdout.buffer.write(answer)
    return exit_code


def _loaded(path: str) -> Any:
    """The module, which an isolated Python does not find by its name."""
    _let_siblings_be_found()
    spec = importlib.util.spec_from_file_location("opener", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _let_siblings_be_found() -> None:
    """As `desabinaan.…`, without what the package itself would start: settings, a queue."""
    package = ModuleType("desabinaan")
    package.__path__ = [str(Path(__file__).parent)]
    sys.modules[package.__name__] = package


def _accept_limits(memory: int, cpu_seconds: int) -> None:
    """Little memory, little time, no file, no picture of a crash: for good."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
