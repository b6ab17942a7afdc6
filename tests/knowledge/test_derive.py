"""The arithmetic: worked examples, properties, and the cases that have no answer."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge import derive
from knowledge.errors import DerivationError, NotUnique, Undefined, WrongDirection, ZeroDifference

D = Decimal

rates = st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10)
ratios = st.integers(1, 99).map(lambda hundredths: Decimal(hundredths) / 100)
survivals = st.integers(1, 99).map(Decimal)


@pytest.mark.parametrize(
    ("test", "reference", "difference", "needed", "unrounded", "risk", "reduction"),
    [
        ("98", "89", "9", "12", "11.1", "0.18", "82"),
        ("93", "76", "17", "6", "5.9", "0.29", "71"),
        ("91", "66", "25", "4", "4.0", "0.26", "74"),
    ],
)
def test_two_rates(
    test: str, reference: str, difference: str, needed: str, unrounded: str, risk: str, reduction: str
) -> None:
    """Difference, number needed to treat, relative risk and its reduction, as published tables round them."""
    pair = (D(test), D(reference))
    assert str(derive.risk_difference(*pair)) == difference
    assert str(derive.nnt(*pair)) == needed
    assert str(derive.half_up(derive.patients_per_event(*pair), 1)) == unrounded
    assert str(derive.relative_risk(*pair)) == risk
    assert str(derive.relative_risk_reduction(*pair)) == reduction


def test_harm() -> None:
    """The number needed to harm is rounded down."""
    assert derive.risk_difference(D("5.2"), D("3.5")) == D("1.7")
    assert derive.ratio(D("5.2"), D("3.5")) == D("1.5")
    assert derive.nnh(D("5.2"), D("3.5")) == 58


def test_hazard_ratio() -> None:
    """Hazard reduction, number needed to treat by Altman and Andersen, and Wald's P."""
    hazards = [D("0.28"), D("0.12"), D("0.62")]
    assert [derive.hazard_reduction(ratio) for ratio in hazards] == [72, 88, 38]
    assert [str(derive.nnt_from_hazard_ratio(ratio, D(66))) for ratio in hazards] == ["4.3", "3.4", "8.9"]
    assert str(derive.significant(derive.wald_p(D("0.28"), D("0.12"), D("0.62")))) == "0.002"


@pytest.mark.parametrize(
    ("z", "p"), [("1.959963984540054", "0.05"), ("2.575829303548901", "0.01"), ("3.290526731491926", "0.001")]
)
def test_wald_p_agrees_with_the_normal_table(z: str, p: str) -> None:
    """A ratio z standard errors from 1 has the two-sided P of z."""
    ratio, error = D(z).exp(), derive.NORMAL_QUANTILE[95].exp()
    assert abs(derive.wald_p(ratio, ratio / error, ratio * error) - D(p)) < D("1e-12")


def test_hidden_sizes_and_counts() -> None:
    """Rounded percentages give away a size or a count when only one fits."""
    pairs = [(D(25), D(28)), (D(5), D("5.7")), (D(36), D(41))]
    assert derive.common_denominator(pairs) == 88
    assert derive.count_from_percent(D("47.7"), D(44)) == 21
    assert derive.proportion(D(2), D(92)) == D("2.2")


@given(rates, rates)
def test_nnt_spares_at_least_one(test: Decimal, reference: Decimal) -> None:
    """NNT patients spare one event, one patient fewer would not."""
    assume(test > reference)
    needed = derive.nnt(test, reference)
    assert (needed - 1) * (test - reference) < 100 <= needed * (test - reference)


@given(rates, rates)
def test_nnh_harms_at_most_one(test: Decimal, reference: Decimal) -> None:
    """Among NNH patients at most one more is harmed, among one patient more at least one."""
    assume(test > reference)
    needed = derive.nnh(test, reference)
    assert needed * (test - reference) <= 100 < (needed + 1) * (test - reference)


@given(rates, rates)
def test_the_relative_risk_falls_with_benefit(test: Decimal, reference: Decimal) -> None:
    """Better than the reference is a ratio of at most 1, and a reduction of 0 to 100%."""
    assume(test >= reference and reference < 100)
    assert 0 <= derive.relative_risk(test, reference) <= 1
    assert 0 <= derive.relative_risk_reduction(test, reference) <= 100


@given(rates)
def test_the_complement_of_the_complement_is_the_rate(rate: Decimal) -> None:
    """Nothing is lost: the sum is exact."""
    assert derive.complement(derive.complement(rate)) == rate


@given(ratios, ratios, survivals)
def test_a_stronger_effect_needs_fewer(one: Decimal, other: Decimal, reference: Decimal) -> None:
    """The number needed never falls as the hazard ratio rises, and is at least 1."""
    low, high = sorted((one, other))
    fewer = derive.nnt_from_hazard_ratio(low, reference)
    assert 1 <= fewer <= derive.nnt_from_hazard_ratio(high, reference)


@given(st.integers(0, 400), st.integers(1, 400), st.integers(1, 2))
def test_a_found_count_is_the_true_one(count: int, size: int, places: int) -> None:
    """The count is found again from its rounded percentage, or refused: never another one."""
    assume(count <= size)
    percent = derive.proportion(D(count), D(size), places)
    try:
        assert derive.count_from_percent(percent, D(size)) == count
    except NotUnique:
        assert size > 100


@given(st.lists(st.integers(1, 60), min_size=1, max_size=4), st.integers(60, 200))
def test_a_found_size_is_the_true_one(counts: list[int], size: int) -> None:
    """The size is found again from rounded percentages, or refused: never another one."""
    pairs = [(D(count), derive.proportion(D(count), D(size))) for count in counts]
    with contextlib.suppress(NotUnique):
        assert derive.common_denominator(pairs) == size


@given(ratios, st.integers(101, 400))
def test_p_lies_between_0_and_1(ratio: Decimal, width: int) -> None:
    """And an interval that touches 1 has P = 0.05."""
    factor = Decimal(width) / 100
    assert 0 <= derive.wald_p(ratio, ratio / factor, ratio * factor) <= 1
    touching = derive.wald_p(ratio, ratio * ratio, Decimal(1))
    assert abs(touching - D("0.05")) < D("1e-9")


@pytest.mark.parametrize(
    ("error", "call"),
    [
        (ZeroDifference, lambda: derive.nnt(D(50), D(50))),
        (WrongDirection, lambda: derive.nnt(D(40), D(50))),
        (WrongDirection, lambda: derive.nnh(D(1), D(2))),
        (WrongDirection, lambda: derive.relative_risk_reduction(D(40), D(50))),
        (WrongDirection, lambda: derive.nnt_from_hazard_ratio(D("1.2"), D(50))),
        (Undefined, lambda: derive.nnt_from_hazard_ratio(D("0.5"), D(100))),
        (Undefined, lambda: derive.relative_risk(D(90), D(100))),
        (Undefined, lambda: derive.complement(D(101))),
        (Undefined, lambda: derive.ratio(D(1), D(0))),
        (Undefined, lambda: derive.proportion(D(3), D(2))),
        (Undefined, lambda: derive.wald_p(D("0.5"), D("0.5"), D("0.5"))),
        (Undefined, lambda: derive.common_denominator([(D(0), D(0))])),
        (NotUnique, lambda: derive.count_from_percent(D("33"), D(10))),
        (NotUnique, lambda: derive.count_from_percent(D("33"), D(1000))),
        (NotUnique, lambda: derive.common_denominator([(D(1), D(3))])),
    ],
)
def test_what_has_no_answer_says_why(error: type[DerivationError], call: object) -> None:
    """Each case has its own named error."""
    with pytest.raises(error):
        call()  # type: ignore[operator]
