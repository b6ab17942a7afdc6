"""Which figure is higher, better or greatest: arm against arm, part against part, time against time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.answers.fits import months_of
from bot.understanding.query import Query
from knowledge.model import (
    AdverseEvent,
    Comparison,
    Concept,
    Derived,
    Disposition,
    Estimate,
    Fact,
    Trial,
    number,
)

EXTREMES = frozenset({"greatest", "least"})
DIRECTIONS = frozenset({"better", "worse", "higher", "lower"})


def figures_of(fact: Fact) -> list[str]:
    """Every figure of a fact as printed: its value first, then counts, interval and P value."""
    match fact:
        case Estimate():
            return [fact.value, *(str(n) for n in (fact.numerator, fact.denominator) if n is not None)]
        case Comparison():
            ci = [fact.ci.low, fact.ci.high] if fact.ci else []
            return [fact.value, *ci, *([fact.p_value] if fact.p_value else [])]
        case AdverseEvent() | Disposition():
            return [str(v) for v in (fact.percent, fact.affected) if v is not None]
        case Derived():
            return [v for v in (fact.value, fact.unrounded) if v and v.replace(".", "").isdigit()]
        case _:
            return []


def favoured(
    query: Query, facts: Sequence[Fact], trial: Trial, concepts: Mapping[str, Concept]
) -> bool | None:
    """Whether the arm that the question favours does better (or higher) indeed."""
    turns = query.aspects & DIRECTIONS
    if len(turns) != 1 or query.claims or not (query.yes_no or query.first_arm):
        # "4%, or more?" sets the figure against the claim, not arm against arm.
        return None
    turn = next(iter(turns))
    concept = concepts.get(query.topic)
    parts = _first_part_is_higher(query, facts)
    if parts is None:
        parts = _first_time_is_higher(query, facts, trial)
    if parts is not None and turn in ("higher", "lower"):
        return parts == (turn == "higher")
    if parts is not None and concept is not None and concept.direction is not None:
        return (parts == (concept.direction == "higher_is_better")) == (turn == "better")
    if len(query.cohorts) > 1:
        return None
    arm = query.first_arm or trial.test_arm
    test_higher = _test_is_higher(facts, trial)
    if test_higher is None:
        return None
    subject_higher = test_higher if arm == trial.test_arm else not test_higher
    if turn in ("higher", "lower"):
        return subject_higher == (turn == "higher")
    if concept is None or concept.direction is None:
        return None
    better = subject_higher == (concept.direction == "higher_is_better")
    return better == (turn == "better")


def extreme(query: Query, facts: Sequence[Fact], trial: Trial) -> bool | None:
    """ "Is the gap widest at 3 years?": whether the figure is greatest (or least) at that time."""
    if len(query.claimed_times) != 1:
        return None
    by_time = {
        months_of(trial, f.timepoint): number(figures_of(f)[0])
        for f in facts
        if f.timepoint and figures_of(f)
    }
    here = by_time.get(query.claimed_times[0])
    if here is None or len(by_time) < 2:
        return None
    return here == (max if "greatest" in query.aspects else min)(by_time.values())


def _first_part_is_higher(query: Query, facts: Sequence[Fact]) -> bool | None:
    """ "Was it longer in part A than in B?": the first-named part's figure against the other's."""
    if len(query.cohorts) != 2 or len(query.arms) > 1:
        return None
    facts = [fact for fact in facts if not query.arms or fact.arm in query.arms]
    by_part = {fact.cohort: number(fact.value) for fact in reversed(facts) if isinstance(fact, Estimate)}
    by_part |= {
        fact.cohort: number(fact.percent)
        for fact in reversed(facts)
        if isinstance(fact, AdverseEvent | Disposition) and fact.percent
    }
    if not set(query.cohorts) <= set(by_part):
        return None
    one, other = (by_part[cohort] for cohort in query.cohorts)
    return None if one == other else one > other


def _first_time_is_higher(query: Query, facts: Sequence[Fact], trial: Trial) -> bool | None:
    """ "Is the 3-year gap bigger than the 1-year gap?": the first-named time's figure against the other's."""
    if len(query.times) != 2:
        return None
    found = []
    for months in query.times:
        own = [f for f in facts if months_of(trial, f.timepoint) == months and figures_of(f)]
        if len(own) != 1:
            return None
        found.append(number(figures_of(own[0])[0]))
    return None if found[0] == found[1] else found[0] > found[1]


def _test_is_higher(facts: Sequence[Fact], trial: Trial) -> bool | None:
    by_arm: dict[str | None, Decimal] = {}
    for fact in facts:
        if isinstance(fact, Estimate):
            by_arm.setdefault(fact.arm, number(fact.value))
        if isinstance(fact, Comparison) and fact.effect_measure == "hazard_ratio":
            if fact.ci is not None and number(fact.ci.low) <= 1 <= number(fact.ci.high):
                continue
            return number(fact.value) < 1
    test, reference = by_arm.get(trial.test_arm), by_arm.get(trial.reference_arm)
    if test is None or reference is None or test == reference:
        return None
    return test > reference
