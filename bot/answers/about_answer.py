"""Questions about the answer just given: its source, its arithmetic, a mismatch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.answer import Answer, Kind
from bot.answers.cite import references
from bot.answers.headline import MAX_HEADLINE
from bot.answers.wording import Wording
from bot.understanding.query import Query, Turn
from knowledge.model import Derived, Discrepancy, Fact
from knowledge.store import Store

MAX_CONFLICTS = 4
CLAUSE_END = re.compile(r"(?<=[;.]) ")
BY_SOURCE = ("hazard_ratio", "confidence_interval", "p_value", "significance")
"""Statistics that are shown source by source: what differs stands beside them."""


@dataclass(slots=True)
class Reviewer:
    """Explains an earlier answer from the facts that it cited."""

    store: Store
    wording: Wording

    def review(self, query: Query, previous: Turn) -> Answer | None:
        """The explanation asked for, or None when the query is an ordinary one."""
        if query.discrepancy is not None:
            every = self.store.discrepancies(query.trial)
            return self._told(query, [d for d in every if d.id == query.discrepancy])
        if query.shape != "thread" or not previous.facts or previous.queries[-1:] == ():
            told = "conflict" in query.aspects and query.measure not in BY_SOURCE and not query.times
            return self._conflicts_of(query) if told else None
        facts = [self.store.fact(query.trial, fact_id) for fact_id in previous.facts]
        if "source" in query.aspects:
            return self._sources(query, facts)
        if "conflict" in query.aspects:
            return self._conflicts(query, facts)
        if "formula" in query.aspects:
            return self._working(query, facts)
        return None

    def _conflicts_of(self, query: Query) -> Answer | None:
        """A topic's own contradictions ("why do the arm sizes differ?")."""
        facts = [f for f in self.store.facts(query.trial, topic=query.topic) if f.subject == query.subject]
        return self._conflicts(query, facts) if facts else None

    def _sources(self, query: Query, facts: list[Fact]) -> Answer:
        cited = references(self.store, query.trial, facts)
        lines = [self.store.source(query.trial, r.source).citation for r in cited]
        phrase = self.wording.phrases["source"]
        headline = phrase.format(sources="; ".join(f"{r.label} ({r.locator})" for r in cited[:2]))
        return Answer(
            Kind.ANSWER,
            headline,
            tuple(lines),
            references=cited,
            facts=tuple(f.id for f in facts),
            understood=query.understood(),
        )

    def _conflicts(self, query: Query, facts: list[Fact]) -> Answer | None:
        bound = self.store.discrepancies(query.trial, tuple(f.id for f in facts))
        claimed = set(query.claims)
        # The contradiction whose figures the question quotes comes first, then one on what is spoken of.
        found = sorted(bound, key=lambda d: (-len(claimed & d.figures), d.topic != query.topic))
        return self._told(query, found[:MAX_CONFLICTS])

    def _told(self, query: Query, found: Sequence[Discrepancy]) -> Answer | None:
        if not found:
            return None
        cited = [self.store.fact(query.trial, fact_id) for d in found for fact_id in d.facts]
        first = found[0].wording
        if len(first) > MAX_HEADLINE:
            # A phone shows the first clause; the whole stands below it.
            first = f"{CLAUSE_END.split(first)[0].rstrip(';.')}."
        return Answer(
            Kind.ANSWER,
            first,
            tuple(dict.fromkeys(d.wording for d in found if d.wording != first)),
            references=references(self.store, query.trial, cited),
            facts=tuple(dict.fromkeys(f.id for f in cited)),
            understood=query.understood(),
        )

    def _working(self, query: Query, facts: list[Fact]) -> Answer | None:
        derived = [f for f in facts if isinstance(f, Derived)]
        if not derived:
            return None
        return Answer(
            Kind.ANSWER,
            derived[0].working,
            tuple(d.working for d in derived[1:]),
            references=references(self.store, query.trial, derived),
            facts=tuple(f.id for f in derived),
            understood=query.understood(),
        )
