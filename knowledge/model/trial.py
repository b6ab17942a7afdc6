"""The trial, its arms, parts, time points and sources; related trials."""

from __future__ import annotations

from typing import Literal

from knowledge.model.base import Id, Items, Record


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
    authors: Items[str] = ()
    """Names of its authors, when they are said alone: they stand for the trial, or claim who did ours."""
    registrations: Items[str] = ()
    """Its registration numbers, likewise."""
