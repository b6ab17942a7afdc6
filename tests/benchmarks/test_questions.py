"""Understanding and composing, over all turns of the tables, in process."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.asked import run
from tests.benchmarks.timing import percentile, timed

P50, P99 = 0.5, 2.0
"""Milliseconds."""


def test_one_question(benchmark: BenchmarkFixture) -> None:
    """The question that the first screen suggests."""
    readout = run().readout
    assert benchmark(readout.reply, "3-year PFS with lenalidomide in phase III?").answer.facts


@pytest.mark.usefixtures("settled")
def test_all_questions(benchmark: BenchmarkFixture) -> None:
    """Half of them within 0.5 ms, 99 of 100 within 2 ms; each asked with the turn it leaned on."""
    asked = run()
    questions = [(turn.text, turn.previous) for turn in asked.turns]
    spent = benchmark.pedantic(timed, (asked.readout, questions), rounds=3, warmup_rounds=1)
    found = {f"p{percent}": round(percentile(spent, percent), 3) for percent in (50, 90, 99)}
    benchmark.extra_info.update(found | {"questions": len(questions), "slowest": round(spent[-1], 3)})
    assert found["p50"] <= P50, found
    assert found["p99"] <= P99, found
