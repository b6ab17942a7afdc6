"""Limits that a question sets to a figure ("above 90%", "about half", "any"), and whether it keeps them."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from bot.answers.comparisons import figures_of
from bot.understanding.query import Query
from knowledge.model import Comparison, Fact, number

P_MEASURES = ("p_value", "significance")
NEAR, FAR = Decimal("0.1"), Decimal("0.25")
"""Relative distance up to which a rough figure ("about half") is right, and from which it is wrong."""
LIMITS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "above": operator.gt,
    "at_least": operator.ge,
    "below": operator.lt,
    "at_most": operator.le,
}


def asked_value(query: Query, facts: Sequence[Fact]) -> Decimal | None:
    """The one figure asked about: of the named arm, else of the test arm's row."""
    named = [f for f in facts if f.arm in query.arms] if query.arms else list(facts)
    for fact in named:
        figures = figures_of(fact)
        if isinstance(fact, Comparison) and fact.p_value and query.measure in P_MEASURES:
            return number(fact.p_value)
        if figures:
            return number(figures[0])
    return None


def within(query: Query, facts: Sequence[Fact]) -> str | None:
    """ "Is it above 90%?": whether the figure keeps every limit."""
    value = asked_value(query, facts)
    if value is None:
        return None
    kept = [_keeps(value, side, Decimal(str(limit))) for side, limit in query.bounds]
    if None in kept and False not in kept:
        return None
    right, wrong = ("yes", "no") if query.yes_no else (None, "wrong")
    return right if all(kept) else wrong


def _keeps(value: Decimal, side: str, limit: Decimal) -> bool | None:
    """Whether a figure keeps a limit, or is near a rough one; None where that is a matter of taste."""
    if side in LIMITS:
        return LIMITS[side](value, limit)
    off = abs(value - limit) / limit if limit else abs(value)
    return True if off <= NEAR else (None if off <= FAR else False)


def exists(query: Query, facts: Sequence[Fact]) -> str | None:
    """ "Did anyone die on it?", "nobody died, right?": whether the figure is more than none."""
    if "none" in query.aspects and query.yes_no:
        figures = [number(figure) for fact in facts for figure in figures_of(fact)[:1]]
        return None if not figures else ("no" if any(figures) else "yes")
    if "any" not in query.aspects or not query.yes_no or len(query.arms) != 1:
        return None
    value = asked_value(query, facts)
    return None if value is None else ("yes" if value > 0 else "no")
