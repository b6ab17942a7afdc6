"""One fact's figure as it is printed: value, unit, counts, interval, P value."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.units import with_unit
from knowledge.model import (
    AdverseEvent,
    Comparison,
    Criterion,
    Derived,
    Disposition,
    Estimate,
    Fact,
    Interval,
    Statement,
)

COUNTED_FROM = "count_from_percent"
"""The formula that turns a share of a known number into patients."""


def printed(fact: Fact, of: str, inputs: Sequence[Fact] = ()) -> str:
    """The figure with its unit: "80%", "0.57", "8 percentage points".

    A number worked out from a share names both of its `inputs` in the wording `of`: "15 of 20 (75%)".
    """
    match fact:
        case Estimate():
            text = fact.value + with_unit(fact.unit, fact.value)
            if fact.numerator is not None and fact.denominator is not None:
                text += f" ({fact.numerator}/{fact.denominator})"
            return text + _interval(fact.ci, "%" if fact.unit == "%" else "")
        case Comparison():
            return (
                fact.value + _interval(fact.ci, "") + ("" if fact.p_value is None else f", P={fact.p_value}")
            )
        case AdverseEvent() | Disposition():
            return _patients(fact)
        case Derived() if fact.formula == COUNTED_FROM and len(inputs) == 2:
            share, size = (printed(each, of) for each in inputs)
            return of.format(count=fact.value, size=size, share=share)
        case Derived():
            return _derived(fact)
        case Criterion() | Statement():
            return fact.headline
    raise TypeError(type(fact).__name__)


def _derived(fact: Derived) -> str:
    text = fact.value + with_unit(fact.unit, fact.value)
    if fact.low and fact.high:
        text += f" ({fact.low}-{fact.high}{'%' if fact.unit == '%' else ''})"
    if fact.unrounded and fact.unrounded != fact.value:
        text += f" ({fact.unrounded})"
    return text


def _patients(fact: AdverseEvent | Disposition) -> str:
    count = None if fact.affected is None else f"n={fact.affected}"
    if fact.percent is None:
        return count or ""
    return f"{fact.percent}%" + (f" ({count})" if count else "")


def _interval(ci: Interval | None, unit: str) -> str:
    return "" if ci is None else f" ({ci.level}% CI {ci.low}-{ci.high}{unit})"
