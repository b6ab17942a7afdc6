"""Questions are answered and messages declined as their tables say; no table gets worse."""

from __future__ import annotations

import pytest

from bot.pipeline import Readout
from tests.tables import bars, judge_table, tables

FOLDERS = ("questions", "refusals")


@pytest.mark.parametrize(
    ("folder", "table"), [(folder, table) for folder in FOLDERS for table in tables(folder)]
)
def test_table_holds_its_bar(folder: str, table: str, readout: Readout) -> None:
    """At least as many turns are right, and at most as many wrong, as bars.yaml says."""
    judged = judge_table(readout, folder, table)
    bar = bars(folder)[table]
    correct = sum(turn.verdict == "correct" for turn in judged)
    wrong = [turn for turn in judged if turn.verdict == "wrong"]
    report = "\n".join(str(turn) for turn in judged if turn.verdict != "correct")
    assert len(wrong) <= bar["wrong"], f"{table}: {len(wrong)} wrong, at most {bar['wrong']}\n{report}"
    assert correct >= bar["correct"], f"{table}: {correct} right, at least {bar['correct']}\n{report}"


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_table_has_a_bar(folder: str) -> None:
    """bars.yaml and the tables name each other."""
    assert sorted(bars(folder)) == tables(folder)
