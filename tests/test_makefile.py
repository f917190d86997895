"""The commands of the README, by the real Makefile: what is said first, and what last."""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from desabinaan.supervisor import ROOT

# Each tool notes that it began, and fails with a word of its own where a file of its name asks it.
TOOL = """#!/bin/sh
name=$(basename "$0")
echo "$name" >>began
[ ! -e "fails-$name" ] || { echo "$name: what is wrong"; exit 1; }
"""
PYTEST = """#!/bin/sh
echo tests >>began
sleep 1
echo "tests: what they found"
[ ! -e fails-tests ]
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The Makefile among tools that only note their turn."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for folder in ("bin", ".venv/bin", "templates"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "templates/page.html").touch()
    shutil.copy(ROOT / "bin/clean", tmp_path / "bin")
    tools = {".venv/bin/python": PYTEST}
    tools |= {f".venv/bin/{name}": TOOL for name in ("ruff", "djade", "mypy")}
    tools |= {f"bin/{name}": "#!/bin/sh\n" for name in ("prepare", "chromium")}
    for path, script in tools.items():
        (tmp_path / path).write_text(script)
        (tmp_path / path).chmod(0o755)
    return tmp_path


def make(checkout: Path, target: str) -> subprocess.CompletedProcess[str]:
    # Within `make test`, the make that is asked here is not its child.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", target],
        env=inherited,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        cwd=checkout,
    )


def began(checkout: Path) -> list[str]:
    return (checkout / "began").read_text().split()


@pytest.mark.parametrize("tool", ["ruff", "djade"])
def test_an_error_of_style_is_said_at_once_and_nothing_slow_begins(
    checkout: Path, tool: str
) -> None:
    (checkout / f"fails-{tool}").touch()

    tested = make(checkout, "test")

    assert tested.returncode != 0
    assert f"{tool}: what is wrong" in tested.stdout
    assert not {"mypy", "tests"} & set(began(checkout))


def test_types_are_looked_at_beside_the_tests(checkout: Path) -> None:
    tested = make(checkout, "test")

    assert tested.returncode == 0
    assert began(checkout)[:3] == ["ruff", "ruff", "djade"]
    assert sorted(began(checkout)[3:]) == ["mypy", "tests"]


def test_an_error_of_types_is_said_again_after_the_tests(checkout: Path) -> None:
    (checkout / "fails-mypy").touch()

    tested = make(checkout, "test")

    said = tested.stdout
    assert tested.returncode != 0
    assert said.count("mypy: what is wrong") == 2
    assert said.index("mypy: what is wrong") < said.index("tests: what they found")
    assert said.rindex("mypy: what is wrong") > said.index("tests: what they found")


def test_tests_that_fail_fail_the_whole(checkout: Path) -> None:
    (checkout / "fails-tests").touch()

    assert make(checkout, "test").returncode != 0


def test_all_that_is_looked_at_is_in_lint_too(checkout: Path) -> None:
    assert make(checkout, "lint").returncode == 0
    assert began(checkout) == ["ruff", "ruff", "djade", "mypy"]


def test_clean_refuses_beneath_a_running_portal(checkout: Path) -> None:
    (checkout / "var").mkdir()
    (checkout / "var/run.where").write_text("http://localhost:8000 (process 17)")
    with (checkout / "var/run.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        refused = make(checkout, "clean")

        assert refused.returncode != 0
        assert refused.stdout.startswith(
            "The portal runs from this folder, at http://localhost:8000 (process 17): end that"
        )
    assert (checkout / "var/run.where").exists()
    assert (checkout / ".venv").exists()


def test_clean_forgets_the_environment_and_all_data(checkout: Path) -> None:
    (checkout / "var/files").mkdir(parents=True)
    (checkout / "var/run.lock").touch()

    assert make(checkout, "clean").returncode == 0

    assert not (checkout / "var").exists()
    assert not (checkout / ".venv").exists()
    assert make(checkout, "clean").returncode == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's servers keep their data elsewhere")
def test_clean_forgets_what_root_s_servers_kept_elsewhere(checkout: Path) -> None:
    kept = Path(f"/var/lib/desabinaan-test-{os.getpid()}")
    kept.mkdir()
    (checkout / "var").mkdir()
    (checkout / "var/servers").symlink_to(kept)

    assert make(checkout, "clean").returncode == 0

    assert not kept.exists()


def test_clean_follows_no_other_link(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (checkout / "var").mkdir()
    (checkout / "var/servers").symlink_to(tmp_path / "other")

    assert make(checkout, "clean").returncode == 0

    assert (tmp_path / "other").exists()
