"""Each figure, asked in five ways: time, arm and phase words decide, every one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from bot.pipeline import Readout
from bot.understanding.words.text import tokens
from knowledge.model import Estimate
from tests.generated import figures, phrasing

WAYS: tuple[Callable[[dict[str, str]], str], ...] = (
    lambda w: f"{w['years']} {w['topic']} {w['arm']} {w['cohort']}",
    lambda w: f"What was the {w['topic']} at {w['months']} with {w['arm']} in {w['cohort']}?",
    lambda w: f"{w['cohort']}: {w['topic']}, {w['arm']}, {w['years']}",
    lambda w: f"pls tell me {w['arm']} {w['label']} {w['short_time']} {w['short_cohort']}",
    lambda w: f"In the {w['cohort']} of the trial, how was {w['label']} on {w['arm']} after {w['months']}?",
)


@dataclass(frozen=True)
class Asked:
    """One question about one figure."""

    question: str
    fact: Estimate


def questions(readout: Readout) -> Iterator[Asked]:
    """Five questions for each estimate of the trial that nobody else's slots can tell from another."""
    trial = readout.default_trial
    words = phrasing(readout, trial)
    shorts = {arm.id: arm.short for arm in words.trial.arms}
    phases = {cohort.id: cohort.phase for cohort in words.trial.cohorts}
    for fact in figures(readout, trial):
        assert isinstance(fact, Estimate)
        if not fact.arm or not phases.get(fact.cohort or ""):
            continue
        months = next((t.value for t in words.trial.timepoints if t.id == fact.timepoint), None)
        slots = {
            "topic": words.topic(fact.topic, start=False),
            "label": words.concept(fact.topic),
            "arm": words.arm(fact.arm),
            "cohort": words.cohort(fact.cohort),
            "short_cohort": f"ph{phases[fact.cohort or '']}",
            "years": words.time(fact.timepoint, adjective=True),
            "months": f"{months} months" if months else "",
            "short_time": f"{months}mo" if months else "",
        }
        for number, way in enumerate(WAYS):
            filled = slots if number != 3 else slots | {"arm": shorts[fact.arm]}
            yield Asked(_tidy(way(filled)), fact)


def _tidy(question: str) -> str:
    """A question without the places that its fact leaves open."""
    question = " ".join(question.split())
    for loose, end in ((" at with", " with"), (" after ?", "?"), (", ,", ",")):
        question = question.replace(loose, end)
    return question.removesuffix(",").strip()


def test_the_first_line_is_the_asked_figure_and_no_other(readout: Readout) -> None:
    """The reply cites the fact first; its headline holds the figure and none of the topic's others."""
    wrong = []
    for asked in questions(readout):
        answer = readout.reply(asked.question).answer
        fact = asked.fact
        same = readout.store.facts(readout.default_trial, topic=fact.topic, measure=fact.measure)
        others = {f.value for f in same if isinstance(f, Estimate) and f.subject is None} - {fact.value}
        said = {token.stem for token in tokens(answer.headline) if token.is_number}
        ours = _cited_first(readout, answer.facts) == (fact.topic, fact.measure, *_slots(fact))
        right = ours and fact.value in said and not _confused(others & said, answer.headline, fact)
        if not right and not _second_source(readout, fact, answer.facts, said):
            wrong.append(f"{asked.question!r} -> {answer.headline!r} {answer.facts[:1]}, due {fact.id}")
    assert not wrong, "\n".join(wrong)


def _slots(fact: Estimate) -> tuple[str | None, ...]:
    return fact.cohort, fact.arm, fact.timepoint


def _cited_first(readout: Readout, facts: tuple[str, ...]) -> tuple[str | None, ...] | None:
    if not facts:
        return None
    first = readout.store.fact(readout.default_trial, facts[0])
    return first.topic, first.measure, first.cohort, first.arm, first.timepoint


def _confused(others: set[str], headline: str, fact: Estimate) -> bool:
    """Another value of the topic stands in the headline, and not as part of the label or the fraction."""
    parts = {str(fact.numerator), str(fact.denominator)}
    return any(f"{value}%" in headline or f"{value} {fact.unit}" in headline for value in others - parts)


def _second_source(readout: Readout, fact: Estimate, cited: tuple[str, ...], said: set[str]) -> bool:
    """The better source's figure for the very same slots leads; then this one must stand below."""
    if not cited or fact.id not in cited:
        return False
    first = readout.store.fact(readout.default_trial, cited[0])
    if not isinstance(first, Estimate) or first.source == fact.source or first.value not in said:
        return False
    return (first.topic, first.measure, *_slots(first)) == (fact.topic, fact.measure, *_slots(fact))


@pytest.mark.parametrize("slot", ["arm", "cohort", "timepoint"])
def test_changing_one_word_changes_lookup_and_figure(slot: str, readout: Readout) -> None:
    """Two questions that differ in one slot never get the same lookup, nor one the other's headline."""
    asked = [list(group) for group in zip(*[iter(questions(readout))] * len(WAYS), strict=True)]
    wrong = []
    for one in asked:
        for other in asked:
            if not _differ_only_in(slot, one[0].fact, other[0].fact):
                continue
            for mine, theirs in zip(one, other, strict=True):
                a, b = readout.reply(mine.question).answer, readout.reply(theirs.question).answer
                if a.understood == b.understood or a.headline == b.headline:
                    wrong.append(f"{mine.question!r} and {theirs.question!r}: both {a.headline!r}")
    assert not wrong, "\n".join(wrong)


def _differ_only_in(slot: str, one: Estimate, other: Estimate) -> bool:
    names = ("topic", "measure", "cohort", "arm", "timepoint", "source")
    return {name for name in names if getattr(one, name) != getattr(other, name)} == {slot}
