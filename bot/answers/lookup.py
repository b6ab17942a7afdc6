"""Query -> facts, or the slot for which nothing is reported and what is nearest.

Nothing is interpolated: a fact is found only if every slot of the query that
it has agrees. Where nothing is found, the query is relaxed one slot at a time
to name what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answers.fits import fits, has_detail, lacking, months_of, slot_values, tells_time
from bot.answers.gaps import best_gap
from bot.answers.measured import DURATIONS, Measured
from bot.understanding.query import Query
from knowledge.corpus import CONTEXT
from knowledge.model import Concept, Estimate, Fact, Gap, Statement
from knowledge.store import Store

NAMED_TRIAL = "name.trial"
"""The shape of a question that names the trial and nothing else."""
CONTEXT_RANK = 3
SLOTS = ("sources", "subgroups", "grades", "times", "arms", "cohorts")
"""Order in which a missing slot is named."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the store holds for one query."""

    query: Query
    facts: tuple[Fact, ...] = ()
    """Best source first; empty when not reported."""
    missing: str | None = None
    """The slot that no fact fits: "times", "arms", ..., "measure" or "topic"."""
    partly: tuple[str, ...] = ()
    """Asked values (time points, arms, ...) that have no fact although others do."""
    nearest: tuple[Fact, ...] = ()
    gap: Gap | None = None
    softened: bool = False
    """The asked measure is not given; the topic's own figure stands in and the reply says so."""


@dataclass(slots=True)
class Finder:
    """Looks queries up in the store."""

    store: Store
    concepts: Mapping[str, Concept]

    @property
    def _facts_of(self) -> Measured:
        return Measured(self.store, self.concepts)

    def find(self, query: Query) -> Lookup:
        """Facts for the query, or what is missing and what comes nearest."""
        every = self.store.facts(query.trial, topic=query.topic)
        about = [f for f in every if f.subject == query.subject]
        if query.subject and not {fact.source for fact in about} & set(query.sources):
            query = replace(query, sources=())  # Our own sources tell nothing of the other trial.
        if not about and query.subject is not None:
            # "Which drug did the other trial test?": its overview says so.
            told = self.store.facts(query.trial, subject=query.subject)
            about = [fact for fact in told if query.topic in fact.mentions]
            given = any(fact.measure == query.measure for fact in about)
            query = replace(query, measure=None) if about and not given else query
        if not about and query.subject is None and not self.store.gaps(query.trial, query.topic):
            # A topic that is about another trial by its own name ("compared with ...").
            around = {f.id for f in self.store.facts(CONTEXT, topic=query.topic)}
            about = [f for f in every if f.kind == "statement" and f.id not in around]
        if not about and query.shape == NAMED_TRIAL:
            overview = self.store.trial(query.trial).overview
            return Lookup(query, tuple(self.store.fact(query.trial, fact_id) for fact_id in overview))
        if not about:
            return self._nothing(query, "topic", ())
        if query.subject and query.times and query.measure is None:
            # "Survival at 5 years" of the other trial: not the ratio that is its topic's own measure.
            trial = self.store.trial(query.trial)
            about = [f for f in about if months_of(trial, f.timepoint) in query.times] or about
        concept = self.concepts.get(query.topic)
        later = query.times and max(query.times) >= 1 and query.subject is None
        if later and concept is not None and concept.at_entry:
            return self._nothing(query, "times", about)
        query = self._with_total(self._without_whole(query, about), about)
        if query.times and all(isinstance(f, Estimate) and f.unit in DURATIONS for f in about):
            # "Is the follow-up 28 months?": the time is the figure itself.
            # "Over 2 years?": a limit on it.
            limits = tuple(each for each in query.time_bounds if each[0] != "nearly")
            claims = (*query.claims, *(() if limits else query.times))
            offers = len(query.times) > 1
            bounds = (*query.bounds, *limits)
            query = replace(
                query, times=(), claims=claims, bounds=bounds, firm_claim=not limits, offers=offers
            )
        measured, softened = self._facts_of.of(query, about)
        if not measured:
            return self._nothing(query, "measure" if query.measure else "topic", about)
        query = self._at_follow_up(query, measured)
        if "both_arms" in query.aspects and all(isinstance(f, Estimate) and not f.arm for f in measured):
            return self._nothing(query, "arms", measured)
        found = self._of_asked_arms(query, [f for f in measured if self._fits(query, f)], measured)
        if not found and query.subject and query.times:
            found = [f for f in measured if self._fits(query, f, ignore="times") and tells_time(query, f)]
        if found and self._only_elsewhere(query, found, measured):
            return self._nothing(query, "times", [*found, *measured])
        if found and self._lacks_detail(query, found):
            return self._nothing(query, "details", found)
        if found and self._count_elsewhere(query, found, about):
            return self._nothing(query, "measure", found)
        if found:
            return Lookup(
                query,
                tuple(self._without_context(query, found)),
                partly=self._partly(query, found),
                softened=softened,
                gap=self._gap(query) if softened else None,
            )
        of_group = [f for f in about if query.subgroups and f.subgroup in query.subgroups]
        fitting = [f for f in of_group if self._fits(query, f)]
        if fitting and query.measure is None:
            # Of a subgroup: what is told of the group, be it another statistic.
            return Lookup(replace(query, measure=fitting[0].measure, proposition=None), tuple(fitting))
        return (
            self._nothing(query, "subgroups", of_group) if of_group else self._missing_slot(query, measured)
        )

    def _at_follow_up(self, query: Query, measured: Sequence[Fact]) -> Query:
        """ "The P value at 28 months' follow-up": of the source whose follow-up is that long."""
        if len(query.times) != 1 or query.sources or any(f.timepoint for f in measured):
            return query
        told = (f for f in self.store.facts(query.trial, measure="median") if isinstance(f, Estimate))
        long = {f.source for f in told if f.unit == "months" and float(f.value) == query.times[0]}
        kept = tuple(dict.fromkeys(f.source for f in measured if f.source in long))
        return replace(query, times=(), sources=kept) if kept else query

    def _lacks_detail(self, query: Query, found: Sequence[Fact]) -> bool:
        """ "CI of that NNT": the figure stands without it. A P value belongs to the whole comparison."""
        own = ("confidence_interval", "p_value") if query.subgroups else ("confidence_interval",)
        asked = [measure for measure in query.details if measure in own]
        told = any(isinstance(fact, Statement) for fact in found)
        return bool(asked) and not told and not any(has_detail(f, m) for f in found for m in asked)

    def _count_elsewhere(self, query: Query, found: Sequence[Fact], about: Sequence[Fact]) -> bool:
        """A number of patients that only another part of the trial has, while no part was named."""
        default = self.store.trial(query.trial).default_cohort
        if query.measure != "count" or query.cohorts or query.subject or query.subgroups:
            return False
        other = all(f.cohort not in (default, None) for f in found)
        return other and any(f.cohort == default for f in about)

    def _of_asked_arms(self, query: Query, found: list[Fact], measured: Sequence[Fact]) -> list[Fact]:
        """Where arms have figures of their own, or a gap says they have none, a total is none."""
        gap = self._gap(query) if query.arms else None
        if not query.arms or not (any(f.arm for f in measured) or (gap and [gap.arm] == [*query.arms])):
            return found
        trial = self.store.trial(query.trial)
        single = {c.id for c in trial.cohorts if c.assignment == "single_arm" and c.id in query.cohorts}
        if query.arms == (trial.test_arm,) and single:
            # All patients of a part with one arm are that arm's.
            return [f for f in found if f.arm or f.cohort in single or not isinstance(f, Estimate)]
        return [f for f in found if f.arm or not (isinstance(f, Estimate) or f.measure == "count")]

    def _without_whole(self, query: Query, about: Sequence[Fact]) -> Query:
        """ "In total" only matters where figures for the whole trial exist."""
        whole = {c.id for c in self.store.trial(query.trial).cohorts if c.assignment == "all"}
        if not query.cohorts or not set(query.cohorts) <= whole:
            return query
        return query if any(f.cohort in query.cohorts for f in about) else replace(query, cohorts=())

    def _fits(self, query: Query, fact: Fact, ignore: str = "") -> bool:
        return fits(query, fact, self.store.trial(query.trial), self.concepts, ignore)

    def _with_total(self, query: Query, about: Sequence[Fact]) -> Query:
        """The number of patients of all parts together, when every part is named and none compared."""
        cohorts = self.store.trial(query.trial).cohorts
        parts = {c.id for c in cohorts if c.assignment != "all"}
        whole = tuple(c.id for c in cohorts if c.assignment == "all" and any(f.cohort == c.id for f in about))
        summed = query.measure in (None, "count", "how_many") and "comparison" not in query.aspects
        together = whole and summed and not query.arms and parts == set(query.cohorts)
        together = together and "each_cohort" not in query.aspects
        return replace(query, cohorts=whole) if together else query

    def _only_elsewhere(self, query: Query, found: Sequence[Fact], measured: Sequence[Fact]) -> bool:
        """A time point that only another part of the trial has, while no part was named.

        An unsaid part means the default one, so its missing figure is what must be said.
        """
        default = self.store.trial(query.trial).default_cohort
        if query.cohorts or query.subject or not query.times:
            return False
        return not any(f.cohort in (default, None) for f in found) and any(
            f.cohort == default for f in measured
        )

    def _without_context(self, query: Query, found: Sequence[Fact]) -> list[Fact]:
        """Context facts answer only what the trial's own sources leave open."""
        if query.sources or query.subject:
            return list(found)
        ranks = {f.id: self.store.source(query.trial, f.source).rank for f in found}
        if min(ranks.values()) == CONTEXT_RANK:
            return list(found)
        own = [f for f in found if ranks[f.id] < CONTEXT_RANK]
        keys = {slot_values(f) for f in own}
        kept = [
            f
            for f in found
            if ranks[f.id] < CONTEXT_RANK or (slot_values(f) not in keys and f.subgroup is None)
        ]
        kept.sort(key=lambda f: ranks[f.id])
        return kept

    def _partly(self, query: Query, found: Sequence[Fact]) -> tuple[str, ...]:
        return lacking(query, found, self.store.trial(query.trial))

    def _missing_slot(self, query: Query, measured: Sequence[Fact]) -> Lookup:
        for slot in [s for s in SLOTS if getattr(query, s) or (s == "cohorts" and query.unknown_phase)]:
            near = [f for f in measured if self._fits(query, f, ignore=slot)]
            if near:
                return self._nothing(query, slot, near)
        relaxed = replace(
            query, times=(), arms=(), cohorts=(), grades=(), subgroups=(), sources=(), unknown_phase=False
        )
        near = [f for f in measured if self._fits(relaxed, f)]
        slot = next((s for s in SLOTS if getattr(query, s)), "topic")
        return self._nothing(query, slot, near or measured)

    def _nothing(self, query: Query, missing: str, near: Sequence[Fact]) -> Lookup:
        gap = self._gap(query)
        nearest: list[Fact] = []
        if gap is not None:
            nearest = [self.store.fact(query.trial, fact_id) for fact_id in gap.nearest]
        if not nearest:
            nearest = list(self._without_context(query, near)) if near else self._of_parent(query)
        return Lookup(query, missing=missing, nearest=tuple(nearest), gap=gap)

    def _of_parent(self, query: Query) -> list[Fact]:
        for topic in self._facts_of.ancestors(query.topic):
            facts = [f for f in self.store.facts(query.trial, topic=topic) if f.subject == query.subject]
            if facts:
                return facts[:3]
        return []

    def _gap(self, query: Query) -> Gap | None:
        return best_gap(query, self.store)


def distinct(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts without repetition, in order."""
    return tuple({f.id: f for f in facts}.values())
