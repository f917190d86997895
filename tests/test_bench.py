"""The table of what must be fast tells the truth about itself."""

import pytest

from bench.__main__ import is_over


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
