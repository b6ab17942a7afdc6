"""Where facts stand: their sources with locators, best source first."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answers.answer import Reference
from knowledge.model import Fact, Source
from knowledge.store import Store


def references(store: Store, trial: str, facts: Iterable[Fact]) -> tuple[Reference, ...]:
    """One entry per source, with all locators."""
    places: dict[str, list[str]] = {}
    for fact in facts:
        for source, section in [(fact.source, fact.section), *((c.source, c.section) for c in fact.also)]:
            sections = places.setdefault(source, [])
            sections += [part for part in section.split("; ") if part not in sections]
    ranked = sorted(places, key=lambda source: store.source(trial, source).rank)
    return tuple(reference(store.source(trial, source), "; ".join(places[source])) for source in ranked)


def reference(source: Source, locator: str) -> Reference:
    """One source as an answer cites it, with its DOI or address as a link."""
    link = f"https://doi.org/{source.doi}" if source.doi else source.url
    return Reference(source.id, source.label, locator, link)
