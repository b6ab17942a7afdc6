"""What the concepts tell of topics: outcomes, drugs, groups, and what a named population leads to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.understanding.slots import Slots
from bot.understanding.words.spans import Span
from bot.understanding.words.text import phrase
from knowledge.model import GAP, OR, Concept

COMPARED_WITH = "comparison_"
"""Begins the id of a topic that sets a related trial beside ours; the trial's id follows."""


@dataclass(frozen=True, slots=True)
class Topics:
    """Questions to the concepts."""

    concepts: Mapping[str, Concept]
    _words: dict[str, frozenset[str]] = field(default_factory=dict)
    _outcomes: dict[str, bool] = field(default_factory=dict)

    def words_of(self, topic: str) -> frozenset[str]:
        """The stems of every word in a topic's names."""
        if topic not in self._words:
            concept = self.concepts[topic]
            grouped = (*concept.asks.values(), *concept.implies.values())
            names = (*concept.names, *concept.frames, *(name for names in grouped for name in names))
            plain = (name.replace(GAP, " ").replace(OR, " ") for name in names)
            self._words[topic] = frozenset(stem for name in plain for stem in phrase(name))
        return self._words[topic]

    def is_told(self, topic: str, others: set[str]) -> bool:
        """Whether topic and what stands beside it are both told in words: a limit and what it is for."""
        told = [self.concepts.get(each) for each in (topic, *others)]
        return bool(others) and all(concept and concept.default_measure == "description" for concept in told)

    def is_told_only(self, topic: str) -> bool:
        """Whether a topic is told in words and no outcome: it has no statistics."""
        concept = self.concepts.get(topic)
        told = concept is not None and concept.default_measure == "description"
        return told and not self.is_outcome(topic)

    def names_something(self, span: Span) -> bool:
        """False for a general word of a topic with figures: beside one it does not tell which is meant."""
        concept = self.concepts.get(span.id)
        unmeasured = concept is None or concept.default_measure is None
        return self.is_outcome(span.id) or not span.meaning.weak or unmeasured

    def is_vague(self, topic: str) -> bool:
        """Whether the topic only has general names: a term beside it says more."""
        concept = self.concepts.get(topic)
        return concept is not None and concept.strength == "weak"

    def has_term(self, slots: Slots, among: set[str]) -> bool:
        """Whether any of these topics is named by more than a general word."""
        named = (span for span in slots.topics if span.id in among)
        return any(not span.meaning.weak and not self.is_vague(span.id) for span in named)

    def is_drug(self, topic: str) -> bool:
        """True for a topic that is another drug of the trial: its effects are not those of the arm."""
        concept = self.concepts.get(topic)
        return concept is not None and concept.drug

    def is_of_drugs(self, topic: str) -> bool:
        """True for a topic that is asked of any drug: its dose."""
        concept = self.concepts.get(topic)
        return concept is not None and concept.of_drugs

    def singles_out(self, topic: str) -> bool:
        """True for a topic that tells of what happened to some patients, who are "those" after it."""
        nested = (self.concepts.get(each) for each in (topic, *self.ancestors(topic)))
        return any(concept is not None and concept.singles_out for concept in nested)

    def narrows(self, topic: str) -> bool:
        """False for a topic that only says how or when outcomes were looked at."""
        concept = self.concepts.get(topic)
        return concept is not None and not (concept.frames_outcomes or self.is_outcome(topic))

    def is_at_entry(self, topic: str) -> bool:
        """True for what is told of patients at entry: a limit, a group of patients."""
        concept = self.concepts.get(topic)
        return concept is not None and (concept.at_entry or concept.of_groups)

    def is_of_groups(self, topic: str) -> bool:
        """True for a topic that speaks of groups of patients itself (stratification)."""
        concept = self.concepts.get(topic)
        return concept is not None and concept.of_groups

    def narrowing(self, subgroups: Sequence[str], topic: str) -> tuple[str, ...]:
        """The groups that narrow a topic: of a topic on groups none, of an entry criterion not its own."""
        if self.is_of_groups(topic):
            return ()
        return tuple(group for group in subgroups if self.concepts[group].criterion != topic)

    def is_of_ratios(self, topic: str) -> bool:
        """True for a topic that is no outcome and tells of the effect in groups of patients."""
        concept = self.concepts.get(topic)
        return (
            concept is not None and concept.default_measure == "hazard_ratio" and not self.is_outcome(topic)
        )

    def is_of_related(self, topic: str) -> bool:
        """True for a topic that speaks of another trial itself."""
        concept = self.concepts.get(topic)
        return concept is not None and concept.of_related

    def trial_of(self, topic: str, name: str) -> str | None:
        """The related trial for which a name of the topic stands."""
        concept = self.concepts.get(topic)
        standing = concept.stands_for if concept is not None else {}
        return next((trial for trial, names in standing.items() if name in names), None)

    def could_be(self, named: str, topic: str) -> bool:
        """Whether a name could be what the topic's fact names: an outcome, of that group or one beside it."""
        concept = self.concepts.get(topic)
        groups = {topic, concept.parent if concept else None}
        return self.is_outcome(named) and (not self.is_outcome(topic) or bool(groups & self.ancestors(named)))

    def identifies(self, topic: str, measure: str | None) -> bool:
        """Whether the topic's fact names one thing out of many."""
        concept = self.concepts.get(topic)
        return measure == "most_common" or bool(
            concept and concept.identifies == "topics" and measure is None
        )

    def criterion(self, slots: Slots) -> str | None:
        """The topic that tells whether the named patients could enter."""
        found = (self.concepts.get(subgroup) for subgroup in slots.subgroups)
        return next((concept.criterion for concept in found if concept and concept.criterion), None)

    def compared(self, topic: str) -> str | None:
        """The other trial that a topic compares with ours."""
        return topic.removeprefix(COMPARED_WITH) if topic.startswith(COMPARED_WITH) else None

    def comparison(self, slots: Slots) -> str | None:
        """The topic that compares the named trial with ours."""
        topics = (f"{COMPARED_WITH}{trial}" for trial in slots.related)
        return next((topic for topic in topics if topic in self.concepts), None)

    def is_outcome(self, topic: str) -> bool:
        """True for endpoints and adverse events, false for how a trial was run."""
        known = self._outcomes.get(topic)
        if known is None:
            nested = (self.concepts.get(each) for each in (topic, *self.ancestors(topic)))
            known = any(concept is not None and concept.direction is not None for concept in nested)
            self._outcomes[topic] = known
        return known

    def are_apart(self, one: str, other: str) -> bool:
        """Whether both are outcomes and neither is the broader one of the other."""
        nested = one in self.ancestors(other) or other in self.ancestors(one)
        return self.is_outcome(one) and self.is_outcome(other) and not nested

    def nearest_above(self, topic: str, holds: Callable[[str], bool]) -> str | None:
        """The nearest broader topic of which something holds."""
        concept = self.concepts.get(topic)
        while concept is not None and concept.parent:
            if holds(concept.parent):
                return concept.parent
            concept = self.concepts.get(concept.parent)
        return None

    def ancestors(self, topic: str) -> set[str]:
        """The broader topics above a topic."""
        found: set[str] = set()
        current = self.concepts.get(topic)
        while current is not None and current.parent and current.parent not in found:
            found.add(current.parent)
            current = self.concepts.get(current.parent)
        return found
