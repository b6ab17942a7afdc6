"""Figures that a rule sets: what keeps it, what breaks it, and what is the rule itself."""

from __future__ import annotations

import pytest

from bot.answers.requirements import required
from bot.understanding.query import Query
from knowledge.model import Statement, number
from tests.asked import run


def ruled() -> list[Statement]:
    """Every statement with a rule, of whatever trial."""
    store = run().readout.store
    facts = (fact for trial in store.trials() for fact in store.facts(trial))
    return [fact for fact in facts if isinstance(fact, Statement) and fact.requires]


def said(value: float, **slots: object) -> Query:
    return Query("a_trial", "a_rule", claims=(value,), yes_no=True, **slots)  # type: ignore[arg-type]


def test_there_are_rules() -> None:
    """Else the tests below look at nothing."""
    assert len(ruled()) > 3


@pytest.mark.parametrize("fact", ruled(), ids=lambda fact: fact.id)
def test_the_rule_itself_is_right(fact: Statement) -> None:
    for rule in fact.requires:
        assert required(said(float(rule.value)), [fact]) == "yes"
        if rule.limit != "exactly":
            bound = Query("a_trial", "a_rule", bounds=((rule.limit, float(rule.value)),), yes_no=True)
            assert required(bound, [fact]) == "yes"


@pytest.mark.parametrize("fact", ruled(), ids=lambda fact: fact.id)
def test_what_breaks_every_rule_is_wrong(fact: Statement) -> None:
    values = sorted(number(rule.value) for rule in fact.requires)
    sides = {rule.limit for rule in fact.requires}
    if len(values) > 1:
        breaking = float(sum(values) / len(values))
    else:
        breaking = float(values[0] / 2 if sides <= {"at_least", "above"} else values[0] * 2)
    assert required(said(breaking), [fact]) == "no"


@pytest.mark.parametrize("fact", ruled(), ids=lambda fact: fact.id)
def test_what_keeps_the_rule_is_right_only_of_entry(fact: Statement) -> None:
    """ "More than enough" is no rule of its own, but lets in."""
    rule = fact.requires[0]
    if rule.limit == "exactly":
        return
    keeping = float(number(rule.value)) * (2 if rule.limit in ("at_least", "above") else 0.5)
    assert required(said(keeping), [fact]) is None
    assert required(said(keeping, aspects=frozenset({"entry"})), [fact]) == "yes"


@pytest.mark.parametrize("fact", ruled(), ids=lambda fact: fact.id)
def test_an_open_question_gets_no_verdict(fact: Statement) -> None:
    value = float(fact.requires[0].value)
    assert required(Query("a_trial", "a_rule", claims=(value * 3,)), [fact]) is None
