"""A fact as a flat row, for people who read the compiled file and for its filters."""

from __future__ import annotations

from typing import Any

from knowledge.model import (
    AdverseEvent,
    Comparison,
    Criterion,
    Derived,
    Disposition,
    Estimate,
    Fact,
    Statement,
)

SLOTS = ("topic", "measure", "cohort", "arm", "timepoint", "subgroup", "subject")
"""Columns that say what a fact is about, and that a question can fix."""


def figure(fact: Fact) -> tuple[str | None, str | None]:
    """The value and unit by which a fact is known in a list; headline-only facts have none."""
    match fact:
        case Estimate() | Derived():
            return fact.value, fact.unit
        case Comparison():
            return fact.value, fact.effect_measure.replace("_", " ")
        case AdverseEvent() | Disposition():
            return (fact.percent, "%") if fact.percent else (str(fact.affected), "patients")
        case Criterion():
            return fact.value, fact.unit
        case _:
            return None, None


def limits(fact: Fact) -> tuple[str | None, str | None]:
    """The confidence limits of a figure that has them."""
    if isinstance(fact, Derived):
        return fact.low, fact.high
    if isinstance(fact, Estimate | Comparison) and fact.ci:
        return fact.ci.low, fact.ci.high
    return None, None


def fact_row(scope: str, fact: Fact, rank: int, position: int) -> dict[str, Any]:
    """The row of the fact table."""
    value, unit = figure(fact)
    low, high = limits(fact)
    return {
        "trial": scope,
        "id": fact.id,
        "kind": fact.kind,
        **{slot: getattr(fact, slot) for slot in SLOTS},
        "value": value,
        "unit": unit,
        "ci_low": low,
        "ci_high": high,
        "p_value": fact.p_value if isinstance(fact, Comparison) else None,
        "headline": fact.headline if isinstance(fact, Statement | Criterion) else None,
        "source": fact.source,
        "section": fact.section,
        "status": fact.status,
        "as_of": fact.as_of,
        "rank": rank,
        "position": position,
        "record": fact.model_dump_json(),
    }
