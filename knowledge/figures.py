"""How a formula reads its inputs: the figure that a fact holds, and its unit.

Knows the kinds of facts, and nothing of arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from knowledge.errors import UnsuitableInput
from knowledge.model import AdverseEvent, Assertion, Comparison, Disposition, Estimate, Interval, number


@dataclass(frozen=True)
class Figure:
    """An input as a formula reads it."""

    value: Decimal
    unit: str
    ci: Interval | None = None

    def __str__(self) -> str:
        return f"{self.value}%" if self.unit == "%" else str(self.value)


def exact(text: str) -> Decimal:
    """The number a source prints; raises UnsuitableInput for a bound such as "<5"."""
    if text.startswith(("<", ">")):
        raise UnsuitableInput(f"{text} is a bound, not a figure")
    return number(text)


def amount(fact: Assertion) -> Figure:
    """The figure of one group, in its own unit."""
    if isinstance(fact, Estimate):
        return Figure(exact(fact.value), fact.unit, fact.ci)
    if isinstance(fact, AdverseEvent | Disposition) and fact.percent is not None:
        return Figure(exact(fact.percent), "%")
    raise UnsuitableInput(f"{fact.id} holds no figure of a group")


def percent(fact: Assertion) -> Figure:
    """The percentage of one group."""
    figure = amount(fact)
    if figure.unit != "%":
        raise UnsuitableInput(f"{fact.id} is in {figure.unit}, not a percentage")
    return figure


def count(fact: Assertion) -> Figure:
    """The number of patients (or deaths, sites) of one group."""
    if isinstance(fact, Estimate) and fact.unit in ("patients", "deaths", "sites"):
        return amount(fact)
    if isinstance(fact, Estimate) and fact.numerator is not None:
        return Figure(Decimal(fact.numerator), "patients")
    if isinstance(fact, AdverseEvent | Disposition) and fact.affected is not None:
        return Figure(Decimal(fact.affected), "patients")
    raise UnsuitableInput(f"{fact.id} holds no count")


def hazard_ratio(fact: Assertion) -> Figure:
    """A hazard ratio with its interval, if it has one."""
    if isinstance(fact, Comparison) and fact.effect_measure == "hazard_ratio":
        return Figure(exact(fact.value), "", fact.ci)
    raise UnsuitableInput(f"{fact.id} is not a hazard ratio")
