"""Rules for what clinicians call things: links that lead somewhere, names with one meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.corpus import CONCEPT_KINDS, CONTEXT, TERMS, Draft, Entry
from knowledge.errors import Problem
from knowledge.model import FRAME_KINDS, GAP, OR, Concept, RelatedTrial
from knowledge.references import concept_ids, missing

KIND = re.compile(r"<(\w+)>")


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
        related = draft.ids(frozenset({"related_trials"}), CONTEXT)
        yield from missing(entry, "stands_for", concept.stands_for, related)
        seen, above = {concept.id}, concept.parent
        while above and (category, above) in concepts:
            if above in seen:
                yield entry.problem(f"goes round in a circle at {above}", "parent")
                break
            seen.add(above)
            above = concepts[category, above][1].parent


def one_concept_per_id(draft: Draft) -> Iterator[Problem]:
    """An id stands for one concept of any category: concepts are looked up by their id alone."""
    first: dict[str, Entry] = {}
    for entry, concept in draft.of(Concept):
        other = first.setdefault(concept.id, entry)
        if other is not entry:
            yield entry.problem(f'"{concept.id}" is also the id of {other.file}: {other.key}', "id")


def names_with_gaps(draft: Draft) -> Iterator[Problem]:
    """Every piece of a name with gaps holds a word, or stands for a kind of names."""
    for entry, concept in draft.of(Concept):
        for key, names in (("frames", concept.frames), *concept.asks.items(), *concept.implies.items()):
            for name in (n for n in names if GAP in n or key == "frames"):
                pieces = [piece.split(OR) for piece in name.split(GAP)]
                wordless = [w for words in pieces for w in words if not _holds_word(w.strip())]
                if wordless or all(KIND.fullmatch(w.strip()) for words in pieces for w in words):
                    yield entry.problem(f'"{name}" has a piece without a word', key)


def _holds_word(words: str) -> bool:
    kind = KIND.fullmatch(words)
    return kind.group(1) in FRAME_KINDS if kind else any(c.isalnum() for c in words)


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
