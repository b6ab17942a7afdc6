"""Where a reply may say "No": never to the value of no effect."""

from __future__ import annotations

import pytest

from bot.answers.answer import Kind
from knowledge.model import Comparison
from tests.asked import run

ASKING = (
    "does the confidence interval of the {name} hazard ratio include 1?",
    "does the {name} confidence interval exclude 1?",
    "Does the interval for the hazard ratio of {name} cross 1?",
)


@pytest.mark.parametrize("asking", ASKING)
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
                assert not answer.headline.startswith(("No.", "Yes.")), answer.headline
    assert seen
