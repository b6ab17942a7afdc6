"""Documented arithmetic on figures: pure functions of `Decimal`, no records.

Percentages go in and come out as 0-100. "Survival-type" rates count those
without the event, so more is better. Unless a function says otherwise the
result is exact; `half_up` rounds, ties away from zero. No binary float takes
part in a printed value.

Sources of the methods: BMJ 1999;319:1492 (Altman DG, Andersen PK: number
needed to treat for time-to-event outcomes, "M1"); Adv Psychiatr Treat 2011
(McQueen D: number needed to treat up, to harm down, "M2"); Wald: the usual
normal approximation on the logarithm of a ratio.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext

from knowledge.errors import NotUnique, Undefined, WrongDirection, ZeroDifference

HUNDRED = Decimal(100)
PRECISION = Context(prec=40)

NORMAL_QUANTILE = {
    90: Decimal("1.6448536269514722"),
    95: Decimal("1.9599639845400542"),
    99: Decimal("2.5758293035489004"),
}
"""Two-sided standard normal quantiles of the usual confidence levels."""


def half_up(value: Decimal, places: int) -> Decimal:
    """`value` with that many decimals; a tie goes away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _percentage(value: Decimal) -> Decimal:
    if not 0 <= value <= 100:
        raise Undefined(f"percentage {value} is outside 0-100")
    return value


def complement(rate: Decimal) -> Decimal:
    """100 - rate: those with the event, in %. Exact."""
    return HUNDRED - _percentage(rate)


def risk_difference(test: Decimal, reference: Decimal) -> Decimal:
    """Test - reference, in percentage points (or the inputs' unit). Exact, may be negative."""
    return test - reference


def relative_risk(test: Decimal, reference: Decimal) -> Decimal:
    """(100 - test) / (100 - reference) of survival-type rates; 2 decimals.

    Raises Undefined when nobody in the reference group has the event.
    """
    return half_up(_risk_ratio(test, reference), 2)


def relative_risk_reduction(test: Decimal, reference: Decimal) -> Decimal:
    """(1 - relative risk) * 100, from the unrounded relative risk; whole %.

    Raises WrongDirection when the test group has more events.
    """
    risk = _risk_ratio(test, reference)
    if risk > 1:
        raise WrongDirection("the test group has more events: nothing is reduced")
    return half_up((1 - risk) * HUNDRED, 0)


def _risk_ratio(test: Decimal, reference: Decimal) -> Decimal:
    if complement(reference) == 0:
        raise Undefined("no event in the reference group: the relative risk has no denominator")
    return PRECISION.divide(complement(test), complement(reference))


def patients_per_event(test: Decimal, reference: Decimal) -> Decimal:
    """100 / (test - reference): NNT or NNH before rounding. Not rounded.

    Raises ZeroDifference, and WrongDirection when test is below reference.
    """
    difference = risk_difference(_percentage(test), _percentage(reference))
    if difference == 0:
        raise ZeroDifference("both groups are equal: the number needed is infinite")
    if difference < 0:
        raise WrongDirection(f"{test} in the test group is below {reference} in the reference group")
    return PRECISION.divide(HUNDRED, difference)


def nnt(test: Decimal, reference: Decimal) -> Decimal:
    """Number needed to treat, 100 / (test - reference), of rates where more is better.

    Rounded up to a whole patient (M2). Raises as `patients_per_event`.
    """
    return patients_per_event(test, reference).to_integral_value(ROUND_CEILING)


def nnh(test: Decimal, reference: Decimal) -> Decimal:
    """Number needed to harm, 100 / (test - reference), of harms in %.

    Rounded down to a whole patient (M2). Raises as `patients_per_event`.
    """
    return patients_per_event(test, reference).to_integral_value(ROUND_FLOOR)


def per(size: int, test: Decimal, reference: Decimal) -> Decimal:
    """(test - reference) * size / 100: patients more per `size` treated. Exact."""
    return risk_difference(_percentage(test), _percentage(reference)) * size / HUNDRED


def hazard_reduction(hazard_ratio: Decimal) -> Decimal:
    """(1 - hazard ratio) * 100; whole %. Negative for a limit above 1."""
    return half_up((1 - hazard_ratio) * HUNDRED, 0)


def nnt_from_hazard_ratio(hazard_ratio: Decimal, reference: Decimal) -> Decimal:
    """Number needed to treat from a hazard ratio: 1 / (S^HR - S); one decimal.

    S is the reference group's survival-type rate as a fraction at the time
    point (M1). Limits: the same formula at the hazard ratio's limits. Raises
    WrongDirection for a ratio of 1 or more: the interval then passes through
    infinity and cannot be printed as two limits.
    """
    survival = _percentage(reference) / HUNDRED
    if not 0 < survival < 1 or hazard_ratio <= 0:
        raise Undefined(f"a rate of {reference}% and a ratio of {hazard_ratio} give no number needed")
    if hazard_ratio >= 1:
        raise WrongDirection(f"hazard ratio {hazard_ratio} is not below 1: nobody is spared the event")
    with localcontext(PRECISION):
        return half_up(1 / ((hazard_ratio * survival.ln()).exp() - survival), 1)


def ratio(test: Decimal, reference: Decimal) -> Decimal:
    """Test / reference; one decimal. Raises Undefined for a reference of zero."""
    if reference == 0:
        raise Undefined("the reference is zero")
    return half_up(PRECISION.divide(test, reference), 1)


def proportion(count: Decimal, size: Decimal, places: int = 1) -> Decimal:
    """Count / size in %; one decimal. Raises Undefined unless 0 <= count <= size, size > 0."""
    if not 0 <= count <= size or size == 0:
        raise Undefined(f"{count} of {size} is not a proportion")
    return half_up(PRECISION.divide(count * HUNDRED, size), places)


def decimals(value: Decimal) -> int:
    """How many decimals a figure was printed with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def count_from_percent(percent: Decimal, size: Decimal) -> Decimal:
    """The whole number of patients whose share of `size`, rounded as printed, is `percent`.

    Raises NotUnique when none or several do.
    """
    guess = int(_percentage(percent) * size / HUNDRED)
    spread = int(size / HUNDRED) + 1
    fitting = [
        Decimal(count)
        for count in range(max(0, guess - spread), min(int(size), guess + spread) + 1)
        if proportion(Decimal(count), size, decimals(percent)) == percent
    ]
    return _only(fitting, f"{percent}% of {size}")


def common_denominator(pairs: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    """The one size for which every (count, percent) pair holds after rounding.

    Each percentage is rounded to the decimals it was printed with. Raises
    NotUnique when none or several sizes fit, Undefined when the pairs do not
    limit the size.
    """
    limits = []
    for count, percent in pairs:
        lowest = percent - Decimal(5).scaleb(-decimals(percent) - 1)
        if count > 0 and lowest > 0:
            limits.append(int(count * HUNDRED / lowest))
    if not limits:
        raise Undefined("the percentages do not limit the size")
    smallest = max(1, *(int(count) for count, _ in pairs))
    fitting = [
        Decimal(size)
        for size in range(smallest, min(limits) + 1)
        if all(proportion(count, Decimal(size), decimals(percent)) == percent for count, percent in pairs)
    ]
    return _only(fitting, ", ".join(f"{count} = {percent}%" for count, percent in pairs))


def _only(fitting: Sequence[Decimal], what: str) -> Decimal:
    if len(fitting) != 1:
        found = f"{len(fitting)} whole numbers fit" if fitting else "no whole number fits"
        raise NotUnique(f"{found} {what}")
    return fitting[0]


def wald_z(hazard_ratio: Decimal, low: Decimal, high: Decimal, level: int = 95) -> Decimal:
    """ln(ratio) / standard error, the error being (ln(high) - ln(low)) / 2q; not rounded.

    q is the normal quantile of the interval's level. Raises Undefined for
    limits that are not positive and apart, or a level other than 90, 95, 99.
    """
    if not 0 < low < high or hazard_ratio <= 0 or level not in NORMAL_QUANTILE:
        raise Undefined(f"no P from {hazard_ratio} ({low}-{high}) at {level}%")
    with localcontext(PRECISION):
        return hazard_ratio.ln() * 2 * NORMAL_QUANTILE[level] / (high.ln() - low.ln())


def wald_p(hazard_ratio: Decimal, low: Decimal, high: Decimal, level: int = 95) -> Decimal:
    """Two-sided P implied by a ratio and its confidence interval (Wald); not rounded.

    P = erfc(|z| / sqrt(2)). Raises as `wald_z`.
    """
    with localcontext(PRECISION):
        return _erfc(abs(wald_z(hazard_ratio, low, high, level)) / Decimal(2).sqrt())


def _erfc(x: Decimal) -> Decimal:
    """Complementary error function for x >= 0, by its power series (below 6: the rest is 0)."""
    if x >= 6:
        return Decimal(0)
    pi = Decimal("3.14159265358979323846264338327950288")
    term, total, n = x, x, 0
    while abs(term) > Decimal("1e-30"):
        n += 1
        term *= -x * x / n
        total += term / (2 * n + 1)
    return max(Decimal(0), 1 - 2 * total / pi.sqrt())


def significant(value: Decimal, digits: int = 1) -> Decimal:
    """`value` rounded half up to that many significant digits."""
    return half_up(value, digits - 1 - value.adjusted()) if value else value
