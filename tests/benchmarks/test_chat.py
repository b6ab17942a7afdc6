"""Updates answered in a second, by the bot and by the plainest bot of the library, in the same run."""

from __future__ import annotations

from statistics import median

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bot.pipeline import Readout
from tests.benchmarks.load import CHATS, EACH, ECHO, OURS, measured

LEAST = 0.8
"""Of the plain bot's rate."""
ROUNDS = 3
"""Runs of each, in turn: what else the machine does meets both."""
QUESTIONS = (
    "3-year PFS?",
    "hazard ratio for PFS",
    "response rate",
    "grade 3 adverse events",
    "who was eligible?",
    "trial design",
    "second cancers",
    "median follow-up",
)


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_updates_per_second(webhook: bool, readout: Readout, benchmark: BenchmarkFixture) -> None:
    """Nearly as many as without any thought, each answered, in the order of its chat."""
    wanted = {question: readout.reply(question).answer.headline for question in QUESTIONS}
    rates: dict[str, list[float]] = {"echo": [], "ours": []}

    def compare() -> None:
        for name, program, first_lines in (
            ("echo", ECHO, {question: question for question in QUESTIONS}),
            ("ours", OURS, wanted),
        ):
            found = measured(program, list(QUESTIONS), webhook=webhook)
            rates[name].append(found.rate)
            for chat in range(CHATS):
                asked = [QUESTIONS[(chat + number) % len(QUESTIONS)] for number in range(EACH)]
                assert found.answers[5000 + chat] == [first_lines[question] for question in asked]

    benchmark.pedantic(compare, rounds=ROUNDS)
    ratio = median(ours / echo for ours, echo in zip(rates["ours"], rates["echo"], strict=True))
    benchmark.extra_info.update({name: [round(rate) for rate in found] for name, found in rates.items()})
    benchmark.extra_info["ratio"] = round(ratio, 2)
    print(f"{ratio:.2f} of the plain bot: {benchmark.extra_info}")
    assert ratio >= LEAST, benchmark.extra_info
