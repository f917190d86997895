"""One run as another account does not spoil the folder for the next; it is told whose it is."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from desabinaan.supervisor import ROOT

NOBODY = pwd.getpwnam("nobody")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another account too")

# Loaded as root, who may read the code wherever it lies, and run as somebody else.
RUN_AS = """
    import os, sys
    from desabinaan.supervisor import main

    if int(sys.argv[1]):
        os.setgroups([])
        os.setgid(int(sys.argv[1]))
        os.setuid(int(sys.argv[1]))
    sys.exit(main())
"""


def run_as(uid: int, data: Path, port: int = 8000) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(RUN_AS), str(uid)],
        env={**os.environ, "DATA_DIR": str(data), "PORT": str(port)},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
    )


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that every account can reach; those of pytest are closed."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@as_root
@pytest.mark.parametrize("left", [".", "run.lock", "files/papers", "pulse-worker"])
def test_what_root_left_is_named_before_anything_starts(place: Path, left: str) -> None:
    data = place / "var"
    folder = data / left if left.endswith("papers") else data
    folder.mkdir(parents=True)
    if not (data / left).exists():
        (data / left).touch(mode=0o600)
    for path in [data, *data.rglob("*")]:
        if path != data / left:
            os.chown(path, NOBODY.pw_uid, NOBODY.pw_gid)
    stood = sorted(data.rglob("*"))

    refused = run_as(NOBODY.pw_uid, data)

    assert refused.returncode == 1
    assert refused.stdout == ""
    assert refused.stderr == (
        f"{data / left} belongs to root, and you are nobody: run as root, or let them give it"
        f" to you with `chown -R nobody {data}`.\n"
    )
    assert sorted(data.rglob("*")) == stood


@as_root
def test_root_leaves_nothing_in_the_folder_of_somebody_else(place: Path) -> None:
    data = place / "var"
    data.mkdir()
    os.chown(data, NOBODY.pw_uid, NOBODY.pw_gid)

    refused = run_as(0, data)

    assert refused.returncode == 1
    assert f"{data} belongs to nobody, who could not use what root leaves there" in refused.stderr
    assert "DATA_DIR" in refused.stderr
    assert not list(data.iterdir())


@as_root
def test_a_folder_in_which_nothing_can_be_made_is_named(place: Path) -> None:
    refused = run_as(NOBODY.pw_uid, place / "var")

    assert refused.returncode == 1
    assert refused.stderr.startswith(f"{place} belongs to root, and you are nobody: run as root,")
    assert refused.stderr.count("\n") == 1


@as_root
@pytest.mark.parametrize("server", ["postgres", "redis"])
def test_the_servers_of_root_belong_to_another_account_and_that_is_right(
    place: Path, server: str
) -> None:
    (place / server).mkdir()
    os.chown(place / server, NOBODY.pw_uid, NOBODY.pw_gid)

    with socket.socket() as other:  # so that it gets no further
        other.bind(("127.0.0.1", 0))
        other.listen()
        refused = run_as(0, place, other.getsockname()[1])

    assert "cannot be used (Address already in use)" in refused.stderr


# --- The environment ---------------------------------------------------------------------------


@pytest.fixture
def checkout(place: Path) -> Path:
    """What `bin/prepare` needs of the portal, and an environment that is not finished."""
    shutil.copytree(ROOT / "bin", place / "bin")
    shutil.copytree(ROOT / "requirements", place / "requirements")
    (place / ".venv").mkdir()
    python = place / "python3.12"  # the real one may lie where nobody may look
    python.write_text('#!/bin/sh\necho "$0"\n')
    python.chmod(0o755)
    return place


def prepare_as(uid: int, checkout: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [checkout / "bin/prepare", "run"],
        env={"PATH": f"{checkout}:{os.defpath}", "HOME": str(checkout)},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        user=uid,
        group=uid,
        extra_groups=[],
        cwd="/",
    )


@as_root
def test_an_environment_of_root_is_named_and_not_half_removed(checkout: Path) -> None:
    (checkout / ".venv/kept").touch()
    os.chown(checkout, NOBODY.pw_uid, NOBODY.pw_gid)

    refused = prepare_as(NOBODY.pw_uid, checkout)

    assert refused.returncode == 1
    assert refused.stderr == (
        f"{checkout}/.venv belongs to root, and you are nobody: run as root, or let them"
        f" remove it with 'rm -rf {checkout}/.venv'.\n"
    )
    assert (checkout / ".venv/kept").exists()


@as_root
def test_root_does_not_renew_the_environment_of_somebody_else(checkout: Path) -> None:
    os.chown(checkout / ".venv", NOBODY.pw_uid, NOBODY.pw_gid)

    refused = prepare_as(0, checkout)

    assert refused.returncode == 1
    assert f"{checkout}/.venv belongs to nobody, and you are root: run as nobody" in refused.stderr


@as_root
def test_a_clone_of_somebody_else_is_named(checkout: Path) -> None:
    (checkout / ".venv").rmdir()

    refused = prepare_as(NOBODY.pw_uid, checkout)

    assert refused.returncode == 1
    assert refused.stderr.startswith(f"{checkout} belongs to root, and you are nobody")


@as_root
def test_what_root_left_within_an_environment_is_said_once(checkout: Path) -> None:
    """It ran there once: its bytecode lies in folders of its own."""
    deep = checkout / ".venv/lib/__pycache__"
    deep.mkdir(parents=True)
    for number in range(9):
        (deep / f"{number}.pyc").touch()
    for path in (checkout, checkout / ".venv", checkout / ".venv/lib"):
        os.chown(path, NOBODY.pw_uid, NOBODY.pw_gid)

    refused = prepare_as(NOBODY.pw_uid, checkout)

    assert refused.returncode == 1
    last = refused.stderr.splitlines()[-1]
    assert last.startswith(f"Another account has left something in {checkout}/.venv:")
    assert "cannot remove" not in refused.stderr
