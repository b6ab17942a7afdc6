"""A part of a question -> one query, or a refusal with a code.

Every topic named and every shape that fits makes a candidate. Candidates are
compared by an ordered tuple (unexplained meaning, lacking measure,
generality, place, repaired letters); spelling comes last, so that a well spelt word never
outweighs a broken rule. A tie between different lookups is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.understanding.measures import COUNTS, measures
from bot.understanding.query import Candidate, Query, Refusal
from bot.understanding.shapes import Shape, Shapes
from bot.understanding.slots import Slots
from bot.understanding.topics import Topics
from bot.understanding.words.spans import Span
from knowledge.model import Trial

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

    shapes: Shapes
    topics: Topics
    mentions: Callable[[Query], frozenset[str]]
    """The concepts that the facts of a query cover beside their own topic."""
    denies: Callable[[str, str, str], bool]
    """Of trial, topic, proposition: whether a fact says no to it; then it is a false premise."""
    told: Callable[[str, str, str | None], bool]
    """Of trial, topic, measure: whether a fact gives it, or anything of the topic."""
    holds: Callable[[Query], bool]
    """Whether anything is known of the query's topic with its measure."""

    def candidates(self, slots: Slots, trial: Trial) -> list[Candidate]:
        """Every reading of the slots, best first."""
        found = [self._of_discrepancy(name, slots, trial) for name in slots.discrepancies]
        keys = slots.keys(trial)
        for topic in _distinct(slots.topics):
            found.append(self._of_topic(topic, slots, trial))
        for shape in self.shapes.fitting(keys):
            if not self._lost(shape, slots):
                found.append(self._of_shape(shape, slots, trial))
        return sorted(found, key=lambda candidate: candidate.order)

    def _lost(self, shape: Shape, slots: Slots) -> bool:
        """Whether the shape leads to a criterion or a comparison that the data do not have."""
        if shape.topic == CRITERION:
            return self.topics.criterion(slots) is None and shape.otherwise is None
        return shape.topic == COMPARISON and self.topics.comparison(slots) is None

    def best(self, slots: Slots, trial: Trial) -> Candidate | Refusal | None:
        """The winner, a refusal when two lookups tie, or None when nothing is asked."""
        return self.chosen(self.candidates(slots, trial))

    def chosen(self, found: Sequence[Candidate]) -> Candidate | Refusal | None:
        """The winner of readings in order, a refusal when two lookups tie, or None without any."""
        if not found:
            return None
        winner = found[0]
        rivals = [c for c in found[1:] if c.order == winner.order and _differs(c.query, winner.query)]
        if rivals:
            return Refusal("clarify", "ambiguous", ",".join(c.query.topic for c in [winner, *rivals]))
        return winner

    def joins(self, shape: str, keys: set[str]) -> bool:
        """Whether the shape is made of these words, also of one message and the next."""
        return any(each.id == shape and keys <= each.when and not each.within for each in self.shapes.every)

    def _of_topic(self, topic: Span, slots: Slots, trial: Trial) -> Candidate:
        same = [span for span in slots.topics if span.id == topic.id]
        others = self._others(slots, topic.id)
        measure, details = measures(slots, next((s.meaning.measure for s in same if s.meaning.measure), None))
        # "Why was X the most common?" states that it was.
        claimed = slots.states or (measure == "most_common" and any(s.id == "reason" for s in slots.measures))
        named = {o for o in others if self.topics.could_be(o, topic.id)} if claimed else set()
        if measure == "definition" and (slots.figures or self.topics.is_told(topic.id, others)):
            measure = None  # "Would 0.9 have counted as abnormal?" asks for the limit, not for the word.
        if measure == "most_common" and claimed and not self.told(trial.id, topic.id, measure):
            group = self.topics.nearest_above(topic.id, lambda t: self.told(trial.id, t, "most_common"))
            above = self.topics.ancestors(group or "")
            if group is not None and not above & {span.id for span in slots.topics}:
                # "Was X the commonest?": the group's fact names another one; a group that is named is asked.
                query = self._query(slots, trial, group, measure, details, "topic")
                query = replace(query, named=frozenset({topic.id}))
                left = sum(self.topics.is_outcome(other) for other in others - {group})
                return Candidate(query, 0, left, IDENTITY, slots.repaired)
        if measure in ("confidence_interval", "most_common") and self.topics.is_told_only(topic.id):
            # "The upper limit for entry": a limit told in words, not one of an interval.
            measure = None
        proposition = _proposed(slots, topic.id)
        query = self._query(slots, trial, topic.id, measure, details, "topic")
        others -= self.mentions(query)
        # "Haemoglobin limit at enrolment": how a trial was run only frames what is asked.
        unexplained = {
            other for other in others if self.topics.is_outcome(other) or self.topics.is_drug(other)
        }
        if self.topics.is_outcome(topic.id) and not slots.related:
            # "Rash leading to a lower dose": what nothing is told of narrows the outcome.
            unexplained |= {o for o in others if self.topics.narrows(o) and not self.told(trial.id, o, None)}
        if measure in COUNTS:
            # "How many had X among those with Y": the narrower one is counted.
            unexplained |= {s.id for s in slots.topics if topic.id in self.topics.ancestors(s.id)}
        if others and self.topics.is_told_only(topic.id):
            # "Eligibility: which age?": the broader one only says where it belongs.
            narrower = {s.id for s in slots.topics if topic.id in self.topics.ancestors(s.id)}
            unexplained |= {each for each in narrower if self.topics.is_told_only(each)}
        if not self.topics.is_outcome(topic.id):
            # "Dose reductions due to toxicity": the outcome only frames what is asked ...
            unexplained -= slots.governed
        elif topic.id in slots.governed and others - unexplained:
            # ... and is not itself what is asked.
            unexplained |= others
        besides = slots.states and not any(self.topics.is_outcome(other) for other in others)
        terms = self.topics.has_term(slots, others)
        asked = proposition and not (topic.meaning.weak and terms)
        asked = asked and (besides or not others or self.denies(trial.id, topic.id, str(proposition)))
        exact = topic.end - topic.start >= EXACT_WORDS
        general, unexplained = -1 if asked or exact else 0, set() if exact else unexplained
        query = replace(query, proposition=proposition) if proposition else query
        if named and self.topics.identifies(topic.id, measure):
            # "Was response the primary endpoint?": the name beside it is what is asked.
            query, general = replace(query, named=frozenset(named)), IDENTITY
            unexplained -= named
        lacking = int(measure is not None and not self.holds(query))
        # "Baseline M-protein": of two names side by side the second is what is asked.
        broader = self.topics.ancestors(topic.id) | {topic.id}
        modifies = any(span.start == topic.end and span.id not in broader for span in slots.topics)
        place = topic.start + MODIFIER * modifies
        vague = int(topic.meaning.weak or self.topics.is_vague(topic.id))
        return Candidate(query, lacking, len(unexplained), general, slots.repaired, place, vague)

    def _of_discrepancy(self, name: str, slots: Slots, trial: Trial) -> Candidate:
        query = self._query(slots, trial, trial.primary_endpoint, None, (), "discrepancy")
        query = replace(query, discrepancy=name, aspects=query.aspects | {"conflict"})
        return Candidate(query, 0, 0, -MODIFIER, slots.repaired)

    def _of_shape(self, shape: Shape, slots: Slots, trial: Trial) -> Candidate:
        topic = {
            PRIMARY: trial.primary_endpoint,
            CONDITION: trial.condition_topic or shape.topic,
            CRITERION: self.topics.criterion(slots) or shape.otherwise or shape.topic,
            COMPARISON: self.topics.comparison(slots) or shape.topic,
        }.get(shape.topic, shape.topic)
        measure, details = measures(slots, shape.measure)
        if shape.measure:
            measure, details = shape.measure, tuple(d for d in details if d != shape.measure)
        slots = replace(slots, related=[]) if shape.topic == COMPARISON else slots
        unlisted = shape.topic == CRITERION and topic == shape.otherwise
        grouped = shape.topic != PRIMARY and any(k.startswith("subgroup:") for k in shape.when)
        if not unlisted and (shape.topic == CRITERION or grouped):
            slots = replace(slots, subgroups=[])
        explained = {key.split(":", 1)[1] for key in shape.when if key.startswith("topic:")}
        query = self._query(slots, trial, topic, measure, details, shape.id)
        others = self._others(slots, topic) - explained - self.mentions(query)
        query = replace(query, proposition=_proposed(slots, topic))
        if unlisted:
            query = replace(query, subgroups=tuple(slots.subgroups))
        if shape.overview and measure is None:
            query = replace(query, measure=None)
        outcomes = [other for other in others if self.topics.is_outcome(other)]
        return Candidate(query, 0, len(outcomes), -len(shape.when), slots.repaired)

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
            subgroups=self.topics.narrowing(slots.subgroups, topic),
            sources=tuple(slots.sources),
            subject=None if self.topics.is_of_related(topic) else next(iter(slots.related), None),
            aspects=slots.aspect_ids(),
            claims=tuple(slots.figures),
            firm_claim=slots.firm,
            bounds=tuple(slots.bounds),
            time_bounds=tuple(slots.time_bounds),
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
        if "both_cohorts" in slots.aspect_ids() and len(slots.cohorts) < 2:
            # "More than in the run-in": the other part comes first.
            parts = [cohort.id for cohort in trial.cohorts if cohort.phase]
            return (*(part for part in parts if part not in slots.cohorts), *slots.cohorts)
        return tuple(slots.cohorts)

    def _others(self, slots: Slots, topic: str) -> set[str]:
        return {span.id for span in slots.topics} - {topic} - self.topics.ancestors(topic)


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


def _proposed(slots: Slots, topic: str) -> str | None:
    """What is asked of the topic by its name, else of a statistic ({includes_one: "does it cross 1"})."""
    # "Approved for the others": what is said last narrows what is said first.
    of_topic = (span.meaning.proposition for span in reversed(slots.topics) if span.id == topic)
    of_measure = (span.meaning.proposition for span in slots.measures)
    return next((said for said in (*of_measure, *of_topic) if said), None)


def _differs(one: Query, other: Query) -> bool:
    return (one.topic, one.measure, one.subject) != (other.topic, other.measure, other.subject)
