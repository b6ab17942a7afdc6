"""The slots of a question part, filled from its spans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from bot.understanding.words.spans import Category, Span
from knowledge.model import Trial

T = TypeVar("T")


@dataclass(slots=True)
class Slots:
    """What a stretch of spans says, slot by slot."""

    topics: list[Span] = field(default_factory=list)
    measures: list[Span] = field(default_factory=list)
    aspects: list[Span] = field(default_factory=list)
    arms: list[str] = field(default_factory=list)
    cohorts: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    grades: list[int] = field(default_factory=list)
    subgroups: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    discrepancies: list[str] = field(default_factory=list)
    """Contradictions that are asked for by name."""
    related: list[str] = field(default_factory=list)
    figures: list[float] = field(default_factory=list)
    identities: list[Span] = field(default_factory=list)
    """Journals, companies and drugs that could be what is asked for ("published in ...?")."""
    bounds: list[tuple[str, float]] = field(default_factory=list)
    """Limits asked about: ("above", 90)."""
    time_bounds: list[tuple[str, float]] = field(default_factory=list)
    """Limits on a time, in months: ("above", 24)."""
    shares: list[float] = field(default_factory=list)
    """Those of the figures that carry a "%"."""
    firm: bool = False
    """A figure carries a "%"."""
    trial: str | None = None
    condition: bool = False
    anchored: bool = False
    """Names the trial, its drug or its disease."""
    unknown_phase: bool = False
    label_phase: bool = False
    """Says "phase II/III": the trial's own label, not a part of it."""
    governed: set[str] = field(default_factory=set)
    """Topics behind a restricting preposition ("dose reductions due to toxicity")."""
    people: bool = False
    """Speaks of patients; with an arm and nothing else, its size is asked for."""
    counted: bool = False
    """Calls a part of the trial by the number of its patients ("of the 44")."""
    worded: bool = False
    """The message holds a word that no name explains."""
    states: bool = False
    """Part of a sentence that states something, or wants a yes or no."""
    elliptical: bool = False
    """Part of a sentence without a verb ("28%?")."""
    misnomer: bool = False
    """Calls an arm by a wrong name ("placebo group")."""
    repaired: int = 0

    @classmethod
    def collect(cls, spans: Iterable[Span], trial: Trial) -> Slots:
        """Fill the slots from spans; phases become the trial's cohorts."""
        slots = cls()
        for span in spans:
            slots._take(span, trial)
        return slots

    def _take(self, span: Span, trial: Trial) -> None:
        self.repaired += span.repaired
        self.anchored = self.anchored or span.meaning.anchor
        match span.category:
            case Category.FILLER | Category.LIGHT | Category.CONNECTIVE:
                # First, because they are the most.
                self.people = self.people or span.id == "people"
            case Category.TOPIC:
                self.topics.append(span)
            case Category.MEASURE:
                self.measures.append(span)
            case Category.ASPECT:
                self.aspects.append(span)
            case Category.ARM:
                _once(self.arms, span.id)
                self.misnomer = self.misnomer or span.meaning.proposition == "misnomer"
            case Category.COHORT:
                _once(self.cohorts, span.id)
                self.counted = self.counted or span.meaning.proposition == "size"
            case Category.PHASE:
                self._take_phases(span, trial)
            case Category.TIME:
                for months in span.values:
                    _once(self.times, months)
                    if span.meaning.proposition:
                        self.time_bounds.append((span.meaning.proposition, months))
            case Category.GRADE:
                for grade in span.values:
                    _once(self.grades, int(grade))
            case Category.SUBGROUP:
                _once(self.subgroups, span.id)
            case Category.SOURCE:
                _once(self.sources, span.id)
            case Category.DISCREPANCY:
                _once(self.discrepancies, span.id)
            case Category.RELATED:
                _once(self.related, span.id)
            case Category.FIGURE:
                side = span.meaning.proposition
                self.firm = self.firm or side == "percent"
                if side == "percent":
                    self.shares += span.values
                if side and side != "percent":
                    self.bounds.append((side, span.values[0]))
                if side != "nearly":
                    self.figures += span.values
            case Category.IDENTITY:
                self.identities.append(span)
            case Category.TRIAL:
                self.trial = span.id
            case Category.CONDITION:
                self.condition = True
            case _:
                pass

    def _take_phases(self, span: Span, trial: Trial) -> None:
        self.label_phase = self.label_phase or not span.values
        for phase in span.values:
            cohorts = [cohort.id for cohort in trial.cohorts if cohort.phase == phase]
            self.unknown_phase = self.unknown_phase or not cohorts
            for cohort in cohorts:
                _once(self.cohorts, cohort)

    @property
    def heads(self) -> bool:
        """True when a topic or a measure is named."""
        return bool(self.topics or self.measures)

    @property
    def narrows(self) -> bool:
        """True when a slot is given that can change an earlier question."""
        return bool(
            self.arms
            or self.cohorts
            or self.times
            or self.grades
            or self.subgroups
            or self.sources
            or self.unknown_phase
        )

    def aspect_ids(self) -> frozenset[str]:
        """The turns of the question; "each part" is about both."""
        said = {span.id for span in self.aspects}
        return frozenset(said | {"both_cohorts"} if "each_cohort" in said else said)

    def keys(self, trial: Trial) -> frozenset[str]:
        """What shapes are matched against: categories, category:id, and the role of a named arm or part."""
        keys = {f"topic:{span.id}" for span in self.topics}
        if self.arms == [trial.test_arm]:
            keys.add("arm:test")
        if self.arms == [trial.reference_arm]:
            keys.add("arm:reference")
        kinds = {"all": "whole", "single_arm": "single_arm"}
        assigned = {cohort.assignment for cohort in trial.cohorts if cohort.id in self.cohorts}
        keys |= {f"cohort:{kinds[kind]}" for kind in assigned if kind in kinds}
        keys |= {f"measure:{span.id}" for span in self.measures}
        keys |= {f"subgroup:{subgroup}" for subgroup in self.subgroups}
        keys |= {f"aspect:{span.id}" for span in self.aspects}
        present = {
            "topic": self.topics,
            "measure": self.measures,
            "measure:*": self.measures,
            "aspect": self.aspects,
            "aspect:*": self.aspects,
            "arm": self.arms,
            "cohort": self.cohorts,
            "cohorts": len(self.cohorts) > 1 or "both_cohorts" in self.aspect_ids(),
            "time": self.times,
            "grade": self.grades,
            "subgroup": self.subgroups,
            "source": self.sources,
            "sources": len(self.sources) > 1,
            "related": self.related,
            "figure": self.figures,
            "share": self.shares,
            "identity": self.identities,
            "trial": self.trial,
            "condition": self.condition,
            "people": self.people,
            "word": self.worded,
        }
        return frozenset(keys | {key for key, value in present.items() if value})

    def share(self, other: Slots) -> Slots:
        """Take the slots this part leaves open from a neighbouring part (times excepted)."""
        if other is NOTHING:
            return self
        return replace(
            self,
            arms=self.arms or other.arms,
            cohorts=self.cohorts or other.cohorts,
            grades=self.grades or other.grades,
            subgroups=self.subgroups or other.subgroups,
            sources=self.sources or other.sources,
            related=self.related or ([] if self.trial else other.related),
            trial=self.trial or other.trial,
            condition=self.condition or other.condition,
            anchored=self.anchored or other.anchored,
            unknown_phase=self.unknown_phase or other.unknown_phase,
        )

    def of_same(self, asked: Slots, before: Slots) -> Slots:
        """With the slots of the question before, which a comma joins to one on the same topic, or on none."""
        same = {span.id for span in asked.topics} & {span.id for span in before.topics}
        return self.share(before) if same or not before.topics else self

    def without_misfit(self, own: Slots, trial: Trial) -> Slots:
        """Without what was shared and cannot be: a part of the trial with one arm has no control."""
        single = [c.id for c in trial.cohorts if c.assignment == "single_arm" and c.id in self.cohorts]
        if not single or trial.reference_arm not in self.arms:
            return self
        if not own.cohorts:
            return replace(self, cohorts=[cohort for cohort in self.cohorts if cohort not in single])
        if not own.arms:
            return replace(self, arms=[arm for arm in self.arms if arm != trial.reference_arm])
        return self

    def under(self, premise: Slots) -> Slots:
        """Take time and statistic of a premise ("if 100 were treated for 3 years, how many ...")."""
        if premise is NOTHING:
            return self
        own = not premise.topics
        exact = [span for span in premise.measures if own and not span.meaning.weak]
        return replace(
            self,
            times=self.times or premise.times,
            measures=[*(span for span in self.measures if not (exact and span.meaning.weak)), *exact],
        )


NOTHING = Slots()
"""Of no sentence; never written to."""


def _once(values: list[T], value: T) -> None:
    if value not in values:
        values.append(value)
