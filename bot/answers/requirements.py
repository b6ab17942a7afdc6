"""Figures that a trial's rules set ("at least 10%"): whether a question's figure keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.answers.fits import MONTHS_A_YEAR
from bot.answers.limits import LIMITS
from bot.understanding.query import Query
from knowledge.model import Fact, Requirement, Statement, number

SAME_SIDE = {"above": "at_least", "below": "at_most"}
"""Strict limits and their plain ones: "over 10%" names the rule "at least 10%", loosely."""
LENGTHS = ("months", "years")
ENTRY = "entry"
"""The aspect of a question on who could take part."""


def required(query: Query, facts: Sequence[Fact]) -> str | None:
    """ "yes", "no" or None for a figure that is said to be the rule, or to keep it.

    A figure that breaks the rule is neither. One that keeps it is no rule of
    its own, so that only a question on entry gets a "yes" for it.
    """
    rules = [rule for fact in facts if isinstance(fact, Statement) for rule in fact.requires]
    if not rules or query.offers or not (query.yes_no or query.states or ENTRY in query.aspects):
        return None
    stated = [Decimal(str(value)) for value in (*query.claims, *(bound for _, bound in query.bounds))]
    floors = [number(rule.plausible_from) for rule in rules if rule.plausible_from]
    if any(value < floor for value in stated for floor in floors):
        return None
    limits = [(side, Decimal(str(value)), False) for side, value in query.bounds]
    limits += [(side, Decimal(str(value)), True) for side, value in query.time_bounds]
    if limits:
        return "yes" if all(any(_is_rule(rule, *each) for rule in rules) for each in limits) else "no"
    timed = not query.claims
    # A dose is no length of time ("28-day cycles?").
    rules = [rule for rule in rules if not timed or rule.unit in LENGTHS]
    values = [Decimal(str(value)) for value in query.claims or query.times]
    if not values or not rules:
        return None
    if all(any(value == _value(rule, timed) for rule in rules) for value in values):
        return "yes" if query.yes_no else None
    if not all(any(_keeps(rule, value, timed) for rule in rules) for value in values):
        return "no"
    return "yes" if ENTRY in query.aspects else None


def _value(rule: Requirement, timed: bool) -> Decimal:
    """The rule's figure, in months where it is compared with a length of time."""
    return number(rule.value) * (MONTHS_A_YEAR if timed and rule.unit == "years" else 1)


def _is_rule(rule: Requirement, side: str, value: Decimal, timed: bool) -> bool:
    own = SAME_SIDE.get(rule.limit, rule.limit)
    return value == _value(rule, timed) and own in ("exactly", SAME_SIDE.get(side, side))


def _keeps(rule: Requirement, value: Decimal, timed: bool) -> bool:
    return LIMITS[rule.limit](value, _value(rule, timed)) if rule.limit in LIMITS else False
