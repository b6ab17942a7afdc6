"""Timings run only when asked for: tests/run -n0 --benchmark-enable --benchmark-only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: Sequence[pytest.Item]) -> None:
    """On a shared machine a timing says nothing; an ordinary run leaves them out."""
    if config.getoption("benchmark_enable"):
        return
    skip = pytest.mark.skip(reason="a timing: --benchmark-enable")
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(skip)
