"""The records of the knowledge base: frozen, strict, one class per kind.

Names follow ClinicalTrials.gov (API v2) where it has one and CONSORT where
not. Figures are text, printed exactly as the source prints them ("47.7",
".002"); `Figure` guarantees that they are numbers.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

T = TypeVar("T")
Items = Annotated[tuple[T, ...], Field(strict=False)]
"""A YAML list, kept as a tuple."""

ID_PATTERN = r"^[a-z0-9]+([._][a-z0-9]+)*$"
Id = Annotated[str, Field(pattern=ID_PATTERN)]
"""A readable path: lower case words joined by "_", levels joined by "."."""


def _numeric(text: str) -> str:
    Decimal(text)
    return text


Figure = Annotated[
    str, Field(pattern=r"^[<>]?\d*\.?\d+$"), AfterValidator(lambda t: (_numeric(t.lstrip("<>")), t)[1])
]
"""A number as its source prints it: "91", "47.7", ".002"."""


def number(figure: str) -> Decimal:
    """The value of a `Figure`; a leading "<" or ">" is dropped."""
    return Decimal(figure.lstrip("<>"))


class Record(BaseModel):
    """Base of every record: unknown keys and wrong types are errors."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Citation(Record):
    """Where a source says it: the source's id and a section, paragraph or table row."""

    source: str
    section: str


class Source(Record):
    """One source, with its rank: 1 primary report, 2 paper of the same trial, 3 context."""

    id: str
    kind: Literal["report", "article", "registry", "review", "news", "guideline", "label", "method"]
    label: str
    """How an answer names it, with its year: "2019 meeting report"."""
    citation: str
    basis: str
    """What of it was read: "whole", "abstract"."""
    rank: Literal[1, 2, 3]
    date: str
    """Year, or year and month or day, as far as known (ISO 8601)."""
    url: str | None = None
    doi: str | None = None
    pmid: str | None = None
    names: Items[str] = ()
    """What people call it in a question: "asco abstract", "jco paper"."""


class Arm(Record):
    """A trial arm; `kind` as in ClinicalTrials.gov armGroups."""

    id: Id
    label: str
    short: str
    kind: Literal["experimental", "active_comparator", "placebo_comparator", "no_intervention"]
    intervention: str
    names: Items[str]
    misnomers: Items[str] = ()
    """Wrong names that questions use for it ("placebo group"); the answer corrects them."""


class Cohort(Record):
    """A part of the trial that is analysed on its own."""

    id: Id
    label: str
    phase: Literal[1, 2, 3, 4] | None
    """The number by which a question names it ("phase 2"); None for the whole trial."""
    assignment: Literal["single_arm", "randomized", "all"]
    names: Items[str] = ()


class Timepoint(Record):
    """A landmark after the anchor, in months."""

    id: Id
    value: int
    unit: Literal["months"]
    anchor: Literal["randomization", "start"]
    kind: Literal["landmark", "median_follow_up"]


class Trial(Record):
    """The trial itself and what an unsaid slot of a question means."""

    id: Id
    acronym: str
    registry_id: str
    title: str
    condition: str
    phase: str
    primary_endpoint: Id
    default_cohort: Id
    test_arm: Id
    reference_arm: Id
    names: Items[str]
    """How a question names the trial: acronym, registry number, spoken forms."""
    drug_names: Items[str] = ()
    """Names of the tested drug: also the arm's names, and an anchor for scope."""
    condition_names: Items[str] = ()
    condition_topic: Id | None = None
    """The topic that defines the disease, for a question that only names it."""
    overview: Items[Id]
    """Fact ids of the summary, most important first."""
    arms: Items[Arm]
    cohorts: Items[Cohort]
    timepoints: Items[Timepoint]


class RelatedTrial(Record):
    """Another trial, known only as dated context."""

    id: Id
    acronym: str
    label: str
    names: Items[str]


class Interval(Record):
    """A confidence interval: level in percent, limits in the estimate's unit."""

    level: int
    low: Figure
    high: Figure


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
    state: Literal["off_treatment", "on_treatment", "stopped_for_toxicity"]
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


class Statement(Assertion):
    """A fact in words; figures in it are the source's."""

    kind: Literal["statement"]
    headline: str = Field(max_length=140)
    """Answers the question by itself, under 140 characters."""
    text: str | None = None
    """What else the source says."""
    verdicts: dict[str, Literal["yes", "no", "not shown"]] = {}
    """Yes/no answers, keyed by the proposition asked (terms: `asks`)."""


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


class Derivation(Record):
    """A value to compute: a formula of derive.py and the facts that go in."""

    id: Id
    topic: Id
    measure: Id
    formula: Id
    inputs: dict[str, Id]
    """Formula parameter -> fact id."""
    cohort: Id | None = None
    arm: Id | None = None
    timepoint: Id | None = None
    note: str | None = None


class Position(Record):
    """What one source says in a discrepancy."""

    sources: Items[str]
    says: str
    facts: Items[Id] = ()


class Discrepancy(Record):
    """A contradiction between (or inside) sources, bound to the facts it touches."""

    id: Id
    topic: Id
    title: str
    facts: Items[Id]
    """Every answer that shows one of these shows `wording` (unless show is "asked")."""
    positions: Items[Position]
    resolution: Literal["prefer", "both", "unresolved"]
    wording: str
    show: Literal["always", "asked"] = "always"
    names: Items[str] = ()
    """Ways to ask for it by name: "mislabelled table", "5-year rows"."""


class Gap(Record):
    """Something no source reports, known to be missing."""

    id: Id
    topic: Id
    measure: Id | None = None
    cohort: Id | None = None
    arm: Id | None = None
    timepoint: Id | None = None
    subgroup: Id | None = None
    scope: Literal["S1", "S1+S2", "all"]
    wording: str
    """One sentence, under 140 characters, that says it plainly."""
    nearest: Items[Id] = ()
    """The reported facts that come closest, best first."""


class Concept(Record):
    """What clinicians call one thing, for all trials (knowledge/terms/*.yaml)."""

    id: Id
    category: Literal["topic", "measure", "subgroup", "aspect"]
    label: str
    """As an answer writes it inside a sentence: "progression-free survival"."""
    short: str | None = None
    """As a headline writes it: "PFS"."""
    parent: Id | None = None
    """The broader topic, shown when nothing is known of this one."""
    direction: Literal["higher_is_better", "lower_is_better"] | None = None
    strength: Literal["strong", "weak"] = "strong"
    """weak: a general word that never suffices beside words we do not know."""
    default_measure: Id | None = None
    names: Items[str] = ()
    general: Items[str] = ()
    """Those of all its names that are general words ("response"): weak, although the concept is not."""
    asks: dict[str, Items[str]] = {}
    """Proposition -> names that ask it: {blinded: [double blind, masked]}."""
    implies: dict[str, Items[str]] = {}
    """Measure -> names that say topic and measure at once: {event_rate: [progression or death]}."""


class Elsewhere(Record):
    """Names that put a question outside: trials, drugs and diseases we hold nothing on."""

    trials: Items[str]
    drugs: Items[str]
    diseases: Items[str]
    drug_endings: Items[str]
    """Ends of drug names (INN stems): "mab", "tinib"."""
    disease_endings: Items[str]
    """Ends of disease names: "itis", "oma"."""
