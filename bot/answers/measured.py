"""Which facts of a topic give the measure that is asked for, or tell it in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answers.fits import DETAIL_FIELDS, fits, is_counted, is_number
from bot.answers.gaps import best_gap
from bot.understanding.query import Query
from knowledge.model import AdverseEvent, Comparison, Concept, Estimate, Fact, Statement
from knowledge.store import Store

SOFT_MEASURES = frozenset(
    {"rate", "how_many", "per_100", "median", "ratio", "size", "description", "definition", "result"}
)
"""Asked in passing ("how many stopped"): the topic's own figure answers when they are not given."""
ASKED_OF_STATEMENTS = ("reason", "duration", "kinds")
"""Measures that a topic told in words answers by itself, and an outcome only if it is given."""
NUMBERS = ("count", "how_many", "rate", "size")
DURATIONS = ("months", "years")


@dataclass(frozen=True, slots=True)
class Measured:
    """Chooses among the facts of one topic."""

    store: Store
    concepts: Mapping[str, Concept]

    def of(self, query: Query, about: Sequence[Fact]) -> tuple[list[Fact], bool]:
        """Of the facts on a topic those that give the asked measure, and whether the topic's own stand in."""
        measure = query.measure
        if query.proposition and (measure is None or measure in SOFT_MEASURES or measure == "reason"):
            voiced: list[Fact] = [
                f
                for f in about
                if isinstance(f, Statement) and self._fits(query, f) and query.proposition in f.verdicts
            ]
            if voiced:
                return voiced, False
        if measure is None:
            own = self._own(query, about)
            shares = [f for f in about if f.measure == "rate"]
            # "4% died, yes?": the share that the numbers make, not the numbers.
            claimed = query.firm_claim and all(is_number(f) for f in own)
            return (shares, False) if claimed and shares else (own, False)
        if measure in DETAIL_FIELDS:
            if measure != "significance" and self._of_bare_estimate(query, about, measure):
                return [], False
            detailed = [f for f in about if getattr(f, DETAIL_FIELDS[measure], None)]
            if not detailed and measure == "significance" and (query.yes_no or query.states):
                # Without a P value the interval says how sure it is: "significantly better?"
                detailed = [f for f in about if isinstance(f, Comparison) and f.ci]
            if not detailed and measure == "significance":
                # "Significantly fewer deaths?": the broader topic's ratio says so.
                detailed = self._of_ancestor(query, "hazard_ratio")
            return detailed, False
        exact = [f for f in about if f.measure == measure]
        if not exact and measure == "nnt":
            # What is needed to treat for one more harm.
            exact = [f for f in about if f.measure == "nnh"]
        if not exact and measure in NUMBERS and self._told_in_words(query, about):
            return self._own(query, about), False
        if measure == "count":
            exact = exact or [f for f in about if is_counted(f)]
        if measure == "how_many":
            exact = [f for f in about if f.measure == "count" and f.status != "derived"]
            exact = exact or [f for f in about if isinstance(f, AdverseEvent) and f.affected is not None]
        if measure == "hazard_ratio" and not exact:
            exact = self._of_ancestor(query, measure)
        if measure in ASKED_OF_STATEMENTS and not exact and self._takes(query, about, measure):
            return self._own(query, about), False
        if not exact and (told := self._told_within(query, about, measure)):
            return told, False
        if exact or measure not in SOFT_MEASURES or self._named_gap(query):
            return exact, False
        own = self._own(query, about)
        if measure == "how_many":
            # "How many responded?": the number, which is told with its share, before a share alone.
            counts = [f for f in about if f.measure == "count"]
            own = [*counts, *(f for f in own if f not in counts)]
        if measure == "median" and all(isinstance(f, Statement) for f in own):
            return [], False
        return own, True

    def _of_bare_estimate(self, query: Query, about: Sequence[Fact], measure: str) -> bool:
        """ "CI of the 91%": the named figure stands without the interval that is asked for."""
        named = [f for f in about if isinstance(f, Estimate) and float(f.value) in query.claims]
        return bool(named) and not any(getattr(f, DETAIL_FIELDS[measure], None) for f in named)

    def _told_in_words(self, query: Query, about: Sequence[Fact]) -> bool:
        """Another trial's numbers, and those of how a trial was run ("613 sites"), stand in statements."""
        words = all(isinstance(f, Statement) for f in about) and not self._is_outcome(query)
        return query.subject is not None or (words and not self._named_gap(query))

    def _told_within(self, query: Query, about: Sequence[Fact], measure: str) -> list[Fact]:
        """A statistic that stands in a statement ("HR 3.8"), or the difference that one tells in words."""
        own = [f for f in self._own(query, about) if isinstance(f, Statement)]
        if measure == "difference":
            return list(own) if all(isinstance(f, Statement) for f in about) else []
        concept = self.concepts.get(measure)
        name = concept.short if concept else None
        return [f for f in own if name and name in f"{f.headline} {f.text}".split()]

    def _of_ancestor(self, query: Query, measure: str) -> list[Fact]:
        """ "Hazard ratio for death" stands with the broader topic, unless nothing speaks of its own."""
        own = [f for f in self.store.facts(query.trial, topic=query.topic) if f.subject == query.subject]
        if all(f.measure == "definition" for f in own):
            return []
        for topic in self.ancestors(query.topic):
            facts = self.store.facts(query.trial, topic=topic, measure=measure)
            found = [f for f in facts if f.subject == query.subject]
            if found:
                return found
        return []

    def ancestors(self, topic: str) -> Iterator[str]:
        """The broader topics above a topic."""
        concept = self.concepts.get(topic)
        while concept is not None and concept.parent:
            yield concept.parent
            concept = self.concepts.get(concept.parent)

    def _named_gap(self, query: Query) -> bool:
        """True when a gap entry says that just this measure is not reported."""
        gap = best_gap(query, self.store)
        return gap is not None and gap.measure == query.measure

    def _takes(self, query: Query, about: Sequence[Fact], measure: str) -> bool:
        """Whether the topic's own facts answer a "why", "how long" or "which kind"."""
        if measure == "duration" and all(isinstance(f, Estimate) and f.unit in DURATIONS for f in about):
            return True
        return self._default(query) == "description" and not (self._is_outcome(query) and measure != "reason")

    def _is_outcome(self, query: Query) -> bool:
        concept = self.concepts.get(query.topic)
        return concept is not None and concept.direction is not None

    def _default(self, query: Query) -> str | None:
        concept = self.concepts.get(query.topic)
        return concept.default_measure if concept else None

    def _own(self, query: Query, about: Sequence[Fact]) -> list[Fact]:
        """The facts that a bare question on the topic is after."""
        own = [f for f in about if f.measure == self._default(query)]
        if own:
            return own
        return [f for f in about if f.status != "derived" and f.measure != "definition"]

    def _fits(self, query: Query, fact: Fact, ignore: str = "") -> bool:
        return fits(query, fact, self.store.trial(query.trial), self.concepts, ignore)
