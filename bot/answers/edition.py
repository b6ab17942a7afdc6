"""Which state of the knowledge base answers: its size, how recent its sources are, and a mark of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from knowledge.store import Store


@dataclass(frozen=True, slots=True)
class Edition:
    """What a reader can compare with the same lines on another day or another computer."""

    facts: int
    sources: int
    latest: str
    """The year of the most recent source."""
    mark: str
    """Changes with any record of the facts and the sources, and with nothing else."""


def edition(store: Store) -> Edition:
    """The edition of an open store."""
    trials = store.trials()
    facts = {fact.id: fact for trial in trials for fact in store.facts(trial)}
    sources = {source.id: source for trial in trials for source in store.sources(trial)}
    records = sorted(record.model_dump_json() for record in (*facts.values(), *sources.values()))
    return Edition(
        facts=len(facts),
        sources=len(sources),
        latest=max(source.date for source in sources.values())[:4],
        mark=hashlib.sha256("\n".join(records).encode()).hexdigest()[:8],
    )
