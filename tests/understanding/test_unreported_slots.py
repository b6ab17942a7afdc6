"""A time point, phase or grade that nobody reports never gets a neighbour's figure."""

from __future__ import annotations

import pytest

from bot.pipeline import Readout
from knowledge.model import Estimate
from tests.generated import figures, phrasing

MONTHS = (1, 6, 9, 18, 30, 48, 72, 84, 120)


@pytest.mark.parametrize("months", MONTHS)
def test_a_time_point_in_between(months: int, readout: Readout) -> None:
    """Nothing is interpolated: the reply says that it is not reported."""
    words = phrasing(readout, readout.default_trial)
    wrong = []
    for fact in figures(readout, readout.default_trial):
        if not isinstance(fact, Estimate) or not fact.timepoint or not fact.arm:
            continue
        topic, arm, cohort = (
            words.topic(fact.topic, start=False),
            words.arm(fact.arm),
            words.cohort(fact.cohort),
        )
        for question in (
            f"{months}-month {topic} {arm} {cohort}",
            f"What was the {topic} at {months} months with {arm} in {cohort}?",
            f"{arm} {topic} {months}mo {cohort}",
        ):
            answer = readout.reply(question).answer
            if answer.kind.value != "not_reported" or f"{fact.value}%" in answer.headline:
                wrong.append(f"{question!r} -> {answer.kind.value} {answer.headline!r}")
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@pytest.mark.parametrize("phase", ["phase 1", "phase I", "ph4", "phase IV", "phase one"])
def test_a_phase_that_the_trial_does_not_have(phase: str, readout: Readout) -> None:
    """No other phase's figure stands in for it."""
    words = phrasing(readout, readout.default_trial)
    topics = {fact.topic for fact in figures(readout, readout.default_trial)}
    wrong = []
    for topic in sorted(topics):
        answer = readout.reply(f"{words.topic(topic, start=False)} in {phase}").answer
        if answer.kind.value not in ("not_reported", "clarify"):
            wrong.append(f"{topic} in {phase}: {answer.kind.value} {answer.headline!r}")
    assert not wrong, "\n".join(wrong)
