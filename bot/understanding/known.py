"""What the store knows of a query, as far as understanding needs it: leaning, quoting, fitting."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.understanding import followup
from bot.understanding.query import Query, Turn
from bot.understanding.slots import Slots
from knowledge.model import Trial
from knowledge.store import Store

MAX_QUOTED = 6
"""Figures that are looked for together; a longer list is a table, not a question."""
COUNTS = frozenset({"how_many", "count"})


@dataclass(frozen=True, slots=True)
class Known:
    """Questions to the store; no answers are composed here."""

    store: Store

    def available(self, query: Query) -> bool:
        """True when the store knows anything of the query's topic and measure."""
        if query.measure == "count":
            facts = self.store.facts(query.trial, topic=query.topic)
            silent = ("count",) if facts else ("count", None)
            return any(_counts(f, query) for f in facts) or any(
                g.measure in silent for g in self.store.gaps(query.trial, query.topic)
            )
        if query.measure in followup.DETAILS or query.details:
            facts = self.store.facts(query.trial, topic=query.topic, subject=query.subject)
            wanted = query.details or (str(query.measure),)
            return any(_has_detail(fact, name) for fact in facts for name in wanted)
        topics = [query.topic, *(self._ancestors(query.topic) if query.measure == "hazard_ratio" else ())]
        return any(
            self.store.facts(query.trial, topic=topic, measure=query.measure, subject=query.subject)
            for topic in topics
        )

    def _ancestors(self, topic: str) -> list[str]:
        """The broader topics: the hazard ratio for deaths stands with survival."""
        parents = {
            concept.id: concept.parent for concept in self.store.concepts() if concept.category == "topic"
        }
        found: list[str] = []
        while (parent := parents.get(topic)) and parent not in found:
            found.append(parent)
            topic = parent
        return found

    def stated(self, query: Query, figure: float) -> bool:
        """True when the figure is one that the topic's facts give."""
        facts = self.store.facts(query.trial, topic=query.topic, subject=query.subject)
        return any(_quoted(fact) == f"{figure:g}" for fact in facts if fact.measure == query.measure)

    def holds_of(self, trial: str, topic: str, subject: str) -> bool:
        """Whether there is a fact on the topic about the other trial."""
        return bool(self.store.facts(trial, topic=topic, subject=subject))

    def timed(self, query: Query) -> bool:
        """True when the query's measure is given at time points."""
        facts = self.store.facts(query.trial, topic=query.topic, measure=query.measure, subject=query.subject)
        return any(fact.timepoint for fact in facts)

    def without_misfit(self, query: Query, slots: Slots) -> Query:
        """An inherited part of the trial gives way to an arm or source that it lacks; an arm to a part."""
        if slots.cohorts and query.arms and not slots.arms:
            given = [f.arm for cohort in query.cohorts for f in self.store.facts(query.trial, cohort=cohort)]
            return query if set(given) & set(query.arms) else replace(query, arms=())
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
            if slots.arms and any(fact.arm in query.arms for fact in facts):
                return query
            if slots.sources and any(
                fact.source in query.sources and fact.topic == query.topic for fact in facts
            ):
                return query
        return replace(query, cohorts=())

    def by_figure(self, slots: Slots, trial: Trial) -> Query | None:
        """ "And the 66% was?": the one topic in which a quoted percentage or decimal stands."""
        if len(slots.figures) > 1 and len(slots.shares) == 1:
            slots = replace(slots, figures=list(slots.shares))
        if len(slots.figures) > 1 and not slots.firm:
            return self._by_figures(slots, trial)
        if slots.people and len(slots.figures) == 1 and not slots.firm:
            return self._by_number(slots, trial)
        if len(slots.figures) != 1 or not (slots.firm or any(f != int(f) for f in slots.figures)):
            return None
        quoted = {f"{figure:g}" for figure in slots.figures}
        facts = [
            fact
            for fact in self.store.facts(trial.id)
            if fact.subject is None
            and fact.status == "reported"
            and _quoted(fact) in quoted
            and (not slots.firm or _in_percent(fact))
        ]
        if not facts or len({fact.topic for fact in facts}) > 1:
            return None
        first = facts[0]
        said = {span.id for span in slots.measures}
        asked = "denominator" if "denominator" in said else ("count" if said & COUNTS else first.measure)
        if "definition" in said and first.measure == "hazard_ratio":
            # "What does 0.5 mean?": the ratio in words.
            asked = "hazard_reduction"
        months = [float(t.value) for t in trial.timepoints if t.id == first.timepoint]
        return Query(
            trial=trial.id,
            topic=first.topic,
            measure=asked,
            arms=(first.arm,) if first.arm else (),
            cohorts=(first.cohort,) if first.cohort else (),
            times=tuple(months),
            aspects=slots.aspect_ids(),
            shape="figure",
        )

    def _by_number(self, slots: Slots, trial: Trial) -> Query | None:
        """ "Which arm had 90 patients?": the one topic that counts so many patients."""
        number = f"{slots.figures[0]:g}"
        facts = [f for f in self.store.facts(trial.id, measure="count") if f.subject is None]
        topics = {f.topic for f in facts if _quoted(f) == number and f.status == "reported"}
        return Query(trial.id, topics.pop(), measure="count", shape="figure") if len(topics) == 1 else None

    def quotes_any(self, slots: Slots, trial: Trial) -> bool:
        """True when any of the stated figures is a percentage in the trial's sources."""
        quoted = {f"{figure:g}" for figure in slots.figures}
        facts = [fact for fact in self.store.facts(trial.id) if fact.subject is None and _in_percent(fact)]
        return any(_quoted(fact) in quoted for fact in facts)

    def _by_figures(self, slots: Slots, trial: Trial) -> Query | None:
        """ "90/92 or 92/90?": the one topic in which all the quoted figures stand."""
        if len(slots.figures) > MAX_QUOTED:
            return None
        own = [f for f in self.store.facts(trial.id) if f.subject is None and f.status == "reported"]
        topics = [{f.topic for f in own if _quoted(f) == f"{figure:g}"} for figure in slots.figures]
        shared = set.intersection(*topics)
        told = slots.arms or slots.aspects or len(slots.figures) > len(set(slots.figures))
        if len(shared) != 1 or len(set(slots.figures)) < 2 or not told:
            return None
        return Query(
            trial.id,
            shared.pop(),
            arms=tuple(slots.arms),
            times=tuple(slots.times),
            aspects=slots.aspect_ids(),
            shape="figure",
        )

    def carry(self, query: Query, previous: Turn) -> Query:
        """After "and ...", a new topic keeps the part of the trial if it fits there."""
        base = previous.queries[-1]
        if query.cohorts or not base.cohorts or query.trial != base.trial:
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
    """Whether a fact says no to the proposition."""
    return any(
        getattr(fact, "verdicts", {}).get(proposition, "yes") != "yes"
        for fact in store.facts(trial, topic=topic)
    )


def holds(store: Store, query: Query) -> bool:
    """Whether anything is known of the query's topic with its measure."""
    if store.facts(query.trial, topic=query.topic, measure=query.measure):
        return True
    # That nothing is reported of a topic is known as well.
    return any(g.measure in (None, query.measure) for g in store.gaps(query.trial, query.topic))


def _quoted(fact: object) -> str | None:
    """The percentage or ratio of a fact, without trailing zeros."""
    figure = getattr(fact, "value", None) or getattr(fact, "percent", None)
    return None if figure is None or not figure.replace(".", "").isdigit() else f"{float(figure):g}"


def _in_percent(fact: object) -> bool:
    return getattr(fact, "percent", None) is not None or getattr(fact, "unit", None) == "%"


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
