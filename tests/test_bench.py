"""The table of what must be fast tells the truth about itself."""

import pickle
import subprocess
import sys

import pytest

from bench.parts import is_over, measured


@pytest.mark.parametrize(
    ("measured", "budget", "is_beyond"),
    [
        ("p50 96.2 ms, p95 121.9 ms, 9 queries", "p95 100 ms, 10 queries", True),
        ("p50 96.2 ms, p95 99.9 ms, 9 queries", "p95 100 ms, 10 queries", False),
        ("p50 6.2 ms, p95 9.9 ms, 11 queries", "p95 100 ms, 10 queries", True),
        ("125 ms", "120 ms", True),
        ("16.1 s, 3,386,655 B, memory grown by 0 MB at most", "60 s, 100 MB", False),
        ("7.72 s, 4.69 s of them processor", "10 s", False),
        ("44.3 KB", "50 KB", False),
        ("8.0", "-", False),
    ],
)
def test_what_is_beyond_its_budget_is_marked(measured: str, budget: str, is_beyond: bool) -> None:
    assert is_over(measured, budget) is is_beyond


def test_another_process_finds_by_its_name_what_it_is_to_measure() -> None:
    """It never sees what `python -m bench` runs as its own main module."""
    work = f"import pickle; print(pickle.loads({pickle.dumps(measured)!r}).__name__)"

    answer = subprocess.run([sys.executable, "-c", work], capture_output=True, check=True)

    assert answer.stdout.strip() == b"measured"
