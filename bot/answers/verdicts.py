"""Yes, no, or neither: what the facts say to a yes/no question or a claimed figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.understanding.query import Query
from knowledge.model import (
    AdverseEvent,
    Comparison,
    Concept,
    Derived,
    Disposition,
    Estimate,
    Fact,
    Statement,
    Trial,
    number,
)

DIRECTIONS = frozenset({"better", "worse", "higher", "lower"})
P_MEASURES = ("p_value", "significance")
RATIOS = ("confidence_interval", "hazard_ratio", "odds_ratio", "relative_risk")
NO_EFFECT = 1
"""A ratio of two equal groups."""
SIGNIFICANT = Decimal("0.05")
"""The usual two-sided level; the sources name no other."""


def verdict(query: Query, facts: Sequence[Fact], trial: Trial, concepts: Mapping[str, Concept]) -> str | None:
    """ "yes", "no", "not shown", "wrong" (a false premise) or None.

    A statement's own verdict on the proposition comes first, then the
    direction of the effect, then figures that the user stated.
    """
    for fact in facts:
        if isinstance(fact, Statement) and query.proposition and query.proposition in fact.verdicts:
            return fact.verdicts[query.proposition].replace(" ", "_")
    significant = _significant(query, facts)
    if significant is not None:
        return significant
    within = _within(query, facts) if query.bounds else _exists(query, facts)
    if within is not None:
        return within
    direction = _direction(query, facts, trial, concepts)
    if direction is not None:
        if query.yes_no:
            return "yes" if direction else "no"
        return None if direction else "wrong"
    if query.claims and (query.yes_no or query.measure not in ("confidence_interval", *P_MEASURES)):
        return _claimed(query, facts)
    return None


def _asked_value(query: Query, facts: Sequence[Fact]) -> Decimal | None:
    """The one figure asked about: of the named arm, else of the test arm's row."""
    named = [f for f in facts if f.arm in query.arms] if query.arms else list(facts)
    for fact in named:
        figures = _figures(fact)
        if isinstance(fact, Comparison) and fact.p_value and query.measure in P_MEASURES:
            return number(fact.p_value)
        if figures:
            return number(figures[0])
    return None


def _within(query: Query, facts: Sequence[Fact]) -> str | None:
    """ "Is it above 90%?": whether the figure keeps every limit."""
    value = _asked_value(query, facts)
    if value is None or not query.yes_no:
        return None
    kept = all(
        value >= Decimal(str(limit)) if side == "above" else value <= Decimal(str(limit))
        for side, limit in query.bounds
    )
    return "yes" if kept else "no"


def _exists(query: Query, facts: Sequence[Fact]) -> str | None:
    """ "Did anyone die on it?": whether the figure is more than none."""
    if "any" not in query.aspects or not query.yes_no or len(query.arms) != 1:
        return None
    value = _asked_value(query, facts)
    return None if value is None else ("yes" if value > 0 else "no")


def _significant(query: Query, facts: Sequence[Fact]) -> str | None:
    if "significance" not in (query.measure, *query.details):
        return None
    for fact in facts:
        if isinstance(fact, Comparison) and fact.p_value:
            return "yes" if number(fact.p_value) < SIGNIFICANT else "no"
    return None


def _claimed(query: Query, facts: Sequence[Fact]) -> str | None:
    values = _values(facts)
    fractions = [claim for claim in query.claims if claim != int(claim) or query.yes_no or query.firm_claim]
    if not values or not fractions or _names_no_effect(query):
        return None
    claims = {Decimal(str(claim)).normalize() for claim in query.claims}
    if claims & values:
        return "yes" if query.yes_no else None
    return "no" if query.yes_no else "wrong"


def _names_no_effect(query: Query) -> bool:
    """ "Does the interval cross 1?" names the value of no effect; it claims no figure."""
    ratio = any(measure in RATIOS for measure in (query.measure, *query.details))
    return ratio and set(query.claims) == {NO_EFFECT}


def _values(facts: Sequence[Fact]) -> set[Decimal]:
    values: set[Decimal] = set()
    for fact in facts:
        for text in _figures(fact):
            values.add(number(text).normalize())
    return values


def _figures(fact: Fact) -> list[str]:
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


def _direction(
    query: Query, facts: Sequence[Fact], trial: Trial, concepts: Mapping[str, Concept]
) -> bool | None:
    """Whether the arm that the question favours does better (or higher) indeed."""
    turns = query.aspects & DIRECTIONS
    if len(turns) != 1 or not (query.yes_no or query.first_arm):
        return None
    turn = next(iter(turns))
    arm = query.first_arm or trial.test_arm
    concept = concepts.get(query.topic)
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


def _test_is_higher(facts: Sequence[Fact], trial: Trial) -> bool | None:
    by_arm: dict[str | None, Decimal] = {}
    for fact in facts:
        if isinstance(fact, Estimate):
            by_arm.setdefault(fact.arm, number(fact.value))
        if isinstance(fact, Comparison) and fact.effect_measure == "hazard_ratio" and fact.ci is None:
            return number(fact.value) < 1
    test, reference = by_arm.get(trial.test_arm), by_arm.get(trial.reference_arm)
    if test is None or reference is None or test == reference:
        return None
    return test > reference
