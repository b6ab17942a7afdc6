"""The value of no effect: whether an interval holds it, never a figure that is claimed."""

from __future__ import annotations

import pytest

from bot.answers.answer import Kind
from knowledge.model import Comparison, number
from tests.asked import run

INCLUDES = {
    "does the confidence interval of the {name} hazard ratio include 1?": True,
    "does the {name} confidence interval exclude 1?": False,
    "Does the interval for the hazard ratio of {name} cross 1?": True,
}


@pytest.mark.parametrize("asking", INCLUDES)
def test_the_value_of_no_effect_is_no_claimed_figure(asking: str) -> None:
    """ "No. HR 0.46 (0.08-2.53)" would deny that an interval with 1 in it includes 1."""
    readout = run().readout
    seen = 0
    for trial in readout.store.trials():
        for fact in readout.store.facts(trial):
            if not isinstance(fact, Comparison) or fact.ci is None or fact.subject or fact.subgroup:
                continue
            concept = next(c for c in readout.store.concepts() if c.id == fact.topic)
            answer = readout.reply(asking.format(name=concept.short or concept.label)).answer
            if answer.kind is Kind.ANSWER:
                seen += 1
                inside = number(fact.ci.low) <= 1 <= number(fact.ci.high)
                expected = "Yes." if inside == INCLUDES[asking] else "No."
                assert answer.headline.startswith(expected), answer.headline
    assert seen
