"""Yes, no, or neither: what the facts say to a yes/no question or a claimed figure."""

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
    Statement,
    Trial,
    number,
)

DIRECTIONS = frozenset({"better", "worse", "higher", "lower"})
P_MEASURES = ("p_value", "significance")
RATIOS = ("confidence_interval", "hazard_ratio", "odds_ratio", "relative_risk")
NO_EFFECT = 1
"""A ratio of two equal groups."""
NEAR, FAR = Decimal("0.1"), Decimal("0.25")
"""Relative distance up to which a rough figure ("about half") is right, and from which it is wrong."""
SIGNIFICANT = Decimal("0.05")
"""The usual two-sided level; the sources name no other."""


def verdict(query: Query, facts: Sequence[Fact], trial: Trial, concepts: Mapping[str, Concept]) -> str | None:
    """ "yes", "no", "not shown", "wrong" (a false premise) or None.

    A statement's own verdict on the proposition comes first, then the
    direction of the effect, then figures that the user stated.
    """
    for fact in facts:
        if isinstance(fact, Statement) and query.proposition and query.proposition in fact.verdicts:
            said = fact.verdicts[query.proposition].replace(" ", "_")
            # "What were they randomized to?" wants no yes.
            return said if said != "yes" or query.yes_no or query.states else None
    crossed = _crosses(query, facts)
    if crossed is not None:
        return crossed
    named = _named(query, facts)
    if named is not None:
        return named
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
        return _claimed(query, facts, trial)
    return None


def _named(query: Query, facts: Sequence[Fact]) -> str | None:
    """ "Was ORR the primary endpoint?", "published in NEJM?": whether the fact is about that name."""
    statements = [fact for fact in facts if isinstance(fact, Statement)]
    if not statements or not (query.named or query.identities):
        return None
    covered = {concept for fact in statements for concept in fact.mentions}
    text = " ".join(f"{fact.headline} {fact.text}" for fact in statements).lower()
    if query.named and not covered:
        return None
    right = query.named <= covered and all(name.lower() in text for name in query.identities)
    if query.yes_no:
        return "yes" if right else "no"
    return None if right else "wrong"


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
    if value is None:
        return None
    kept = [_keeps(value, side, Decimal(str(limit))) for side, limit in query.bounds]
    if None in kept and False not in kept:
        return None
    if query.yes_no:
        return "yes" if all(kept) else "no"
    return None if all(kept) else "wrong"


def _keeps(value: Decimal, side: str, limit: Decimal) -> bool | None:
    """Whether a figure keeps a limit, or is near a rough one; None where that is a matter of taste."""
    if side == "above":
        return value >= limit
    if side == "below":
        return value <= limit
    off = abs(value - limit) / limit if limit else abs(value)
    return True if off <= NEAR else (None if off <= FAR else False)


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


def _claimed(query: Query, facts: Sequence[Fact], trial: Trial) -> str | None:
    values = _values(facts)
    fractions = [claim for claim in query.claims if claim != int(claim) or query.yes_no or query.firm_claim]
    if not values or not fractions or _names_no_effect(query):
        return None
    if query.firm_claim and not any(_in_percent(fact) for fact in facts):
        return None
    claims = {Decimal(str(claim)).normalize() for claim in query.claims}
    paired = _paired(query, facts, trial)
    if paired is not None:
        return ("yes" if query.yes_no else None) if paired else ("no" if query.yes_no else "wrong")
    if claims & values:
        return "yes" if query.yes_no else None
    return "no" if query.yes_no else "wrong"


def _in_percent(fact: Fact) -> bool:
    """Whether a claim with "%" can be about this fact at all."""
    match fact:
        case Estimate():
            return fact.unit not in ("patients", "deaths", "sites")
        case AdverseEvent() | Disposition():
            return fact.percent is not None
        case _:
            return True


def _crosses(query: Query, facts: Sequence[Fact]) -> str | None:
    """ "Does the interval cross 1?": whether it holds the value of no effect."""
    if query.proposition not in ("includes_one", "excludes_one"):
        return None
    for fact in facts:
        if isinstance(fact, Comparison) and fact.ci:
            inside = number(fact.ci.low) <= NO_EFFECT <= number(fact.ci.high)
            return "yes" if inside == (query.proposition == "includes_one") else "no"
    return None


def _paired(query: Query, facts: Sequence[Fact], trial: Trial) -> bool | None:
    """ "5% on A and 3% on B", "90 at 1 year and 80 at 2": whether each figure is that of the arm or time it
    is told with; None when figures, arms and times do not pair.
    """
    number = len(query.claims)
    if number < 2 or number not in (len(query.arms), len(query.times)):
        return None
    by_arm = number == len(query.arms)
    found = []
    for index, claim in enumerate(query.claims):
        own = [
            fact
            for fact in facts
            if (fact.arm == query.arms[index] if by_arm else months_of(trial, fact.timepoint) == query.times[index])
        ]
        if not own:
            return None
        found.append(Decimal(str(claim)).normalize() in _values(own))
    return all(found)


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
    parts = _first_part_is_higher(query, facts)
    if parts is None:
        parts = _first_time_is_higher(query, facts, trial)
    if parts is not None and turn in ("higher", "lower"):
        return parts == (turn == "higher")
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


def _first_part_is_higher(query: Query, facts: Sequence[Fact]) -> bool | None:
    """ "Was it longer in part A than in B?": the first-named part's figure against the other's."""
    by_part = {fact.cohort: number(fact.value) for fact in reversed(facts) if isinstance(fact, Estimate)}
    by_part |= {
        fact.cohort: number(fact.percent)
        for fact in reversed(facts)
        if isinstance(fact, AdverseEvent | Disposition) and fact.percent
    }
    if len(query.cohorts) != 2 or query.arms or not set(query.cohorts) <= set(by_part):
        return None
    one, other = (by_part[cohort] for cohort in query.cohorts)
    return None if one == other else one > other


def _first_time_is_higher(query: Query, facts: Sequence[Fact], trial: Trial) -> bool | None:
    """ "Is the 3-year gap bigger than the 1-year gap?": the first-named time's figure against the other's."""
    if len(query.times) != 2:
        return None
    found = []
    for months in query.times:
        own = [f for f in facts if months_of(trial, f.timepoint) == months and _figures(f)]
        if len(own) != 1:
            return None
        found.append(number(_figures(own[0])[0]))
    return None if found[0] == found[1] else found[0] > found[1]


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
