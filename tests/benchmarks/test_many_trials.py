"""A bot on 1, 10, 100 and 1,000 trials: replies, start-up from the compiled file, memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from knowledge.compile import compile_to
from tests.benchmarks.many_trials import make
from tests.structure.tree import ROOT

COUNTS = (1, 10, 100, 1000)
START_UP, PEAK, GROWTH = 2.0, 300, 3.0
"""Seconds, megabytes, and how many times the p99 of one trial."""

Measured = dict[int, dict[str, float]]


@pytest.fixture(scope="module")
def measured() -> Measured:
    """The measurements so far."""
    return {}


def _measure(file: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.many_trials", str(file)],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("count", COUNTS)
def test_many_trials(count: int, measured: Measured, benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """A hundred times the trials are not a hundred times the work."""
    make(tmp_path, count)
    file = tmp_path / "knowledge.db"
    compile_to(file, tmp_path)
    _measure(file)  # the first start builds the vocabulary beside the file
    found = benchmark.pedantic(_measure, (file,), rounds=1)
    measured[count] = found
    benchmark.extra_info.update({name: round(value, 3) for name, value in found.items()})
    assert not found["unanswered"]
    assert found["start_up"] <= START_UP, found
    assert found["peak"] <= PEAK, found
    assert found["p99"] <= GROWTH * measured[min(measured)]["p99"], measured
