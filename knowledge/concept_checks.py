"""Rules for what clinicians call things: links that lead somewhere, names with one meaning."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.corpus import CONCEPT_KINDS, TERMS, Draft, Entry
from knowledge.errors import Problem
from knowledge.model import Concept, RelatedTrial
from knowledge.references import concept_ids, missing


def concept_links(draft: Draft) -> Iterator[Problem]:
    """Parents are topics without a circle; default and implied measures exist."""
    concepts = {(concept.category, concept.id): (entry, concept) for entry, concept in draft.of(Concept)}
    measures = concept_ids(draft, "measure", "aspect")
    for (category, _), (entry, concept) in concepts.items():
        key = frozenset(key for key, value in CONCEPT_KINDS.items() if value == category)
        yield from missing(entry, "parent", [concept.parent], draft.ids(key, TERMS))
        yield from missing(entry, "default_measure", [concept.default_measure], measures)
        yield from missing(entry, "criterion", [concept.criterion], draft.ids(frozenset({"topics"}), TERMS))
        yield from missing(entry, "implies.measure", concept.implies, measures)
        seen, above = {concept.id}, concept.parent
        while above and (category, above) in concepts:
            if above in seen:
                yield entry.problem(f"goes round in a circle at {above}", "parent")
                break
            seen.add(above)
            above = concepts[category, above][1].parent


def one_meaning_per_name(draft: Draft) -> Iterator[Problem]:
    """A name stands under one concept, one related trial; else a question has two meanings."""
    first: dict[str, Entry] = {}
    for entry in draft.entries:
        if not isinstance(entry.record, Concept | RelatedTrial):
            continue
        names = set(entry.record.names)
        if isinstance(entry.record, Concept):
            names |= {name for more in entry.record.implies.values() for name in more}
        for name in sorted({" ".join(name.casefold().replace("-", " ").split()) for name in names}):
            other = first.setdefault(name, entry)
            if other is not entry:
                yield entry.problem(f'"{name}" is also a name of {other.file}: {other.key}', "names")
