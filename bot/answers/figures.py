"""A claimed figure: what it stands for in its sentence, and whether a fact's figure agrees with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Literal

from knowledge.model import AdverseEvent, Comparison, Derived, Disposition, Estimate, Fact, Interval, number

Role = Literal["percent", "p", "interval", "plain"]

_NUMBER = r"(\d*\.?\d+)"
_PERCENT = re.compile(rf"{_NUMBER}\s*(?:%|percent\b|per cent\b|pct\b)", re.IGNORECASE)
_P = re.compile(rf"\bp\b[\s-]*(?:value)?\s*(?:=|of|was|is|:|at)?\s*{_NUMBER}", re.IGNORECASE)
_LIMITS = re.compile(
    rf"\b(?:ci|interval)\b[^\w.]*{_NUMBER}\s*%?\s*(?:-|\u2013|to|,|and)\s*{_NUMBER}", re.IGNORECASE
)
_DENIED = re.compile(rf"(?:\bnot|n.t|\brather than|\binstead of)\s+{_NUMBER}", re.IGNORECASE)
"""A figure that is named to be denied: nobody claims it."""
_RATIO_LIMIT = 10
"""From here on a number beside a ratio is no ratio but a count or a year."""

_DIGITS = 10
"""Decimals from which on nothing is a rounded figure."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure that somebody states."""

    value: Decimal
    role: Role

    @property
    def text(self) -> str:
        """As an answer repeats it."""
        plain = f"{self.value:f}"
        return f"{plain}%" if self.role == "percent" else f"P={plain}" if self.role == "p" else plain


def read(clause: str, values: Sequence[float]) -> list[Claim]:
    """The figures `values` of a clause, with what each stands for there."""
    percents = {_decimal(found) for found in _PERCENT.findall(clause)}
    chances = {_decimal(found) for found in _P.findall(clause)}
    limits = {_decimal(limit) for found in _LIMITS.findall(clause) for limit in found}
    denied = {_decimal(found) for found in _DENIED.findall(clause)}
    claims = []
    for value in (_decimal(str(value)) for value in values):
        if value in denied:
            continue
        role: Role = "plain"
        if value in limits:
            role = "interval"
        elif value in percents:
            role = "percent"
        elif value in chances:
            role = "p"
        claims.append(Claim(value, role))
    return claims


def figures_in(text: str) -> set[Decimal]:
    """Every number in a text."""
    return {_decimal(found) for found in re.findall(_NUMBER, text)}


def comparable(fact: Fact, claim: Claim) -> bool:
    """Whether the fact gives a figure of the claim's sort, so that another one contradicts it."""
    if claim.role == "plain":
        if isinstance(fact, Comparison):
            return claim.value < _RATIO_LIMIT and claim.value != claim.value.to_integral_value()
        if agrees(fact, claim):
            return True
    return bool(_figures(fact, claim.role))


def agrees(fact: Fact, claim: Claim) -> bool:
    """Whether the fact gives the claimed figure, also as a rounded one."""
    if claim.role == "plain" and isinstance(fact, Estimate | AdverseEvent | Disposition):
        # "12.5 against 0": a percentage without its sign; never a rounded one.
        bare = {number(figure) for figure in _figures(fact, "percent")}
        if claim.value in bare:
            return True
    return any(_rounds(number(figure), claim) for figure in _figures(fact, claim.role))


def reported(fact: Fact, claim: Claim) -> str:
    """The fact's figure of the claim's sort, as the source prints it."""
    figures = _figures(fact, claim.role) or _figures(fact, "percent")
    if claim.role == "p":
        return f"P={figures[0]}"
    if claim.role == "interval":
        return f"{figures[0]}-{figures[1]}"
    unit = "%" if figures == _figures(fact, "percent") else ""
    return f"{figures[0]}{unit}"


def _figures(fact: Fact, role: Role) -> list[str]:
    """The figures of a fact that a claim with this role speaks of."""
    if role == "p":
        return [fact.p_value] if isinstance(fact, Comparison) and fact.p_value else []
    if role == "interval":
        interval: Interval | None = getattr(fact, "ci", None)
        return [interval.low, interval.high] if interval else []
    match fact:
        case Estimate():
            counts = [str(part) for part in (fact.numerator, fact.denominator) if part is not None]
            if (fact.unit == "%") == (role == "percent"):
                return [fact.value]
            return counts if role == "plain" else []
        case Comparison():
            percent = fact.effect_measure == "risk_difference"
            return [fact.value] if percent == (role == "percent") else []
        case AdverseEvent() | Disposition():
            given = fact.percent if role == "percent" else fact.affected
            return [str(given)] if given is not None else []
        case Derived():
            figures = [fact.value, *([fact.unrounded] if fact.unrounded else [])]
            figures = [figure for figure in figures if figure.replace(".", "", 1).isdigit()]
            return figures if (fact.unit.startswith(("%", "percentage"))) == (role == "percent") else []
        case _:
            return []


def _rounds(given: Decimal, claim: Claim) -> bool:
    if given == claim.value:
        return True
    exponent = claim.value.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    # A count is exact, and so is a P value; 0.57 is "0.6", but no hazard ratio is "0".
    if digits < _DIGITS and (claim.role == "percent" or (claim.role == "plain" and digits)):
        step = Decimal(1).scaleb(-digits)
        return claim.value in {given.quantize(step, way) for way in (ROUND_HALF_UP, ROUND_HALF_EVEN)}
    return False


def _decimal(text: str) -> Decimal:
    return Decimal(text).normalize()
