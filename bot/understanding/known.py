"""What the store knows of a query, as far as understanding needs it: leaning, quoting, fitting."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.understanding import followup
from bot.understanding.query import Query, Turn
from bot.understanding.quoted import MIN_TELLING, in_figures
from bot.understanding.slots import Slots
from bot.understanding.topics import Topics
from bot.understanding.words.text import phrase
from knowledge.model import AdverseEvent, Comparison, Estimate, Fact, Statement
from knowledge.store import Store

LENGTHS = ("months", "years")
COUNTING = frozenset({"many", "number", "numbers", "count"})
"""Words that ask for a number of patients."""
OF_COMPARISON = followup.DETAILS | {"hazard_ratio"}
"""Measures of the whole comparison, which each endpoint may have."""


@dataclass(frozen=True, slots=True)
class Known:
    """Questions to the store; no answers are composed here."""

    store: Store
    topics: Topics

    def fits(self, query: Query) -> bool:
        """True when the statistic is one of any outcome, and the topic is an outcome."""
        measure = self.topics.concepts.get(query.measure or "")
        return measure is not None and measure.of_outcomes and self.is_outcome(query)

    def goes_with(self, query: Query) -> bool:
        """False for a hazard ratio that its topic lacks: beside another outcome it is its own question."""
        return query.measure != "hazard_ratio" or self.available(query)

    def is_outcome(self, query: Query) -> bool:
        """True when the query is about an endpoint or adverse event, of which statistics can be asked."""
        return self.topics.is_outcome(query.topic)

    def _told_of_groups(self, query: Query) -> bool:
        """True for an endpoint or adverse event, and where a fact on the topic is on a group of patients."""
        facts = self.store.facts(query.trial, topic=query.topic)
        return self.is_outcome(query) or any(fact.subgroup for fact in facts)

    def available(self, query: Query) -> bool:
        """True when the store knows anything of the query's topic and measure."""
        if query.measure == "count":
            facts = self.store.facts(query.trial, topic=query.topic)
            silent = ("count",) if facts else ("count", None)
            return any(_counts(f, query) for f in facts) or any(
                g.measure in silent for g in self.store.gaps(query.trial, query.topic)
            )
        if query.measure in followup.DETAILS or query.details:
            with_ratio = self._with_ratio(query)
            wanted = query.details or (str(query.measure),)
            return any(_has_detail(fact, name) for fact in with_ratio for name in wanted)
        if query.measure == "hazard_ratio":
            return any(fact.measure == query.measure for fact in self._with_ratio(query))
        found = self.store.facts(query.trial, topic=query.topic, measure=query.measure, subject=query.subject)
        # What is known to be missing can be asked for, too.
        gaps = self.store.gaps(query.trial, query.topic) if query.subject is None else ()
        return bool(found) or any(gap.measure == query.measure for gap in gaps)

    def _with_ratio(self, query: Query) -> list[Fact]:
        """The facts of the topic; of a ratio those of the broader topics, too: for deaths it stands there."""
        above = self.topics.ancestors(query.topic) if query.measure == "hazard_ratio" else ()
        topics = (query.topic, *above)
        return [
            f for each in topics for f in self.store.facts(query.trial, topic=each, subject=query.subject)
        ]

    def stated(self, query: Query, figure: float) -> bool:
        """True when the figure is one that the topic's facts give, and none of their time points."""
        facts = self.store.facts(query.trial, topic=query.topic, subject=query.subject)
        any_measure = query.measure is None and figure >= MIN_TELLING
        given = [fact for fact in facts if any_measure or fact.measure == query.measure]
        months = {point.id: point.value for point in self.store.trial(query.trial).timepoints}
        if any(months.get(fact.timepoint or "") == figure for fact in given):
            return False
        return any(in_figures(fact) == f"{figure:g}" for fact in given)

    def holds_of(self, query: Query) -> bool:
        """Whether there is a fact of the topic about the trial that the query is about, ours or another."""
        facts = self.store.facts(query.trial, topic=query.topic)
        return any(fact.subject == query.subject for fact in facts)

    def words_told(self, query: Query) -> frozenset[str]:
        """The stems of what the statements on the query's topic say."""
        facts = self.store.facts(query.trial, topic=query.topic, subject=query.subject)
        texts = (f"{fact.headline} {fact.text}" for fact in facts if isinstance(fact, Statement))
        return frozenset(stem for text in texts for stem in phrase(text))

    def lasts(self, query: Query) -> bool:
        """True when what was asked of is a length of time itself."""
        facts = [f for f in self.store.facts(query.trial, topic=query.topic) if f.subject == query.subject]
        return bool(facts) and all(isinstance(f, Estimate) and f.unit in LENGTHS for f in facts)

    def timed(self, query: Query) -> bool:
        """True when the query's measure is given at time points."""
        facts = self.store.facts(query.trial, topic=query.topic, measure=query.measure, subject=query.subject)
        return any(fact.timepoint for fact in facts)

    def without_shared(self, query: Query, own: Slots, *, later: bool) -> Query:
        """Without a grade that only another part named, where the topic is an endpoint and no adverse event.

        A `later` part of the message drops an arm likewise; one named at the end is meant for all.
        """
        if not own.topics:
            return query
        facts = self.store.facts(query.trial, topic=query.topic, subject=query.subject)
        measured = any(isinstance(fact, Estimate | Comparison) for fact in facts)
        graded = any(isinstance(fact, AdverseEvent) for fact in facts)
        if query.grades and not own.grades and measured and not graded:
            query = replace(query, grades=())
        arms = {fact.arm for fact in facts} - {None}
        if later and query.arms and not own.arms and arms and not arms & set(query.arms):
            query = replace(query, arms=())
        return query

    def _told_without_arms(self, query: Query) -> bool:
        """True for a topic told in words as a whole (blinding): an arm named after it asks something else."""
        facts = self.store.facts(query.trial, topic=query.topic)
        told = bool(facts) and all(isinstance(fact, Statement) and not fact.arm for fact in facts)
        return told and not self.is_outcome(query)

    def without_misfit(self, query: Query, slots: Slots) -> Query | None:
        """An inherited part of the trial gives way to an arm or source that it lacks; an arm to a part.

        An inherited statistic gives way to a source that does not have it ("and the paper?"). None when an
        arm or group was named after a topic that has none.
        """
        if slots.sources and query.measure and not slots.measures:
            facts = self.store.facts(query.trial, topic=query.topic)
            stated = [fact for fact in facts if fact.source in query.sources]
            if stated and all(fact.measure != query.measure for fact in stated):
                query = replace(query, measure=None, details=())
        if slots.arms and not slots.measures and self._told_without_arms(query):
            return None
        if slots.subgroups and not self._told_of_groups(query):
            # "By age?" after who could enter starts anew.
            return None
        if (slots.cohorts or slots.arms) and not slots.measures:
            query = self._without_lacking_detail(query)
        if slots.cohorts and query.arms and not slots.arms:
            given = [f.arm for cohort in query.cohorts for f in self.store.facts(query.trial, cohort=cohort)]
            query = query if set(given) & set(query.arms) else replace(query, arms=())
        if slots.cohorts and query.sources and not slots.sources:
            given_there = [
                f
                for cohort in query.cohorts
                for f in self.store.facts(query.trial, topic=query.topic, cohort=cohort)
                if f.source in query.sources
            ]
            return query if given_there else replace(query, sources=())
        if slots.cohorts or not query.cohorts or not (slots.arms or slots.sources):
            return query
        for cohort in query.cohorts:
            facts = self.store.facts(query.trial, cohort=cohort)
            of_arm = not slots.arms or any(fact.arm in query.arms for fact in facts)
            own = [fact for fact in facts if fact.topic == query.topic]
            of_source = not slots.sources or any(fact.source in query.sources for fact in own)
            if of_arm and of_source:
                return query
        return replace(query, cohorts=())

    def _without_lacking_detail(self, query: Query) -> Query:
        """ "And the run-in?" after an interval: the figure itself where that part has no interval."""
        detail = query.measure in followup.DETAILS and query.measure is not None
        cohorts = query.cohorts or (self.store.trial(query.trial).default_cohort,)
        own = [f for c in cohorts for f in self.store.facts(query.trial, topic=query.topic, cohort=c)]
        own = [fact for fact in own if not query.arms or fact.arm in (None, *query.arms)]
        if not detail or not own or any(_has_detail(fact, str(query.measure)) for fact in own):
            return query
        return replace(query, measure=None)

    def carry(self, query: Query, previous: Turn, said: str) -> Query:
        """After "and ...", a new topic keeps the part of the trial if it fits, and an outcome the group.

        "So 34% progressed?": a figure of the same topic is one of the same time and arm. `said`: the
        words of the sentence.
        """
        base = previous.queries[-1]
        if base.subgroups and not query.subgroups and self.is_outcome(query) and self.is_outcome(base):
            query = replace(query, subgroups=base.subgroups)
        if query.claims and query.topic == base.topic and query.subject == base.subject:
            query = replace(query, times=query.times or base.times, arms=query.arms or base.arms)
        counted = not COUNTING.isdisjoint(said.split())
        if base.measure in OF_COMPARISON and not (counted or query.measure or query.proposition):
            # "The ratio for one endpoint, and for the other?"
            same = replace(query, measure=base.measure, details=base.details)
            query = same if query.subject == base.subject and self.available(same) else query
        whole = [c.id for c in self.store.trial(query.trial).cohorts if c.assignment == "all"]
        if query.cohorts or not base.cohorts or query.trial != base.trial or set(base.cohorts) <= set(whole):
            return query
        kept = replace(query, cohorts=base.cohorts, inherited=("cohorts",))
        facts = [
            f
            for cohort in base.cohorts
            for f in self.store.facts(query.trial, topic=query.topic, cohort=cohort)
        ]
        return kept if facts else query


def mentions(store: Store, query: Query) -> frozenset[str]:
    """The concepts that the facts of a query cover beside their own topic."""
    facts = store.facts(query.trial, topic=query.topic)
    return frozenset(m for fact in facts if fact.subject == query.subject for m in fact.mentions)


def denies(store: Store, trial: str, topic: str, proposition: str) -> bool:
    """Whether a fact on the trial itself says no to the proposition."""
    return any(
        getattr(fact, "verdicts", {}).get(proposition, "yes") != "yes"
        for fact in store.facts(trial, topic=topic)
        if fact.subject is None
    )


def holds(store: Store, query: Query) -> bool:
    """Whether anything is known of the query's topic with its measure."""
    if store.facts(query.trial, topic=query.topic, measure=query.measure):
        return True
    # That nothing is reported of a topic is known as well.
    return any(g.measure in (None, query.measure) for g in store.gaps(query.trial, query.topic))


def _counts(fact: object, query: Query) -> bool:
    """True when a fact of the earlier question says how many patients it is about."""
    if getattr(fact, "subgroup", None) not in (query.subgroups or (None,)):
        return False
    return getattr(fact, "measure", "") == "count" or any(
        getattr(fact, name, None) is not None for name in ("affected", "numerator", "n")
    )


def _has_detail(fact: object, measure: str) -> bool:
    name = {"confidence_interval": "ci", "p_value": "p_value", "significance": "p_value"}.get(measure)
    return bool(name and getattr(fact, name, None))
