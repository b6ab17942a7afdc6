"""A quoted figure tells what is asked: "and the 66% was?", "92 in that arm?", "0.05 or .04, why?"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.understanding.measures import COUNTS
from bot.understanding.query import Query
from bot.understanding.slots import Slots
from knowledge.model import Comparison, Discrepancy, Trial
from knowledge.store import Store

MAX_QUOTED = 6
"""Figures that are looked for together; a longer list is a table, not a question."""
MIN_TELLING = 10
"""Whole numbers below stand for years, grades and phases as often as for results."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Looks quoted figures up among the facts."""

    store: Store

    def by_figure(self, slots: Slots, trial: Trial) -> Query | None:
        """ "And the 66% was?": the one topic in which a quoted percentage or decimal stands."""
        if len(slots.figures) > 1 and len(slots.shares) == 1:
            slots = replace(slots, figures=list(slots.shares))
        if len(slots.figures) > 1:
            return self._by_figures(slots, trial)
        telling = len(slots.figures) == 1 and slots.figures[0] >= MIN_TELLING and not slots.firm
        if telling and (slots.people or slots.arms):
            return self._by_number(slots, trial)
        if len(slots.figures) != 1 or not (slots.firm or any(f != int(f) for f in slots.figures)):
            return None
        quoted = {f"{figure:g}" for figure in slots.figures}
        facts = [
            fact
            for fact in self.store.facts(trial.id)
            if fact.subject is None
            and fact.status == "reported"
            and in_figures(fact) in quoted
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
        # "66% on A at 3 years, right?": said of an arm, part, time or grade, it can be wrong.
        placed = bool(slots.arms or slots.cohorts or slots.times or slots.grades)
        return Query(
            trial=trial.id,
            topic=first.topic,
            measure=asked,
            arms=tuple(slots.arms) or ((first.arm,) if first.arm else ()),
            cohorts=tuple(slots.cohorts) or ((first.cohort,) if first.cohort else ()),
            times=tuple(slots.times or months),
            grades=tuple(slots.grades),
            claims=tuple(slots.figures) if placed else (),
            firm_claim=bool(slots.firm and placed),
            aspects=slots.aspect_ids(),
            shape="figure",
        )

    def of_statistic(self, query: Query, slots: Slots, trial: Trial) -> Query | None:
        """ "Does the 0.5 cross 1?": a statistic of the topic in which the figure before it stands.

        None for the certainty of a figure that is not the topic's ratio ("is 12 against 9 significant?").
        """
        told = None if slots.topics or slots.firm else self.by_figure(slots, trial)
        if told is not None and told.topic != query.topic:
            return replace(query, topic=told.topic)
        if query.measure != "significance" or slots.topics:
            return query
        given = {figure for fact in self.store.facts(trial.id, topic=query.topic) for figure in _ratio(fact)}
        return query if set(slots.figures) <= given else None

    def by_months(self, slots: Slots, trial: Trial) -> Query | None:
        """ "71 months?": a time at which no result is given, and which is itself a figure."""
        said = (slots.topics, slots.measures, slots.arms, slots.grades, slots.subgroups, slots.related)
        if not slots.times or any(said) or {float(t.value) for t in trial.timepoints} & set(slots.times):
            return None
        if len(slots.times) > 1:
            told = replace(slots, figures=list(slots.times), times=[])
            return self.by_conflict(told, trial)
        facts = [
            fact
            for fact in self.store.facts(trial.id)
            if fact.subject is None and getattr(fact, "unit", None) == "months"
            if in_figures(fact) == f"{slots.times[0]:g}" and not fact.timepoint
        ]
        if len({fact.topic for fact in facts}) != 1:
            return None
        first, aspects = facts[0], slots.aspect_ids()
        own = (first.source,) if first.source and "both_sources" not in aspects else ()
        return Query(
            trial.id,
            first.topic,
            measure=first.measure,
            cohorts=tuple(slots.cohorts) or ((first.cohort,) if first.cohort else ()),
            sources=tuple(slots.sources) or own,
            aspects=aspects,
            claims=tuple(slots.times),
            shape="figure",
        )

    def by_conflict(self, slots: Slots, trial: Trial) -> Query | None:
        """ "0.05 or .04, why?": the contradiction that sets these figures, and fewest others, at odds."""
        said = set(slots.figures)
        timed = slots.times and (slots.arms or len(said) < 2 or "conflict" not in slots.aspect_ids())
        if slots.topics or timed or not said or {s.id for s in slots.measures} - {"reason"}:
            return None
        telling = any(figure != int(figure) for figure in said)
        if len(said) == 1:
            telling = telling and not self._is_given(slots.figures[0], trial)
        else:
            telling = telling or max(said) >= MIN_TELLING
        if not telling:
            return None
        every = self.store.discrepancies(trial.id)
        found = [each for each in every if said <= each.figures]
        found = found or [each for each in every if said <= self._at_odds(each, trial)]
        found.sort(key=lambda each: len(each.figures))
        if not found or (len(found) > 1 and len(found[0].figures) == len(found[1].figures)):
            return None
        aspects = slots.aspect_ids() | {"conflict"}
        return Query(trial.id, found[0].topic, discrepancy=found[0].id, aspects=aspects, shape="discrepancy")

    def _at_odds(self, each: Discrepancy, trial: Trial) -> set[float]:
        """The figures of the facts on which the sources take different positions."""
        ids = {fact for position in each.positions for fact in position.facts}
        printed = (in_figures(fact) for fact in self.store.facts(trial.id) if fact.id in ids)
        return {float(figure) for figure in printed if figure}

    def _is_given(self, figure: float, trial: Trial) -> bool:
        """Whether a fact gives the figure as its own."""
        return any(in_figures(fact) == f"{figure:g}" for fact in self.store.facts(trial.id))

    def _by_number(self, slots: Slots, trial: Trial) -> Query | None:
        """ "Which arm had 90 patients?": the one topic that counts so many patients."""
        number = f"{slots.figures[0]:g}"
        facts = [f for f in self.store.facts(trial.id, measure="count") if f.subject is None]
        quoting = [f for f in facts if in_figures(f) == number and f.status == "reported"]
        if len({fact.topic for fact in quoting}) != 1:
            return None
        aspects = frozenset({"both_arms"} if all(fact.arm for fact in quoting) else ())
        asked = Query(trial.id, quoting[0].topic, measure="count", aspects=aspects, shape="figure")
        return replace(asked, arms=tuple(slots.arms), claims=tuple(slots.figures)) if slots.arms else asked

    def quotes_any(self, slots: Slots, trial: Trial) -> bool:
        """True when any of the stated figures is a percentage in the trial's sources."""
        quoted = {f"{figure:g}" for figure in slots.figures}
        facts = [fact for fact in self.store.facts(trial.id) if fact.subject is None and _in_percent(fact)]
        return any(in_figures(fact) in quoted for fact in facts)

    def _by_figures(self, slots: Slots, trial: Trial) -> Query | None:
        """ "90/92 or 92/90?": the one topic in which all the quoted figures stand."""
        if len(slots.figures) > MAX_QUOTED:
            return None
        own = [f for f in self.store.facts(trial.id) if f.subject is None and f.status == "reported"]
        topics = [{f.topic for f in own if in_figures(f) == f"{figure:g}"} for figure in slots.figures]
        shared = set.intersection(*topics)
        told = slots.arms or slots.aspects or slots.measures or len(slots.figures) > len(set(slots.figures))
        if len(shared) != 1 or len(set(slots.figures)) < 2 or not told:
            return None
        tested = any(span.id == "significance" for span in slots.measures)
        if tested and any(_ratio(fact) for fact in own if fact.topic in shared):
            # "Is 12 against 9 significant?": the test is one of the ratio, not of two figures at a time.
            return None
        return Query(
            trial.id,
            shared.pop(),
            measure=slots.measures[0].id if slots.measures else None,
            arms=tuple(slots.arms),
            times=tuple(slots.times),
            aspects=slots.aspect_ids(),
            shape="figure",
        )


def _ratio(fact: object) -> set[float]:
    """The figures of a comparison between the arms: ratio, interval, P value."""
    if not isinstance(fact, Comparison):
        return set()
    interval = (fact.ci.low, fact.ci.high) if fact.ci else ()
    return {float(figure) for figure in (fact.value, *interval, fact.p_value) if figure}


def in_figures(fact: object) -> str | None:
    """The percentage or ratio of a fact, without trailing zeros."""
    figure = getattr(fact, "value", None) or getattr(fact, "percent", None)
    return None if figure is None or not figure.replace(".", "").isdigit() else f"{float(figure):g}"


def _in_percent(fact: object) -> bool:
    return getattr(fact, "percent", None) is not None or getattr(fact, "unit", None) == "%"
