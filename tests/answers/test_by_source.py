"""A figure asked of one source never stands beside a figure of another one."""

from __future__ import annotations

from bot.understanding.query import Query
from knowledge.model import Comparison
from tests.asked import run


def test_the_effect_beside_a_figure_is_of_the_asked_source() -> None:
    """The P value of one report, in an answer on what the other one says, would be a wrong figure."""
    readout = run().readout
    store, seen = readout.store, 0
    for trial in store.trials():
        told = [
            fact
            for fact in store.facts(trial)
            if isinstance(fact, Comparison) and fact.p_value and not (fact.subject or fact.subgroup)
        ]
        for own in told:
            others = [f for f in told if (f.topic, f.source) != (own.topic, own.source)]
            others = [f for f in others if f.topic == own.topic and f.p_value != own.p_value]
            for measure in (None, "rate", "hazard_ratio"):
                query = Query(trial, own.topic, measure=measure, sources=(own.source,))
                line = readout.composer.compose(query).headline
                seen += bool(others)
                assert not any(f"{other.p_value}" in line for other in others), line
    assert seen
