"""A part of a question -> one query, or a refusal with a code.

Every topic named and every shape that fits makes a candidate. Candidates are
compared by an ordered tuple (unexplained meaning, lacking measure,
generality, place, repaired letters); spelling comes last, so that a well spelt word never
outweighs a broken rule. A tie between different lookups is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.understanding.measures import measures
from bot.understanding.query import Candidate, Query, Refusal
from bot.understanding.shapes import Shape
from bot.understanding.slots import Slots
from bot.understanding.spans import Span
from knowledge.model import Concept, Trial

PRIMARY = "@primary_endpoint"
CONDITION = "@condition"
CRITERION = "@criterion"
COMPARISON = "@comparison"
"""The topic that sets a related trial beside this one: "comparison_" and its id."""
MODIFIER = 10_000
"""Puts a modifying name behind every other."""
EXACT_WORDS = 5
"""Words from which a name is so exact that the others are part of what it says."""
IDENTITY = -2
"""Generality of a reading that checks one name against the fact's."""


@dataclass(slots=True)
class Matcher:
    """Chooses the one reading of a part."""

    shapes: tuple[Shape, ...]
    concepts: Mapping[str, Concept]
    mentions: Callable[[Query], frozenset[str]]
    """The concepts that the facts of a query cover beside their own topic."""
    denies: Callable[[str, str, str], bool]
    """Of trial, topic, proposition: whether a fact says no to it; then it is a false premise."""
    holds: Callable[[Query], bool]
    """Whether anything is known of the query's topic with its measure."""

    def candidates(self, slots: Slots, trial: Trial) -> list[Candidate]:
        """Every reading of the slots, best first."""
        found = [self._of_discrepancy(name, slots, trial) for name in slots.discrepancies]
        keys = slots.keys(trial)
        for topic in _distinct(slots.topics):
            found.append(self._of_topic(topic, slots, trial))
        for shape in self.shapes:
            lost = (shape.topic == CRITERION and self._criterion(slots) is None) or (
                shape.topic == COMPARISON and self._comparison(slots) is None
            )
            if shape.when <= keys and not shape.unless & keys and not lost:
                found.append(self._of_shape(shape, slots, trial))
        found.sort(key=lambda candidate: candidate.order)
        return found

    def best(self, slots: Slots, trial: Trial) -> Candidate | Refusal | None:
        """The winner, a refusal when two lookups tie, or None when nothing is asked."""
        found = self.candidates(slots, trial)
        if not found:
            return None
        winner = found[0]
        rivals = [c for c in found[1:] if c.order == winner.order and _differs(c.query, winner.query)]
        if rivals:
            return Refusal("clarify", "ambiguous", ",".join(c.query.topic for c in [winner, *rivals]))
        return winner

    def _of_topic(self, topic: Span, slots: Slots, trial: Trial) -> Candidate:
        same = [span for span in slots.topics if span.id == topic.id]
        others = self._others(slots, topic.id)
        named = {o for o in others if self._could_be(o, topic.id)} if slots.states else set()
        measure, details = measures(slots, next((s.meaning.measure for s in same if s.meaning.measure), None))
        if measure == "definition" and (slots.figures or self._is_told(topic.id, others)):
            # "Would 0.9 have counted as abnormal?" asks for the limit, not for the word.
            measure = None
        proposition = next((s.meaning.proposition for s in same if s.meaning.proposition), None)
        proposition = proposition or _of_measure(slots)
        query = self._query(slots, trial, topic.id, measure, details, "topic")
        others -= self.mentions(query)
        # "Haemoglobin limit at enrolment": how a trial was run only frames what is asked.
        unexplained = {other for other in others if self.is_outcome(other) or self._is_drug(other)}
        if not self.is_outcome(topic.id):
            # "Dose reductions due to toxicity": the outcome only frames what is asked ...
            unexplained -= slots.governed
        elif topic.id in slots.governed and others - unexplained:
            # ... and is not itself what is asked.
            unexplained |= others
        asked = proposition and (slots.states or not others or self.denies(trial.id, topic.id, proposition))
        exact = topic.end - topic.start >= EXACT_WORDS
        general = -1 if asked or exact else 0
        query = replace(query, proposition=proposition)
        if named and self._identifies(topic.id, measure):
            # "Was response the primary endpoint?": the name beside it is what is asked.
            query, general = replace(query, named=frozenset(named)), IDENTITY
            unexplained -= named
        lacking = int(measure is not None and not self.holds(query))
        # "Baseline M-protein": of two names side by side the second is what is asked.
        modifies = any(span.start == topic.end for span in slots.topics)
        place = topic.start + (MODIFIER if modifies else 0)
        return Candidate(query, lacking, len(unexplained), general, slots.repaired, place)

    def _is_told(self, topic: str, others: set[str]) -> bool:
        """Whether topic and what stands beside it are both told in words: a limit and what it is for."""
        told = [self.concepts.get(each) for each in (topic, *others)]
        return bool(others) and all(concept and concept.default_measure == "description" for concept in told)

    def _is_drug(self, topic: str) -> bool:
        """True for a topic that is another drug of the trial: its effects are not those of the arm."""
        concept = self.concepts.get(topic)
        return concept is not None and concept.drug

    def _could_be(self, named: str, topic: str) -> bool:
        """Whether a name could be what the topic's fact names: an outcome, of that group if it is one."""
        return self.is_outcome(named) and (not self.is_outcome(topic) or topic in self._ancestors(named))

    def _identifies(self, topic: str, measure: str | None) -> bool:
        """Whether the topic's fact names one thing out of many."""
        concept = self.concepts.get(topic)
        return measure == "most_common" or bool(
            concept and concept.identifies == "topics" and measure is None
        )

    def _of_discrepancy(self, name: str, slots: Slots, trial: Trial) -> Candidate:
        query = self._query(slots, trial, trial.primary_endpoint, None, (), "discrepancy")
        query = replace(query, discrepancy=name, aspects=query.aspects | {"conflict"})
        return Candidate(query, 0, 0, -MODIFIER, slots.repaired)

    def _of_shape(self, shape: Shape, slots: Slots, trial: Trial) -> Candidate:
        topic = {
            PRIMARY: trial.primary_endpoint,
            CONDITION: trial.condition_topic or shape.topic,
            CRITERION: self._criterion(slots) or shape.topic,
            COMPARISON: self._comparison(slots) or shape.topic,
        }.get(shape.topic, shape.topic)
        measure, details = measures(slots, shape.measure)
        if shape.measure:
            measure, details = shape.measure, tuple(d for d in details if d != shape.measure)
        if shape.topic == COMPARISON:
            slots = replace(slots, related=[])
        if shape.topic == CRITERION or any(key.startswith("subgroup:") for key in shape.when):
            slots = replace(slots, subgroups=[])
        explained = {key.split(":", 1)[1] for key in shape.when if key.startswith("topic:")}
        query = self._query(slots, trial, topic, measure, details, shape.id)
        others = self._others(slots, topic) - explained - self.mentions(query)
        query = replace(query, proposition=_of_measure(slots))
        if shape.overview and measure is None:
            query = replace(query, measure=None)
        outcomes = [other for other in others if self.is_outcome(other)]
        return Candidate(query, 0, len(outcomes), -len(shape.when), slots.repaired)

    def _criterion(self, slots: Slots) -> str | None:
        """The topic that tells whether the named patients could enter."""
        found = (self.concepts.get(subgroup) for subgroup in slots.subgroups)
        return next((concept.criterion for concept in found if concept and concept.criterion), None)

    def _comparison(self, slots: Slots) -> str | None:
        """The topic that compares the named trial with ours."""
        topics = (f"comparison_{trial}" for trial in slots.related)
        return next((topic for topic in topics if topic in self.concepts), None)

    def _query(
        self,
        slots: Slots,
        trial: Trial,
        topic: str,
        measure: str | None,
        details: tuple[str, ...],
        shape: str,
    ) -> Query:
        return Query(
            trial=trial.id,
            topic=topic,
            measure=measure,
            details=details,
            arms=() if _against_rest(slots) else tuple(slots.arms),
            cohorts=self._cohorts(slots, trial),
            times=tuple(slots.times),
            grades=tuple(sorted(slots.grades)),
            subgroups=tuple(slots.subgroups),
            sources=tuple(slots.sources),
            subject=slots.related[0] if slots.related else None,
            aspects=slots.aspect_ids(),
            claims=tuple(slots.figures),
            firm_claim=slots.firm,
            bounds=tuple(slots.bounds),
            identities=tuple(span.id for span in slots.identities),
            first_arm=slots.arms[0] if slots.arms else None,
            misnomer=slots.misnomer,
            unknown_phase=slots.unknown_phase,
            shape=shape,
        )

    def _cohorts(self, slots: Slots, trial: Trial) -> tuple[str, ...]:
        whole = tuple(c.id for c in trial.cohorts if c.assignment == "all" and c.id in slots.cohorts)
        if whole:
            # "Phase 2 plus phase 3 in total."
            return whole
        if "both_cohorts" in slots.aspect_ids() and not slots.cohorts:
            return tuple(cohort.id for cohort in trial.cohorts if cohort.phase)
        return tuple(slots.cohorts)

    def _others(self, slots: Slots, topic: str) -> set[str]:
        return {span.id for span in slots.topics} - {topic} - self._ancestors(topic)

    def is_outcome(self, topic: str) -> bool:
        """True for endpoints and adverse events, false for how a trial was run."""
        concept = self.concepts.get(topic)
        if concept is None:
            return False
        return concept.direction is not None or any(
            self.concepts[a].direction is not None for a in self._ancestors(topic) if a in self.concepts
        )

    def _ancestors(self, topic: str) -> set[str]:
        found: set[str] = set()
        current = self.concepts.get(topic)
        while current is not None and current.parent and current.parent not in found:
            found.add(current.parent)
            current = self.concepts.get(current.parent)
        return found


def _distinct(topics: Sequence[Span]) -> list[Span]:
    seen: dict[str, Span] = {}
    for span in topics:
        seen.setdefault(span.id, span)
    return list(seen.values())


def _against_rest(slots: Slots) -> bool:
    """ "X versus without X": one named arm set against the other is a question on both."""
    several = (slots.times, slots.cohorts, slots.sources, slots.subgroups)
    compared = "comparison" in slots.aspect_ids() and len(slots.arms) == 1
    return compared and not slots.related and all(len(values) < 2 for values in several)


def _of_measure(slots: Slots) -> str | None:
    """What is asked of a statistic itself: {includes_one: "does the interval cross 1"}."""
    return next((s.meaning.proposition for s in slots.measures if s.meaning.proposition), None)


def _differs(one: Query, other: Query) -> bool:
    return (one.topic, one.measure, one.subject) != (other.topic, other.measure, other.subject)
