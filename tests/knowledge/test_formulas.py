"""How derived values are written, and what a derived fact takes from its inputs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.errors import UnsuitableInput, WrongDirection
from knowledge.figures import Figure, exact
from knowledge.formulas import FORMULAS
from knowledge.loader import load
from knowledge.model import Derived, Interval


def percent(text: str) -> Figure:
    return Figure(Decimal(text), "%")


def patients(text: str) -> Figure:
    return Figure(Decimal(text), "patients")


HAZARD = Figure(Decimal("0.28"), "", Interval(level=95, low="0.12", high="0.62"))


@pytest.mark.parametrize(
    ("formula", "inputs", "value", "unit", "working"),
    [
        ("complement", [percent("91")], "9", "%", "100% - 91% = 9%"),
        (
            "risk_difference",
            [percent("91"), percent("66")],
            "25",
            "percentage points",
            "91% - 66% = 25 percentage points",
        ),
        ("relative_risk", [percent("91"), percent("66")], "0.26", "", "(100 - 91) / (100 - 66) = 0.26"),
        (
            "relative_risk_reduction",
            [percent("91"), percent("66")],
            "74",
            "%",
            "1 - (100 - 91) / (100 - 66) = 74%",
        ),
        (
            "nnt",
            [percent("98"), percent("89")],
            "12",
            "patients",
            "100 / (98 - 89) = 100 / 9 = 11.1, rounded up to 12",
        ),
        ("nnt", [percent("91"), percent("66")], "4", "patients", "100 / (91 - 66) = 100 / 25 = 4.0"),
        (
            "nnt",
            [percent("48.9"), percent("0")],
            "3",
            "patients",
            "100 / (48.9 - 0) = 100 / 48.9 = 2.04, rounded up to 3",
        ),
        (
            "nnh",
            [percent("5.2"), percent("3.5")],
            "58",
            "patients",
            "100 / (5.2 - 3.5) = 100 / 1.7 = 58.8, rounded down to 58",
        ),
        ("per_100", [percent("91"), percent("66")], "25", "per 100", "(91% - 66%) of 100 = 25 per 100"),
        (
            "per_1000",
            [percent("5.2"), percent("3.5")],
            "17",
            "per 1000",
            "(5.2% - 3.5%) of 1000 = 17 per 1000",
        ),
        (
            "hazard_reduction",
            [HAZARD],
            "72",
            "%",
            "(1 - 0.28) * 100 = 72%; at the limits 0.12 and 0.62: 88% and 38%",
        ),
        (
            "nnt_from_hazard_ratio",
            [HAZARD, percent("66")],
            "4.3",
            "patients",
            "1 / (0.66^0.28 - 0.66) = 4.3; at the limits 0.12 and 0.62: 3.4 and 8.9",
        ),
        ("ratio", [percent("5.2"), percent("3.5")], "1.5", "", "5.2% / 3.5% = 1.5"),
        ("sum", [patients("44"), patients("182")], "226", "patients", "44 + 182 = 226"),
        ("count_from_percent", [percent("47.7"), patients("44")], "21", "patients", "21 / 44 = 47.7%"),
        ("proportion", [patients("2"), patients("92")], "2.2", "%", "2 / 92 = 2.2%"),
        (
            "common_denominator",
            [patients("25"), percent("28"), patients("36"), percent("41")],
            "88",
            "patients",
            "25 / 88 = 28%, 36 / 88 = 41%",
        ),
        (
            "wald_p",
            [HAZARD],
            "0.002",
            "",
            "ln(0.28) / ((ln(0.62) - ln(0.12)) / (2 * 1.96)) = -3.04, two-sided P 0.002",
        ),
    ],
)
def test_a_result_shows_its_sum(
    formula: str, inputs: list[Figure], value: str, unit: str, working: str
) -> None:
    """Value, unit and working, as an answer prints them."""
    result = FORMULAS[formula].compute(*inputs)
    assert (result.value, result.unit, result.working) == (value, unit, working)


def test_limits_follow_the_interval() -> None:
    """The lower limit of a derived value is the smaller one."""
    reduction = FORMULAS["hazard_reduction"].compute(HAZARD)
    assert (reduction.low, reduction.high) == ("38", "88")
    needed = FORMULAS["nnt_from_hazard_ratio"].compute(HAZARD, percent("66"))
    assert (needed.low, needed.high) == ("3.4", "8.9")


def test_an_interval_across_1_has_no_number_needed() -> None:
    """It would pass through infinity (Altman and Andersen)."""
    wide = Figure(Decimal("0.46"), "", Interval(level=95, low="0.08", high="2.53"))
    with pytest.raises(WrongDirection):
        FORMULAS["nnt_from_hazard_ratio"].compute(wide, percent("90"))


def test_a_bound_is_not_a_figure() -> None:
    """ "<5" cannot be subtracted."""
    with pytest.raises(UnsuitableInput):
        exact("<5")


def test_a_derived_fact_takes_what_its_inputs_share(root: Path) -> None:
    """Cohort and time point are shared; two arms are no arm."""
    facts = {fact.id: fact for fact in load(root).trials["northstar"].facts}
    fact = facts["overall_survival.phase_3.24mo.difference"]
    assert isinstance(fact, Derived)
    assert (fact.cohort, fact.timepoint, fact.arm) == ("phase_3", "24mo", None)
    assert (fact.value, fact.source, fact.section) == ("8", "N1", "Table 2")
    assert fact.inputs == (
        "overall_survival.phase_3.24mo.velorustat",
        "overall_survival.phase_3.24mo.usual_care",
    )


def test_a_derived_fact_is_as_good_as_its_weakest_source(root: Path) -> None:
    """It is cited from the lowest rank, with the others beside it."""
    path = root / "trials" / "northstar" / "derivations.yaml"
    path.write_text(
        path.read_text()
        + """
  - id: mixed
    topic: response
    measure: difference
    formula: risk_difference
    inputs: {test: response.phase_3.velorustat.2030, reference: response.phase_3.usual_care}
"""
    )
    fact = load(root).trials["northstar"].facts[-1]
    assert isinstance(fact, Derived)
    assert fact.source == "N2"
    assert [citation.source for citation in fact.also] == ["N1"]
