"""Timings run only when asked for: tests/run -n0 --benchmark-enable --benchmark-only."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.pipeline import settle

HERE = Path(__file__).parent


@pytest.fixture
def settled() -> Iterator[None]:
    """Memory as a bot that serves has it."""
    before = gc.get_threshold()
    settle()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def pytest_collection_modifyitems(config: pytest.Config, items: Sequence[pytest.Item]) -> None:
    """On a shared machine a timing says nothing; an ordinary run leaves them out."""
    if config.getoption("benchmark_enable"):
        return
    skip = pytest.mark.skip(reason="a timing: --benchmark-enable")
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(skip)
