"""The formulas a derivation may name: which figures go in, and how the result is written.

The arithmetic is in derive.py; here each result gets its unit, its limits
and its working, such as "90% - 70% = 20 percentage points".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from knowledge import derive, figures
from knowledge.errors import UnsuitableInput, WrongDirection
from knowledge.figures import Figure
from knowledge.model import Assertion


@dataclass(frozen=True)
class Result:
    """A computed value as it is printed, with the sum that led to it."""

    value: str
    unit: str
    working: str
    low: str | None = None
    high: str | None = None
    unrounded: str | None = None


def _unit(test: Figure, reference: Figure) -> str:
    if test.unit != reference.unit:
        raise UnsuitableInput(f"{test.unit} and {reference.unit} do not go together")
    return test.unit


def complement(rate: Figure) -> Result:
    """100% - rate. Exact."""
    value = derive.complement(rate.value)
    return Result(str(value), "%", f"100% - {rate} = {value}%")


def risk_difference(test: Figure, reference: Figure) -> Result:
    """test - reference. Exact; percentages give percentage points."""
    unit = _unit(test, reference)
    unit = "percentage points" if unit == "%" else unit
    value = derive.risk_difference(test.value, reference.value)
    return Result(str(value), unit, f"{test} - {reference} = {value} {unit}")


def relative_risk(test: Figure, reference: Figure) -> Result:
    """(100 - test) / (100 - reference); 2 decimals."""
    value = derive.relative_risk(test.value, reference.value)
    return Result(str(value), "", f"(100 - {test.value}) / (100 - {reference.value}) = {value}")


def relative_risk_reduction(test: Figure, reference: Figure) -> Result:
    """(1 - relative risk) * 100; whole %."""
    value = derive.relative_risk_reduction(test.value, reference.value)
    working = f"1 - (100 - {test.value}) / (100 - {reference.value}) = {value}%"
    return Result(str(value), "%", working)


def nnt(test: Figure, reference: Figure) -> Result:
    """100 / (test - reference), rounded up."""
    return _number_needed(test, reference, derive.nnt(test.value, reference.value), "up")


def nnh(test: Figure, reference: Figure) -> Result:
    """100 / (test - reference), rounded down."""
    return _number_needed(test, reference, derive.nnh(test.value, reference.value), "down")


def _number_needed(test: Figure, reference: Figure, value: Decimal, way: str) -> Result:
    exact = derive.patients_per_event(test.value, reference.value)
    unrounded = derive.half_up(exact, 1)
    if unrounded == unrounded.to_integral_value() != value:
        unrounded = derive.half_up(exact, 2)  # "2.0, rounded up to 3" would look like a mistake
    gap = abs(derive.risk_difference(test.value, reference.value))
    sum_ = f"100 / ({test.value} - {reference.value}) = 100 / {gap} = {unrounded}"
    rounded = "" if unrounded == value else f", rounded {way} to {value}"
    return Result(str(value), "patients", sum_ + rounded, unrounded=str(unrounded))


def _per(size: int) -> Callable[[Figure, Figure], Result]:
    def per_size(test: Figure, reference: Figure) -> Result:
        """(test - reference) * size / 100. Exact."""
        value = derive.per(size, test.value, reference.value)
        text = f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
        working = f"({test} - {reference}) of {size} = {text} per {size}"
        return Result(text, f"per {size}", working)

    return per_size


def hazard_reduction(hazard_ratio: Figure) -> Result:
    """(1 - hazard ratio) * 100; whole %. Limits: of the ratio's interval, swapped."""
    if hazard_ratio.value >= 1:
        raise WrongDirection(f"hazard ratio {hazard_ratio} is not below 1: nothing is reduced")
    value = derive.hazard_reduction(hazard_ratio.value)
    limits = _limits(hazard_ratio, derive.hazard_reduction)
    working = f"(1 - {hazard_ratio}) * 100 = {value}%"
    return Result(str(value), "%", working + _interval(hazard_ratio, limits, "%"), *reversed(limits))


def nnt_from_hazard_ratio(hazard_ratio: Figure, reference: Figure) -> Result:
    """1 / (S^HR - S) with S the reference rate; one decimal; limits at the ratio's limits."""
    value = derive.nnt_from_hazard_ratio(hazard_ratio.value, reference.value)
    limits = _limits(hazard_ratio, lambda limit: derive.nnt_from_hazard_ratio(limit, reference.value))
    s = reference.value / 100
    working = f"1 / ({s}^{hazard_ratio} - {s}) = {value}"
    return Result(str(value), "patients", working + _interval(hazard_ratio, limits, ""), *limits)


def _limits(ratio: Figure, compute: Callable[[Decimal], Decimal]) -> tuple[str | None, str | None]:
    if ratio.ci is None:
        return (None, None)
    return (str(compute(figures.exact(ratio.ci.low))), str(compute(figures.exact(ratio.ci.high))))


def _interval(ratio: Figure, limits: tuple[str | None, str | None], unit: str) -> str:
    if ratio.ci is None:
        return ""
    return f"; at the limits {ratio.ci.low} and {ratio.ci.high}: {limits[0]}{unit} and {limits[1]}{unit}"


def ratio(test: Figure, reference: Figure) -> Result:
    """test / reference; one decimal."""
    _unit(test, reference)
    value = derive.ratio(test.value, reference.value)
    return Result(str(value), "", f"{test} / {reference} = {value}")


def total(first: Figure, second: Figure) -> Result:
    """first + second. Exact."""
    unit = _unit(first, second)
    value = first.value + second.value
    return Result(str(value), unit, f"{first} + {second} = {value}{'%' if unit == '%' else ''}")


def count_from_percent(percent: Figure, size: Figure) -> Result:
    """The only whole number that is this percentage of the size, after rounding."""
    value = derive.count_from_percent(percent.value, size.value)
    return Result(str(value), "patients", f"{value} / {size} = {percent}")


def proportion(count: Figure, size: Figure) -> Result:
    """count / size; one decimal."""
    value = derive.proportion(count.value, size.value)
    return Result(str(value), "%", f"{count} / {size} = {value}%")


def common_denominator(
    first_count: Figure,
    first_percent: Figure,
    second_count: Figure,
    second_percent: Figure,
) -> Result:
    """The only size for which two counts give two percentages, after rounding."""
    pairs = ((first_count, first_percent), (second_count, second_percent))
    value = derive.common_denominator([(count.value, percent.value) for count, percent in pairs])
    sums = ", ".join(f"{count} / {value} = {percent}" for count, percent in pairs)
    return Result(str(value), "patients", sums)


def wald_p(hazard_ratio: Figure) -> Result:
    """P implied by ratio and interval; one significant digit, "<0.0001" below that."""
    if hazard_ratio.ci is None:
        raise UnsuitableInput("the hazard ratio has no confidence interval")
    level = hazard_ratio.ci.level
    low, high = figures.exact(hazard_ratio.ci.low), figures.exact(hazard_ratio.ci.high)
    p = derive.wald_p(hazard_ratio.value, low, high, level)
    value = "<0.0001" if p < Decimal("0.0001") else f"{derive.significant(p):f}"
    z = derive.half_up(derive.wald_z(hazard_ratio.value, low, high, level), 2)
    quantile = derive.half_up(derive.NORMAL_QUANTILE[level], 2)
    error = f"((ln({high}) - ln({low})) / (2 * {quantile}))"
    return Result(value, "", f"ln({hazard_ratio}) / {error} = {z}, two-sided P {value}")


Reader = Callable[[Assertion], Figure]


@dataclass(frozen=True)
class Formula:
    """A function, and how each of its parameters reads its fact."""

    compute: Callable[..., Result]
    parameters: Mapping[str, Reader]


_RATES: Mapping[str, Reader] = {"test": figures.percent, "reference": figures.percent}
_AMOUNTS: Mapping[str, Reader] = {"test": figures.amount, "reference": figures.amount}
_PAIRS: Mapping[str, Reader] = {
    f"{place}_{what}": reader
    for place in ("first", "second")
    for what, reader in (("count", figures.count), ("percent", figures.percent))
}

FORMULAS: Mapping[str, Formula] = {
    "complement": Formula(complement, {"rate": figures.percent}),
    "risk_difference": Formula(risk_difference, _AMOUNTS),
    "relative_risk": Formula(relative_risk, _RATES),
    "relative_risk_reduction": Formula(relative_risk_reduction, _RATES),
    "nnt": Formula(nnt, _RATES),
    "nnh": Formula(nnh, _RATES),
    "per_100": Formula(_per(100), _RATES),
    "per_1000": Formula(_per(1000), _RATES),
    "hazard_reduction": Formula(hazard_reduction, {"hazard_ratio": figures.hazard_ratio}),
    "nnt_from_hazard_ratio": Formula(
        nnt_from_hazard_ratio, {"hazard_ratio": figures.hazard_ratio, "reference": figures.percent}
    ),
    "ratio": Formula(ratio, _AMOUNTS),
    "sum": Formula(total, {"first": figures.amount, "second": figures.amount}),
    "count_from_percent": Formula(count_from_percent, {"percent": figures.percent, "size": figures.count}),
    "proportion": Formula(proportion, {"count": figures.count, "size": figures.count}),
    "common_denominator": Formula(common_denominator, _PAIRS),
    "wald_p": Formula(wald_p, {"hazard_ratio": figures.hazard_ratio}),
}
