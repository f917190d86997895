"""Whose a folder is: among what another account left there, a run would come up only by half."""

import os
import pwd
import shlex
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from desabinaan.processes import CannotGoOn

SERVERS = ("postgres", "postgres.new", "redis")  # started by root, they are another account's


def require_own(data: Path) -> None:
    """Refuse, before anything is written, where the caller could not write or remove all of it."""
    if not os.access(data, os.F_OK):
        return _require_room(data)
    for path in _what_matters(data):
        with suppress(FileNotFoundError):  # of a run that has not ended yet
            if (owner := path.lstat().st_uid) != os.geteuid():
                raise CannotGoOn(_sentence(path, name_of(owner), data))
    if not os.access(data, os.W_OK | os.X_OK):
        raise CannotGoOn(f"{data} cannot be written to: `chmod u+rwx {shlex.quote(str(data))}`.")
    return None


def name_of(uid: int) -> str:
    """What the account is called here, or its number."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _require_room(data: Path) -> None:
    above = next(folder for folder in data.parents if os.access(folder, os.F_OK))
    if not os.access(above, os.W_OK | os.X_OK):
        owner = name_of(above.stat().st_uid)
        raise CannotGoOn(
            f"{above} belongs to {owner}, and you are {name_of(os.geteuid())}: run as {owner},"
            " clone the portal into a folder of your own, or name one with DATA_DIR."
        )


def _what_matters(data: Path) -> Iterator[Path]:
    yield data
    for top, folders, files in os.walk(data):
        if Path(top) == data:
            if os.geteuid() != 0:
                yield from (data / name for name in SERVERS if name in folders)
            folders[:] = [name for name in folders if name not in SERVERS]
        yield from (Path(top, name) for name in (*folders, *files))


def _sentence(path: Path, owner: str, data: Path) -> str:
    if os.geteuid() == 0:
        return (
            f"{path} belongs to {owner}, who could not use what root leaves there:"
            f" run as {owner}, or name another folder with DATA_DIR."
        )
    me, folder = name_of(os.geteuid()), shlex.quote(str(data))
    return (
        f"{path} belongs to {owner}, and you are {me}: run as {owner}, or let them give it to you"
        f" with `chown -R {me} {folder}`."
    )
