"""What is known: reported and context facts, one class per kind, and derived values."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from knowledge.model.base import Citation, Figure, Id, Interval, Items, Record, number


class Assertion(Record):
    """What every stored fact has: what it is about, and who says it."""

    id: Id
    topic: Id
    """The concept it answers (knowledge/terms/)."""
    measure: Id
    """The statistic or aspect: rate, hazard_ratio, count, definition, ..."""
    cohort: Id | None = None
    arm: Id | None = None
    timepoint: Id | None = None
    subgroup: Id | None = None
    subject: Id | None = None
    """A related trial, when the fact is not about this one."""
    source: str
    section: str
    also: Items[Citation] = ()
    """Further sources that give the same figure."""
    status: Literal["reported", "context"]
    as_of: str | None = None
    """ISO date or year; context facts must carry it."""
    note: str | None = None
    """One sentence an answer must not leave out (no new figure)."""
    beside: Items[Id] = ()
    """Facts that an answer shows beneath it, for it is misread without them."""
    mentions: Items[Id] = ()
    """Concepts a question may name without changing what is asked."""
    exploratory: bool = False

    @model_validator(mode="after")
    def _context_is_dated(self) -> Assertion:
        if self.status == "context" and not self.as_of:
            raise ValueError("a context fact needs as_of")
        return self


class Estimate(Assertion):
    """A figure of one group: Kaplan-Meier percentage, proportion, count, median."""

    kind: Literal["estimate"]
    param: Literal["km_percent", "proportion", "cumulative_incidence", "count", "median"]
    value: Figure
    unit: Literal["%", "patients", "months", "years", "deaths", "sites"]
    numerator: int | None = None
    denominator: int | None = None
    ci: Interval | None = None

    @model_validator(mode="after")
    def _sound(self) -> Estimate:
        if self.unit == "%" and not 0 <= number(self.value) <= 100:
            raise ValueError(f"percentage {self.value} is outside 0-100")
        if self.ci and not number(self.ci.low) <= number(self.value) <= number(self.ci.high):
            raise ValueError(f"interval {self.ci.low}-{self.ci.high} does not hold {self.value}")
        return self


class Comparison(Assertion):
    """An effect of the test arm against the reference arm."""

    kind: Literal["comparison"]
    test: Id
    reference: Id
    effect_measure: Literal["hazard_ratio", "risk_difference", "risk_ratio"]
    value: Figure
    ci: Interval | None = None
    p_value: Figure | None = None
    method: str | None = None
    n: int | None = None

    @model_validator(mode="after")
    def _sound(self) -> Comparison:
        if self.ci and not number(self.ci.low) <= number(self.value) <= number(self.ci.high):
            raise ValueError(f"interval {self.ci.low}-{self.ci.high} does not hold {self.value}")
        if self.p_value and not 0 <= number(self.p_value) <= 1:
            raise ValueError(f"P value {self.p_value} is outside 0-1")
        return self


class AdverseEvent(Assertion):
    """Patients with an event of a CTCAE grade range; `term_reported` is the source's word."""

    kind: Literal["adverse_event"]
    term_reported: str
    soc: str | None = None
    pt: str | None = None
    grade_min: Literal[1, 2, 3, 4, 5] | None = None
    grade_max: Literal[1, 2, 3, 4, 5] | None = None
    category: Literal["hematologic", "nonhematologic", "any"]
    affected: int | None = None
    at_risk: int | None = None
    percent: Figure | None = None

    @model_validator(mode="after")
    def _sound(self) -> AdverseEvent:
        if self.percent is not None and not 0 <= number(self.percent) <= 100:
            raise ValueError(f"percentage {self.percent} is outside 0-100")
        if self.affected is None and self.percent is None:
            raise ValueError("neither affected nor percent is given")
        if (self.grade_min is None) != (self.grade_max is None):
            raise ValueError("give both grade_min and grade_max, or neither")
        if self.grade_min and self.grade_max and self.grade_min > self.grade_max:
            raise ValueError("grade_min is above grade_max")
        return self


class Disposition(Assertion):
    """Patients in a state of the participant flow (CONSORT), such as off treatment."""

    kind: Literal["disposition"]
    state: Literal["off_treatment", "stopped_for_toxicity"]
    percent: Figure | None = None
    affected: int | None = None
    reason: str | None = None

    @model_validator(mode="after")
    def _sound(self) -> Disposition:
        if self.percent is not None and not 0 <= number(self.percent) <= 100:
            raise ValueError(f"percentage {self.percent} is outside 0-100")
        if self.affected is None and self.percent is None:
            raise ValueError("neither affected nor percent is given")
        return self


class Criterion(Assertion):
    """One eligibility criterion; `headline` is the sentence an answer shows."""

    kind: Literal["criterion"]
    attribute: str
    operator: Literal[">=", "<=", "<", ">", "outside", "is", "is_not"]
    value: str
    upper: Figure | None = None
    """Upper limit of "outside": below `value` or above `upper` qualifies."""
    unit: str | None = None
    inclusion: bool = True
    headline: str
    text: str | None = None


class Requirement(Record):
    """A figure that a statement sets, of which a question's figure can be judged right or wrong."""

    limit: Literal["at_least", "at_most", "above", "below", "exactly"]
    value: Figure
    """In the unit of the statement."""
    unit: Literal["months", "years"] | None = None
    """Of a rule on a length of time."""
    plausible_from: Figure | None = None
    """Figures below are of another quantity (a serum level, beside a clearance), and are not judged."""


class Statement(Assertion):
    """A fact in words; figures in it are the source's."""

    kind: Literal["statement"]
    headline: str = Field(max_length=140)
    """Answers the question by itself, under 140 characters."""
    text: str | None = None
    """What else the source says."""
    verdicts: dict[str, Literal["yes", "no", "not shown"]] = Field(default_factory=dict)
    """Yes/no answers, keyed by the proposition asked (terms: `asks`)."""
    requires: Items[Requirement] = ()
    """What a patient or a dose had to be; of several, one is enough ("<0.26 or >1.65")."""
    unreported: bool = False
    """Says that the trial's own sources do not report it: the reply is a "not reported"."""


class Derived(Record):
    """A value computed from facts; never typed in (see derive.py)."""

    kind: Literal["derived"] = "derived"
    id: Id
    topic: Id
    measure: Id
    cohort: Id | None
    arm: Id | None
    timepoint: Id | None
    subgroup: Id | None = None
    subject: Id | None = None
    formula: Id
    inputs: Items[Id]
    value: str
    """Rounded by the formula's rule; text, as it is printed."""
    unit: str
    low: str | None = None
    high: str | None = None
    unrounded: str | None = None
    """The value before NNT/NNH rounding, to one decimal."""
    working: str
    """The formula with its inputs: "91% - 66% = 25 percentage points"."""
    note: str | None = None
    source: str
    section: str
    also: Items[Citation] = ()
    status: Literal["derived"] = "derived"
    mentions: Items[Id] = ()
    exploratory: bool = False
    as_of: str | None = None


Fact = Annotated[
    Estimate | Comparison | AdverseEvent | Disposition | Criterion | Statement | Derived,
    Field(discriminator="kind"),
]
